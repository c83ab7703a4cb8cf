"""Whether examples are valid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from sphinxext_apiplug.checks.samples import claims
from sphinxext_apiplug.checks.samples.files import SampleError, line_of, read
from sphinxext_apiplug.checks.samples.model import Claim
from sphinxext_apiplug.handwritten.model import Half, Place, Tree
from sphinxext_apiplug.inventory import validity
from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload
from sphinxext_apiplug.inventory.problems import Problem, Source
from sphinxext_apiplug.inventory.versions import Microversion


def check(
    inventory: Inventory,
    folder: Path | None = None,
    tree: tuple[Tree, Path] | None = None,
) -> tuple[Problem, ...]:
    """Hold example files against the schemas of their operations.

    A file that is told of by a hand-written reference is checked as that says; only
    others of *folder* have to be guessed.

    :param folder: whose files are examples
    :param tree: a hand-written reference that shows examples, with its folder
    :raises ~sphinxext_apiplug.checks.samples.claims.NamesError: for what is wrong with
        the folder's ``samples.yaml``
    """
    found: list[Problem] = []
    shown: set[Path] = set()
    for claim, line in claims.of_tree(*tree, inventory) if tree else ():
        if claim.path not in shown:
            shown.add(claim.path)
            found += _shown(claim, line)
    for claim in claims.of_folder(folder, inventory) if folder else ():
        if claim.path not in shown:
            found += _in_folder(claim)
    return tuple(found)


def _shown(claim: Claim, line: int) -> Iterator[Problem]:
    if not claim.path.is_file():
        message = f"there is no file {claim.path.name!r}"
        yield _problem("sample-unreadable", claim, message, Place(file=claim.name, line=line))
        return
    yield from _checked(claim)


def _in_folder(claim: Claim) -> Iterator[Problem]:
    found = list(_checked(claim))
    if not found and not claim.operations:
        message = "no operation is known that this is an example of"
        found = [_problem("sample-unmatched", claim, message, _place(claim, ()))]
    yield from found


def _checked(claim: Claim) -> Iterator[Problem]:
    """Nothing is told if any of the operations, in a fitting version, takes the body."""
    try:
        body = read(claim.path)
    except SampleError as error:
        place = Place(file=_file(claim), line=error.line)
        yield _problem("sample-unreadable", claim, str(error), place)
        return
    fault = _fault(claim, body)
    if fault is not None:
        at = f" at {claim.version}" if claim.version else ""
        pointer = "".join(f"/{part}" for part in fault.parts)
        where = f"{pointer}: " if pointer else ""
        message = f"not valid for {fault.operation}{at}: {where}{fault.message}"
        problem = _problem("sample-invalid", claim, message, _place(claim, fault.parts))
        yield msgspec.structs.replace(problem, pointer=pointer)


class _Fault(NamedTuple):
    """What is wrong with a body, and where, if it is one of that operation."""

    operation: str
    parts: tuple[str | int, ...]
    message: str


def _fault(claim: Claim, body: Any) -> _Fault | None:
    """What is wrong with a body where it almost fits; ``None`` if it fits somewhere."""
    halves: tuple[Half, ...] = (claim.half,) if claim.half else ("request", "response")
    faults: list[_Fault] = []
    for operation in claim.operations:
        for half in halves:
            for payload in _fitting(operation, half, claim):
                found = validity.fault(payload.schema, body)
                if found is None:
                    return None
                faults.append(_Fault(operation.id, *found))
    # What fails deep inside almost fits.
    return max(faults, key=lambda fault: len(fault.parts), default=None)


def _fitting(operation: Operation, half: Half, claim: Claim) -> Iterable[Payload]:
    """The payloads of the file's version, newest first; of all versions if it has none."""
    payloads = claims.payloads_of(operation, half)
    if claim.version is not None:
        version = Microversion.parse(claim.version)
        payloads = tuple(item for item in payloads if item.versions.contains(version))
    return reversed(payloads)


def _file(claim: Claim) -> str:
    """The path of the file itself, relative if it can be."""
    here = Path.cwd()
    path = claim.path
    return (path.relative_to(here) if path.is_relative_to(here) else path).as_posix()


def _place(claim: Claim, parts: Sequence[str | int]) -> Place:
    return Place(file=_file(claim), line=line_of(claim.path, parts))


def _problem(kind: str, claim: Claim, message: str, place: Place) -> Problem:
    name = claim.path.name
    source = Source(object=name, file=place.file, line=place.line)
    return Problem(kind=kind, subject=name, message=message, source=source)
