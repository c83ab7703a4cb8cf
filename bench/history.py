"""What the changelog and authors of a long history cost."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Final

from measuring import Project, here, print_seconds
from small import empty_project

from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.linking import Linker
from sphinxext_apiplug.project.places import at_path
from sphinxext_apiplug.project.reading import read
from sphinxext_apiplug.reference.convert.commits import commits_html
from sphinxext_apiplug.reference.nodes import CommitList
from sphinxext_apiplug.reference.render.changelog import ChangelogOptions, render_changelog

COMMITS: Final = 60_000
RELEASES: Final = 300
PEOPLE: Final = 700
# No two subjects are the same, but their words are few, as people's are.
WORDS: Final = (
    "add", "allow", "api", "avoid", "check", "config", "delete", "docs", "drop", "error", "fix",
    "flavor", "handle", "host", "image", "instance", "list", "make", "migrate", "move", "network",
    "object", "pass", "policy", "remove", "rename", "request", "resource", "return", "schema",
    "server", "service", "set", "stop", "tests", "unused", "update", "use", "volume", "wait",
)  # fmt: skip
CONF: Final = """
project = 'Bench'
html_theme = 'furo'
extensions = ['sphinxext_apiplug']
apiplug_projects = {{'long': {{'path': {path!r}, 'repository': 'https://github.com/x/long'}}}}
"""
PAGES: Final = {
    "index": "=====\nBench\n=====\n\n.. toctree::\n\n   changelog\n   authors\n",
    "changelog": "=========\nChangelog\n=========\n\n.. apiplug-changelog:: long\n",
    "authors": "=======\nAuthors\n=======\n\n.. apiplug-authors:: long\n",
}


def changelog(folder: Path, rounds: int) -> None:
    """The changelog and authors of 60,000 commits in 300 releases."""
    path = _repository(folder / "long-history")
    found = f"{COMMITS:,} commits"
    shown = [here(lambda: _shown(path)) for _ in range(rounds)]
    print_seconds(f"{found}: changelog and authors, as HTML", shown, 5)
    project = _project(folder / "long-history-docs", path)
    print_seconds(f"{found}: site", [project.first() for _ in range(rounds)])
    print_seconds("  the site once more", [project.again() for _ in range(rounds)])
    empty = empty_project(folder)
    print_seconds("  an empty project", [empty.first() for _ in range(rounds)])


def _shown(path: Path) -> None:
    settings = ProjectSettings(repository="https://github.com/x/long")
    history = read(at_path(path), settings).history
    linker = Linker(settings, history.repository)
    for section in render_changelog(history, linker, ChangelogOptions()):
        for node in section.findall(CommitList):
            commits_html(node.rows)


def _project(source: Path, path: Path) -> Project:
    source.mkdir(exist_ok=True)
    (source / "conf.py").write_text(CONF.format(path=str(path)), encoding="utf-8")
    for name, text in PAGES.items():
        (source / f"{name}.rst").write_text(text, encoding="utf-8")
    return Project(source, source.with_name(f"{source.name}-out"))


def _repository(path: Path) -> Path:
    if path.exists():
        return path
    subprocess.run(["git", "init", "-q", "-b", "main", str(path)], check=True)
    stream = b"".join(_commit(number) for number in range(1, COMMITS + 1))
    subprocess.run(["git", "fast-import", "--quiet"], cwd=path, input=stream, check=True)
    return path


def _commit(number: int) -> bytes:
    person = number * number % PEOPLE
    when = f"Person {person} <p{person}@example.org> {1_200_000_000 + number * 4000} +0000"
    words = " ".join(WORDS[number * 7919 // 3**step % len(WORDS)] for step in range(7))
    message = (
        f"{words.capitalize()}\n\nIt was wrong because of what was wrong,\nas people write.\n\n"
        f"Closes-Bug: #{1_000_000 + number}\nChange-Id: I{number:040x}\n"
    )
    text = f"commit refs/heads/main\nauthor {when}\ncommitter {when}\n"
    text += f"data {len(message)}\n{message}\n"
    every = COMMITS // RELEASES
    if number % every == 0:
        version = f"{number // every}.0.0"
        text += f"tag {version}\nfrom refs/heads/main\ntagger {when}\ndata 1\nx\n"
    return text.encode()
