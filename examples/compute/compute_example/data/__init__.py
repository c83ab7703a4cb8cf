"""Catalogs that come with the service."""
