"""Collect services, each in its own environment, and build one site of their inventories.

``python showcase/build.py`` reads services.yaml. What hasn't changed since the last run
is kept: environments, inventories, and what Sphinx made of them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any, Final, NamedTuple

import uv
import yaml

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parent
PACKAGE: Final = ROOT / "sphinxext_apiplug"
# What an inventory is made by; other rooms may change without it.
ROOMS: Final = ("cli", "collect", "inventory", "readers")
INVENTORIES: Final = HERE / "build" / "inventories"
PAGES: Final = HERE / "source" / "apis"
SITE: Final = HERE / "build" / "html"
UV: Final = uv.find_uv_bin()


class Service(NamedTuple):
    """One stanza of services.yaml."""

    name: str
    title: str
    settings: dict[str, Any]
    requirements: list[str]
    no_deps: list[str]
    python: str

    @property
    def inventory(self) -> Path:
        """The file that its inventory goes into."""
        return INVENTORIES / f"{self.name}.json"


def services() -> list[Service]:
    """All stanzas, in their order."""
    stanzas = yaml.safe_load((HERE / "services.yaml").read_text(encoding="utf-8"))
    return [
        Service(
            name=name,
            title=stanza["title"],
            settings=stanza["settings"],
            requirements=stanza.get("requirements", []),
            no_deps=stanza.get("no_deps", []),
            python=stanza.get("python", sys.executable),
        )
        for name, stanza in stanzas.items()
    ]


def run(*command: str | Path) -> None:
    """Run a command to its end.

    :raises SystemExit: if it fails, with what it said
    """
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).decode(errors="replace")
        sys.exit(f"\n{' '.join(words)} failed:\n{said}")


def digest(*parts: object) -> str:
    """The same for the same parts."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def our_code() -> str:
    """A digest of the files that decide what is in an inventory."""
    files = sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py"))
    return digest([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])


def once(mark: Path, key: str) -> bool:
    """Whether something has to be done: it wasn't yet, or not with this key."""
    return not mark.exists() or mark.read_text(encoding="utf-8") != key


def built(work: Path, ours: str) -> Path:
    """A wheel of this package, the same for all services."""
    folder = work / "wheel"
    if once(folder / "ours.key", ours):
        run(UV, "build", "-q", "--wheel", "--clear", "-o", folder, ROOT)
        (folder / "ours.key").write_text(ours, encoding="utf-8")
    return next(folder.glob("*.whl"))


def install(service: Service, work: Path, ours: str) -> None:
    """Make the environment of a service, unless it is there."""
    env = work / service.name / "env"
    python = env / "bin" / "python"
    pip = (UV, "pip", "install", "-q", "--python", python)
    key = digest(service.python, service.requirements, service.no_deps)
    if once(env / "services.key", key):
        run(UV, "venv", "-q", "--clear", "--python", service.python, env)
        run(*pip, *service.requirements)
        if service.no_deps:
            run(*pip, "--no-deps", *service.no_deps)
        (env / "services.key").write_text(key, encoding="utf-8")
    if once(env / "ours.key", ours):
        run(*pip, "--reinstall-package", "sphinxext-apiplug", built(work, ours))
        (env / "ours.key").write_text(ours, encoding="utf-8")


def collect(service: Service, work: Path, ours: str) -> str:
    """Bring a service's inventory up to date; says what was done."""
    folder = work / service.name
    mark = INVENTORIES / f"{service.name}.key"
    key = digest(service, ours)
    if service.inventory.exists() and not once(mark, key):
        return "unchanged"
    folder.mkdir(parents=True, exist_ok=True)
    install(service, work, ours)
    conf = f"apiplug_apis = {{{service.name!r}: {service.settings!r}}}\n"
    (folder / "conf.py").write_text(conf, encoding="utf-8")
    # Problems are in the inventory; whether they matter is the site's to say.
    apiplug = (folder / "env" / "bin" / "apiplug", "inventory", service.name)
    run(*apiplug, "--conf-dir", folder, "-o", service.inventory, "--fail-on", "never")
    mark.write_text(key, encoding="utf-8")
    return "collected"


def write_pages(found: list[Service]) -> None:
    """A page for each service, and none for those that went."""
    PAGES.mkdir(parents=True, exist_ok=True)
    for page in PAGES.glob("*.rst"):
        if page.stem not in {service.name for service in found}:
            page.unlink()
    for service in found:
        line = "=" * len(service.title)
        text = f"{line}\n{service.title}\n{line}\n\n.. apiplug-extensions:: {service.name}\n"
        page = PAGES / f"{service.name}.rst"
        if once(page, text):
            page.write_text(text, encoding="utf-8")


def main() -> None:
    """Collect what has changed, and build the site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for environments")
    work = parser.parse_args().work.resolve()
    INVENTORIES.mkdir(parents=True, exist_ok=True)
    found, ours = services(), our_code()
    for number, service in enumerate(found, 1):
        start = time.monotonic()
        print(f"[{number}/{len(found)}] {service.title} ...", end=" ", flush=True)
        print(f"{collect(service, work, ours)} in {time.monotonic() - start:.0f} s", flush=True)
    write_pages(found)
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html"]
    folders = ["-d", str(SITE.parent / "doctrees"), str(HERE / "source"), str(SITE)]
    start = time.monotonic()
    code = subprocess.run([*sphinx, *folders], check=False).returncode
    print(f"The site took {time.monotonic() - start:.0f} s: {(SITE / 'index.html').as_uri()}")
    sys.exit(code)


if __name__ == "__main__":
    main()
