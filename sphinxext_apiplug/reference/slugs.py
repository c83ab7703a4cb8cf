"""File names for extensions, whatever their aliases are."""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

_MAX_LENGTH: Final = 60
_PLAIN: Final = re.compile(rf"[A-Za-z0-9](?:[A-Za-z0-9._-]{{0,{_MAX_LENGTH - 2}}}[A-Za-z0-9])?")
_UNSAFE: Final = re.compile(r"[^a-z0-9]+")
# Device names on Windows, and the name that dirhtml and web servers treat apart.
_RESERVED: Final = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d|index)(?:\..*)?", re.IGNORECASE)


def slugs(keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """A file name without suffix for each (API name, alias).

    An alias that is a good file name is kept. From any other what is good of
    it is taken, with a digest behind it. No two names differ in case alone.
    The result doesn't depend on the order of *keys*.
    """
    names: dict[tuple[str, str], str] = {}
    taken: set[str] = set()
    for key in sorted(set(keys), key=lambda key: (not _is_plain(key[1]), key)):
        name = _slug(key, taken)
        names[key] = name
        taken.add(name.casefold())
    return names


def part_slugs(page: str, names: Iterable[str], taken: Container[str]) -> dict[str, str]:
    """A file name without suffix for each part of a page: the page's, and the part's.

    :param taken: file names that others have, in lower case
    """
    found: dict[str, str] = {}
    for name in sorted(names):
        stem = _UNSAFE.sub("-", name.lower())[:_MAX_LENGTH].strip("-")
        slug = f"{page}-{stem}"
        if not stem or slug.casefold() in taken or slug in found.values():
            slug = f"{slug}-{_digest(page, name)[:8]}"
        found[name] = slug
    return found


def _digest(*names: str) -> str:
    return hashlib.sha256("\0".join(names).encode("utf-8", "surrogatepass")).hexdigest()


def _is_plain(alias: str) -> bool:
    return bool(_PLAIN.fullmatch(alias)) and not _RESERVED.fullmatch(alias)


def _slug(key: tuple[str, str], taken: set[str]) -> str:
    alias = key[1]
    if _is_plain(alias) and alias.casefold() not in taken:
        return alias
    stem = _UNSAFE.sub("-", alias.lower())[: _MAX_LENGTH - 10].strip("-") or "extension"
    mark = _digest(*key)
    length = 8
    while f"{stem}-{mark[:length]}" in taken:
        length += 1
    return f"{stem}-{mark[:length]}"
