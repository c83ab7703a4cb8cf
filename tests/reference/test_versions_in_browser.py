"""The choice of a microversion on a page, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from sphinxext_apiplug.inventory.model import Example, Inventory, Payload, Response
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.reference import sample
from tests.reference.browser import needs_browser, tried
from tests.reference.project import Project

SHELF = {"type": "object", "required": ["label"]}


def shelf(**properties: Any) -> dict[str, Any]:
    inner = {**SHELF, "properties": properties}
    return {"type": "object", "properties": {"shelf": inner}, "required": ["shelf"]}


def content() -> Inventory:
    """``label`` grows in 1.1, ``color`` comes in 1.2; ``move-shelf`` is there until 1.1."""
    label, longer = ({"type": "string", "maxLength": length} for length in (40, 80))
    bodies = (
        ("1.0", shelf(label=label)),
        ("1.1", shelf(label=longer)),
        ("1.2", shelf(label=longer, color={"type": "string"})),
    )
    create = sample.operation(
        "create-shelf",
        "POST",
        "/shelves",
        "shelves",
        request=tuple(
            Payload(schema=schema, versions=VersionRange.parse(text)) for text, schema in bodies
        ),
        responses=(
            Response(status=201, description="Created"),
            Response(status=409, description="Conflict", versions=VersionRange.parse("1.2-")),
        ),
        examples=(
            Example(path="/shelves", body={"shelf": 2}, versions=VersionRange.parse("1.2-")),
            Example(path="/shelves", body={"shelf": 1}, versions=VersionRange.parse("-1.1")),
        ),
    )
    move = sample.operation(
        "move-shelf", "PUT", "/shelves", "shelves", versions=VersionRange.parse("1.0-1.1")
    )
    return sample.inventory(
        operations=(sample.operation("list-cables", "GET", "/cables", "cables"), create, move)
    )


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("versions") / "project").with_pages()
    project.inventory(content())
    build = project.build()
    assert build.warnings == []
    return build.outdir


LOOK = """
const look = (view) => {
  const all = (selector) => [...view.document.querySelectorAll(selector)]
    .filter((item) => item.getClientRects().length);
  return {
    version: view.document.querySelector(".apiplug-bar select").value,
    status: view.document.querySelector(".apiplug-bar [role=status]").textContent,
    missing: all(".apiplug-bar strong").map((item) => item.textContent).join(),
    operations: all(".apiplug-operation").map((item) => item.id),
    listed: all(".apiplug-index > li").length,
    fields: all(".apiplug-fields tbody bdi").map((item) => item.textContent),
    notes: all(".apiplug-fields .apiplug-note").map((item) => item.textContent),
    statuses: all(".apiplug-status").map((item) => item.textContent),
    calls: all(".apiplug-example .apiplug-scope > div pre").map((item) => item.textContent),
    address: view.location.search + view.location.hash,
  };
};
"""


@needs_browser
def test_a_version_narrows_the_page(site: Path, tmp_path: Path) -> None:
    found = tried(
        site,
        LOOK
        + """
        let view = await visit("extensions/shelves.html");
        found.all = look(view);
        choose(view, "1.0"); found.old = look(view);
        choose(view, "1.2"); found.new = look(view);
        choose(view, ""); found.again = look(view);
        """,
        tmp_path,
    )
    assert found["all"]["operations"] == ["create-shelf", "move-shelf"]
    assert found["all"]["fields"] == ["shelf", "label", "color"]
    old, new = found["old"], found["new"]
    assert old["operations"] == ["create-shelf", "move-shelf"]
    assert old["fields"] == ["shelf", "label"]
    assert old["notes"] == ["up to 40 characters"]
    assert "409" not in old["statuses"]
    assert [re.findall(r"racks [0-9.]+|\"shelf\": .", call) for call in old["calls"]] == [
        ["racks 1.0", '"shelf": 1']
    ]
    assert old["address"] == "?microversion=1.0"
    assert new["operations"] == ["create-shelf"]
    assert new["listed"] == 1
    assert new["status"] == "1 operation, 3 fields"
    assert new["fields"] == ["shelf", "label", "color"]
    assert new["notes"] == ["up to 80 characters"]
    assert "409" in new["statuses"]
    assert "racks 1.2" in new["calls"][0]
    assert found["again"]["fields"] == found["all"]["fields"]
    assert found["again"]["notes"] == found["all"]["notes"]
    assert found["again"]["address"] == ""


@needs_browser
def test_the_choice_stands_in_the_address(site: Path, tmp_path: Path) -> None:
    found = tried(
        site,
        LOOK
        + """
        let view = await visit("extensions/shelves.html?microversion=1.2#move-shelf");
        found.given = look(view);
        choose(view, "1.1"); found.chosen = look(view);
        const link = [...view.document.querySelectorAll('a[href*="cables.html"]')][0];
        view = await open(() => link.click());
        found.page = view.location.pathname; found.next = look(view);
        found.wrong = look(await visit("extensions/shelves.html?microversion=9.9"));
        const file = frame.contentDocument.querySelector('a[href*="openapi.json"]');
        file.addEventListener("click", (event) => event.preventDefault());
        file.click(); found.file = file.getAttribute("href");
        """,
        tmp_path,
    )
    assert found["given"]["operations"] == ["create-shelf"]
    assert found["given"]["missing"] == "Move shelf is not in 1.2"
    assert found["chosen"]["address"] == "?microversion=1.1#move-shelf"
    assert found["chosen"]["missing"] == ""
    assert found["page"].endswith("cables.html")
    assert found["next"]["version"] == "1.1"
    assert found["wrong"]["version"] == ""
    assert found["file"] == "../openapi.json"


def test_without_a_script_everything_shows(site: Path) -> None:
    text = (site / "extensions" / "shelves.html").read_text(encoding="utf-8")
    shown = re.sub(r"<(tr|div|span)\b[^>]*\bhidden=\"hidden\".*?</\1>", "", text, flags=re.DOTALL)
    assert re.findall(r"<bdi>(\w+)</bdi>", shown) == ["shelf", "label", "color"]
    assert 'id="move-shelf"' in shown
    assert "until 1.0: up to 40 characters" in shown
