"""Whether release notes say what changed in an API."""
