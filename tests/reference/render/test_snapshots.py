"""Doctrees as they leave the renderers, and as the writers get them."""

from __future__ import annotations

import pytest

from sphinxext_apiplug.reference.render.extension import render_extension
from sphinxext_apiplug.reference.render.operation import render_operation
from sphinxext_apiplug.reference.render.options import DocumentLink, RenderOptions
from sphinxext_apiplug.reference.render.overview import render_overview
from sphinxext_apiplug.reference.render.problems import render_problems
from tests.reference.render.conftest import Build, Matches
from tests.reference.render.inventories import REBUILD, SHOP

OPTIONS = RenderOptions(document_links=(DocumentLink("openapi.json", "openapi.json"),))


def test_extension(matches: Matches) -> None:
    extension = SHOP.extension("segments")
    assert extension is not None
    found = render_extension(SHOP, extension, OPTIONS)
    matches("extension", "".join(node.pformat() for node in found))


def test_operation_by_itself(matches: Matches) -> None:
    matches("operation", render_operation(SHOP, REBUILD, OPTIONS).pformat())


def test_overview(matches: Matches) -> None:
    matches("overview", "".join(node.pformat() for node in render_overview(SHOP, OPTIONS)))


def test_problems(matches: Matches) -> None:
    matches("problems", "".join(node.pformat() for node in render_problems(SHOP.problems)))


@pytest.mark.parametrize("builder", ["html", "text"])
def test_after_post_transforms(build: Build, matches: Matches, builder: str) -> None:
    text = (build("shop", builder).srcdir / "index.resolved").read_text(encoding="utf-8")
    # The first line names the source file.
    matches(f"resolved-{builder}", text.partition("\n")[2])


def test_text_output(build: Build, matches: Matches) -> None:
    app = build("shop", "text")
    matches("output-text", (app.outdir / "index.txt").read_text(encoding="utf-8"))
