"""The table of notes. The service makes it when it starts."""

from compute_example.db.models import Base
from sqlalchemy.orm import Mapped, mapped_column


class HostNote(Base):
    """A note on a host."""

    __tablename__ = "host_notes"

    host: Mapped[str] = mapped_column(primary_key=True)
    note: Mapped[str]
