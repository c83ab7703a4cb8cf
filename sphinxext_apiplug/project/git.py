"""A project's history from its repository, as pbr reads it.

pbr decides what is in a changelog: which tags are versions, which release a commit went
into, and that merges are left out. So it says the same here as in the ``ChangeLog`` of a
source distribution. Its functions give subjects alone; what else is known of the commits
comes from one more log, which is read through pbr too.

:func:`pbr.git._iter_log_oneline`, ``_get_highest_tag`` and ``_run_git_command`` are the
same in pbr 6.1 and all of 7; a test compares what comes of them with what pbr's public
functions write.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.project.model import Commit, Release
from sphinxext_apiplug.project.people import Contact, parse_contact

# Nothing git logs holds a NUL.
_FIELDS: Final = "%h%x00%H%x00%cd%x00%aN%x00%aE%x00%b"
_CO_AUTHOR: Final = re.compile(r"(?im)^co-authored-by:[ \t]*(.+)$")
# As many as fit on a command line anywhere.
_AT_ONCE: Final = 200


class GitError(ApiplugError):
    """git can't read a repository.

    :ivar reason: what it says
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"git can't read the repository: {reason}")
        self.reason = reason


class Repository(NamedTuple):
    """A repository, and the folder whose ``.mailmap`` holds."""

    git_dir: Path
    root: Path


class GitHistory(NamedTuple):
    """What a repository tells; *whole* is false of a shallow clone."""

    releases: tuple[Release, ...]
    contacts: tuple[Contact, ...]
    whole: bool


class _Details(NamedTuple):
    id: str
    date: str
    author: Contact
    message: str


def find_repository(root: Path) -> Repository | None:
    """The repository whose working tree *root* is, or that *root* is itself."""
    if (root / ".git").exists():
        return Repository(root / ".git", root)
    if (root / "HEAD").is_file() and (root / "objects").is_dir():
        return Repository(root, root)
    return None


def read_repository(repository: Repository) -> GitHistory:
    """Read all of a repository's history.

    :raises GitError: if git isn't installed, or can't read the repository
    """
    shallow = _asked(repository, "rev-parse", "--is-shallow-repository").strip()
    details = dict(_details(repository))
    return GitHistory(
        releases=tuple(_releases(repository, details)),
        contacts=tuple(_contacts(repository, details.values())),
        whole=shallow != "true",
    )


def state(repository: Repository) -> bytes:
    """Changes whenever there is a new commit or tag; empty if git can't tell."""
    try:
        return _ran(repository, "show-ref", "--head", "--tags").stdout
    except OSError:
        return b""


def state_files(repository: Repository) -> tuple[Path, ...]:
    """The files that git changes whenever there is a new commit."""
    names = ("HEAD", "packed-refs", "logs/HEAD")
    words = [word for name in names for word in ("--git-path", name)]
    try:
        lines = _asked(repository, "rev-parse", *words)
    except GitError:
        return ()
    files = (repository.root / line for line in lines.splitlines())
    return tuple(file for file in files if file.is_file())


def _ran(repository: Repository, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    # -C: git reads the .mailmap of the folder that it runs in.
    command = ["git", f"--git-dir={repository.git_dir}", "-C", str(repository.root), *arguments]
    return subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell


def _asked(repository: Repository, *arguments: str) -> str:
    try:
        done = _ran(repository, *arguments)
    except OSError as error:
        raise GitError(f"no program called git can be run ({error.strerror})") from error
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(said[-1] if said else f"it ended with {done.returncode}")
    return done.stdout.decode("utf-8", "replace")


def _logged(repository: Repository, *arguments: str) -> str:
    """What ``git log`` says, through pbr, which makes of any bytes a text."""
    from pbr import git

    settings = ["-c", "i18n.logOutputEncoding=UTF-8", "-c", "log.showSignature=false"]
    command = ["-C", str(repository.root), *settings, "log", *arguments]
    try:
        said: str = git._run_git_command(  # noqa: SLF001 - see above
            command, str(repository.git_dir), throw_on_error=True
        )
    except git.distutils.errors.DistutilsError:
        # It tells the exit code alone; git itself says why.
        return _asked(repository, "log", *arguments)
    return said


def _details(repository: Repository) -> Iterator[tuple[str, _Details]]:
    """Short hash -> what else is known of the commit."""
    said = _logged(repository, "-z", "--date=short", f"--format={_FIELDS}").split("\0")
    fields = iter(said)
    for short, full, date, name, address, message in zip(*[fields] * 6, strict=False):
        yield short, _Details(full, date, Contact(name, address), message)


def _releases(repository: Repository, details: dict[str, _Details]) -> Iterator[Release]:
    from pbr import git

    dates = _tag_dates(repository)
    version, tagged, commits = "", "", list[Commit]()
    log = git._iter_log_oneline(str(repository.git_dir))  # noqa: SLF001 - see above
    for short, tags, subject in log:
        known = details.get(short)
        if tags:
            if version or commits:
                yield _release(version, tagged, dates, commits)
            version = git._get_highest_tag(tags)  # noqa: SLF001 - see above
            tagged, commits = known.id if known else short, []
        if not subject.startswith("Merge "):
            commits.append(_commit(subject, short, known))
    if version or commits:
        yield _release(version, tagged, dates, commits)


def _release(
    version: str, tagged: str, dates: dict[str, str], commits: Iterable[Commit]
) -> Release:
    date = dates.get(version, "")
    return Release(version=version, date=date, commit=tagged, commits=tuple(commits))


def _commit(subject: str, short: str, known: _Details | None) -> Commit:
    subject = subject.removesuffix(".")
    if known is None:
        return Commit(subject=subject, id=short)
    return Commit(
        subject=subject,
        id=known.id,
        date=known.date,
        author=known.author.name,
        message=known.message,
    )


def _tag_dates(repository: Repository) -> dict[str, str]:
    """Version, as pbr writes it -> the day that it was tagged."""
    template = "--format=%(refname:strip=2)%00%(creatordate:short)"
    lines = _asked(repository, "for-each-ref", template, "refs/tags").splitlines()
    tags = (line.split("\0") for line in lines)
    return {tag.replace("-", "."): date for tag, date in tags}


def _contacts(repository: Repository, details: Iterable[_Details]) -> Iterator[Contact]:
    """Who wrote the commits, and who helped, as ``.mailmap`` has it."""
    helpers: dict[str, None] = {}
    for known in details:
        yield known.author
        if "uthored-" in known.message:
            helpers |= dict.fromkeys(_CO_AUTHOR.findall(known.message))
    yield from _mapped(repository, map(parse_contact, helpers))


def _mapped(repository: Repository, contacts: Iterable[Contact]) -> Iterator[Contact]:
    """Contacts as ``.mailmap`` has them; git maps the authors alone by itself."""
    whole = list(dict.fromkeys(item for item in contacts if item.name or item.address))
    known = [item for item in whole if item.address]
    yield from (item for item in whole if not item.address)
    for start in range(0, len(known), _AT_ONCE):
        texts = [f"{item.name} <{item.address}>" for item in known[start : start + _AT_ONCE]]
        for line in _asked(repository, "check-mailmap", "--", *texts).splitlines():
            yield parse_contact(line)
