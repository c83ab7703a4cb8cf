"""The answer objects that a handler makes: their status codes, and the headers they get.

Read are ``Response(status_int=202, headers={...})`` and its like, and what is done
to such an object, or to ``req.response``, afterwards: ``answer.headers["Location"] = ...``,
``answer["Location"] = ...``, ``answer.headers.add("Vary", ...)``, ``answer.location = ...``.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from typing import Final

from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.closures import static_function
from sphinxext_apiplug.readers.findings import Findings, SetHeader
from sphinxext_apiplug.readers.roles import STATUS_NAMES, Roles, is_answer_class
from sphinxext_apiplug.readers.values import Scope

_HEADER_NAMES: Final = ("headers", "headerlist")
_ADDING: Final = ("add", "setdefault", "__setitem__")
_UPDATING: Final = ("update", "extend")
# Attributes of webob's answers that are headers.
_ATTRIBUTES: Final = {
    "allow": "Allow",
    "cache_control": "Cache-Control",
    "content_disposition": "Content-Disposition",
    "content_location": "Content-Location",
    "etag": "ETag",
    "expires": "Expires",
    "last_modified": "Last-Modified",
    "location": "Location",
    "retry_after": "Retry-After",
    "vary": "Vary",
}
# Said of every answer with a body by its media type and schema.
_OF_THE_BODY: Final = frozenset({"content-type", "content-length"})


class Answers:
    """The answers that one function makes or is given.

    :param statuses: status codes of the answers that it is given, by their names
    """

    def __init__(
        self, scope: Scope, roles: Roles, findings: Findings, statuses: Mapping[str, int]
    ) -> None:
        self._scope = scope
        self._roles = roles
        self._findings = findings
        self._statuses = dict(statuses)
        self._noted: list[tuple[str, str, VersionRange]] = []
        self._named: list[tuple[str, VersionRange]] = []
        self._numbers: dict[str, list[ast.expr]] = {}

    def note_made(self, node: ast.Call, versions: VersionRange) -> None:
        """Note the success code and the headers that an answer is made with."""
        if not is_answer_class(self._scope.resolve(node.func)):
            return
        status = self._status_of(node)
        if status is not None and 200 <= status < 400:
            self._findings.statuses.setdefault((status, versions))
        given = _given_statuses(node)
        for argument in given:
            self._note_status(argument, versions)
        usual = None if given else _usual_status(self._scope.resolve(node.func))
        if usual is not None:
            self._findings.usual.setdefault((usual, versions))
        for item in node.keywords:
            if item.arg in _HEADER_NAMES:
                for name in self._names_in(item.value):
                    self._set(name, status, versions)

    def note_call(self, node: ast.Call, versions: VersionRange) -> None:
        """Note a header that a method of an answer's headers sets."""
        if not isinstance(node.func, ast.Attribute) or not node.args:
            return
        key = self._answer_with_headers(node.func.value)
        if key is None:
            return
        if node.func.attr in _ADDING:
            self._note(key, self._scope.value(node.args[0]), versions)
        elif node.func.attr in _UPDATING:
            for name in self._names_in(node.args[0]):
                self._note(key, name, versions)

    def note_assigned(self, target: ast.expr, value: ast.expr, versions: VersionRange) -> None:
        """Note a header or status code that is assigned to an answer."""
        match target:
            case ast.Name(id=name) if self._is_number(value):
                self._numbers.setdefault(name, []).append(value)
            case ast.Name(id=name) if isinstance(value, ast.Call):
                status = self._status_of(value) if self._roles.of(value) == "answer" else None
                if status is not None:
                    self._statuses[name] = status
            case ast.Subscript(value=inner, slice=key):
                answer = self._answer_with_headers(inner) or self._answer(inner)
                if answer is not None:
                    self._note(answer, self._scope.value(key), versions)
            case ast.Attribute(value=inner, attr=attr):
                answer = self._answer(inner)
                if answer is not None:
                    self._note_attribute(answer, attr, value, versions)

    def _note_attribute(
        self, answer: str, attr: str, value: ast.expr, versions: VersionRange
    ) -> None:
        if attr.lstrip("_") in STATUS_NAMES:
            self._note_status(value, versions)
            number = self._scope.value(value)
            if isinstance(number, int):
                self._statuses[answer] = number
        elif attr in _ATTRIBUTES:
            self._note(answer, _ATTRIBUTES[attr], versions)

    def statuses_given(self, names: Mapping[str, ast.expr]) -> dict[str, int]:
        """What a called function is given: parameter -> status code of an answer."""
        keys = {name: self._answer(value) for name, value in names.items()}
        return {name: self._statuses[key] for name, key in keys.items() if key in self._statuses}

    def close(self) -> None:
        """Hand on what was noted; the function is read, so the answers' codes are known."""
        for key, name, versions in self._noted:
            self._set(name, self._statuses.get(key), versions)
        for name, versions in self._named:
            for value in self._numbers.get(name, ()):
                self._note_status(value, versions)

    def _is_number(self, node: ast.expr) -> bool:
        parts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
        values = [self._scope.value(item) for item in parts]
        return all(isinstance(item, int) and not isinstance(item, bool) for item in values)

    def _note_status(self, node: ast.expr, versions: VersionRange) -> None:
        """Note a code that an answer is given: a literal, one of two, or a name's values."""
        value = self._scope.value(node)
        if isinstance(node, ast.IfExp):
            self._note_status(node.body, versions)
            self._note_status(node.orelse, versions)
        elif isinstance(value, int) and 200 <= value < 400:
            self._findings.statuses.setdefault((value, versions))
        elif isinstance(value, int) and 400 <= value < 600:
            self._findings.raised.setdefault(value, [])
        elif isinstance(node, ast.Name):
            self._named.append((node.id, versions))

    def _note(self, key: str, name: object, versions: VersionRange) -> None:
        if isinstance(name, str):
            self._noted.append((key, name, versions))

    def _set(self, name: str, status: int | None, versions: VersionRange) -> None:
        if name and name.lower() not in _OF_THE_BODY:
            written = name.title() if name == name.lower() else name
            found = SetHeader(name=written, status=status, versions=versions)
            self._findings.headers.setdefault(found)

    def _answer(self, node: ast.expr) -> str | None:
        return ast.unparse(node) if self._roles.of(node) == "answer" else None

    def _answer_with_headers(self, node: ast.expr) -> str | None:
        """The answer whose headers an expression is."""
        if isinstance(node, ast.Attribute) and node.attr == "headers":
            return self._answer(node.value)
        return None

    def _status_of(self, node: ast.Call) -> int | None:
        """The code that is given to an answer; else the one that its class has."""
        for argument in _given_statuses(node):
            value = self._scope.value(argument)
            if isinstance(value, int) and not isinstance(value, bool):
                return value
        cls = self._scope.resolve(node.func)
        code = inspect.getattr_static(cls, "code", None)
        if isinstance(code, int):
            return int(code)
        return None

    def _names_in(self, node: ast.expr) -> Iterator[str]:
        """The names of headers in a dictionary or a list of pairs."""
        match node:
            case ast.Dict(keys=keys):
                found = [self._scope.value(key) for key in keys if key is not None]
            case ast.Call(func=ast.Name(id="dict"), keywords=keywords):
                found = [item.arg for item in keywords]
            case ast.List(elts=items) | ast.Tuple(elts=items):
                pairs = [item.elts for item in items if isinstance(item, ast.Tuple)]
                found = [self._scope.value(pair[0]) for pair in pairs if pair]
            case _:
                found = []
        yield from (name for name in found if isinstance(name, str))


def _given_statuses(node: ast.Call) -> list[ast.expr]:
    """The arguments of an answer that may be its code."""
    named = [item.value for item in node.keywords if item.arg in STATUS_NAMES]
    return [*named, *node.args[1:2]]


def _usual_status(cls: type) -> int | None:
    """The success code that answers of a class have unless they are given one."""
    made = static_function(cls, "__init__")
    parameters = {} if made is None else inspect.signature(made).parameters
    found = [parameters[name].default for name in STATUS_NAMES if name in parameters]
    codes = [int(item) for item in found if isinstance(item, int) and 200 <= item < 400]
    return codes[0] if codes else None
