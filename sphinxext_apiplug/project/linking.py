"""Which parts of a commit's message are links."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from typing import NamedTuple
from urllib.parse import quote

from sphinxext_apiplug.project.declared import LINKS, LinkPattern, ProjectSettings


class Stretch(NamedTuple):
    """A stretch of text, and where it leads; nowhere if *url* is empty."""

    text: str
    url: str = ""


class Linker:
    """The links of one project.

    :param repository: the repository's address for people; maybe empty
    """

    def __init__(self, settings: ProjectSettings, repository: str) -> None:
        self._repository = repository.rstrip("/")
        self._commit_url = settings.commit_url
        self._patterns = [
            (re.compile(link.pattern), link)
            for link in (*settings.links, *LINKS)
            if _holds(link, repository)
        ]

    def commit(self, commit: str) -> str:
        """Where a commit is shown; empty if nobody knows."""
        if not commit or (not self._repository and "{repository}" in self._commit_url):
            return ""
        return self._commit_url.format(repository=self._repository, commit=quote(commit))

    def stretches(self, text: str) -> tuple[Stretch, ...]:
        """A text, with the links in it."""
        found: list[Stretch] = []
        end = 0
        matches = self._matches(text)
        if not matches:
            return (Stretch(text),) if text else ()
        for start, stop, stretch in matches:
            found.append(Stretch(text[end:start]))
            found.append(Stretch(text[start:stop], stretch.url))
            end = stop
        found.append(Stretch(text[end:]))
        return tuple(item for item in found if item.text)

    def mentions(self, message: str, known: Iterable[Stretch] = ()) -> tuple[Stretch, ...]:
        """The links in the rest of a message, each once, without those *known* already."""
        urls = {stretch.url for stretch in known}
        found: dict[str, Stretch] = {}
        for _, _, stretch in self._matches(message):
            if stretch.url and stretch.url not in urls:
                found.setdefault(stretch.url, stretch)
        return tuple(found.values())

    def _matches(self, text: str) -> list[tuple[int, int, Stretch]]:
        """(start, end, link) in their order; of two that overlap, the earlier pattern's."""
        taken: list[tuple[int, int, Stretch]] = []
        for pattern, link in self._patterns:
            for match in pattern.finditer(text):
                start, stop = match.span()
                if stop > start and not _overlaps(taken, start, stop):
                    taken.append((start, stop, self._link(link, match)))
        return sorted(taken) if len(taken) > 1 else taken

    def _link(self, link: LinkPattern, match: re.Match[str]) -> Stretch:
        groups = (match[0], *match.groups(""))
        quoted = map(_InUrl, groups)
        return Stretch(
            link.text.format(*groups), link.url.format(*quoted, repository=self._repository)
        )


def _overlaps(taken: Iterable[tuple[int, int, Stretch]], start: int, stop: int) -> bool:
    return any(start < high and stop > low for low, high, _ in taken)


class _InUrl(str):
    """A text that is quoted where a template takes it in: most take one of several."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        # Nearly all are numbers or hashes, of which a long changelog has very many.
        plain = self.isascii() and self.isalnum()
        return format(str(self) if plain else quote(self, safe=""), spec)


def _holds(link: LinkPattern, repository: str) -> bool:
    if "{repository}" in link.url and not repository:
        return False
    return fnmatchcase(repository, link.repositories)
