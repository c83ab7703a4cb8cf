"""What the collecting process and the one that started it say to each other."""

from __future__ import annotations

import msgspec

from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.inventory.problems import Problem


class Request(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be collected.

    :ivar path: ``sys.path`` of the asking process, without empty entries
    :ivar given_up: entry-point name -> what an earlier try found out: that
        plugin hung or ended the process, and is not touched again
    :ivar answer_file: where the :class:`Answer` is to be written
    :ivar stack_file: where the stack is to be written if time runs out
    :ivar progress_fd: file descriptor for :class:`Step` lines
    """

    name: str
    settings: ApiSettings
    path: tuple[str, ...]
    given_up: dict[str, Problem]
    answer_file: str
    stack_file: str
    progress_fd: int


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """One plugin's turn: *done* of *total* plugins are through with *stage*."""

    stage: str
    plugin: str
    done: int
    total: int


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What was collected.

    :ivar files: file as the inventory names it -> absolute path
    :ivar watched: absolute paths; a change in any of them makes the answer old
    """

    inventory: Inventory
    files: dict[str, str]
    watched: tuple[str, ...]
