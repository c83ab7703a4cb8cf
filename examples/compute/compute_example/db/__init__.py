"""The service's state, in SQLite."""

from compute_example.db.database import Database

__all__ = ["Database"]
