"""Inventory in, OpenAPI 3.1 document out; and its validation."""
