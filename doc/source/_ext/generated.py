"""The parts of the manual that are made from the code, so that they can't grow old."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar, Final

import msgspec
from docutils import nodes
from msgspec import inspect
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective
from sphinx.util.typing import ExtensionMetadata

from sphinxext_apiplug.collect.settings import FIELDS, ApiSettings
from sphinxext_apiplug.inventory.problems import PROBLEM_KINDS, SEVERITIES, ProblemKind

_PLAIN: Final = {
    inspect.AnyType: "anything",
    inspect.BoolType: "bool",
    inspect.FloatType: "number",
    inspect.IntType: "int",
    inspect.NoneType: "None",
    inspect.StrType: "str",
}


class Settings(SphinxDirective):
    """``.. settings::``: every setting of one API."""

    def run(self) -> list[nodes.Node]:
        """A ``confval`` for each setting."""
        declared = inspect.type_info(ApiSettings).fields
        types = {field.name: type_text(field.type) for field in declared}
        text = "\n".join(line for field in FIELDS for line in _setting(field, types[field.name]))
        return self.parse_text_to_nodes(text)


class ProblemKinds(SphinxDirective):
    """``.. problem-kinds::``: every kind of problem, the gravest first."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """A section for each kind, so that each can be linked to."""
        kinds = sorted(
            PROBLEM_KINDS.values(), key=lambda kind: (SEVERITIES.index(kind.severity), kind.name)
        )
        text = "\n".join(line for kind in kinds for line in _kind(kind))
        return self.parse_text_to_nodes(text, allow_section_headings=True)


def type_text(info: inspect.Type) -> str:
    """The type of a setting, for people."""
    match info:
        case inspect.Metadata(type=inner):
            return type_text(inner)
        case inspect.UnionType(types=inners):
            return " or ".join(type_text(inner) for inner in inners)
        case inspect.VarTupleType(item_type=inner):
            return f"list of {type_text(inner)}"
        case inspect.DictType(key_type=key, value_type=value):
            return f"dict of {type_text(key)} to {type_text(value)}"
        case inspect.StructType(fields=fields):
            return f"dict with {', '.join(field.name for field in fields)}"
    return _PLAIN[type(info)]


def _setting(field: msgspec.structs.FieldInfo, type_: str) -> Iterable[str]:
    meta = [item for item in field.type.__metadata__ if isinstance(item, msgspec.Meta)]
    description = " ".join(item.description for item in meta if item.description)
    yield f".. confval:: {field.name}"
    yield f"   :type: {type_}"
    # What these stand for, the description says.
    if field.default not in ("", None, (), msgspec.NODEFAULT):
        yield f"   :default: {_default(field.default)}"
    yield ""
    yield f"   {_literals(description)}"
    yield ""


def _default(value: object) -> str:
    if isinstance(value, msgspec.Struct):
        return f"``{msgspec.structs.asdict(value)}``"
    return f"``{list(value) if isinstance(value, tuple) else value!r}``"


def _kind(kind: ProblemKind) -> Iterable[str]:
    yield f".. _problem-{kind.name}:"
    yield ""
    yield kind.name
    yield "-" * len(kind.name)
    yield ""
    yield f"*{kind.severity.capitalize()}.* {_literals(kind.meaning)}"
    yield ""
    yield f"**What to do:** {_literals(kind.remedy)}"
    yield ""


def _literals(text: str) -> str:
    """Help texts mark literals with single backquotes; reStructuredText wants two."""
    return text.replace("`", "``")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    app.add_directive("settings", Settings)
    app.add_directive("problem-kinds", ProblemKinds)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
