"""A built site, checked page by page."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

import yaml

from sphinxext_apiplug.checks.site.page import Fault, Page, parse
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.problems import Problem, Source

# What a web server gives for a folder.
_INDEX: Final = "index.html"

#: Called with (done, total, the page that is read now).
Progress = Callable[[int, int, str], None]


class NoParserError(ApiplugError):
    """The package that parses pages isn't installed."""

    def __init__(self) -> None:
        super().__init__("pages can't be parsed: install sphinxext-apiplug[site]")


def check_site(folder: Path, progress: Progress | None = None) -> Iterator[Problem]:
    """Check all that a build made.

    Pages must be valid HTML in which every control has a name; links within the site
    must lead to a file, and to something in it; JSON and YAML files must be readable.

    :raises NoParserError: if the parser of pages isn't installed
    """
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    pages: dict[str, Page] = {}
    # Sphinx's own folders hold templates and sources, no pages.
    names = sorted(name for name in files if name.endswith(".html") and not name.startswith("_"))
    for number, name in enumerate(names):
        if progress is not None:
            progress(number, len(names), name)
        try:
            pages[name] = parse((folder / name).read_text("utf-8", errors="replace"))
        except ImportError as error:
            raise NoParserError from error
    for name, page in pages.items():
        yield from (_problem("site-html", name, fault) for fault in page.invalid)
        yield from (_problem("site-control", name, fault) for fault in page.nameless)
        yield from (
            _problem("site-link", name, fault) for fault in _dead(name, page, pages, files)
        )
    for name in sorted(files):
        if (reason := _unreadable(folder / name)) is not None:
            yield _problem("site-file", name, reason)


def _dead(name: str, page: Page, pages: Mapping[str, Page], files: set[str]) -> Iterator[Fault]:
    for link in page.links:
        parts = urlsplit(link)
        if parts.scheme or parts.netloc or parts.path.startswith("/"):
            continue
        target = _target(name, unquote(parts.path))
        if target not in files:
            yield Fault(f"a link leads to no file: {link}")
        elif parts.fragment and target in pages:
            if unquote(parts.fragment) not in pages[target].ids and parts.fragment != "top":
                yield Fault(f"a link leads to nothing on its page: {link}")


def _target(name: str, path: str) -> str:
    """The file that a link of a page leads to, below the site's folder."""
    if not path:
        return name
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path))
    if path.endswith("/") or target == ".":
        return posixpath.normpath(posixpath.join(target, _INDEX))
    return target


def _unreadable(path: Path) -> Fault | None:
    try:
        if path.suffix == ".json":
            json.loads(path.read_bytes())
        elif path.suffix in (".yaml", ".yml"):
            yaml.load(path.read_bytes(), Loader=yaml.CSafeLoader)
    except json.JSONDecodeError as error:
        return Fault(f"not JSON: {error.msg}", error.lineno)
    except (UnicodeDecodeError, RecursionError) as error:
        return Fault(f"can't be read: {error}")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return Fault(f"not YAML: {getattr(error, 'problem', error)}", mark and mark.line + 1)
    return None


def _problem(kind: str, name: str, fault: Fault) -> Problem:
    source = Source(object=name, file=name, line=fault.line)
    return Problem(kind=kind, subject=name, message=fault.message, source=source)
