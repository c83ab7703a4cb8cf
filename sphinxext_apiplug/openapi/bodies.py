"""Request bodies and responses."""

from __future__ import annotations

from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec import structs

from sphinxext_apiplug.inventory.shapes import is_nothing
from sphinxext_apiplug.inventory.versions import hull
from sphinxext_apiplug.openapi import names
from sphinxext_apiplug.openapi.actions import action_schema, action_texts, is_body_of
from sphinxext_apiplug.openapi.headers import response_headers
from sphinxext_apiplug.openapi.markdown import escape
from sphinxext_apiplug.openapi.variants import VENDOR, Variant, choice, suffix, variants

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sphinxext_apiplug.inventory.model import Operation, Payload, Response, Schema
    from sphinxext_apiplug.openapi.components import SchemaComponents
    from sphinxext_apiplug.openapi.paths import Group
    from sphinxext_apiplug.openapi.versions import View

_JSON: Final = "application/json"
# Read from no code, so they say no more than what is certain.
_UNKNOWN_SUCCESS: Final = "The request succeeded; which status code says so isn't known."
_UNKNOWN_ERROR: Final = "The request can't be served; which status code says so isn't known."
_OTHER: Final = "Any other answer."
_FIRST_ERROR: Final = 400
_FAULT: Final = "Fault"
_WITHOUT_BODIES: Final = "head"


