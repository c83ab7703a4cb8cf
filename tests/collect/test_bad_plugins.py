"""A table of everything that a plugin can do wrong.

Each row gives its one problem, at its place, and what is in order is published.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import NamedTuple

import pytest

from sphinxext_apiplug.collect.api import Collected
from tests.fakes import Site

HEAD = "from fakeapi import extensions, wsgi\n"


class Row(NamedTuple):
    """One bad plugin: its source, and the problem that it must give."""

    name: str
    source: str
    kind: str
    message: str
    line: int | None
    file: str = "badplugin.py"
    target: str = "badplugin:Bad"
    published: tuple[str, ...] = ("things",)


def extension(body: str, alias: str = 'alias = "bad"') -> str:
    """An extension class ``Bad`` with that body, which starts at line 4."""
    return (
        HEAD
        + "class Bad(extensions.Extension):\n"
        + f"    {alias}\n"
        + textwrap.indent(textwrap.dedent(body), "    ")
    )


def resource(controller: str, options: str = "") -> str:
    """An extension whose controller ``C`` has that body, which starts at line 3."""
    return (
        HEAD
        + "class C(wsgi.Controller):\n"
        + textwrap.indent(textwrap.dedent(controller).strip("\n"), "    ")
        + "\n\nclass Bad(extensions.Extension):\n"
        + '    alias = "bad"\n'
        + "    def get_resources(self):\n"
        + f'        return [extensions.ResourceExtension("bads", C(){options})]\n'
    )


SHOW = "def show(self, req, id):\n    pass\n"

ROWS = (
    Row("import error", "import nosuchmodule_\n", "load-failed",
        "ModuleNotFoundError: No module named 'nosuchmodule_'", 1),
    Row("name error", "x = 1\ny = undefined_name\n", "load-failed",
        "NameError: name 'undefined_name' is not defined", 2),
    Row("syntax error", "x = 1\ndef f(async=1): pass\n", "load-failed", "SyntaxError: ", 2),
    Row("null byte in source", "x = '\0'\n", "load-failed", "source code", None),
    Row("SystemExit on import", "import sys\nsys.exit('no configuration')\n", "load-failed",
        "SystemExit: no configuration", 2),
    Row("KeyboardInterrupt on import", "raise KeyboardInterrupt\n", "load-failed",
        "KeyboardInterrupt", 1),
    Row("missing module", "", "load-failed", "No module named 'nowhere_'", 2,
        file="entry_points.txt", target="nowhere_:Bad"),
    Row("missing class", "x = 1\n", "load-failed", "has no attribute 'Bad'", None),
    Row("not an extension", "Bad = 42\n", "unknown-dialect",
        "no reader knows the int badplugin:Bad; install a reader for its dialect, "
        "or leave it out with the setting 'disabled'", None),
    Row("a class of another dialect",
        "import abc\nclass Bad(abc.ABC):\n    def get_all(self):\n        pass\n",
        "unknown-dialect", "no reader knows the class badplugin:Bad", 2),
    Row("exception in get_resources",
        extension("def get_resources(self):\n    raise ValueError('no bus')\n"),
        "read-failed", "ValueError: no bus", 5),
    Row("SystemExit in get_resources",
        extension("def get_resources(self):\n    raise SystemExit(3)\n"),
        "read-failed", "SystemExit: 3", 5),
    Row("get_resources gives a number",
        extension("def get_resources(self):\n    return 7\n"),
        "read-failed", "TypeError", None),
    Row("resource without collection",
        extension("def get_resources(self):\n    return [object()]\n"),
        "read-failed", "AttributeError", None),
    Row("exception in __init__",
        extension("def __init__(self, extension_info):\n    raise KeyError('conf')\n"),
        "read-failed", "KeyError: 'conf'", 5),
    Row("exception in alias",
        extension("@property\ndef alias(self):\n    raise RuntimeError('no alias')\n", "pass"),
        "read-failed", "RuntimeError: no alias", 6),
    Row("custom routes fail",
        resource(SHOW, ", custom_routes_fn=lambda mapper, resource: 1 / 0"),
        "read-failed", "ZeroDivisionError", 9),
    Row("missing alias", extension("def get_resources(self):\n    return []\n", "pass"),
        "alias-missing", "it has no alias; 'zbad' is used", 2, published=("things", "zbad")),
    Row("duplicate alias", extension("x = 1\n", 'alias = "things"'),
        "alias-duplicate", "'things' is taken by", 2),
    Row("route conflict",
        resource(SHOW).replace('"bads"', '"things"'),
        "route-conflict", "GET /things/{id} is served by", 3, published=("bad", "things")),
    Row("extends nobody",
        HEAD
        + "class C(wsgi.Controller):\n    pass\n\n"
        + "class Bad(extensions.Extension):\n"
        + '    alias = "bad"\n'
        + "    def get_controller_extensions(self):\n"
        + '        return [extensions.ControllerExtension(self, "nothings", C())]\n',
        "augments-unknown", "'nothings'", 5, published=("bad", "things")),
    # It has an entry, since it has a part in what another one publishes.
    Row("fails after it gave something to another",
        HEAD
        + "class C(wsgi.Controller):\n"
        + "    @wsgi.extends\n    def show(self, req, resp_obj, id):\n        pass\n\n"
        + "def routes(mapper, resource):\n    raise ValueError('no bus')\n\n"
        + "class Bad(extensions.Extension):\n"
        + '    alias = "bad"\n'
        + "    def get_controller_extensions(self):\n"
        + '        return [extensions.ControllerExtension(self, "things", C())]\n'
        + "    def get_resources(self):\n"
        + '        return [extensions.ResourceExtension("bads", C(), custom_routes_fn=routes)]\n',
        "read-failed", "ValueError: no bus", 8, published=("bad", "things")),
    # It is the only one that is missing.
    Row("one operation fails",
        resource("def index(self, req):\n    pass\n\n" + SHOW + "show.__doc__ = 7\n"),
        "read-failed", "GET /bads/{id}: AttributeError", None, published=("bad", "things")),
    Row("class-wide schemas that can't be picked from",
        resource("schemas = {'show': {'type': 'object'}}\n\n"
                 "@classmethod\ndef get_schema(cls, action, body):\n    return body['x']\n\n"
                 + SHOW),
        "read-failed", "what C.get_schema picks for 'show': KeyError: 'x'", 7,
        published=("bad", "things")),
    Row("class-wide schemas that are none",
        resource("schemas = {'show': {'type': 'objct'}, 'index': 7}\nexception_map = {7: [8]}\n\n"
                 + SHOW),
        "schema-invalid", "objct", 6, published=("bad", "things")),
    Row("version that is none",
        resource('@wsgi.Controller.api_version("2.x")\n' + SHOW),
        "version-invalid", "'2.x' is not a microversion", None, published=("bad", "things")),
    Row("process ends on import", "import os\nos._exit(7)\n", "collect-failed",
        "ended the collecting process (exit status 7)", None),
    Row("process is killed while reading",
        extension("def get_resources(self):\n    import os\n    os.kill(os.getpid(), 9)\n"),
        "collect-failed", "ended the collecting process (Killed)", None),
    Row("hang on import", "import time\n\ntime.sleep(600)\n", "collect-timeout",
        "did not finish within 3 seconds", 3),
    Row("hang in get_resources",
        extension("def get_resources(self):\n    while True:\n        pass\n"),
        "collect-timeout", "did not finish within 3 seconds", None),
    Row("alias that climbs", extension("x = 1\n", 'alias = "../../etc/passwd"'),
        "text-unsafe", "its alias holds quotes, slashes", 2,
        published=("../../etc/passwd", "things")),
    Row("alias that is markup", extension("x = 1\n", 'alias = "<script>alert(1)</script>"'),
        "text-unsafe", "angle brackets", 2,
        published=("<script>alert(1)</script>", "things")),
    Row("alias of 10,000 characters", extension("x = 1\n", 'alias = "x" * 10_000'),
        "text-unsafe", "more than 200 characters", 2, published=("things", "x" * 199 + "…")),
    Row("alias with direction marks", extension("x = 1\n", 'alias = "a\\u202eb"'),
        "text-unsafe", "direction marks", 2, published=("ab", "things")),
    Row("alias with NUL", extension("x = 1\n", 'alias = "a\\0b"'),
        "text-unsafe", "control characters", 2, published=("ab", "things")),
    Row("docstring with NUL and half a character",
        # Set, not written in the source: Python 3.13 refuses to compile such a docstring.
        resource("def show(self, req, id):\n    pass\n\nshow.__doc__ = 'Show\\0 \\ud800it.'\n"),
        "text-unsafe", "its texts hold control characters", 8, published=("bad", "things")),
    Row("schema of the wrong type",
        resource("@extensions.schema({'type': 'strng'})\n" + SHOW),
        "schema-invalid", "strng", 4, published=("bad", "things")),
    Row("schema with a cycle",
        resource("cycle = {'type': 'object'}\ncycle['properties'] = {'self': cycle}\n"
                 "@extensions.schema(cycle)\n" + SHOW),
        "schema-adapted", "", 6, published=("bad", "things")),
    Row("schema that holds an object",
        resource("@extensions.schema({'enum': [object()]})\n" + SHOW),
        "schema-adapted", "is object, whose value isn't known", 4, published=("bad", "things")),
    Row("schema that is no schema",
        resource("@extensions.schema('string')\n" + SHOW),
        "schema-invalid", "", 4, published=("bad", "things")),
    Row("version range that ends before it begins",
        resource("@extensions.schema({}, '2.5', '2.1')\n" + SHOW),
        "version-invalid", "ends before it begins", None, published=("bad", "things")),
)  # fmt: skip


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_bad_plugin(row: Row, site: Site, read: Callable[..., Collected]) -> None:
    """One problem, with entry point, distribution and place; the rest is published."""
    site.install_good()
    site.install("bad-plugin", {"badplugin.py": row.source}, {"zbad": row.target})

    inventory = read(timeout=3.0).inventory

    assert [problem.kind for problem in inventory.problems] == [row.kind], inventory.problems
    (problem,) = inventory.problems
    assert row.message in problem.message
    assert problem.subject == "zbad"
    assert problem.entry_point == f"zbad = {row.target}"
    assert problem.distribution == "bad-plugin 1.2.3"
    assert problem.source is not None
    assert problem.source.file == row.file
    if row.line is not None:
        assert problem.source.line == row.line
    assert tuple(item.alias for item in inventory.extensions) == row.published
    assert [item.path for item in inventory.operations_of("things")] == ["/things/{id}"]


def test_half_made_class_leaves_nothing_behind(site: Site, read: Callable[..., Collected]) -> None:
    """A module that dies inside a controller class doesn't give its methods to the next."""
    broken = HEAD + (
        "class C(wsgi.Controller):\n"
        '    @wsgi.Controller.api_version("2.1")\n'
        "    def show(self, req, id):\n"
        "        pass\n"
        "    undefined_name\n"
    )
    site.install("abroken", {"abroken.py": broken}, {"a": "abroken:Bad"})
    site.install_good()
    (operation,) = read().inventory.operations
    assert operation.handler.object == "goodthings:ThingsController.show"
