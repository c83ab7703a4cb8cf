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

from sphinxext_apiplug.checks.diff.kind import Kind
from sphinxext_apiplug.checks.diff.kinds import CHANGE_KINDS
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.problems import PROBLEM_KINDS, SEVERITIES, ProblemKind
from sphinxext_apiplug.project.declared import ProjectSettings

_PLAIN: Final = {
    inspect.AnyType: "anything",
    inspect.BoolType: "bool",
    inspect.FloatType: "number",
    inspect.IntType: "int",
    inspect.NoneType: "None",
    inspect.StrType: "str",
}


class Settings(SphinxDirective):
    """``.. settings::``: every setting of one API, or ``.. settings:: projects``: of a project."""

    optional_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A ``confval`` for each setting."""
        struct = ProjectSettings if self.arguments == ["projects"] else ApiSettings
        declared = inspect.type_info(struct).fields
        types = {field.name: type_text(field.type) for field in declared}
        fields = msgspec.structs.fields(struct)
        text = "\n".join(line for field in fields for line in _setting(field, types[field.name]))
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


class ChangeKinds(SphinxDirective):
    """``.. change-kinds::``: every kind of change, with its class in both directions."""

    option_spec: ClassVar[dict[str, Any]] = {}

    def run(self) -> list[nodes.Node]:
        """A table of the classes, and a section for each kind to link to."""
        kinds = CHANGE_KINDS.values()
        text = "\n".join([*_classes(kinds), *(line for kind in kinds for line in _change(kind))])
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


def _classes(kinds: Iterable[Kind]) -> Iterable[str]:
    yield from ("Classes", "=======", "")
    yield from (".. list-table::", "   :header-rows: 1", "   :widths: 50 25 25", "")
    for row in (
        ("kind", "in requests", "in responses"),
        *((f":ref:`change-{kind.name}`", kind.request, kind.response) for kind in kinds),
    ):
        yield f"   * - {row[0]}"
        yield from (f"     - {cell}" for cell in row[1:])
    yield ""
    yield from ("Meanings", "========", "")


def _change(kind: Kind) -> Iterable[str]:
    yield f".. _change-{kind.name}:"
    yield ""
    yield kind.name
    yield "-" * len(kind.name)
    yield ""
    is_same = kind.request == kind.response
    both = "" if is_same else f" in requests, {kind.response} in responses"
    yield f"*{kind.request.capitalize()}{both}.* {kind.meaning}"
    yield ""
    if kind.counterpart != kind.name:
        yield f"**The other way round:** :ref:`change-{kind.counterpart}`"
        yield ""


def _literals(text: str) -> str:
    """Help texts mark literals with single backquotes; reStructuredText wants two."""
    return text.replace("`", "``")


def setup(app: Sphinx) -> ExtensionMetadata:
    """Add the directives."""
    app.add_directive("settings", Settings)
    app.add_directive("problem-kinds", ProblemKinds)
    app.add_directive("change-kinds", ChangeKinds)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
