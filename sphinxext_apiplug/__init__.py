"""API reference and OpenAPI documents read from stevedore extensions."""
