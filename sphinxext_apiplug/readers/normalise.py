"""A schema as a plugin holds it, as a JSON Schema 2020-12 document.

Plugins write for the validator of their service: any draft, any Python object.
Nothing here raises or changes the plugin's own data; what couldn't be kept is a
finding.
"""

from __future__ import annotations

import marshal
import re
from typing import Any, Final

import msgspec

from sphinxext_apiplug.inventory.model import Schema
from sphinxext_apiplug.readers import keywords, tidy
from sphinxext_apiplug.readers.declare import declare_required
from sphinxext_apiplug.readers.faults import Finding, Log, join, quote
from sphinxext_apiplug.readers.plain import Loop, Unknown, plain
from sphinxext_apiplug.readers.references import Definitions, break_loops
from sphinxext_apiplug.readers.regexes import to_ecma
from sphinxext_apiplug.readers.special import SPECIAL, empty, note_unknown

__all__ = ["Finding", "Normalised", "Schemas", "normalise"]

_EXTENSION: Final = re.compile(r"x-\w")


# Parts of a schema beyond which it isn't looked for among those already done.
_LARGEST_KEY = 20_000


class Normalised(msgspec.Struct, frozen=True, kw_only=True):
    """A schema, and what was lost or changed on the way.

    :ivar schema: pure JSON; every reference in it is ``#/$defs/<name>``
    """

    schema: Schema
    findings: tuple[Finding, ...] = ()


def normalise(raw: object) -> Normalised:
    """Make a JSON Schema 2020-12 document of whatever a plugin calls a schema.

    :param raw: any object; it is never changed
    :return: always a valid schema: ``{}``, which allows anything, at worst
    """
    return Schemas().normalised(raw)


class Schemas:
    """Normalises many schemas, and those that are alike once.

    A service's schemas are copies of one another with a property more or less. What
    is given back shares its parts, so it isn't to be changed.
    """

    def __init__(self) -> None:
        self._whole: dict[bytes, Normalised] = {}
        # Properties by fingerprint: they may stand anywhere.
        self._parts: dict[bytes, Schema] = {}

    def normalised(self, raw: object) -> Normalised:
        """What :func:`normalise` makes of a schema."""
        key = _fingerprint(raw) if _is_small(raw) else None
        found = self._whole.get(key) if key is not None else None
        if found is None:
            found = self._made(raw)
            if key is not None:
                self._whole[key] = found
        return found

    def _made(self, raw: object) -> Normalised:
        log = Log()
        tree = plain(raw, log.adapted)
        try:
            document = _Normaliser(tree, log, self._parts)
            schema = document.schema_with_definitions()
            if document.opened:
                # What a definition was opened in may now say nothing, or say it twice.
                again = _Normaliser(schema, Log(), self._parts)
                schema = again.schema_with_definitions()
        except RecursionError:
            log.invalid("", "is nested too deep to be read; left out")
            schema = {}
        return Normalised(schema=schema, findings=log.findings)


def _fingerprint(raw: Any) -> bytes | None:
    """Equal for equal schemas that hold nothing but Python's own plain types."""
    try:
        # Of a version that knows no references: those depend on what is shared.
        return marshal.dumps(raw, 2)
    except ValueError:
        return None


def _is_small(raw: object) -> bool:
    """Whether a schema is of bearable size when written out, shared parts each time."""
    pending, left = [raw], _LARGEST_KEY
    while pending and left:
        left -= 1
        item: Any = pending.pop()
        # By the very type: a plugin's own classes may do anything when they are asked.
        if type(item) is dict:
            pending += item.values()
        elif type(item) in (list, tuple):
            pending += item
    return not pending


