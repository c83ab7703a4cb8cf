"""Example files held against the schemas of their operations."""
