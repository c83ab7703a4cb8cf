"""What only a handler's body says."""

from __future__ import annotations

import importlib
import textwrap
from itertools import count
from pathlib import Path

import pytest

from sphinxext_apiplug.readers.body import read_body
from sphinxext_apiplug.readers.findings import Findings
from sphinxext_apiplug.readers.places import Places

NUMBERS = count()
ALL = "–"
OLD_LOCATION = """
if is_supported(req, '2.45'):
    return {}
answer = Response()
answer.headers['Location'] = 'x'
return answer
"""


@pytest.fixture
def found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Read a handler with some body."""

    def read(body: str) -> Findings:
        name = f"bodies{next(NUMBERS)}"
        text = f"""
from http import HTTPStatus

OLDEST = "2.4"

class Response:
    pass

class ResponseObject:
    pass

class HTTPGone(Exception):
    code = 410

class NoContent(Exception):
    code = 204

class TooMuch(Response, Exception):
    code = 413

def is_supported(req, min_version):
    pass

def not_here(why):
    message = why
    raise HTTPGone(message)

def check(req, context):
    context.can("helper")

class B:
    def handler(self, req, context):
        context.can("inherited")

class C(B):
    @staticmethod
    def _add_location(robj):
        if robj:
            robj["location"] = "x"
        return robj

    def handler(self, req, context):
{textwrap.indent(body, "        ")}
"""
        (tmp_path / f"{name}.py").write_text(text)
        monkeypatch.syspath_prepend(str(tmp_path))
        module = importlib.import_module(name)
        return read_body(module.C.handler, module.C, Places([str(tmp_path)]))

    return read


@pytest.mark.parametrize(
    ("body", "versions"),
    [
        ("raise HTTPGone()", [ALL]),
        ('"""Gone."""\nnot_here("it never was")', [ALL]),
        ("if req:\n    raise HTTPGone()\nelse:\n    not_here(1)", [ALL]),
        ("if not is_supported(req, '2.31'):\n    raise HTTPGone()\nreturn 1", ["–2.30"]),
        ("old = not is_supported(req, '2.31')\nif old:\n    not_here(1)\nreturn 1", ["–2.30"]),
        ("if not is_supported(req, '2.3', '2.6'):\n    raise HTTPGone()\nreturn 1",
         ["–2.2", "2.7–"]),
        ("if not req.api_version.matches('2.31'):\n    raise HTTPGone()\nreturn 1", ["–2.30"]),
        ("if req.api_version.matches(None, OLDEST):\n    raise HTTPGone()\nreturn 1", ["–2.4"]),
        # Which versions these ask for can't be told.
        ("if is_supported(req, req.x):\n    raise HTTPGone()\nreturn 1", []),
        ("if req.matches('a?'):\n    raise HTTPGone()\nreturn 1", []),
        ("if req.matches():\n    raise HTTPGone()\nreturn 1", []),
        # Something is returned, or may be.
        ("raise NoContent()", []),
        ("if req:\n    raise HTTPGone()\nelse:\n    raise NoContent", []),
        ("if req:\n    raise HTTPGone()", []),
        ("if req:\n    return 1\nraise HTTPGone()", []),
        ("if req:\n    return 1\nif is_supported(req, '2.3'):\n    raise HTTPGone()", []),
        ("try:\n    return 1\nexcept HTTPGone:\n    raise", []),
        ("def inner():\n    raise HTTPGone()\nreturn inner", []),
        ("for x in req:\n    raise HTTPGone()", []),
    ],
)  # fmt: skip
def test_refused_versions(found, body: str, versions: list[str]) -> None:
    assert list(map(str, found(body).refused)) == versions


@pytest.mark.parametrize(
    ("body", "queries"),
    [
        ("if req.api_version.matches('2.5'):\n    return req.GET.get('a')\nreturn req.GET['b']",
         [("a", "2.5–"), ("b", "–2.4")]),
        ("if req.api_version.matches('2.3', '2.6'):\n    return 1\nelse:\n    req.GET['a']",
         [("a", "–2.2"), ("a", "2.7–")]),
        ("if is_supported(req, req.x):\n    return 1\nelse:\n    return req.GET['a']",
         [("a", ALL)]),
        # Where a parameter is thrown away, another version uses it.
        ("if not is_supported(req, '2.5'):\n    req.GET.pop('a', None)", [("a", ALL)]),
        ("if not is_supported(req, '2.5'):\n    del req.GET['a']", [("a", ALL)]),
        ("if is_supported(req, '2.5'):\n    return req.GET.pop('a')", [("a", "2.5–")]),
    ],
)  # fmt: skip
def test_versions_of_queries(found, body: str, queries: list[tuple[str, str]]) -> None:
    assert [(item.name, str(item.versions)) for item in found(body).queries.values()] == queries


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        ("r = Response(status_int=201)\nr.headers['Location'] = 'x'\nreturn r",
         [("Location", 201, ALL)]),
        ("r = Response()\nr.status_int = 202\nr.headers.add('Vary', 'x')\nreturn r",
         [("Vary", 202, ALL)]),
        ("return self._add_location(ResponseObject())", [("Location", None, ALL)]),
        ("r = ResponseObject(code=202)\nreturn self._add_location(r)", [("Location", 202, ALL)]),
        ("return ResponseObject({}, headers=dict(location='x'))", [("Location", None, ALL)]),
        ("return Response(headers={'ETag': 'x', 'Content-Type': 'y'})", [("ETag", None, ALL)]),
        ("return Response(headerlist=[('Retry-After', '0')])", [("Retry-After", None, ALL)]),
        ("raise TooMuch(headers={'Retry-After': '0'})", [("Retry-After", 413, ALL)]),
        ("req.response.headers.update({'X-A': 1})\nreturn {}", [("X-A", None, ALL)]),
        ("req.response.location = 'x'\nreturn {}", [("Location", None, ALL)]),
        (OLD_LOCATION, [("Location", None, "–2.44")]),
        # These are no headers of an answer.
        ("req.headers['X-Auth'] = 'x'", []),
        ("sent = context.request()\nsent.headers['X-Auth'] = 'x'", []),
        ("r = Response()\nr = {}\nr['Location'] = 'x'\nreturn r", []),
        ("return {'headers': {'Location': 'x'}}", []),
        ("r = Response()\nx = r.headers['Location']\nr.headers[x] = 1\nreturn r", []),
    ],
)  # fmt: skip
def test_headers(found, body: str, headers: list[tuple[str, int | None, str]]) -> None:
    """Those that answers get, at their status code, in the versions in which they do."""
    noted = [(item.name, item.status, str(item.versions)) for item in found(body).headers]
    assert noted == headers


@pytest.mark.parametrize(
    ("body", "success", "errors"),
    [
        ("result = 200\nif req:\n    result = 207\nr = ResponseObject()\nr._code = result",
         [200, 207], []),
        ("code = 201 if req else 204\nreturn ResponseObject({}, code=code)", [201, 204], []),
        ("code = 202\nfor x in req:\n    code = 404\nreturn Response({}, code)", [202], [404]),
        ("return ResponseObject({}, code=202 if req else 409)", [202], [409]),
        ("req.response.status_int = 206\nreturn {}", [206], []),
        ("return Response('no', 403)", [], [403]),
        ("return Response(status_int=HTTPStatus.ACCEPTED)", [202], []),
        ("if req:\n    raise HTTPGone()\nraise NoContent()", [204], [410]),
        ("raise NoContent", [204], []),
        # A number of something else, and codes that aren't known.
        ("number = 204\nr = ResponseObject()\nr.number = number\nreturn r", [], []),
        ("return ResponseObject({}, code=req.code)", [], []),
        ("code = True\nreturn ResponseObject({}, code=code)", [], []),
        ("code = 99\nreturn ResponseObject({}, code=code)", [], []),
    ],
)  # fmt: skip
def test_codes(found, body: str, success: list[int], errors: list[int]) -> None:
    """Codes that answers are given: in place, by a name, or either of two."""
    findings = found(body)
    assert sorted(status for status, _ in findings.statuses) == success
    assert sorted(findings.raised) == errors


@pytest.mark.parametrize(
    ("body", "rules"),
    [
        ("context.can('a')\nreturn 1", {"a": True}),
        ("check(req, context)", {"helper": True}),
        ("if req:\n    context.can('a')\nelse:\n    context.can('b')", {"a": False, "b": False}),
        ("if req:\n    context.can('a')\nelse:\n    context.can('a')", {"a": True}),
        ("if req:\n    raise HTTPGone()\ncontext.can('a')", {"a": True}),
        ("if req:\n    return 1\ncontext.can('a')", {"a": False}),
        ("if req:\n    context.can('a')\n    return 1\ncontext.can('a')", {"a": True}),
        ("return context.can('a', fatal=False)", {"a": False}),
        ("return req and context.can('a')", {"a": False}),
        ("return context.can('a') if req else 1", {"a": False}),
        ("for x in req:\n    context.can('a')", {"a": False}),
        ("while req:\n    context.can('a')", {"a": False}),
        ("for x in ('a', 'b'):\n    context.can(x)", {"a": True, "b": True}),
        ("try:\n    context.can('a')\nexcept ValueError:\n    raise HTTPGone()", {"a": True}),
        ("try:\n    context.can('a')\nexcept ValueError:\n    not_here(1)", {"a": True}),
        ("try:\n    context.can('a')\nexcept ValueError:\n    context.can('b')",
         {"a": False, "b": False}),
        ("return super().handler(req, context)", {"inherited": True}),
        ("with req:\n    context.can('a')", {"a": True}),
        ("if is_supported(req, '2.5'):\n    context.can('a')", {"a": False}),
        ("def inner():\n    context.can('a')\ncontext.can('b')", {"a": False, "b": True}),
        ("raise HTTPGone(context.can('a'))", {"a": False}),
        ("context.can('a')\nraise NoContent()", {"a": True}),
        ("if req:\n    raise NoContent()\ncontext.can('a')", {"a": False}),
    ],
)  # fmt: skip
def test_rules(found, body: str, rules: dict[str, bool]) -> None:
    """Which are asked, and whether that is so in any case."""
    assert found(body).rules == rules