class _Normaliser:
    """Walks over the plain form of one schema, with all that it refers to."""

    def __init__(self, tree: Any, log: Log, parts: dict[bytes, Schema]) -> None:
        self._tree = tree
        self._parts = parts
        self.opened: list[str] = []
        self.log = log
        self.definitions = Definitions(tree)

    def schema_with_definitions(self) -> Schema:
        """The whole schema; ``opened`` then names the definitions that lost a reference."""
        schema = self.schema(self._tree, "")
        found: dict[str, Schema] = {}
        while (waiting := self.definitions.next()) is not None:
            found[waiting.name] = self.schema(waiting.tree, waiting.pointer)
        self.opened = break_loops(found)
        for name in self.opened:
            self.log.invalid("", f"definition {name!r} is defined by itself; left open")
        if found and isinstance(schema, dict):
            schema["$defs"] = {name: found[name] for name in sorted(found)}
        return schema

    def schema(self, raw: Any, at: str, *, part: bool = False) -> Schema:
        if isinstance(raw, bool):
            return raw
        if isinstance(raw, Loop):
            self.log.adapted(at, "stands inside itself; written as a reference")
            return {"$ref": self.definitions.reference(raw.pointer)}
        if isinstance(raw, Unknown):
            self.log.unknown(raw, at, f"is {raw}, which is no schema that can be read; left open")
            return {}
        if not isinstance(raw, dict):
            self.log.invalid(at, f"a schema must be an object, not {quote(raw)}; left open")
            return {}
        schema: dict[str, Any] = {}
        for keyword, value in raw.items():
            self._keyword(schema, keyword, value, join(at, keyword))
        tidy.tidy(schema, raw, at, self.log)
        if not part:
            declare_required(schema)
        return schema

    def _keyword(self, schema: dict[str, Any], keyword: str, value: Any, at: str) -> None:
        """Put what one keyword says into *schema*."""
        special = SPECIAL.get(keyword)
        if special is not None:
            special(self, schema, value, at)
        elif keyword in keywords.SIMPLE:
            self.simple(schema, keyword, value, at)
        elif keyword in keywords.ONE_SCHEMA:
            schema[keyword] = self.schema(value, at, part=keyword in keywords.PARTS)
        elif keyword in keywords.MANY_SCHEMAS:
            self.many(schema, keyword, value, at)
        elif keyword in keywords.NAMED_SCHEMAS:
            self.named(schema, keyword, value, at)
        elif _EXTENSION.match(keyword):
            schema[keyword] = self.value(value, at)
        elif keyword not in keywords.SILENT:
            close = keywords.similar_keyword(keyword)
            hint = f"; did you mean {close!r}?" if close else ""
            self.log.adapted(at, f"{quote(keyword)} is no keyword of JSON Schema; left out{hint}")

    def simple(self, schema: dict[str, Any], keyword: str, value: Any, at: str) -> None:
        kept = keywords.SIMPLE[keyword](value)
        if kept is not None:
            schema[keyword] = kept
        elif isinstance(value, Unknown):
            reason = f"{keyword} is {value}, whose value isn't known; left out"
            self.log.unknown(value, at, reason)
            note_unknown(schema, keyword, value)
        else:
            wanted = keywords.expected(keyword)
            self.log.invalid(at, f"{keyword} must be {wanted}, not {quote(value)}; left out")

    def many(self, schema: dict[str, Any], keyword: str, value: Any, at: str) -> None:
        if isinstance(value, list) and value:
            part = keyword in keywords.PARTS
            members = [
                self.schema(item, join(at, index), part=part) for index, item in enumerate(value)
            ]
            # An older draft's keyword may have put some there already.
            schema[keyword] = schema.get(keyword, []) + members
        else:
            self.log.invalid(
                at, f"{keyword} must be a list of schemas, not {empty(value)}; left out"
            )

    def named(self, schema: dict[str, Any], keyword: str, value: Any, at: str) -> None:
        if not isinstance(value, dict):
            self.log.invalid(
                at, f"{keyword} must be an object of schemas, not {quote(value)}; left out"
            )
            return
        named = schema.setdefault(keyword, {})
        for name, item in value.items():
            below = join(at, name)
            if keyword == "properties" and keywords.is_misplaced(name, item):
                self.log.invalid(below, f"{name!r} stands one level too deep; left out")
                continue
            key = self.pattern(name, below) if keyword == "patternProperties" else name
            if key is not None and keyword in keywords.PARTS:
                named[key] = self.schema(item, below, part=True)
            elif key is not None:
                named[key] = self._property(item, below)

    def _property(self, raw: Any, at: str) -> Schema:
        """A property: the one that was made before of the same, if it may stand here too."""
        key = _fingerprint(raw)
        if key is None or b"$ref" in key:
            return self.schema(raw, at)
        if key not in self._parts:
            noted = len(self.log)
            schema = self.schema(raw, at)
            if len(self.log) > noted:
                return schema
            self._parts[key] = schema
        return self._parts[key]

    def value(self, value: Any, at: str) -> Any:
        """A value that isn't a schema; what isn't known is named."""
        match value:
            case Unknown():
                reason = f"is {value}, whose value isn't known; its name is given"
                self.log.unknown(value, at, reason)
                return value.name
            case Loop():
                self.log.invalid(at, "stands inside itself; cut off here")
                return None
            case dict():
                return {key: self.value(item, join(at, key)) for key, item in value.items()}
            case list():
                return [self.value(item, join(at, index)) for index, item in enumerate(value)]
        return value

    def pattern(self, value: Any, at: str) -> str | None:
        text = value.regex if isinstance(value, Unknown) else value
        if not isinstance(text, str):
            self.log.invalid(at, f"a pattern must be text, not {quote(value)}; left out")
            return None
        result = to_ecma(text)
        if result.pattern is None:
            self.log.invalid(at, f"the pattern {result.loss}; left out")
        elif result.loss:
            self.log.adapted(at, f"the pattern has {result.loss}")
        return result.pattern

    def texts(self, value: Any, keyword: str, at: str) -> list[str]:
        """A list of distinct texts, without what is none."""
        if not isinstance(value, list):
            self.log.invalid(
                at, f"{keyword} must be a list of names, not {quote(value)}; left out"
            )
            return []
        for index, item in enumerate(value):
            if not isinstance(item, str):
                where = join(at, index)
                self.log.invalid(where, f"a name must be text, not {quote(item)}; left out")
        return list(dict.fromkeys(item for item in value if isinstance(item, str)))
