"""Authors: robots apart, duplicates folded, in the order that people look names up in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from email.utils import parseaddr
from typing import Final, NamedTuple

from sphinxext_apiplug.project.model import Author

# Letters that Unicode doesn't take apart.
_LETTERS: Final = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ħ": "h", "\u0131": "i",
    "æ": "ae", "œ": "oe", "þ": "th",
})  # fmt: skip
# Many people's machines give these addresses, or none at all.
_NOBODYS: Final = re.compile(r"(?i)^(?:|none|root|nobody|no-?reply|ubuntu|vagrant|stack)$")
_LINE: Final = re.compile(r"^(?P<name>[^<>]*?)\s*<(?P<address>[^<>]*)>\s*$")


class Contact(NamedTuple):
    """A name and an e-mail address, as a commit or a line of AUTHORS has them."""

    name: str
    address: str


def parse_contact(text: str) -> Contact:
    """Read ``Name <address>``; the address may be missing, and so may the name."""
    text = " ".join(text.split())
    if match := _LINE.match(text):
        return Contact(match["name"].strip("\"' "), match["address"].strip())
    if "@" in text and " " not in text:
        return Contact("", text)
    return Contact(text, "")


def parse_contacts(field: str) -> list[Contact]:
    """Read what a field of a distribution's metadata says of its authors."""
    return [
        Contact(*parseaddr(item)) if "@" in item else Contact(item.strip(), "")
        for item in field.split(",")
        if item.strip()
    ]


def fold(contacts: Iterable[Contact], robots: Sequence[str]) -> tuple[Author, ...]:
    """The authors behind the names and addresses, each once, sorted.

    Those with the same address are the same, unless it is one that many have; so are
    those who then have the same name.

    :param robots: regular expressions, matched with ``Name <address>`` in any case
    """
    patterns = [re.compile(pattern, re.IGNORECASE) for pattern in robots]
    groups: dict[str, list[Contact]] = {}
    for contact in dict.fromkeys(contacts):
        groups.setdefault(_identity(contact), []).append(contact)
    named: dict[str, list[Contact]] = {}
    for group in groups.values():
        named.setdefault(_folded(_best_name(group)), []).extend(group)
    authors = [_author(group, patterns) for key, group in named.items() if key]
    return tuple(sorted(authors, key=lambda author: collation_key(author.name)))


def collation_key(name: str) -> tuple[str, str]:
    """Sorts without regard to case and accents, whatever the locale is."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(_LETTERS)
    letters = "".join(sign for sign in plain if sign.isalnum() or sign.isspace())
    return " ".join(letters.split()), name


def _identity(contact: Contact) -> str:
    local, _, domain = contact.address.casefold().partition("@")
    if _NOBODYS.match(local) or "." not in domain:
        return f"name {_folded(contact.name)}"
    return f"{local}@{domain}"


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _best_name(group: Iterable[Contact]) -> str:
    """The fullest name; where there is none, what stands before the address's @."""
    names = {contact.name for contact in group if contact.name and "@" not in contact.name}
    if not names:
        others = {contact.address or contact.name for contact in group}
        names = {other.partition("@")[0] for other in others}
    return min(names, key=lambda name: (-len(name.split()), name.islower(), -len(name), name))


def _author(group: Sequence[Contact], robots: Iterable[re.Pattern[str]]) -> Author:
    addresses = sorted({contact.address for contact in group if "@" in contact.address})
    texts = [f"{contact.name} <{contact.address}>" for contact in group]
    return Author(
        name=_best_name(group),
        addresses=tuple(addresses),
        robot=any(pattern.search(text) for pattern in robots for text in texts),
    )
