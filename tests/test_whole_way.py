"""From bad plugins in an installed service to a site in a browser, the whole way."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import openapi_spec_validator
import pytest

from tests.fakes import NAMESPACE, Site

ALERT = "<script>document.title='owned'</script>"
IMAGE = "<img src=x onerror=\"document.title='owned'\">"
HOSTILE = f"""
    from fakeapi import extensions, wsgi

    EVIL = {ALERT!r} + {IMAGE!r} + "`x <javascript:alert(1)>`__ |x| .. raw:: html \\u202e \\0"

    def make(name, target):
        class Evil(wsgi.Controller):
            @extensions.schema({{
                "type": "object", "description": EVIL,
                "properties": {{EVIL: {{"type": "string", "description": EVIL, "enum": [EVIL]}},
                               "../../up": {{"default": EVIL}}, "x" * 10_000: {{}}}},
                "required": [EVIL]}})
            @extensions.expected_errors(404)
            def update(self, req, id, body):
                req.params[EVIL]
                return {{EVIL: 1}}

        Evil.update.__wrapped__.__wrapped__.__doc__ = EVIL + "\\n\\n.. raw:: html\\n\\n   " + EVIL

        class Bad(extensions.Extension):
            alias = target
            name = EVIL + target
            version = EVIL

            def get_resources(self):
                return [extensions.ResourceExtension(name, Evil())]

        Bad.__doc__ = EVIL
        return Bad

    Climbs = make("climbs", "../../../etc/passwd")
    Markup = make("markup", {ALERT!r})
    Long = make("long", "x" * 10_000)
    Turns = make("turns", "a\\u202eb")
    Nul = make("nul", "c\\0d")
    Path = make({ALERT!r}, "path")
    Dots = make("../../up", "..")
    Empty = make("empty", "   ")
"""
NAMES = ("Climbs", "Markup", "Long", "Turns", "Nul", "Path", "Dots", "Empty")
CONF = f"""
extensions = ["sphinxext_apiplug"]
html_theme = "alabaster"
show_warning_types = True
apiplug_apis = {{"fake": {{"namespace": {NAMESPACE!r}, "pages": "pages", "title": {ALERT!r}}}}}
"""


class Built(NamedTuple):
    """A site that was built."""

    folder: Path
    html: Path
    errors: str


class Active(HTMLParser):
    """Collects what a browser would run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        handlers = [f"{name}={value}" for name, value in attrs if name.startswith("on")]
        links = [
            f"{name}={value}"
            for name, value in attrs
            if name in ("href", "src") and (value or "").strip().lower().startswith("javascript:")
        ]
        scripts = [str(attrs)] if tag == "script" and not dict(attrs).get("src") else []
        self.found += handlers + links + scripts


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A service with every hostile name, one broken plugin and one in order."""
    folder = tmp_path_factory.mktemp("whole")
    site = Site(folder / "site-packages")
    site.install_good()
    points = {name.lower(): f"hostile:{name}" for name in NAMES}
    site.install("hostile", {"hostile.py": HOSTILE}, points)
    site.install("broken", {"broken.py": "1 / 0\n"}, {"broken": "broken:Bad"})
    source = folder / "deep" / "er" / "source"
    source.mkdir(parents=True)
    (source / "conf.py").write_text(CONF)
    (source / "index.rst").write_text(
        "API\n===\n\n.. apiplug-extensions::\n\n.. apiplug-openapi::\n"
    )
    html = folder / "deep" / "er" / "html"
    doctrees = folder / "deep" / "er" / "doctrees"
    command = [sys.executable, "-m", "sphinx", "-q", "-b", "html", "-d", doctrees, source, html]
    environment = os.environ | {"PYTHONPATH": str(site.folder), "NO_COLOR": "1"}
    result = subprocess.run(command, env=environment, text=True, capture_output=True, timeout=120)
    assert result.returncode == 0, result.stderr
    return Built(folder, html, result.stderr)


def test_each_has_its_problem(built: Built) -> None:
    """A warning of its kind for each entry point, and none for the good one."""
    for name in NAMES:
        own = [line for line in built.errors.splitlines() if f"{name.lower()} = hostile:" in line]
        kinds = {kind for line in own for kind in re.findall(r"\[apiplug\.([a-z-]+)\]", line)}
        assert "text-unsafe" in kinds or "alias-missing" in kinds, (name, own)
    assert re.search(r"broken\.py:1: .*division by zero.*\[apiplug\.load-failed\]", built.errors)
    assert "goodthings" not in built.errors


def test_all_others_are_published(built: Built) -> None:
    """Pages, documents and inventory have everything but the broken plugin."""
    inventory = json.loads((built.html / "inventory.json").read_text())
    assert len(inventory["extensions"]) == len(NAMES) + 1
    pages = sorted(path.name for path in (built.html / "pages").glob("*.html"))
    assert len(pages) == len(NAMES) + 1
    assert "things.html" in pages
    document = json.loads((built.html / "openapi.json").read_text())
    operations = [
        method for path in document["paths"].values() for method in path if method == "put"
    ]
    assert len(operations) == len(NAMES)


def test_document_is_valid(built: Built) -> None:
    """Hostile names don't break the OpenAPI document."""
    openapi_spec_validator.validate(json.loads((built.html / "openapi.json").read_text()))
    assert "apiplug.openapi-invalid" not in built.errors


def test_no_file_lands_outside(built: Built) -> None:
    """Sources, doctrees and output are all that was written."""
    inside = ("html", "doctrees", "source")
    strays = [
        str(path.relative_to(built.folder))
        for path in built.folder.rglob("*")
        if path.is_file() and path.relative_to(built.folder).parts[0] != "site-packages"
        and path.relative_to(built.folder).parts[2] not in inside
    ]  # fmt: skip
    assert strays == []
    for path in built.folder.rglob("*"):
        assert len(path.name.encode()) < 200, path
        assert path.name.isprintable()


def test_nothing_runs_in_the_browser(built: Built) -> None:
    """No text of a plugin became a script, a handler or a link that runs."""
    for page in sorted(built.html.rglob("*.html")):
        text = page.read_text(encoding="utf-8")
        active = Active()
        active.feed(text)
        assert not [item for item in active.found if "owned" in item or "alert" in item], page
        assert ALERT not in text
        assert "\u202e" not in text
        assert "\0" not in text


@pytest.mark.skipif(
    not (os.environ.get("CHROMIUM") or shutil.which("chromium")),
    reason="no Chromium is installed, so no page is opened in a browser",
)
def test_nothing_runs_in_a_real_browser(built: Built, tmp_path: Path) -> None:
    """The same, asked of a browser that runs what it can."""
    program = os.environ.get("CHROMIUM") or "chromium"
    options = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    for page in (built.html / "index.html", *sorted((built.html / "pages").glob("*.html"))):
        command = [program, *options, f"--user-data-dir={tmp_path}", "--dump-dom", page.as_uri()]
        result = subprocess.run(command, text=True, capture_output=True, timeout=120)
        title = re.search(r"<title>(.*?)</title>", result.stdout, re.DOTALL)
        assert title is not None, result.stderr
        assert title[1].strip() != "owned", page
