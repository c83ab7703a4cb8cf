"""What the service does, apart from HTTP."""

from compute_example.compute.api import API

__all__ = ["API"]
