"""The files of pages that are split."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_apiplug.reference.parts import parts_of
from sphinxext_apiplug.reference.slugs import part_slugs
from sphinxext_apiplug.reference.stubs import is_generated

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinxext_apiplug.collect.settings import ApiSettings
    from sphinxext_apiplug.reference.domain import ApiplugDomain
    from sphinxext_apiplug.reference.parts import Part


def part_files(
    files: Mapping[tuple[str, str], Path],
    domain: ApiplugDomain,
    settings: Mapping[str, ApiSettings],
) -> dict[tuple[str, str], tuple[tuple[Part, Path], ...]]:
    """The parts of every extension that one page would be too small for, with their files.

    :param files: (API name, alias) -> file of the extension's page
    :return: nothing of extensions that fit, or whose page was written by hand
    """
    found: dict[tuple[str, str], tuple[tuple[Part, Path], ...]] = {}
    taken = {(file.parent, file.stem.casefold()) for file in files.values()}
    for (api, alias), file in files.items():
        operations = domain.apis[api].inventory.operations_of(alias)
        parts = parts_of(operations, settings[api].page_size * 1000)
        if not parts or _is_by_hand(file):
            continue
        others = {stem for folder, stem in taken if folder == file.parent}
        others |= {item.stem.casefold() for item in file.parent.glob("*.rst") if _is_by_hand(item)}
        names = part_slugs(file.stem, [part.name for part in parts], others)
        placed = tuple((part, file.with_name(f"{names[part.name]}.rst")) for part in parts)
        taken |= {(file.parent, name.casefold()) for name in names.values()}
        found[api, alias] = placed
    return found


def _is_by_hand(file: Path) -> bool:
    return file.exists() and not is_generated(file)
