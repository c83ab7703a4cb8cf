"""Connections and transactions."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool, StaticPool

from compute_example.db.models import Base
from compute_example.db.turns import Turns

# Says of a connection that its transaction is going to write.
_WRITES: Final = "compute_example_writes"


class Database:
    """The state of one service.

    A transaction that writes begins by locking the file, so that what it has
    read stays true until it ends, whichever thread or process asks. In a
    process, writers wait for each other in line. A database in memory has one
    connection, which all transactions take turns with. Transactions can't be nested.

    :param path: of the file; ``None``: in memory
    :param busy_timeout: seconds to wait for another process
    """

    def __init__(self, path: str | None, busy_timeout: int = 30) -> None:
        self._write_lock = Turns()
        self._read_lock = nullcontext() if path else self._write_lock
        url = f"sqlite+pysqlite:///{path}" if path else "sqlite+pysqlite://"
        options: dict[str, Any] = {"poolclass": StaticPool}
        if path:
            options = {"poolclass": QueuePool, "pool_size": 16, "max_overflow": -1}
        arguments = {"check_same_thread": False, "timeout": busy_timeout}
        self._engine = create_engine(url, connect_args=arguments, **options)
        _configure(self._engine)
        # Also when the process ends: then SQLite tidies up its files.
        weakref.finalize(self, self._engine.dispose)

    def create_tables(self) -> None:
        """Make what isn't there yet, of the service and of its extensions."""
        with self._write_lock:
            Base.metadata.create_all(self._engine)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A transaction that writes nothing."""
        with self._read_lock, Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A transaction that is on the disk when it ends, or hasn't been if it fails."""
        with self._write_lock, Session(self._engine, expire_on_commit=False) as session:
            session.connection(execution_options={_WRITES: True})
            yield session
            session.commit()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _configure(engine: Engine) -> None:
    """Let SQLAlchemy begin transactions, and SQLite keep what it acknowledged."""

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # Otherwise the driver begins transactions by itself, and too late.
        connection.isolation_level = None
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begun(connection: Any) -> None:
        writes = connection.get_execution_options().get(_WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
