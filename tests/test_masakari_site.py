"""Masakari's reference, from settings and a page as its documentation would have them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from importlib.metadata import distribution
from pathlib import Path

import openapi_spec_validator
import pytest

pytestmark = pytest.mark.real("masakari", "python-masakariclient")

SOURCE = Path(__file__).parent / "masakari"
READ = re.compile(r"reading sources\.\.\. \[ *\d+%\] (\S+)")
THEMES = ("furo", "alabaster", "pydata_sphinx_theme", "openstackdocstheme")


class Site:
    """One copy of the sources, and what is built from it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.html = folder / "html"
        shutil.copytree(SOURCE, folder / "source", ignore=shutil.ignore_patterns("extensions"))

    def build(self, *options: str, builder: str = "html", path: str = "") -> str:
        """Build with warnings as errors, and give what Sphinx said."""
        command = [
            sys.executable, "-m", "sphinx", "-W", "--keep-going", "-b", builder, *options,
            "-d", self.folder / "doctrees", self.folder / "source", self.folder / builder,
        ]  # fmt: skip
        environment = os.environ | {"NO_COLOR": "1", "PYTHONPATH": path}
        result = subprocess.run(
            command, text=True, capture_output=True, env=environment, timeout=200
        )
        assert result.returncode == 0, result.stdout + result.stderr
        return result.stdout

    def files(self) -> dict[str, bytes]:
        """Every published file and its bytes."""
        found = sorted(path for path in self.html.rglob("*") if path.is_file())
        return {str(path.relative_to(self.html)): path.read_bytes() for path in found}


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A site that wasn't built yet."""
    return Site(tmp_path / "site")


def test_published_documents(site: Site) -> None:
    """A page an extension, and beside them the documents for machines."""
    site.build()
    pages = sorted(path.stem for path in (site.html / "extensions").glob("*.html"))
    assert pages == ["extensions", "notifications", "os-hosts", "segments", "versions", "vmoves"]
    document = json.loads((site.html / "openapi.json").read_text())
    openapi_spec_validator.validate(document)
    assert sum(len(item) for item in document["paths"].values()) == 19
    inventory = json.loads((site.html / "inventory.json").read_text())
    assert len(inventory["operations"]) == 19
    page = (site.html / "extensions" / "segments.html").read_text()
    assert "since 1.2" in page
    assert "curl -X POST" in re.sub(r"<[^>]+>", "", page)


def test_commands_of_the_client(site: Site) -> None:
    """At the operation that each one calls, and in the general index."""
    site.build()
    hosts = (site.html / "extensions" / "os-hosts.html").read_text(encoding="utf-8")
    _, _, listing = hosts.partition('id="segments-hosts-list"')
    assert "openstack segment host list &lt;segment_id&gt;" in listing.partition("Served by")[0]
    index = (site.html / "genindex.html").read_text(encoding="utf-8")
    assert 'href="extensions/os-hosts.html#segments-hosts-list">segment host list</a>' in index


def test_second_build_reads_nothing(site: Site, tmp_path: Path) -> None:
    """No page is read and no plugin code is imported: it may even be broken by then."""
    site.build()
    before = site.files()
    trap = tmp_path / "trap" / "sitecustomize.py"
    trap.parent.mkdir()
    trap.write_text(
        "import sys\n"
        "class Trap:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name.partition('.')[0] == 'masakari':\n"
        "            sys.exit('plugin code was imported')\n"
        "sys.meta_path.insert(0, Trap())\n"
    )
    said = site.build(path=str(trap.parent))
    assert READ.findall(said) == []
    assert site.files() == before


def test_touched_handler(site: Site, tmp_path: Path) -> None:
    """Exactly the pages made from a handler's file are read again."""
    installed = Path(str(distribution("masakari").locate_file("masakari")))
    # A copy: other tests read the installed one at the same time.
    package = tmp_path / "path" / "masakari"
    shutil.copytree(installed, package, ignore=shutil.ignore_patterns("__pycache__", "tests"))
    site.build(path=str(package.parent))
    later = time.time() + 5
    os.utime(package / "api/openstack/ha/hosts.py", (later, later))
    said = site.build(path=str(package.parent))
    # The overview lists the operations of all extensions.
    assert sorted(set(READ.findall(said))) == ["extensions/os-hosts", "index"]


def test_two_runs_and_two_processes_are_alike(site: Site, tmp_path: Path) -> None:
    """Byte by byte, however often and on however many processes it is built."""
    other = Site(tmp_path / "other")
    site.build("-j1")
    other.build("-j2")
    first, second = site.files(), other.files()
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []


@pytest.mark.parametrize("theme", THEMES)
def test_themes(site: Site, theme: str) -> None:
    """No warning with any of the themes that such documentation uses."""
    pytest.importorskip("openstackdocstheme" if theme == "openstackdocs" else theme)
    conf = site.folder / "source" / "conf.py"
    name = theme
    if theme == "openstackdocstheme":
        conf.write_text(conf.read_text() + "\nextensions.append('openstackdocstheme')\n")
        name = "openstackdocs"
    conf.write_text(conf.read_text() + f"\nhtml_theme = {name!r}\n")
    site.build()


@pytest.mark.parametrize("builder", ["latex", "man", "text", "epub"])
def test_other_builders(site: Site, builder: str) -> None:
    """Operations, fields and calls are in every kind of output."""
    site.build("-D", "version=22", builder=builder)
    texts = [
        path.read_text(encoding="utf-8", errors="replace")
        for path in (site.folder / builder).rglob("*")
        if path.suffix in (".tex", ".1", ".txt", ".xhtml")
    ]
    together = "\n".join(texts).replace("\\", "").replace("{}", "")
    for word in ("Creates a new failover segment", "recovery", "since 1.2", "Conflict"):
        assert word in together, word
