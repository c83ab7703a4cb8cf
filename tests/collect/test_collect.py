"""Collecting as a whole: selection, cache, files, progress, determinism."""

from __future__ import annotations

import os
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from sphinxext_apiplug.collect.api import Collected, collect
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.model import Contact
from tests.fakes import GOOD, Site

Read = Callable[..., Collected]


def named(alias: str) -> str:
    """The extension that is in order, under another alias."""
    return GOOD.replace('"things"', f'"{alias}"')


@pytest.fixture
def three(site: Site) -> Site:
    """A service with three extensions in order."""
    for alias in ("alpha", "beta", "gamma"):
        site.install(alias, {f"{alias}.py": named(alias)}, {alias: f"{alias}:Things"})
    return site


def aliases(collected: Collected) -> list[str]:
    """The aliases of what was collected."""
    return [item.alias for item in collected.inventory.extensions]


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, ["alpha", "beta", "gamma"]),
        ({"enabled": ["*a"], "disabled": ["g*"]}, ["alpha", "beta"]),
        ({"enabled": ["beta"]}, ["beta"]),
        ({"disabled": ["*"]}, []),
    ],
)
def test_enabled_and_disabled(
    three: Site, read: Read, settings: dict[str, list[str]], expected: list[str]
) -> None:
    """Glob patterns choose extensions by the entry point's name."""
    assert aliases(read(**settings)) == expected


def test_empty_namespace(site: Site, read: Read) -> None:
    """A namespace that nobody declares anything in is one problem."""
    (problem,) = read(namespace="fakeapi.nothing").inventory.problems
    assert problem.kind == "namespace-empty"
    assert "'fakeapi.nothing'" in problem.message


def test_cache(three: Site, read: Read, tmp_path: Path) -> None:
    """Nothing changed: no plugin code is imported; any change: it is."""
    cache = tmp_path / "cache"
    marker = tmp_path / "imported"
    source = three.folder / "alpha.py"
    text = source.read_text() + f"\nopen({str(marker)!r}, 'a').write('x')\n"
    source.write_text(text)

    first = read(cache_dir=cache)
    assert not first.from_cache
    assert marker.read_text() == "x"

    second = read(cache_dir=cache)
    assert second.from_cache
    assert second.inventory == first.inventory
    assert second.files == first.files

    later = time.time() + 10
    os.utime(source, (later, later))
    assert read(cache_dir=cache).from_cache, "the bytes are the same"

    source.write_text(text.replace("Show a thing", "Show one thing"))
    assert not read(cache_dir=cache).from_cache
    assert not read(cache_dir=cache, title="Other").from_cache
    three.install("delta", {"delta.py": named("delta")}, {"delta": "delta:Things"})
    assert aliases(read(cache_dir=cache)) == ["alpha", "beta", "delta", "gamma"]


def test_damaged_cache_is_no_cache(three: Site, read: Read, tmp_path: Path) -> None:
    """A cache entry that can't be read is made anew."""
    read(cache_dir=tmp_path)
    (entry,) = tmp_path.glob("*.apiplug")
    entry.write_bytes(entry.read_bytes()[:-20])
    assert not read(cache_dir=tmp_path).from_cache
    assert read(cache_dir=tmp_path).from_cache


def test_files_are_relative_in_the_inventory(three: Site, read: Read) -> None:
    """The inventory names files without saying where this machine keeps them."""
    collected = read()
    assert set(collected.inventory.sources) == set(collected.files)
    assert collected.files["alpha.py"] == three.folder / "alpha.py"
    assert str(three.folder).encode() not in codec.dumps(collected.inventory)


def test_two_runs_give_the_same_bytes(three: Site, read: Read) -> None:
    """Sets in plugins and the order of the file system don't show."""
    text = named("sets").replace(
        "def show(self",
        "@extensions.schema({'enum': list({'red', 'green', 'blue', 'black', 'white'})})\n"
        "        def show(self",
    )
    three.install("sets", {"sets.py": text}, {"sets": "sets:Things"})
    assert codec.dumps(read().inventory) == codec.dumps(read().inventory)


def test_progress(three: Site, read: Read) -> None:
    """Whoever waits is told how far it is."""
    steps: list[tuple[int, int, str]] = []
    read(progress=lambda done, total, text: steps.append((done, total, text)))
    assert steps[0] == (0, 3, "loading alpha")
    assert steps[-1][:2] == (3, 3)
    assert [done for done, _, _ in steps if "loading" in steps[0][2]][:3] == [0, 1, 2]


def test_threads_of_plugins_do_not_keep_the_process(three: Site, read: Read) -> None:
    """A plugin's thread that never ends costs nothing."""
    source = three.folder / "alpha.py"
    source.write_text(
        source.read_text()
        + "\nimport threading, time\nthreading.Thread(target=time.sleep, args=(600,)).start()\n"
    )
    begin = time.monotonic()
    assert aliases(read()) == ["alpha", "beta", "gamma"]
    assert time.monotonic() - begin < 60


