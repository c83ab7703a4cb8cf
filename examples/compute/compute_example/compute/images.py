"""Images: what servers start from."""

from __future__ import annotations

from sqlalchemy import select

from compute_example.db import Database
from compute_example.db.models import Image
from compute_example.exceptions import ImageNotFound


class Images:
    """The images of one service."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Image]:
        """All images, by name."""
        with self._database.reading() as session:
            return [*session.scalars(select(Image).order_by(Image.name, Image.id))]

    def get(self, id: str) -> Image:
        """One image.

        :raises ImageNotFound: if there is none
        """
        with self._database.reading() as session:
            found = session.get(Image, id)
        if found is None:
            raise ImageNotFound(id=id)
        return found
