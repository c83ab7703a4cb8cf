"""Repositories for tests, written by ``git fast-import``: as many commits as you like, at once."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

DAY = 86_400
#: The first day of 2026, UTC.
START = 1_767_225_600
ADA = "Ada Lovelace <ada@example.org>"
# What a developer's own configuration says must not matter.
ENV = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True, env=ENV).stdout


class Repository:
    """A repository whose commits are a day apart.

    ``commit`` and ``tag`` only note what is to be there; ``write`` makes it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = 0
        self._stream: list[bytes] = []
        self._written = False
        folder.mkdir(parents=True, exist_ok=True)
        git(folder.parent, "init", "-q", "-b", "main", str(folder))

    def commit(
        self, message: str | bytes, author: str | bytes = ADA, merges: tuple[int, ...] = ()
    ) -> int:
        """Add a commit; its number is the mark that later ones may merge."""
        self.count += 1
        when = b"%d +0000" % (START + self.count * DAY)
        who = author.encode() if isinstance(author, str) else author
        text = message.encode() if isinstance(message, str) else message
        onto = b"" if self._stream or not self._written else b"from refs/heads/main^0\n"
        self._stream += [
            b"commit refs/heads/main\nmark :%d\n" % self.count,
            b"author " + who + b" " + when + b"\ncommitter " + who + b" " + when + b"\n",
            b"data %d\n" % len(text) + text + b"\n",
            onto,
            *(b"merge :%d\n" % merge for merge in merges),
            b"M 100644 inline number\ndata %d\n%d\n" % (len(str(self.count)), self.count),
        ]
        return self.count

    def branch(self, name: str, message: str, start: int) -> int:
        """Add a commit on a branch of its own."""
        self.count += 1
        when = f"{ADA} {START + self.count * DAY} +0000"
        head = f"commit refs/heads/{name}\nmark :{self.count}\nauthor {when}\ncommitter {when}\n"
        self._stream.append(f"{head}data {len(message)}\n{message}\nfrom :{start}\n\n".encode())
        return self.count

    def tag(self, name: str) -> None:
        """Tag the last commit, half a day after it."""
        when = START + self.count * DAY + DAY // 2
        tagged = f"tag {name}\nfrom :{self.count}\ntagger {ADA} {when} +0000\ndata 1\nx\n"
        self._stream.append(tagged.encode())

    def write(self) -> Path:
        command = ["git", "-C", str(self.folder), "fast-import", "--quiet", "--done"]
        stream = b"".join([*self._stream, b"done\n"])
        subprocess.run(command, input=stream, check=True, env=ENV)
        self._stream = []
        self._written = True
        git(self.folder, "reset", "-q", "--hard")
        return self.folder


def racks(folder: Path) -> Repository:
    """A small project: two releases, and what isn't released yet."""
    repository = Repository(folder)
    repository.commit("Begin.\n")
    repository.tag("1.0.0")
    repository.commit("Fix the fans\n\nThey were off.\n\nCloses-Bug: #1234567\n")
    repository.commit("Add shelves (#12)\n", "Grace Hopper <grace@example.org>")
    repository.commit("Merge branch 'shelves'\n")
    repository.tag("2.0.0")
    repository.commit("Bump a dependency\n", "dependabot[bot] <bot@users.noreply.github.com>")
    return repository
