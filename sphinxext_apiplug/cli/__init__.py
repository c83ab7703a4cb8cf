"""The command line: ``apiplug list``, ``apiplug inventory``, ``apiplug openapi``."""
