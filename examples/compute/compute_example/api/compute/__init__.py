"""The extensions that come with the service; a module each."""
