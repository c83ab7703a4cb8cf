"""Flavors: the sizes that servers come in."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from compute_example.db import Database
from compute_example.db.models import Flavor
from compute_example.exceptions import FlavorExists, FlavorNotFound


class Flavors:
    """The flavors of one service."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self) -> list[Flavor]:
        """All flavors, by name."""
        with self._database.reading() as session:
            return [*session.scalars(select(Flavor).order_by(Flavor.name))]

    def get(self, id: str) -> Flavor:
        """One flavor.

        :raises FlavorNotFound: if there is none
        """
        with self._database.reading() as session:
            found = session.get(Flavor, id)
        if found is None:
            raise FlavorNotFound(id=id)
        return found

    def create(self, **values: Any) -> Flavor:
        """Add a flavor.

        :raises FlavorExists: if its name or its id is taken
        """
        flavor = Flavor(**values)
        try:
            with self._database.writing() as session:
                session.add(flavor)
        except IntegrityError as error:
            raise FlavorExists from error
        return flavor

    def delete(self, id: str) -> None:
        """Remove a flavor; servers keep what it was.

        :raises FlavorNotFound: if there is none
        """
        with self._database.writing() as session:
            found = session.get(Flavor, id)
            if found is None:
                raise FlavorNotFound(id=id)
            session.delete(found)
