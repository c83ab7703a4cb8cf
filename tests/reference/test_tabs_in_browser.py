"""The ways to make a call as tabs, in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_apiplug.inventory.model import Command, Example, Inventory
from sphinxext_apiplug.inventory.versions import VersionRange
from tests.reference import sample
from tests.reference.browser import needs_browser, tried
from tests.reference.project import Project


def command(name: str, versions: str = "-") -> Command:
    return Command(
        program="racks",
        name=name,
        entry_point=f"{name} = racks_client:Command",
        distribution="racks-client",
        distribution_version="1.0",
        versions=VersionRange.parse(versions),
    )


def content() -> Inventory:
    """A command that came in 1.1, a call without a body, and one without a command."""
    create = sample.operation(
        "create-shelf",
        "POST",
        "/shelves",
        "shelves",
        examples=(
            Example(path="/shelves", body={"shelf": 2}, versions=VersionRange.parse("1.2-")),
            Example(path="/shelves", body={"shelf": 1}, versions=VersionRange.parse("-1.1")),
        ),
        commands=(command("shelf create", "1.1-"),),
    )
    listed = sample.operation(
        "list-shelves",
        "GET",
        "/shelves",
        "shelves",
        examples=(Example(path="/shelves"),),
        commands=(command("shelf list"),),
    )
    alone = sample.operation(
        "drop-shelf", "DELETE", "/shelves/1", "shelves", examples=(Example(path="/shelves/1"),)
    )
    return sample.inventory(operations=(create, listed, alone))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project(tmp_path_factory.mktemp("tabs") / "project").with_pages()
    project.inventory(content())
    build = project.build()
    assert build.warnings == []
    return build.outdir


LOOK = """
const look = (view) => {
  const found = {};
  for (const section of view.document.querySelectorAll(".apiplug-operation")) {
    if (!section.checkVisibility()) continue;
    const texts = (selector) => [...section.querySelectorAll(selector)]
      .filter((item) => item.checkVisibility()).map((item) => item.textContent.trim());
    found[section.id] = {
      tabs: texts("[role=tab]"),
      chosen: texts("[role=tab][aria-selected=true]"),
      texts: texts(".apiplug-example pre").map((text) => text.split(/\\s+/).slice(0, 2).join(" ")),
      headings: texts(".apiplug-part"),
    };
  }
  return found;
};
const click = (view, text) => [...view.document.querySelectorAll("#create-shelf [role=tab]")]
  .find((tab) => tab.textContent === text).click();
"""


@needs_browser
def test_one_way_is_shown_everywhere_on_the_page(site: Path, tmp_path: Path) -> None:
    found = tried(
        site,
        LOOK
        + """
        const view = await visit("extensions/shelves.html");
        found.call = look(view);
        click(view, "JSON"); found.json = look(view);
        click(view, "racks"); found.command = look(view);
        """,
        tmp_path,
    )
    create = found["call"]["create-shelf"]
    assert create["tabs"] == ["curl", "racks", "JSON"]
    assert create["chosen"] == ["curl"]
    assert create["texts"] == ["curl -X"]
    assert create["headings"].count("Example") == 1
    assert "Command line" not in create["headings"]
    assert found["call"]["list-shelves"]["tabs"] == ["curl", "racks"]
    # Nothing to choose from.
    assert found["call"]["drop-shelf"]["tabs"] == []
    assert found["call"]["drop-shelf"]["texts"] == ["curl -X"]
    assert found["json"]["create-shelf"]["texts"] == ['{"shelf": 2}']
    assert found["json"]["list-shelves"]["chosen"] == ["curl"]
    texts = [found["command"][name]["texts"] for name in ("create-shelf", "list-shelves")]
    assert texts == [["racks shelf"], ["racks shelf"]]


@needs_browser
def test_a_version_has_the_ways_that_it_has(site: Path, tmp_path: Path) -> None:
    found = tried(
        site,
        LOOK
        + """
        const view = await visit("extensions/shelves.html?microversion=1.2");
        click(view, "racks");
        choose(view, "1.0"); found.old = look(view);
        click(view, "JSON"); found.json = look(view);
        choose(view, "1.1"); found.middle = look(view);
        choose(view, ""); found.all = look(view);
        """,
        tmp_path,
    )
    old = found["old"]["create-shelf"]
    assert old["tabs"] == ["curl", "JSON"]
    assert old["chosen"] == ["curl"]
    assert old["texts"] == ["curl -X"]
    # What was chosen is kept for where it is.
    assert found["old"]["list-shelves"]["chosen"] == ["racks"]
    assert found["json"]["create-shelf"]["texts"] == ['{"shelf": 1}']
    assert found["middle"]["create-shelf"]["tabs"] == ["curl", "racks", "JSON"]
    assert found["middle"]["create-shelf"]["texts"] == ['{"shelf": 1}']
    assert found["all"]["create-shelf"]["texts"] == ['{"shelf": 2}']


@needs_browser
def test_keys_and_names(site: Path, tmp_path: Path) -> None:
    found = tried(
        site,
        LOOK
        + """
        const view = await visit("extensions/shelves.html");
        const tabs = [...view.document.querySelectorAll("#create-shelf [role=tab]")];
        const press = (key) => {
          const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
          view.document.activeElement.dispatchEvent(event);
          const now = view.document.activeElement;
          const panel = view.document.getElementById(now.getAttribute("aria-controls"));
          const labelled = panel.getAttribute("aria-labelledby") === now.id;
          return [now.textContent, now.getAttribute("aria-selected"), String(now.tabIndex),
                  panel.getAttribute("role"), String(labelled)];
        };
        tabs[0].focus();
        const keys = "ArrowRight ArrowRight ArrowRight ArrowLeft Home End";
        found.keys = keys.split(" ").map(press);
        // Folding everything on the page must not empty a tab.
        const expander = view.document.querySelector(".apiplug-bar button");
        expander.click(); expander.click();
        await new Promise((done) => setTimeout(done, 50));
        found.folded = look(view)["create-shelf"].texts;
        """,
        tmp_path,
    )
    names = ["racks", "JSON", "curl", "JSON", "curl", "JSON"]
    assert found["keys"] == [[name, "true", "0", "tabpanel", "true"] for name in names]
    assert found["folded"] == ['{"shelf": 2}']


def test_without_scripts_all_ways_stand_there(site: Path) -> None:
    page = (site / "extensions/shelves.html").read_text(encoding="utf-8")
    create = page.partition('id="create-shelf"')[2].partition("</section>")[0]
    assert 'role="tab"' not in create
    assert create.count('<details class="apiplug-more apiplug-body">') == 2
    assert "racks shelf create" in create
