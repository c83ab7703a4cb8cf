"""What a project's release notes say of each version, as reno finds out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from sphinxext_apiplug.inventory.errors import ApiplugError

if TYPE_CHECKING:
    from reno.config import Config
    from reno.loader import Loader

_FOLDER: Final = "releasenotes"
# What reno calls that which comes before the first tag.
_UNTAGGED: Final = "0.0.0"


class NotesError(ApiplugError):
    """reno can't read the notes.

    :ivar reason: what it says
    :ivar file: the note at fault, below the project; empty if it is none in particular
    :ivar place: that file with its folder and line; empty likewise
    """

    def __init__(self, reason: str, file: str = "", place: str = "") -> None:
        what = f"{file} can't be read" if file else "the release notes can't be read"
        super().__init__(f"{what}: {reason}")
        self.reason = reason
        self.file = file
        self.place = place


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One note: reStructuredText, and the file that it stands in, below the project."""

    text: str
    file: str


class NoteSection(msgspec.Struct, frozen=True, kw_only=True):
    """Notes of one kind; the prelude's have no title."""

    title: str
    notes: tuple[Note, ...]


class VersionNotes(msgspec.Struct, frozen=True, kw_only=True):
    """What is noted of one version; *version* is empty for what isn't released yet."""

    version: str
    sections: tuple[NoteSection, ...]


def has_notes(root: Path) -> bool:
    """Whether a project has release notes."""
    return (root / _FOLDER / "notes").is_dir()


def note_files(root: Path) -> tuple[Path, ...]:
    """The files that the notes are in, sorted."""
    return tuple(sorted((root / _FOLDER / "notes").glob("*.yaml")))


def read_notes(root: Path, versions: Iterable[str]) -> tuple[VersionNotes, ...]:
    """Read the notes of a project.

    :param versions: those that the project's changelog has
    :raises NotesError: if reno isn't installed, or can't read them
    """
    try:
        import yaml
        from dulwich import errors
        from reno.config import Config
        from reno.loader import Loader
    except ImportError as error:
        raise NotesError("reno isn't installed") from error
    # What a broken repository or note makes of reno; it has no errors of its own.
    failures = (
        errors.NotGitRepository, errors.ObjectMissing, yaml.YAMLError, OSError, LookupError,
        ValueError, TypeError, AttributeError,
    )  # fmt: skip
    try:
        config = Config(str(root), _FOLDER)
        config.override(collapse_pre_releases=True, stop_at_branch_base=True)
        with Loader(config) as loader:
            return _joined(_versions(loader, config, frozenset(versions)))
    except _BrokenNoteError as broken:
        raise _in_file(broken, root) from broken.error
    except failures as error:
        raise NotesError(_said(error)) from error


class _BrokenNoteError(Exception):
    """What reno says of one note."""

    def __init__(self, file: str, error: Exception) -> None:
        super().__init__(file)
        self.file = file
        self.error = error


def _in_file(broken: _BrokenNoteError, root: Path) -> NotesError:
    """What is wrong with a note, at its line where YAML tells one."""
    mark = getattr(broken.error, "problem_mark", None)
    reason = getattr(broken.error, "problem", None)
    text = f"it is no YAML: {reason}" if reason else _said(broken.error)
    line = 1 if mark is None else mark.line + 1
    return NotesError(text, broken.file, f"{root / broken.file}:{line}")


def _joined(found: Iterable[VersionNotes]) -> tuple[VersionNotes, ...]:
    """Each version once: notes not yet committed belong to what isn't released yet."""
    versions: dict[str, VersionNotes] = {}
    for item in found:
        known = versions.get(item.version)
        versions[item.version] = item if known is None else _both(known, item)
    return tuple(versions.values())


def _both(one: VersionNotes, other: VersionNotes) -> VersionNotes:
    sections: dict[str, tuple[Note, ...]] = {}
    for section in (*one.sections, *other.sections):
        sections[section.title] = (*sections.get(section.title, ()), *section.notes)
    listed = (NoteSection(title=title, notes=notes) for title, notes in sections.items())
    return VersionNotes(version=one.version, sections=tuple(listed))


def _parsed(loader: Loader, name: str, sha: str | None) -> dict[str, Any]:
    import yaml

    try:
        found: dict[str, Any] = loader.parse_note_file(name, sha)
    except (yaml.YAMLError, ValueError, TypeError, AttributeError) as error:
        raise _BrokenNoteError(name, error) from error
    return found


def _said(error: Exception) -> str:
    text = " ".join(str(error).split())[:300]
    kind = type(error).__name__
    return f"{kind}: {text}" if text else kind


def _versions(loader: Loader, config: Config, known: frozenset[str]) -> Iterator[VersionNotes]:
    for version in loader.versions:
        listed = sorted(loader[version], key=itemgetter(0))
        noted = [(name, _parsed(loader, name, sha)) for name, sha in listed]
        sections = [NoteSection(title="", notes=_notes(noted, config.prelude_section_name))]
        sections += [
            NoteSection(title=section.title, notes=_notes(noted, section.name))
            for section in config.sections
        ]
        yield VersionNotes(
            version=_version(version, known),
            sections=tuple(section for section in sections if section.notes),
        )


def _version(version: str, known: frozenset[str]) -> str:
    """A version as the changelog has it."""
    dotted = version.replace("-", ".")
    if dotted in known:
        return dotted
    return "" if "-" in version or version == _UNTAGGED else version


def _notes(noted: Iterable[tuple[str, dict[str, Any]]], section: str) -> tuple[Note, ...]:
    found: list[Note] = []
    for file, content in noted:
        texts = content.get(section) or ()
        listed = [texts] if isinstance(texts, str) else texts
        found += [Note(text=text, file=file) for text in listed if isinstance(text, str)]
    return tuple(found)
