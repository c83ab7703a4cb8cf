"""Which operation a command calls, where its name alone says it.

A command is matched if its name and what must be given with it fit exactly one
operation. Every word of the name must be accounted for, by a resource of the
path, by the verb or the action, or by the type of the service: a command that
is shown at the wrong operation is worse than one that isn't shown.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from typing import Final

import msgspec

from sphinxext_apiplug.inventory.model import Api, Command, Operation
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS
from sphinxext_apiplug.readers.commands_words import Words, steps_of, thing_of, words_of

_VERBS: Final = {
    "list": ("GET",),
    "show": ("GET",),
    "get": ("GET",),
    "create": ("POST",),
    "delete": ("DELETE",),
    "update": ("PUT", "PATCH"),
    "set": ("PUT", "PATCH"),
}
_OF_MEMBERS: Final = ("show", "get")
_OF_COLLECTIONS: Final = ("list", "create")
# The same collection or member, told at length.
_DETAIL: Final = ("detail",)
_ACTION: Final = ("action",)


class _Target(msgspec.Struct, frozen=True, kw_only=True):
    """An operation as a name may speak of it.

    :ivar nouns: its resources, each in the one before it
    :ivar is_member: it is about one thing of the last of them
    :ivar variables: how many things must be named to call it
    """

    operation: Operation
    nouns: tuple[Words, ...]
    is_member: bool
    variables: int
    action: Words = ()


class _Spoken(msgspec.Struct, frozen=True, kw_only=True):
    """A command as words.

    :ivar things: what each required argument or option identifies
    :ivar arguments: the same of arguments only
    """

    command: Command
    words: Words
    things: tuple[Words, ...]
    arguments: tuple[Words, ...]


class Matcher:
    """Finds the operations of one API by names of commands."""

    def __init__(self, operations: Sequence[Operation], api: Api) -> None:
        self._targets = [target for item in operations for target in _targets(item)]
        self._service = words_of(api.service_type or "")
        self._versions = api.microversions or ALL_VERSIONS

    def match(self, command: Command) -> Operation | None:
        """The only operation that the command can be meant to call, if there is one."""
        required = [item for item in command.options if item.required]
        spoken = _Spoken(
            command=command,
            words=words_of(command.name),
            things=tuple(thing_of(item.name) for item in required),
            arguments=tuple(thing_of(item.name) for item in required if not item.flags),
        )
        fitting = {
            target.operation.id: target.operation
            for words in self._names(spoken.words)
            for target in self._targets
            if _fits(target, msgspec.structs.replace(spoken, words=words))
        }
        if len(fitting) != 1:
            return None
        (operation,) = fitting.values()
        return operation if self._is_still_called(operation, command) else None

    def _is_still_called(self, operation: Operation, command: Command) -> bool:
        """Whether the command's newest version still has the operation.

        If not, it calls something else in that version, and maybe in all of them.
        """
        asked = command.versions.intersect(self._versions)
        return (
            operation.removed is None
            and asked is not None
            and operation.versions.high >= asked.high
        )

    def _names(self, words: Words) -> Iterator[Words]:
        """The name, also without the service's type before it."""
        yield words
        length = len(self._service)
        if 0 < length < len(words) and words[:length] == self._service:
            yield words[length:]


def _targets(operation: Operation) -> Iterator[_Target]:
    """The ways in which a name may speak of an operation; none of one without a resource."""
    steps = steps_of(operation.path)
    if operation.action is not None and steps[-1:] == (_ACTION,):
        steps = steps[:-1]
    yield from _target(operation, steps)
    if operation.method == "GET" and steps[-1:] == (_DETAIL,):
        yield from _target(operation, steps[:-1])


def _target(operation: Operation, steps: tuple[Words, ...]) -> Iterator[_Target]:
    # Before the first resource, a variable says whose all of them are.
    steps = tuple(itertools.dropwhile(lambda step: not step, steps))
    if steps:
        yield _Target(
            operation=operation,
            nouns=tuple(step for step in steps if step),
            is_member=not steps[-1],
            variables=sum(not step for step in steps),
            action=words_of(operation.action or ""),
        )


def _fits(target: _Target, spoken: _Spoken) -> bool:
    operation = target.operation
    if operation.versions.intersect(spoken.command.versions) is None:
        return False
    if not _can_be_called(target, spoken):
        return False
    return any(_says(target, phrase, spoken.words) for phrase in _phrases(target, spoken))


def _can_be_called(target: _Target, spoken: _Spoken) -> bool:
    """Whether what must be given with the command is what the operation needs.

    A call without a body needs no more than its path and its query hold.
    """
    if len(spoken.things) < target.variables:
        return False
    if target.operation.method not in ("GET", "DELETE"):
        return True
    queries = {
        words_of(item.name) for item in target.operation.parameters if item.location == "query"
    }
    others = [item for item in spoken.things if item not in queries]
    return len(others) <= target.variables


def _phrases(target: _Target, spoken: _Spoken) -> Iterator[Words]:
    """The ways to name the operation's resources.

    A resource that an argument names need not be named again, nor one that the
    name of what is in it begins with. The last one goes without saying only if
    the thing itself is what the command wants to be told.
    """
    last = target.nouns[-1]
    choices: list[tuple[Words, ...]] = []
    for parent, child in itertools.pairwise(target.nouns):
        goes_without = parent in spoken.things or child[: len(parent)] == parent
        choices.append((parent, ()) if goes_without else (parent,))
    for chosen in itertools.product(*choices):
        above = tuple(itertools.chain(*chosen))
        yield (*above, *last)
        if not above and last in spoken.arguments and (target.is_member or target.action):
            yield ()


def _says(target: _Target, phrase: Words, words: Words) -> bool:
    """Whether words are some resources and what is done with them, in either order."""
    length = len(words) - len(phrase)
    if words[:length] != phrase and words[len(phrase) :] == phrase:
        return _does(target, words[:length], phrase)
    if words[: len(phrase)] == phrase:
        return _does(target, words[len(phrase) :], phrase)
    return False


def _does(target: _Target, verb: Words, phrase: Words) -> bool:
    """Whether some words are what the operation does."""
    if target.action:
        return sorted(verb) == sorted(target.action)
    if not verb:
        return _speaks_for_itself(target, phrase)
    if len(verb) > 1 or target.operation.method not in _VERBS.get(verb[0], ()):
        return False
    if verb[0] in _OF_MEMBERS:
        return target.is_member
    return not (verb[0] in _OF_COLLECTIONS and target.is_member)


def _speaks_for_itself(target: _Target, phrase: Words) -> bool:
    """Whether resources alone may be a command's name, as in ``hypervisor uptime``.

    What is sent to a whole collection has other names.
    """
    if target.is_member or not phrase or phrase[-1] in _VERBS or phrase[0] in _VERBS:
        return False
    return target.operation.method == "GET" or len(target.nouns) > 1
