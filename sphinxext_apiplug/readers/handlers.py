"""What a handler's decorators declare."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import FunctionType
from typing import Any

import msgspec

from sphinxext_apiplug.inventory.errors import VersionError
from sphinxext_apiplug.inventory.versions import ALL_VERSIONS, VersionRange, gaps
from sphinxext_apiplug.readers.closures import Layer, innermost, layers, static_function

# What the services' validation decorators call the schema that they were given.
_REQUEST_CELLS = ("request_body_schema",)
_QUERY_CELLS = ("query_params_schema", "request_query_schema")
_RESPONSE_CELLS = ("response_body_schema",)
_VERSION_CELLS = {"min_version", "max_version"}
# What services call the ends of a versioned method's range.
_METHOD_ENDS = (("start_version", "min_version"), ("end_version", "max_version"))
# Some call each of them just so, and note on the wrapper which one it is.
_ANY_CELL = "schema"
_NOTES = (
    ("request", "_request_body_schema"),
    ("query", "_request_query_schema"),
    ("answer", "_response_body_schema"),
)


class VersionedSchema(msgspec.Struct, frozen=True, kw_only=True):
    """A raw schema as the plugin has it, and the versions that it is declared for.

    :ivar provided_by: JSON pointer -> alias of the extension that added what stands there
    """

    raw: Any
    versions: VersionRange
    provided_by: Mapping[str, str] = {}


class VersionedCodes(msgspec.Struct, frozen=True, kw_only=True):
    """Status codes, and the versions that they are declared for."""

    codes: tuple[int, ...]
    versions: VersionRange


class Handler(msgspec.Struct, frozen=True, kw_only=True):
    """One function that serves an operation in some versions.

    :ivar function: the function under its decorators
    :ivar owner: the class that it is a method of
    :ivar errors: one entry a decorator; an empty one says that none is expected
    :ivar success: the declared success codes, one entry a decorator
    :ivar calling: the function that leaves the request to this one, without decorators
    :ivar parts: functions that it leaves the request to, one of them each time
    :ivar exceptions: exception class -> the code that its class answers it with
    :ivar files: absolute paths of files that say something of it
    """

    function: Any
    owner: type
    versions: VersionRange
    requests: tuple[VersionedSchema, ...]
    queries: tuple[VersionedSchema, ...]
    answers: tuple[VersionedSchema, ...]
    errors: tuple[VersionedCodes, ...]
    success: tuple[VersionedCodes, ...]
    calling: Any = None
    parts: tuple[Any, ...] = ()
    exceptions: Mapping[type, int] = {}
    files: frozenset[str] = frozenset()


def handlers_of(owner: type, name: str, warn: Callable[[str], None]) -> tuple[Handler, ...]:
    """All functions behind one method name, the newest first.

    :param owner: the controller's class
    :param warn: told of version ranges that can't be read
    """
    table = _versioned_methods(owner)
    if name in table:
        found = sorted(_served(table[name], warn), key=lambda item: item[0].sort_key, reverse=True)
    else:
        function = static_function(owner, name)
        found = [] if function is None else [(ALL_VERSIONS, function)]
    return tuple(_handler(owner, function, versions, warn) for versions, function in found)


def parameters_of(owner: type, name: str) -> frozenset[str] | None:
    """What a handler must be given besides the request, by name.

    :return: ``None`` if that can't be told: it takes any, or some may be missing
    """
    function = static_function(owner, name)
    if function is None:
        return None
    found = inspect.signature(innermost(function)).parameters
    plain = [item for item in found.values() if item.kind is item.POSITIONAL_OR_KEYWORD]
    if len(plain) != len(found) or any(item.default is not item.empty for item in plain):
        return None
    return frozenset(item.name for item in plain[2:])


def version_range(since: Any, until: Any, warn: Callable[[str], None]) -> VersionRange:
    """A range out of two versions as the services write them.

    A version is ``X.Y`` text, ``None``, or an object that may be null, and has
    ``get_string()`` or is shown as such text. What can't be read leaves that end open.
    """
    try:
        return VersionRange(since=_version(since), until=_version(until))
    except VersionError as error:
        warn(str(error))
        return ALL_VERSIONS


def codes_of(value: Any) -> tuple[int, ...]:
    """Status codes out of a number, an ``HTTPStatus`` or a sequence of them."""
    items = value if isinstance(value, list | tuple | set | frozenset) else (value,)
    return tuple(sorted({int(item) for item in items if isinstance(item, int)}))


def _versioned_methods(owner: type) -> dict[str, Any]:
    # From the class: the instance would answer with a closure that picks one.
    table: dict[str, Any] = getattr(owner, "versioned_methods", None) or {}
    return table


def _served(
    methods: Sequence[Any], warn: Callable[[str], None]
) -> Iterator[tuple[VersionRange, FunctionType]]:
    """Versions and function of each versioned method that serves any.

    The service takes the first one that a version lies in, so one of two that
    overlap serves what the other leaves.

    :param methods: in the service's order
    """
    taken: list[VersionRange] = []
    for item in methods:
        since, until = (
            next((getattr(item, name) for name in names if hasattr(item, name)), None)
            for names in _METHOD_ENDS
        )
        declared = version_range(since, until, warn)
        for versions in gaps(declared, taken):
            yield versions, item.func
        taken.append(declared)


def _handler(
    owner: type, function: FunctionType, versions: VersionRange, warn: Callable[[str], None]
) -> Handler:
    found: dict[str, list[VersionedSchema]] = {"request": [], "query": [], "answer": []}
    errors: list[VersionedCodes] = []
    for layer in layers(function):
        cells = layer.cells
        held = version_range(cells.get("min_version"), cells.get("max_version"), warn)
        for kind, raw in _schemas(layer):
            found[kind].append(VersionedSchema(raw=raw, versions=held))
        if "errors" in cells:
            errors.append(VersionedCodes(codes=codes_of(cells["errors"]), versions=held))
        if _says_only_versions(cells):
            versions = versions.intersect(held) or versions
    return Handler(
        function=innermost(function),
        owner=owner,
        versions=versions,
        requests=_ordered(found["request"]),
        queries=_ordered(found["query"]),
        answers=_ordered(found["answer"]),
        errors=tuple(errors),
        success=tuple(_success(vars(function), warn)),
    )


def _says_only_versions(cells: Mapping[str, Any]) -> bool:
    """Whether a decorator lets a handler serve some versions, and does nothing else."""
    told = {name for name, value in cells.items() if not isinstance(value, FunctionType)}
    return told == _VERSION_CELLS


def _success(
    attributes: Mapping[str, Any], warn: Callable[[str], None]
) -> Iterator[VersionedCodes]:
    """The success codes that decorators noted on a function: one, or one a version range."""
    code = attributes.get("wsgi_code")
    if isinstance(code, int):
        yield VersionedCodes(codes=codes_of(code), versions=ALL_VERSIONS)
    listed = getattr(attributes.get("wsgi_codes"), "__dict__", {})
    for status, since, until in listed.get("_codes", ()):
        yield VersionedCodes(codes=codes_of(status), versions=version_range(since, until, warn))


def _schemas(layer: Layer) -> Iterator[tuple[str, Any]]:
    kinds = (("request", _REQUEST_CELLS), ("query", _QUERY_CELLS), ("answer", _RESPONSE_CELLS))
    for kind, names in kinds:
        for name in names:
            if name in layer.cells:
                yield kind, layer.cells[name]
    raw = layer.cells.get(_ANY_CELL)
    for kind, note in _NOTES if raw is not None else ():
        # Those of the wrappers inside are copied to this one.
        if vars(layer.function).get(note) is raw:
            yield kind, raw
            return


def _ordered(schemas: list[VersionedSchema]) -> tuple[VersionedSchema, ...]:
    return tuple(sorted(schemas, key=lambda item: item.versions.sort_key))


def _version(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value or None
    is_null = getattr(value, "is_null", None)
    # One that is null says so by a method, or by being false.
    if (is_null is not None and is_null()) or not value:
        return None
    get_string = getattr(value, "get_string", None)
    if get_string is not None:
        return str(get_string())
    # Text that isn't a version may be an address, which is another one in each run.
    if not re.fullmatch(r"\d+\.\d+", str(value)):
        raise VersionError(type(value).__name__, "a microversion")
    return str(value)
