"""An extension as it describes itself: alias, name, description, version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sphinxext_apiplug.inventory.model import Extension
from sphinxext_apiplug.readers import docstrings, texts
from sphinxext_apiplug.readers.base import Context, Plugin


def describe_extension(plugin: Plugin, extension: Any, context: Context) -> Extension:
    """Ask an extension for what it says of itself.

    :param extension: the extension's object
    :return: with the entry point's name as alias, and a problem, if it has none
    """
    alias = alias_of(extension)
    if not alias:
        context.report("alias-missing", plugin, f"it has no alias; {plugin.name!r} is used")
        alias = plugin.name
    cls = type(extension)
    return Extension(
        alias=alias,
        name=_text(extension, "name", "get_name") or alias,
        description=docstrings.first_paragraphs(vars(cls).get("__doc__"))
        or texts.clean(_raw_text(extension, "description", "get_description")).strip(),
        version=_text(extension, "version", "get_version"),
        updated=_text(extension, "updated", "get_updated") or None,
        entry_point=plugin.entry_point,
        distribution=plugin.distribution,
        distribution_version=plugin.distribution_version,
        source=context.places.of_class(cls),
    )


def alias_of(extension: Any) -> str:
    """An extension's alias; empty if it has none."""
    return _text(extension, "alias", "get_alias")


def check_names(
    plugin: Plugin, extension: Any, others: Mapping[str, str], context: Context
) -> None:
    """Report names that aren't fit to be names, once for the extension.

    :param others: what else is a name: what it is -> the name
    """
    names = {
        "alias": _raw_text(extension, "alias", "get_alias"),
        "name": _raw_text(extension, "name", "get_name"),
        **others,
    }
    faults = {what: texts.faults_of_name(text) for what, text in names.items()}
    found = [f"its {what} holds {' and '.join(items)}" for what, items in faults.items() if items]
    if found:
        context.report("text-unsafe", plugin, "; ".join(found))


def _text(extension: Any, attribute: str, getter: str) -> str:
    return texts.clean_name(_raw_text(extension, attribute, getter))


def _raw_text(extension: Any, attribute: str, getter: str) -> str:
    value = getattr(extension, attribute, None)
    if value is None and callable(getattr(extension, getter, None)):
        value = getattr(extension, getter)()
    return "" if value is None else str(value)
