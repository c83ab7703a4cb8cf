"""A made-up service whose API is one list of routes."""
