"""What is there before anybody has asked for anything: flavors, images and hosts."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

from oslo_config import cfg
from sqlalchemy.orm import Session

from compute_example.db.models import Base, Flavor, Host, Image, Server

_TABLES: tuple[tuple[str, type[Base], str], ...] = (
    ("flavors", Flavor, "id"),
    ("images", Image, "id"),
    ("hosts", Host, "name"),
    ("servers", Server, "id"),
)


def fill(session: Session, conf: cfg.ConfigOpts) -> None:
    """Add what isn't there, and let hosts have what the catalog says."""
    _add(session, _read(conf.compute.catalog, "catalog.json"))
    if conf.compute.demo:
        _add(session, _read(None, "demo.json"))


def _read(path: str | None, packaged: str) -> dict[str, Any]:
    """Read a catalog.

    :raises ValueError: if it is no JSON object
    """
    if path is None:
        text = resources.files("compute_example.data").joinpath(packaged).read_text("utf-8")
    else:
        text = Path(path).read_text("utf-8")
    content = json.loads(text)
    if not isinstance(content, dict):
        raise ValueError(f"{path}: a catalog is a JSON object")  # noqa: TRY004 - of the file
    return content


def _add(session: Session, content: dict[str, Any]) -> None:
    for key, table, identity in _TABLES:
        for entry in content.get(key, ()):
            held = session.query(table).filter_by(**{identity: entry[identity]}).one_or_none()
            if held is None:
                session.add(table(**entry))
                if table is Server:
                    _take(session, entry)
            elif table is Host:
                for name, value in entry.items():
                    setattr(held, name, value)
        session.flush()


def _take(session: Session, server: dict[str, Any]) -> None:
    host = session.get_one(Host, server["host"])
    for name in ("vcpus", "ram", "disk"):
        used = f"{name}_used"
        setattr(host, used, (getattr(host, used) or 0) + server["flavor"][name])
