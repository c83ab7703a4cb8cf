"""Tables."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any
from uuid import uuid4

from sqlalchemy import JSON, DateTime, Dialect, ForeignKey, TypeDecorator
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC; SQLite itself keeps no zone."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy gives it
        """Leave out the zone."""
        return None if value is None else value.astimezone(timezone.utc).replace(tzinfo=None)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002 - SQLAlchemy gives it
        """Add the zone."""
        return None if value is None else value.replace(tzinfo=timezone.utc)


def now() -> datetime:
    """The time, in UTC and whole seconds."""
    return datetime.now(timezone.utc).replace(microsecond=0)


def new_id() -> str:
    """An id that nothing else has."""
    return str(uuid4())


class Base(DeclarativeBase):
    """Base of all tables, also of those that extensions bring."""


class Flavor(Base):
    """A size of servers; memory in MiB, disk in GiB."""

    __tablename__ = "flavors"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str] = mapped_column(unique=True)
    vcpus: Mapped[int]
    ram: Mapped[int]
    disk: Mapped[int]


class Image(Base):
    """What servers start from.

    :ivar properties: what a host must have, as in ``{"hw_architecture": "aarch64"}``
    """

    __tablename__ = "images"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    name: Mapped[str]
    status: Mapped[str] = mapped_column(default="ACTIVE")
    min_ram: Mapped[int] = mapped_column(default=0)
    min_disk: Mapped[int] = mapped_column(default=0)
    properties: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)


class Host(Base):
    """A machine that servers run on, and what of it they have taken."""

    __tablename__ = "hosts"

    name: Mapped[str] = mapped_column(primary_key=True)
    vcpus: Mapped[int]
    ram: Mapped[int]
    disk: Mapped[int]
    vcpus_used: Mapped[int] = mapped_column(default=0)
    ram_used: Mapped[int] = mapped_column(default=0)
    disk_used: Mapped[int] = mapped_column(default=0)
    enabled: Mapped[bool] = mapped_column(default=True)
    up: Mapped[bool] = mapped_column(default=True)
    properties: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class Server(Base):
    """A virtual machine.

    :ivar number: grows with each server, so that pages have an order
    :ivar flavor: what the flavor was when the server was created
    """

    __tablename__ = "servers"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    id: Mapped[str] = mapped_column(unique=True, default=new_id)
    project_id: Mapped[str] = mapped_column(index=True)
    user_id: Mapped[str]
    name: Mapped[str]
    description: Mapped[str | None] = mapped_column(default=None)
    status: Mapped[str] = mapped_column(default="ACTIVE")
    flavor: Mapped[dict[str, Any]] = mapped_column(JSON)
    image_id: Mapped[str] = mapped_column(ForeignKey("images.id"))
    host: Mapped[str] = mapped_column(ForeignKey("hosts.name"))
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
    updated: Mapped[datetime] = mapped_column(UtcDateTime, default=now, onupdate=now)
