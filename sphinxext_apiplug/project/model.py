"""Changelog and authors of one project, as immutable data."""

from __future__ import annotations

from typing import Literal

import msgspec

#: Where a history was read: a repository, a source archive's files, or what is installed.
Origin = Literal["git", "files", "metadata"]


# gc=False: a history may hold a hundred thousand of these, which form no cycles.
class Commit(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One change.

    :ivar subject: the first paragraph of its message, as people wrote it: any text
    :ivar id: its full hash; empty where only the subject is known
    :ivar date: the day it was committed, as in ``2026-03-31``; maybe empty
    :ivar author: who wrote it; maybe empty
    :ivar message: the rest of its message
    """

    subject: str
    id: str = ""
    date: str = ""
    author: str = ""
    message: str = ""


class Release(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One release and what was committed for it, the newest first.

    :ivar version: as pbr writes it; empty for what isn't released yet
    :ivar date: the day it was tagged; maybe empty
    :ivar commit: the hash of what was released, full or short; maybe empty
    """

    version: str
    date: str = ""
    commit: str = ""
    commits: tuple[Commit, ...] = ()


class Author(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One person or robot.

    :ivar addresses: every e-mail address that was used, sorted
    """

    name: str
    addresses: tuple[str, ...] = ()
    robot: bool = False


class History(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """All that is known of one project.

    :ivar project: its name
    :ivar releases: the newest first
    :ivar authors: in the order that people look names up in
    :ivar repository: address of the repository for people; maybe empty
    :ivar listed: whether the releases come with what was committed
    :ivar whole: whether all of the history is there, as it isn't in a shallow clone
    """

    project: str
    origin: Origin
    releases: tuple[Release, ...] = ()
    authors: tuple[Author, ...] = ()
    repository: str = ""
    listed: bool = True
    whole: bool = True