def test_mock_imports(site: Site, read: Read) -> None:
    """What isn't installed is mocked on request."""
    text = "\nimport nolibrary.deep.module as module\nclass X(module.Base): pass\n" + named(
        "mocked"
    )
    text = text.replace("def show(self", "@module.decorated\n        def show(self")
    site.install("mocked", {"mocked.py": named("mocked")}, {"mocked": "mocked:Things"})
    (site.folder / "mocked.py").write_text(
        "import nolibrary.deep.module as module\n"
        "class X(module.Base):\n    pass\n" + (site.folder / "mocked.py").read_text()
    )
    (problem,) = read().inventory.problems
    assert problem.kind == "load-failed"
    collected = read(mock_imports=["nolibrary"])
    assert not collected.inventory.problems
    assert aliases(collected) == ["mocked"]


def test_mocked_values_in_schemas_keep_their_names(site: Site, read: Read) -> None:
    """Copies of mocks too, and what is called or counted with; no address shows."""
    schema = """
        @extensions.schema({"type": "object", "properties": {
            "a": {"type": "integer", "maximum": lib.db.MAX_INT},
            "b": copy.deepcopy({"type": "integer", "maximum": lib.db.MAX_INT}),
            "c": {"type": "string", "enum": lib.objects.names()},
            "d": {"type": "integer", "maximum": 2 * lib.db.MAX_INT - 1},
            "e": {"type": "string", "default": lib.ZERO}}})
        def show(self"""
    text = named("mocked").replace("def show(self", schema.strip(), 1)
    site.install("mocked", {}, {"mocked": "mocked:Things"})
    (site.folder / "mocked.py").write_text(
        "import copy\nimport nolibrary as lib\n" + textwrap.dedent(text)
    )
    inventory = read(mock_imports=["nolibrary"]).inventory
    (payload,) = inventory.operations[0].request
    assert payload.schema["properties"] == {
        "a": {"type": "integer", "x-apiplug-unknown": {"maximum": "nolibrary.db.MAX_INT"}},
        "b": {"type": "integer", "x-apiplug-unknown": {"maximum": "nolibrary.db.MAX_INT"}},
        "c": {"type": "string", "x-apiplug-unknown": {"enum": "nolibrary.objects.names()"}},
        "d": {"type": "integer", "x-apiplug-unknown": {"maximum": "nolibrary.db.MAX_INT"}},
        "e": {"type": "string", "default": "nolibrary.ZERO"},
    }
    assert [(item.kind, item.pointer) for item in inventory.problems] == [
        ("value-mocked", f"/properties/{name}")
        for name in ("c/enum", "e/default", "a/maximum", "b/maximum", "d/maximum")
    ]
    assert b" at 0x" not in codec.dumps(inventory)


def test_inventory_file_stands_in(three: Site, read: Read, tmp_path: Path) -> None:
    """A file gives the same operations; settings may rename the API."""
    inventory = read().inventory
    (tmp_path / "api.json").write_bytes(codec.dumps(inventory))
    settings = ApiSettings(inventory="api.json", title="From a file")
    collected = collect("fromfile", settings, base_dir=tmp_path)
    assert collected.inventory.operations == inventory.operations
    assert (collected.inventory.api.name, collected.inventory.api.title) == (
        "fromfile",
        "From a file",
    )


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "No such file"),
        (b"", "is not an inventory"),
        (b"[1]", "is not an inventory"),
        (b'{"format": 99}', "has format 99, and this apiplug reads format 1"),
        (b'{"format": 1, "api": {}}', "is not an inventory"),
    ],
)
def test_bad_inventory_file(tmp_path: Path, content: bytes | None, message: str) -> None:
    """One problem that names the file and says what is wrong with it."""
    if content is not None:
        (tmp_path / "api.json").write_bytes(content)
    collected = collect("api", ApiSettings(inventory="api.json"), base_dir=tmp_path)
    (problem,) = collected.inventory.problems
    assert problem.kind == "inventory-unreadable"
    assert message in problem.message
    assert problem.source is not None
    assert problem.source.file == "api.json"


def test_settings_beat_the_distribution(three: Site, read: Read) -> None:
    """What the distribution says of the API is the default for what settings say."""
    api = read().inventory.api
    assert (api.title, api.version) == ("alpha API", "1.2.3")
    assert api.license is not None
    assert api.license.identifier == "Apache-2.0"
    api = read(title="T", version="9", contact={"name": "C"}).inventory.api
    assert (api.title, api.version, api.contact) == ("T", "9", Contact(name="C"))
    assert msgspec.structs.replace(api, title="T") == api


def test_what_a_distribution_does_not_say(three: Site, read: Read) -> None:
    """Older packaging tools write UNKNOWN then."""
    for file in three.folder.glob("*.dist-info/METADATA"):
        file.write_text(file.read_text().replace("Apache-2.0", "UNKNOWN"))
    assert read().inventory.api.license is None


def test_installing_what_was_missing_is_seen(site: Site, read: Read, tmp_path: Path) -> None:
    """An extension that failed for want of a library is read again once that is there."""
    site.install("needy", {"needy.py": named("needy")}, {"needy": "needy:Things"})
    source = site.folder / "needy.py"
    source.write_text("import latecomer\n" + source.read_text())
    (problem,) = read(cache_dir=tmp_path).inventory.problems
    assert problem.kind == "load-failed"
    site.install("latecomer", {"latecomer.py": "x = 1\n"}, {}, namespace="nobody.asks")
    collected = read(cache_dir=tmp_path)
    assert not collected.inventory.problems
    assert aliases(collected) == ["needy"]