class Writer(msgspec.Struct, frozen=True, kw_only=True):
    """Writes the bodies of one document.

    :ivar components: gets the schemas
    :ivar fault: the schema of errors that have none of their own
    """

    view: View
    components: SchemaComponents
    fault: Schema | None = None

    def request(self, group: Group) -> dict[str, Any] | None:
        """The request body of a group; ``None`` if none of its members reads one."""
        written: list[dict[str, Any]] = []
        examples: dict[str, Any] = {}
        always = True
        for member in group.members:
            found = self._request_variants(member)
            written += self._request_schemas(member, found)
            always = always and self._is_always_there(found, member)
            if len(found) == 1:
                examples.update(_example(member, found[0], self.view))
        if not written:
            return None
        media: dict[str, Any] = {"schema": choice(written, self._discriminator(group))}
        if len(examples) == 1:
            media["example"] = next(iter(examples.values()))
        elif examples:
            media["examples"] = {name: {"value": value} for name, value in examples.items()}
        return {"required": always, "content": {_JSON: media}}

    def _request_variants(self, member: Operation) -> list[Variant]:
        work = self.components.work
        found = variants(member.request, member.versions, self.view, work)
        if member.action is None:
            return found
        found = found or [Variant(schemas=(True,), versions=member.versions)]
        make = partial(action_schema, work, member.action)
        return [
            structs.replace(variant, schemas=tuple(map(make, variant.schemas)))
            for variant in found
        ]

    def _is_always_there(self, found: Sequence[Variant], member: Operation) -> bool:
        served = member.versions.intersect(self.view.limits)
        if not self.view.all_versions or served is None:
            return bool(found)
        return bool(found) and hull(variant.versions for variant in found).covers(served)

    def _request_schemas(
        self, member: Operation, found: Sequence[Variant]
    ) -> list[dict[str, Any]]:
        stem = f"{names.stem(member)}Request"
        written = []
        for variant in found:
            hints = self._hints(stem, variant, found)
            placed = self._place(variant, hints, member, self._extra(variant, member))
            if len(found) > 1:
                # Versions overlap, so an example of the whole could match several.
                samples = _example(member, variant, self.view).values()
                self.components.illustrate(placed, list(samples))
            written.append(placed)
        return written

    def responses(self, group: Group) -> dict[str, Any]:
        """The responses of a group, sorted; a success and an error at the least."""
        by_status: dict[int, list[tuple[Operation, Response]]] = {}
        for member in group.members:
            for response in member.responses:
                if self.view.shows(response.versions):
                    by_status.setdefault(response.status, []).append((member, response))
        written = {str(code): self._response(by_status[code], group) for code in sorted(by_status)}
        if not any(400 <= code < 500 for code in by_status):
            unknown = {"description": _UNKNOWN_ERROR}
            written["4XX"] = {**unknown, **self._fault(400, group)}
        if any(200 <= code < 300 for code in by_status):
            return written
        if any(300 <= code < 400 for code in by_status):
            return {**written, "default": {"description": _OTHER}}
        return {"2XX": {"description": _UNKNOWN_SUCCESS}, **written}

    def _response(
        self, same: Sequence[tuple[Operation, Response]], group: Group
    ) -> dict[str, Any]:
        status = same[0][1].status
        text = action_texts(same) if group.is_merged else _texts(same)
        written: dict[str, Any] = {
            "description": escape(text) or phrase(status) or f"Status {status}."
        }
        headers = response_headers(same, self.view)
        if headers:
            written["headers"] = headers
        schemas: list[dict[str, Any]] = []
        for member, payloads in _payloads(same):
            found = variants(payloads, member.versions, self.view, self.components.work)
            for variant in found:
                if any(map(is_nothing, variant.schemas)):
                    continue
                hints = self._hints(f"{names.stem(member)}Response", variant, found)
                hints += [f"{hint}{status}" for hint in hints]
                extra = self._extra(variant, member)
                schemas.append(self._place(variant, hints, member, extra))
        if schemas:
            content = {"schema": self._any_of(schemas, group)}
            if answers := self._answers(same):
                content["examples"] = answers
            written["content"] = {_JSON: content}
        else:
            written |= self._fault(status, group)
        marks = self.view.marks(hull(item.versions for _, item in same))
        return {**written, VENDOR: marks} if marks else written

    def _answers(self, same: Sequence[tuple[Operation, Response]]) -> dict[str, Any]:
        """Name -> a body that people wrote down, the newest of each operation."""
        found = {}
        for member, response in same:
            shown = [item for item in response.examples if self.view.shows(item.versions)]
            if shown:
                newest = max(shown, key=lambda item: item.versions.sort_key)
                found[names.camel(member.action or member.id)] = {"value": newest.body}
        return found

    def _fault(self, status: int, group: Group) -> dict[str, Any]:
        """The content of an error that declares no body of its own; nothing if unknown."""
        if self.fault is None or status < _FIRST_ERROR or group.method == _WITHOUT_BODIES:
            return {}
        for member in group.members:
            placed = self.components.place(self.fault, [_FAULT], member.id)
        return {"content": {_JSON: {"schema": placed}}}

    def _any_of(self, schemas: Sequence[dict[str, Any]], group: Group) -> dict[str, Any]:
        # Answers to several actions: nothing says that they exclude each other.
        keyword = "anyOf" if group.is_merged else "oneOf"
        return choice(schemas, self._discriminator(group), keyword)

    def _place(
        self, variant: Variant, hints: Sequence[str], member: Operation, extra: Mapping[str, Any]
    ) -> dict[str, Any]:
        placed = [
            self.components.place(schema, hints, member.id, extra) for schema in variant.schemas
        ]
        return placed[0] if len(placed) == 1 else {"allOf": placed}

    def _hints(self, stem: str, variant: Variant, found: Sequence[Variant]) -> list[str]:
        return [stem] if len(found) == 1 else [f"{stem}{suffix(variant, self.view)}"]

    def _extra(self, variant: Variant, member: Operation) -> dict[str, Any]:
        extra: dict[str, Any] = {}
        if self.view.all_versions:
            marks = self.view.marks(variant.versions)
            if member.action is not None:
                marks["action-name"] = member.action
            if marks:
                extra[VENDOR] = marks
        return extra

    def _discriminator(self, group: Group) -> str | None:
        if not self.view.all_versions:
            return None
        return "action" if group.is_merged else "microversion"


def _texts(same: Sequence[tuple[Operation, Response]]) -> str:
    return "\n\n".join(dict.fromkeys(item.description for _, item in same if item.description))


def phrase(status: int) -> str:
    """The reason phrase of a status code; empty if it has none."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _payloads(
    same: Sequence[tuple[Operation, Response]],
) -> list[tuple[Operation, list[Payload]]]:
    """The payloads of one status code, operation by operation."""
    found: dict[str, tuple[Operation, list[Payload]]] = {}
    for member, response in same:
        _, payloads = found.setdefault(member.id, (member, []))
        for payload in response.payloads:
            versions = payload.versions.intersect(response.versions)
            if versions is not None:
                payloads.append(structs.replace(payload, versions=versions))
    return list(found.values())


def _example(member: Operation, variant: Variant, view: View) -> Mapping[str, Any]:
    """The newest example with a body that is valid for a variant: name -> body."""
    for example in sorted(member.examples, key=lambda item: item.versions.sort_key, reverse=True):
        held = example.versions.intersect(variant.versions)
        shown = held is not None and view.shows(held)
        if shown and is_body_of(member.action, example.body):
            return {names.camel(member.action or member.id): example.body}
    return {}
