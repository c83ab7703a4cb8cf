"""What a caller of the command line can do wrong."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from sphinxext_apiplug.inventory.errors import ApiplugError


class UsageError(ApiplugError):
    """The command can't do what was asked; ``str()`` says what to change."""


class UnknownApiError(UsageError):
    """No API, namespace or file has this name.

    :ivar name: the name that was asked for
    """

    def __init__(self, name: str, known: Iterable[str]) -> None:
        close = difflib.get_close_matches(name, sorted(known), n=3)
        hint = f"; did you mean {' or '.join(map(repr, close))}?" if close else ""
        super().__init__(
            f"{name!r} is neither an API of conf.py, nor a namespace that an installed "
            f"distribution declares, nor an inventory file{hint}"
        )
        self.name = name


class OutputError(UsageError):
    """A document can't be written where it should go.

    :ivar target: the place, as the caller gave it
    """

    def __init__(self, target: str, reason: str) -> None:
        super().__init__(f"cannot write {target}: {reason}")
        self.target = target


class ConfError(UsageError):
    """A ``conf.py`` can't be read.

    :ivar folder: the folder it was looked for in
    """

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(f"{folder}: {reason}")
        self.folder = folder
