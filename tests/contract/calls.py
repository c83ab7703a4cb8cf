"""The calls that a reader finds on the pages, run as a shell runs them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple

from jsonschema import Draft202012Validator

from sphinxext_apiplug.inventory.model import Inventory, Operation
from tests.contract.published import HEADER
from tests.contract.running import TOKEN

VERSION = re.compile(rf'"{HEADER}: compute ([0-9.]+)"')


class Call(NamedTuple):
    """One call.

    :ivar operation: the anchor that it stands below: the operation's id
    :ivar text: what a reader copies
    """

    operation: str
    text: str

    @property
    def version(self) -> str:
        """The microversion that it asks for."""
        found = VERSION.search(self.text)
        assert found is not None, self.text
        return found[1]

    @property
    def is_safe(self) -> bool:
        """Whether it changes nothing."""
        return " -X " not in self.text


class Answer(NamedTuple):
    """What curl printed."""

    status: int
    body: Any


def build(source: Path, folder: Path) -> Path:
    """Build the site, with warnings as errors."""
    html = folder / "html"
    command = [
        sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html",
        "-d", folder / "doctrees", source, html,
    ]  # fmt: skip
    result = subprocess.run(command, text=True, capture_output=True, timeout=200)
    assert result.returncode == 0, result.stderr
    return html


def of_site(html: Path) -> Iterator[Call]:
    """Every call of the site's pages."""
    for page in sorted(html.rglob("*.html")):
        found = _Blocks()
        found.feed(page.read_text(encoding="utf-8"))
        for anchor, text in found.blocks:
            if text.startswith("curl "):
                yield Call(anchor, text)


class _Blocks(HTMLParser):
    """Collects code blocks, and the ids of the sections that they are in."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[tuple[str, str]] = []
        self._anchors: list[str] = []
        self._text: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "section":
            self._anchors.append(dict(attrs).get("id") or "")
        elif tag == "pre":
            self._text = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "section":
            self._anchors.pop()
        elif tag == "pre" and self._text is not None:
            anchor = self._anchors[-1] if self._anchors else ""
            self.blocks.append((anchor, "".join(self._text)))
            self._text = None

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)


def run(call: Call, url: str, folder: Path) -> Answer:
    """Paste a call into a shell; all else that curl is told stands in its settings."""
    (folder / ".curlrc").write_text('silent\nshow-error\nwrite-out = "\\n%{http_code}"\n')
    environment = os.environ | {"CURL_HOME": str(folder), "ENDPOINT": url, "TOKEN": TOKEN}
    result = subprocess.run(
        ["sh"], input=call.text, env=environment, text=True, capture_output=True, timeout=60
    )
    assert result.returncode == 0, result.stderr
    body, _, status = result.stdout.rpartition("\n")
    return Answer(int(status), json.loads(body) if body else None)


def faults(call: Call, answer: Answer, inventory: Inventory) -> list[str]:
    """What of an answer isn't as it is documented."""
    operation = inventory.operation(call.operation)
    assert operation is not None, call.operation
    schemas = _documented(operation, call.version)
    if answer.status not in schemas:
        return [f"{answer.status} {answer.body}, documented are {sorted(schemas)}"]
    found = schemas[answer.status]
    if not found:
        return [] if answer.body is None else [f"has a body: {answer.body}"]
    return [
        f"{error.json_path}: {error.message}"
        for schema in found
        for error in Draft202012Validator(schema).iter_errors(answer.body)
    ]


def _documented(operation: Operation, version: str) -> dict[int, list[Any]]:
    """The codes of success in a version, and the schemas of their bodies."""
    return {
        response.status: [
            payload.schema for payload in response.payloads if payload.versions.contains(version)
        ]
        for response in operation.responses
        if response.status < 300 and response.versions.contains(version)
    }
