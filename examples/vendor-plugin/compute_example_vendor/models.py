"""The vendor's own table: the service makes it with its own ones."""

from __future__ import annotations

from datetime import datetime

from compute_example.db.models import Base, UtcDateTime, new_id, now
from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column


class MaintenanceWindow(Base):
    """A time in which a host may not do what it is there for."""

    __tablename__ = "vendor_maintenance_windows"

    id: Mapped[str] = mapped_column(primary_key=True, default=new_id)
    host: Mapped[str] = mapped_column(ForeignKey("hosts.name"), index=True)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reason: Mapped[str | None] = mapped_column(default=None)
    created: Mapped[datetime] = mapped_column(UtcDateTime, default=now)
