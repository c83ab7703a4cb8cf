"""The domain ``apiplug``: operations, extensions and microversions as objects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.domains import Domain, ObjType
from sphinx.locale import _
from sphinx.roles import XRefRole
from sphinx.util.nodes import make_refnode

from sphinxext_apiplug.reference.index import OperationIndex
from sphinxext_apiplug.reference.objects import OBJECT_TYPES, ObjectEntry, same_call
from sphinxext_apiplug.reference.published import document_reference
from sphinxext_apiplug.reference.report import report
from sphinxext_apiplug.reference.slices import digest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from docutils.nodes import Element
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

    from sphinxext_apiplug.collect.api import Collected
    from sphinxext_apiplug.inventory.problems import Problem
    from sphinxext_apiplug.project.reading import Read
    from sphinxext_apiplug.reference.parts import Placed
    from sphinxext_apiplug.reference.slices import SliceKey

    # One name may be described at several places; the first one counts.
    Objects = dict[tuple[str, str], list[ObjectEntry]]


class ApiplugDomain(Domain):
    """Operations, extensions and microversions of the APIs in ``apiplug_apis``.

    An object's full name is ``api:operation-id``, ``api:alias`` or ``api:X.Y``; that of
    what a whole API answers when it refuses is ``api:errors``.

    :ivar apis: what was read of each API; made anew in every build, never
        pickled
    :ivar histories: what was read of each project; also made anew
    :ivar told: problems of projects that were told in this build already
    :ivar confdir: the folder that conf.py is in
    :ivar left_out: declared APIs whose settings are wrong
    :ivar pages: (API name, alias) -> docname of the extension's page
    :ivar parts: (API name, alias) -> the parts of an extension whose page is split
    :ivar digests: those of slices that were asked for in this build
    :ivar builder: what makes something of the documents in this build
    :ivar thresholds: the garbage collector's, as they were before it
    """

    name = "apiplug"
    label = "API"
    object_types: ClassVar[dict[str, ObjType]] = {
        "operation": ObjType(_("operation"), "op"),
        "extension": ObjType(_("extension"), "ext"),
        "microversion": ObjType(_("microversion"), "version"),
        "errors": ObjType(_("errors"), "errors"),
    }
    roles: ClassVar[dict[str, Any]] = {
        "op": XRefRole(innernodeclass=nodes.inline, warn_dangling=True),
        "ext": XRefRole(innernodeclass=nodes.inline, warn_dangling=True),
        "version": XRefRole(innernodeclass=nodes.inline, warn_dangling=True),
        "errors": XRefRole(innernodeclass=nodes.inline, warn_dangling=True),
    }
    indices: ClassVar[list[type[OperationIndex]]] = [OperationIndex]  # type: ignore[assignment]
    initial_data: ClassVar[dict[str, Any]] = {
        "objects": {},
        "described": {},
        "slices": {},
        "stubs": (),
    }
    data_version = 2

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.apis: dict[str, Collected] = {}
        self.histories: dict[str, Read] = {}
        self.confdir = Path(env.srcdir)
        self.told: set[Problem] = set()
        self.left_out: frozenset[str] = frozenset()
        self.pages: dict[tuple[str, str], str] = {}
        self.parts: dict[tuple[str, str], tuple[Placed, ...]] = {}
        self.digests: dict[SliceKey, str] = {}
        self.builder: Builder | None = None
        self.thresholds: tuple[int, int, int] | None = None

    @property
    def objects(self) -> Objects:
        """(role, full name) -> every place that describes it, the first one first."""
        return cast("Objects", self.data["objects"])

    @property
    def slices(self) -> Mapping[str, Mapping[SliceKey, str]]:
        """Docname -> the parts of inventories that it was made from -> their digests."""
        return cast("Mapping[str, Mapping[SliceKey, str]]", self.data["slices"])

    @property
    def stubs(self) -> tuple[str, ...]:
        """The generated source files of the last build, relative to the source folder."""
        return cast("tuple[str, ...]", self.data["stubs"])

    def note_object(self, role: str, name: str, entry: ObjectEntry) -> None:
        """Make an object known; warn if it is described already.

        :param role: ``op``, ``ext``, ``version`` or ``errors``
        :param name: the full name
        """
        entries = self.objects.setdefault((role, name), [])
        entries.append(entry)
        entries.sort()
        self._note_described(entry.docname, (role, name))
        if len(entries) > 1:
            _warn_duplicate(role, name, entries)

    def digest(self, key: SliceKey) -> str:
        """What a part of an inventory is known by; empty if there is no such thing."""
        if key not in self.digests:
            collected = self.apis.get(key.api)
            inventory = collected.inventory if collected is not None else None
            self.digests[key] = digest(inventory, key)
        return self.digests[key]

    def note_slice(self, docname: str, key: SliceKey, digest: str | None = None) -> None:
        """Remember that a document was made from a part of an inventory.

        :param digest: if another process found it
        """
        made_from = self.digest(key) if digest is None else digest
        self.data["slices"].setdefault(docname, {})[key] = made_from

    def note_stubs(self, files: Iterable[str]) -> None:
        """Remember which source files are generated."""
        self.data["stubs"] = tuple(sorted(files))

    def _note_described(self, docname: str, key: tuple[str, str]) -> None:
        # Without it, forgetting one document would mean to go through all objects.
        self.data["described"].setdefault(docname, {})[key] = None

    def clear_doc(self, docname: str) -> None:
        """Forget what a document said."""
        self.data["slices"].pop(docname, None)
        for key in self.data["described"].pop(docname, ()):
            kept = [entry for entry in self.objects[key] if entry.docname != docname]
            if kept:
                self.objects[key] = kept
            else:
                del self.objects[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read in *docnames*."""
        objects: Objects = otherdata["objects"]
        for (role, name), entries in objects.items():
            theirs = [entry for entry in entries if entry.docname in docnames]
            ours = self.objects.get((role, name), [])
            if theirs:
                self.objects[role, name] = sorted([*ours, *theirs])
            for entry in theirs:
                self._note_described(entry.docname, (role, name))
            # Duplicates that the other process could see it spoke of itself.
            unseen = [entry for entry in ours if entry not in entries]
            if theirs and unseen:
                _warn_duplicate(role, name, sorted([unseen[0], theirs[0]]))
        for docname, slices in otherdata["slices"].items():
            if docname in docnames:
                for key, digest in slices.items():
                    self.note_slice(docname, key, digest)

    def find(self, role: str, target: str) -> list[tuple[str, ObjectEntry]]:
        """Every object that a role's target can mean, in the order of their names.

        :param target: a full name, or else an id or alias of any API, or else
            a call such as ``POST /v1/segments``
        """
        exact = self.objects.get((role, target))
        if exact:
            return [(target, exact[0])]
        named = sorted(
            (name, entries[0]) for (kind, name), entries in self.objects.items() if kind == role
        )
        by_id = [item for item in named if item[0].partition(":")[2] == target]
        if by_id or " " not in target:
            return by_id
        return [item for item in named if same_call(item[1].call, target)]

    def resolve_xref(  # noqa: PLR0917 - Sphinx's interface
        self,
        env: BuildEnvironment,  # noqa: ARG002 - as above
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """The link that a role stands for; ``None`` unless exactly one object is meant.

        The reference type ``document`` is a published file, not an object.
        """
        if typ == "document":
            return document_reference(target, contnode, fromdocname, builder)
        found = self.find(typ, target)
        if len(found) != 1:
            return None
        entry = found[0][1]
        if not node["refexplicit"]:
            contnode = nodes.inline("", entry.title, classes=contnode["classes"])
        tip = entry.call or None
        return make_refnode(builder, fromdocname, entry.docname, entry.node_id, contnode, tip)

    def resolve_any_xref(  # noqa: PLR0917 - Sphinx's interface
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """The links that ``:any:`` may stand for."""
        links = [
            (
                f"apiplug:{role}",
                self.resolve_xref(env, fromdocname, builder, role, target, node, contnode),
            )
            for role in OBJECT_TYPES
        ]
        return [(role, link) for role, link in links if link is not None]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every object for ``objects.inv`` and the search."""
        for (role, name), entries in sorted(self.objects.items()):
            first = entries[0]
            shown = first.call or first.title
            kind = OBJECT_TYPES[role]
            yield (_line(name), _line(shown), kind, first.docname, first.node_id, 1)


def get_domain(env: BuildEnvironment) -> ApiplugDomain:
    """The domain of a build."""
    return cast("ApiplugDomain", env.get_domain(ApiplugDomain.name))


def setup_domain(app: Sphinx) -> None:
    """Register the domain, and what is said of references that lead nowhere."""
    app.add_domain(ApiplugDomain)
    app.connect("warn-missing-reference", _warn_missing)


def _warn_missing(app: Sphinx, domain: Domain | None, node: pending_xref) -> bool | None:
    """Say what is wrong with a reference of ours; ``True``: nobody else need say it."""
    if not isinstance(domain, ApiplugDomain):
        return None
    target = node["reftarget"]
    api, colon, _rest = target.partition(":")
    # What the renderers link to may lie outside this site, and a wrong setting
    # was reported already.
    if not node.get("refwarn") or (api in domain.left_out if colon else domain.left_out):
        return True
    found = [name for name, _entry in domain.find(node["reftype"], target)]
    kind = OBJECT_TYPES[node["reftype"]]
    if found:
        message = f"{kind} {target!r} could be any of: {', '.join(found)}"
        report("unknown-object", message, node)
    elif colon and " " not in api and api not in app.config.apiplug_apis:
        report("unknown-api", f"no API is called {api!r}; see {kind} {target!r}", node)
    else:
        report("unknown-object", f"no {kind} {target!r} is described here", node)
    return True


def _warn_duplicate(role: str, name: str, entries: list[ObjectEntry]) -> None:
    first, last = entries[0], entries[-1]
    message = (
        f"{OBJECT_TYPES[role]} {name!r} is described in {first.docname!r} too; "
        "give one of them the option :no-index:"
    )
    report("duplicate-object", message, (last.docname, last.line or None))


def _line(text: str) -> str:
    # objects.inv has a line for each object, and ends one at any line break.
    return " ".join(text.split())
