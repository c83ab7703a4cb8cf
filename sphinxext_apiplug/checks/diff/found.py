"""What a comparer finds, before it is known at which versions."""

from __future__ import annotations

from typing import Any

import msgspec

from sphinxext_apiplug.checks.diff.change import Part


class Found(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A change at some version; its fields are those of a change and its place."""

    kind: str
    part: Part
    status: int | None = None
    name: str = ""
    pointer: str = ""
    before: Any | msgspec.UnsetType = msgspec.UNSET
    after: Any | msgspec.UnsetType = msgspec.UNSET


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something stands that is compared; see :class:`.change.Where`."""

    part: Part
    status: int | None = None
    name: str = ""
    pointer: str = ""

    def below(self, name: str, key: str) -> Place:
        """The place of a field.

        :param key: the field's part of the pointer, not yet escaped
        """
        escaped = key.replace("~", "~0").replace("/", "~1")
        joined = f"{self.name}.{name}" if self.name else name
        return msgspec.structs.replace(self, name=joined, pointer=f"{self.pointer}/{escaped}")

    def items(self, index: int | None = None) -> Place:
        """The place of an array's items, or of the one at *index*."""
        mark = "[]" if index is None else f"[{index}]"
        key = "[]" if index is None else str(index)
        return msgspec.structs.replace(
            self, name=f"{self.name}{mark}", pointer=f"{self.pointer}/{key}"
        )

    def found(
        self,
        kind: str,
        before: Any | msgspec.UnsetType = msgspec.UNSET,
        after: Any | msgspec.UnsetType = msgspec.UNSET,
    ) -> Found:
        """A change at this place."""
        return Found(
            kind=kind,
            part=self.part,
            status=self.status,
            name=self.name,
            pointer=self.pointer,
            before=before,
            after=after,
        )


def texts(place: Place, old: str, new: str, kind: str = "description") -> list[Found]:
    """What happened to a text: it came, it went, or it is another."""
    if " ".join(old.split()) == " ".join(new.split()):
        return []
    if not new.strip():
        return [place.found(f"{kind}-removed", before=old)]
    if not old.strip():
        return [place.found(f"{kind}-added", after=new)]
    return [place.found(f"{kind}-changed", before=old, after=new)]


def describes(found: Found, place: Place) -> bool:
    """Whether it is the description of what stands at *place* that changed."""
    return found.kind.startswith("description-") and found.pointer == place.pointer
