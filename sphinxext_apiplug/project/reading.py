"""A project's history: from its repository, or its files, or what is installed of it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.message import Message
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path
from typing import Final, NamedTuple

import msgspec

from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.files import parse_authors, parse_changelog
from sphinxext_apiplug.project.git import GitError, find_repository, read_repository
from sphinxext_apiplug.project.model import History, Release
from sphinxext_apiplug.project.people import Contact, fold, parse_contacts
from sphinxext_apiplug.project.places import (
    AUTHORS,
    AUTHORS_IN,
    CHANGELOG,
    Place,
    distribution_files,
)

_SOURCE_LABELS: Final = re.compile(r"(?i)^\s*(?:source|source ?code|repository|code|github)\s*$")
_PEOPLE: Final = ("Author", "Author-email", "Maintainer", "Maintainer-email")


class Read(NamedTuple):
    """A history, what is wrong with it, and with the list of its authors alone."""

    history: History
    problems: tuple[Problem, ...]
    authors_problems: tuple[Problem, ...]


class _Found(NamedTuple):
    history: History
    contacts: tuple[Contact, ...]
    problems: tuple[Problem, ...]


def read(place: Place, settings: ProjectSettings) -> Read:
    """Read the history of a project; what there is of it is given in any case."""
    said = _metadata(place)
    found = _from_git(place) or _from_files(place) or _from_metadata(place, said)
    history, problems = found.history, found.problems
    wrong: tuple[Problem, ...] = ()
    contacts = found.contacts or tuple(_named(said))
    if not found.contacts and history.origin == "files":
        message = f"there is a {CHANGELOG}, but no {AUTHORS} beside it"
        wrong = (_problem("history-missing", place, message),)
    elif not contacts and not problems:
        wrong = (_problem("history-missing", place, "nothing tells who its authors are"),)
    history = msgspec.structs.replace(
        history,
        authors=fold(contacts, settings.robots),
        repository=settings.repository or _repository(said),
    )
    return Read(history, problems, wrong)


def _from_git(place: Place) -> _Found | None:
    """What the repository says; nothing if there are none, and other files instead."""
    repository = find_repository(place.root) if place.root is not None else None
    if repository is None:
        return None
    try:
        read = read_repository(repository)
    except GitError as error:
        problem = _problem("git-failed", place, str(error))
        other = _from_files(place) or _Found(_empty(place), (), ())
        return other._replace(problems=(problem,))
    problems = []
    if not read.whole:
        message = "the clone is shallow: older releases, commits and authors are missing"
        problems.append(_problem("history-shallow", place, message))
    elif not any(release.version for release in read.releases):
        message = "no tag is a version: all commits count as not released"
        problems.append(_problem("history-untagged", place, message))
    more = parse_authors(_text(repository.root / AUTHORS_IN))
    history = History(project=place.name, origin="git", releases=read.releases, whole=read.whole)
    return _Found(history, (*more, *read.contacts), tuple(problems))


def _from_files(place: Place) -> _Found | None:
    """What ``ChangeLog`` and ``AUTHORS`` say."""
    carried = distribution_files(place)
    changelog = _first(place, CHANGELOG, carried)
    authors = _first(place, AUTHORS, carried)
    if changelog is None:
        return None
    read = parse_changelog(_text(changelog))
    problems = []
    if read.odd:
        first = read.odd[0]
        more = f", nor are {len(read.odd) - 1} more lines" if len(read.odd) > 1 else ""
        message = f"{first.text[:60]!r} is no part of a changelog as pbr writes it{more}"
        source = Source(object=place.name, file=CHANGELOG, line=first.number)
        problems.append(_problem("changelog-malformed", place, message, source))
    elif not read.releases:
        message = f"{CHANGELOG} names no release"
        source = Source(object=place.name, file=CHANGELOG)
        problems.append(_problem("changelog-malformed", place, message, source))
    history = History(project=place.name, origin="files", releases=read.releases)
    contacts = parse_authors(_text(authors)) if authors else ()
    return _Found(history, contacts, tuple(problems))


def _from_metadata(place: Place, said: Message) -> _Found:
    """What a distribution says of itself: its version and authors, not its changes."""
    version = str(said["Version"] or "")
    authors = _first(place, AUTHORS, distribution_files(place))
    contacts = parse_authors(_text(authors)) if authors else ()
    if not version and not authors:
        where = str(place.root or place.name)
        message = f"{where} has neither a repository nor a {CHANGELOG}, nor is it installed"
        return _Found(_empty(place), (), (_problem("history-missing", place, message),))
    release = Release(version=version, commit=_git_version(place))
    history = msgspec.structs.replace(_empty(place), releases=(release,) if version else ())
    message = f"{version or place.name} came without a {CHANGELOG}, as wheels do"
    return _Found(history, contacts, (_problem("changelog-absent", place, message),))


def _empty(place: Place) -> History:
    return History(project=place.name, origin="metadata", listed=False)


def _first(place: Place, name: str, carried: dict[str, Path]) -> Path | None:
    """A file of the sources, or else one that the installed distribution carries."""
    file = place.root / name if place.root is not None else None
    if file is not None and file.is_file():
        return file
    # What is installed may be of another version than these sources.
    return carried.get(name) if place.root is None else None


def _metadata(place: Place) -> Message:
    """What the distribution says of itself, installed or in a source archive."""
    file = place.root / "PKG-INFO" if place.root is not None else None
    if file is not None and file.is_file():
        return HeaderParser().parsestr(_text(file))
    if place.distribution:
        found: object = metadata.distribution(place.distribution).metadata
        if isinstance(found, Message):
            return found
    return Message()


def _git_version(place: Place) -> str:
    """The commit that pbr noted when it built the distribution."""
    file = distribution_files(place).get("pbr.json")
    try:
        noted = msgspec.json.decode(_text(file), type=dict[str, object]) if file else {}
    except msgspec.DecodeError:
        return ""
    version = noted.get("git_version")
    return version if isinstance(version, str) else ""


def _named(said: Message) -> Iterable[Contact]:
    for name in _PEOPLE:
        for field in said.get_all(name, ()):
            yield from parse_contacts(str(field))


def _repository(said: Message) -> str:
    """The address that the metadata give for the sources."""
    for field in said.get_all("Project-URL", ()):
        label, _, address = str(field).partition(",")
        if _SOURCE_LABELS.match(label) and address.strip().startswith(("https://", "http://")):
            return address.strip().rstrip("/").removesuffix(".git")
    return ""


def _text(file: Path) -> str:
    """A file's text, whatever its bytes are; empty if there is none."""
    try:
        return file.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""


def _problem(kind: str, place: Place, message: str, source: Source | None = None) -> Problem:
    return Problem(kind=kind, subject=place.name, message=message, source=source)
