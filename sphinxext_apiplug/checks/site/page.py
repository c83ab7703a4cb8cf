"""One HTML page as what there is to check of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple
from xml.etree.ElementTree import Element

_XHTML: Final = "{http://www.w3.org/1999/xhtml}"
_NAMED: Final = ("button", "select", "summary", "textarea")
_UNSEEN_INPUTS: Final = ("hidden",)
# These have names of their own, which browsers give them.
_NAMED_INPUTS: Final = ("reset", "submit")


class Fault(NamedTuple):
    """Something wrong with a page.

    :ivar line: counted from 1; ``None`` where only the page is known
    """

    message: str
    line: int | None = None


class Page(NamedTuple):
    """A page that was parsed.

    :ivar ids: what a link may lead to
    :ivar links: the addresses that it links to or loads, each once
    :ivar invalid: where it isn't valid HTML
    :ivar nameless: controls without a name for those who don't see them
    """

    ids: frozenset[str]
    links: tuple[str, ...]
    invalid: tuple[Fault, ...]
    nameless: tuple[Fault, ...]


def parse(text: str) -> Page:
    """Parse a page as browsers do.

    :raises ImportError: if tinyhtml5 isn't installed
    """
    # Late: it comes with an extra.
    from tinyhtml5.parser import HTMLParser

    parser = HTMLParser()
    root: Element = parser.parse(text)
    invalid = tuple(
        Fault(str(code).replace("-", " "), line) for (line, _), code, *_ in parser.errors
    )
    elements = list(root.iter())
    ids = [element.get("id", "") for element in elements if element.get("id")]
    twice = sorted({name for name in ids if ids.count(name) > 1}) if _has_twice(ids) else []
    return Page(
        ids=frozenset(ids)
        | {element.get("name", "") for element in elements if _is(element, "a")},
        links=tuple(dict.fromkeys(_links(elements))),
        invalid=invalid + tuple(Fault(f"two elements have the id {name!r}") for name in twice),
        nameless=tuple(_nameless(elements)),
    )


def _has_twice(ids: list[str]) -> bool:
    return len(set(ids)) < len(ids)


def _is(element: Element, *names: str) -> bool:
    # Comments have a function for a tag.
    return str(element.tag).removeprefix(_XHTML) in names


def _links(elements: list[Element]) -> Iterator[str]:
    for element in elements:
        for attribute in ("href", "src"):
            if _is(element, "a", "img", "link", "script", "source") and element.get(attribute):
                yield element.get(attribute, "")


def _nameless(elements: list[Element]) -> Iterator[Fault]:
    labelled = {element.get("for") for element in elements if _is(element, "label")}
    inside = {
        id(below) for element in elements if _is(element, "label") for below in element.iter()
    }
    for element in elements:
        is_control = _is(element, *_NAMED) or _is_seen_input(element)
        is_link = _is(element, "a") and element.get("href") is not None
        if _is(element, "img") and element.get("alt") is None:
            yield Fault(f"an image has no text: {element.get('src', '')}")
        elif is_control and not _named(element) and id(element) not in inside:
            if element.get("id") is None or element.get("id") not in labelled:
                yield Fault(f"a control has no name: {_shown(element)}")
        elif is_link and not _named(element):
            yield Fault(f"a link has no name: {_shown(element)}")


def _is_seen_input(element: Element) -> bool:
    kind = element.get("type", "text")
    return _is(element, "input") and kind not in (*_UNSEEN_INPUTS, *_NAMED_INPUTS)


def _named(element: Element) -> bool:
    """Whether a program that reads pages aloud has something to say."""
    if any(element.get(name, "").strip() for name in ("aria-label", "aria-labelledby", "title")):
        return True
    if _is(element, "select", "textarea", "input"):
        return (
            _is(element, "input")
            and element.get("type") == "button"
            and bool(element.get("value"))
        )
    return any(
        (below.text or "").strip() or (below is not element and (below.tail or "").strip())
        or below.get("alt", "").strip() or below.get("aria-label", "").strip()
        for below in element.iter()
    )  # fmt: skip


def _shown(element: Element) -> str:
    name = str(element.tag).removeprefix(_XHTML)
    parts = [f'{key}="{value}"' for key, value in sorted(element.attrib.items())]
    return f"<{' '.join((name, *parts))[:100]}>"
