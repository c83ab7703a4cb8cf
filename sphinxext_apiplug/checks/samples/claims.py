"""Which operation a file is an example of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import msgspec
import yaml

from sphinxext_apiplug.checks.samples.files import SampleError, read
from sphinxext_apiplug.checks.samples.model import Claim
from sphinxext_apiplug.handwritten.matching import Index
from sphinxext_apiplug.handwritten.model import Half, Tree
from sphinxext_apiplug.handwritten.versions import version_of
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.model import Inventory, Operation, Payload
from sphinxext_apiplug.inventory.timeline import fold

#: Beside the files: which operation, half and microversion each is an example of.
NAMES: Final = "samples.yaml"

_HALF: Final = re.compile(r"(?:^|[-_.])(req|resp)(?:uest|onse)?(?=[-_.]|$)", re.IGNORECASE)
_WORDS: Final = re.compile(r"[^a-z0-9]+")


class Named(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``samples.yaml`` says of one file.

    :ivar operation: its id, as the reference's anchors have it
    :ivar half: which of its bodies
    :ivar microversion: at which it was made
    """

    operation: str
    half: Half
    microversion: str | None = None


class NamesError(ApiplugError):
    """``samples.yaml`` can't be read, or says something that can't be."""


def of_tree(tree: Tree, folder: Path, inventory: Inventory) -> Iterator[tuple[Claim, int]]:
    """The files that a hand-written reference shows, each with the line that includes it."""
    index = Index(inventory, folder)
    for written in tree.operations:
        found = [index.match(method, written) for method in written.methods]
        sure = [item for match in found if not match.undecided for item in match.operations]
        by_id = {item.id: item for item in sure}
        for sample in written.samples:
            path = folder / sample.file
            yield (
                Claim(
                    path=path.resolve(),
                    name=sample.place.file,
                    operations=tuple(by_id.values()),
                    half=sample.half or _half_of(path),
                    version=version_of(path),
                ),
                sample.place.line,
            )


def of_folder(folder: Path, inventory: Inventory) -> Iterator[Claim]:
    """All files of a folder, each with the operations that it may be an example of.

    ``samples.yaml`` says it; where it doesn't, the folder's name, the file's name and the
    only key of what it holds have to tell.

    :raises NamesError: for what is wrong with ``samples.yaml``
    """
    names = _names(folder / NAMES, inventory)
    for path in sorted(folder.rglob("*.json")):
        named = names.get(path.relative_to(folder).as_posix())
        if named is not None:
            operation, said = named
            yield Claim(
                path=path.resolve(), name=path.as_posix(), operations=(operation,),
                half=said.half, version=said.microversion or version_of(path),
            )  # fmt: skip
        else:
            half = _half_of(path)
            yield Claim(
                path=path.resolve(),
                name=path.as_posix(),
                operations=tuple(_guessed(path, folder, half, inventory)),
                half=half,
                version=version_of(path),
            )


def _half_of(path: Path) -> Half:
    said = _HALF.findall(path.stem)
    if not said:
        return ""
    return "request" if said[-1].lower() == "req" else "response"


def _names(path: Path, inventory: Inventory) -> dict[str, tuple[Operation, Named]]:
    if not path.is_file():
        return {}
    try:
        loaded = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - texts
        named = msgspec.convert(loaded or {}, dict[str, Named])
    except (yaml.YAMLError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise NamesError(f"{path.as_posix()}: {str(error).splitlines()[0]}") from error
    found: dict[str, tuple[Operation, Named]] = {}
    for name, item in named.items():
        operation = inventory.operation(item.operation)
        if operation is None:
            raise NamesError(f"{path.as_posix()}: {name}: no operation is {item.operation!r}")
        if not (path.parent / name).is_file():
            raise NamesError(f"{path.as_posix()}: there is no file {name!r}")
        found[name] = (operation, item)
    return found


def _guessed(path: Path, folder: Path, half: Half, inventory: Inventory) -> list[Operation]:
    """Operations of the resource that the folder is named after, with such a body.

    Those that the file's name has a word of come alone, if there are any.
    """
    words = {_folded(part) for part in path.parent.relative_to(folder).parts}
    try:
        body = read(path)
    except SampleError:
        return []  # told of when the file is checked
    key = next(iter(body)) if isinstance(body, dict) and len(body) == 1 else None
    if key is None or not half:
        return []
    found = [
        operation
        for operation in inventory.operations
        if words & {_folded(operation.resource), _folded(operation.extension)}
        and any(_has_key(payload, key) for payload in payloads_of(operation, half))
    ]
    said = set(_WORDS.split(path.stem.lower()))
    return [item for item in found if said & set(_names_of(item))] or found


def _names_of(operation: Operation) -> Iterator[str]:
    """What a file's name may call an operation."""
    yield operation.method.lower()
    yield _WORDS.split(operation.id.lower())[-1]
    if operation.action is not None:
        yield operation.action.lower()


def payloads_of(operation: Operation, half: Half) -> tuple[Payload, ...]:
    """The declared bodies of one half; of answers, the successful ones."""
    if half == "request":
        found = operation.request
    else:
        answers = [item for item in operation.responses if item.status < 400]
        found = tuple(payload for item in answers for payload in item.payloads)
    return tuple(payload for payload in found if not payload.inferred)


def _folded(text: str) -> str:
    return _WORDS.sub("", text.lower())


def _has_key(payload: Payload, key: str) -> bool:
    return any(field.name == key for field in fold([payload]))
