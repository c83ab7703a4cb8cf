"""What a handler raises on purpose: status codes, and what the caller is told."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from sphinxext_apiplug.readers.values import UNKNOWN, Scope


def caught_by(node: ast.ExceptHandler, scope: Scope) -> list[Any]:
    """The classes of exceptions that an ``except`` clause names."""
    types = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return [scope.resolve(item) for item in types if item is not None]


def raised_by(
    node: ast.Raise, scope: Scope, caught: Sequence[Any], answered: Mapping[type, int]
) -> tuple[int | None, list[str]]:
    """The error code that a ``raise`` answers with, ``None`` if none, and why it does.

    :param caught: the exceptions in whose handling it stands
    :param answered: exception -> the code that the handler's class answers it with
    """
    call = node.exc
    target = call.func if isinstance(call, ast.Call) else call
    cls = scope.resolve(target) if target is not None else UNKNOWN
    if isinstance(cls, type) and cls in answered:
        return answered[cls], _said(call, cls, scope)
    code = _code_of(cls)
    if code is None or not 400 <= code < 600:
        return None, []
    return code, _reasons(call, scope, caught)


def answered_by(node: ast.Raise, scope: Scope) -> int | None:
    """The code of a ``raise`` that is no error, but the answer: ``raise HTTPNoContent()``."""
    target = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    code = _code_of(UNKNOWN if target is None else scope.resolve(target))
    return code if code is not None and 200 <= code < 400 else None


def _code_of(cls: Any) -> int | None:
    """The status code that an exception's class has."""
    code = inspect.getattr_static(cls, "code", None) if isinstance(cls, type) else None
    return int(code) if isinstance(code, int) else None


def _said(call: ast.expr | None, cls: type, scope: Scope) -> list[str]:
    """The message that an exception is given; else the one that its class has."""
    passed = [*call.args[:1]] if isinstance(call, ast.Call) else []
    if isinstance(call, ast.Call):
        passed += [item.value for item in call.keywords if item.arg == "message"]
    texts = [scope.text(item) for item in passed] if passed else [_own_message(cls)]
    return [text for text in texts if text]


def _own_message(cls: type) -> str | None:
    found = inspect.getattr_static(cls, "message", None)
    return found if isinstance(found, str) else None


def _reasons(call: ast.expr | None, scope: Scope, caught: Sequence[Any]) -> list[str]:
    """What the caller is told: a literal, or the caught exceptions' messages."""
    keywords = call.keywords if isinstance(call, ast.Call) else []
    for keyword in keywords:
        if keyword.arg == "explanation" and (text := scope.text(keyword.value)):
            return [text]
    return [
        template
        for cls in caught
        if isinstance(cls, type) and isinstance(template := getattr(cls, "msg_fmt", None), str)
    ]
