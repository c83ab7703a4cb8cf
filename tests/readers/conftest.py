"""The same made-up services that collecting is tested with."""

from tests.collect.conftest import read, site

__all__ = ["read", "site"]
