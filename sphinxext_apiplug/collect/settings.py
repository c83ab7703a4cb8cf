"""The settings of all APIs, validated together.

``conf.py``, the command line and the manual's page of settings all come from
:class:`ApiSettings`.
"""

from __future__ import annotations

import difflib
import math
import re
import string
from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, cast

import msgspec

from sphinxext_apiplug.collect.checking import Checks
from sphinxext_apiplug.collect.declared import FIELDS, ApiSettings, ServiceError
from sphinxext_apiplug.collect.given import parse_call
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.model import Contact, License, Security, Server
from sphinxext_apiplug.readers.hook import Hook

__all__ = [
    "FIELDS",
    "ApiSettings",
    "SettingFault",
    "SettingsError",
    "check_apis",
    "parse_apis",
]


class SettingsError(ApiplugError):
    """One or more settings are wrong.

    :ivar problems: one sentence for each, all of them at once
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


_NAMES: Final = tuple(field.name for field in FIELDS)
# Where an API comes from: one of these is given, or the two together.
_ORIGINS: Final = ("namespace", "routes", "contrib", "inventory")
# It may stand beside some of them, or alone for a service that has no extension at all.
_ROUTER: Final = "router"
_TOGETHER: Final = ("namespace", "contrib")
# A name becomes a folder and a part of a reference.
_NAME: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}", re.ASCII)


#: Settings that hold mappings, and what those may hold.
_NESTED: Final[Mapping[object, type[msgspec.Struct]]] = {
    "checks": Checks,
    "errors": ServiceError,
    "hooks": Hook,
    "servers": Server,
    "contact": Contact,
    "license": License,
    "security": Security,
}
#: What a setting with a pattern must look like.
_MEANT: Final = {
    "base_path": "must begin with '/' and not end with one, as in '/v1'; no variables",
    "service_type": "must be letters, digits, '-' and '_', as in 'instance-ha'",
    "microversion_header": "must be a header's name: letters, digits and '-'",
    "routes": "must name a module and a list in it, as in 'package.module:ROUTE_LIST'",
    "router": "must name a module and a class in it, as in 'package.module:Router'",
    "prepare": "must name modules and functions in them, as in 'package.module:function'",
    "fault_schema": "must name a module and a schema in it, as in 'package.module:FAULT_SCHEMA'",
    "contrib": "must name a package, as in 'service.api.contrib'",
    "commands": "must be a namespace, as in 'openstack.ha.v1', or functions of a module, as in "
    "'package.module:do_*'",
    "pages": "must be a folder relative to conf.py, as in 'extensions'",
}
_PYTHON_WORDS: Final = {"array": "list", "object": "dict", "null": "None"}
_LINK_PARTS: Final = ("version", "file", "line")


class SettingFault(NamedTuple):
    """What is wrong with one setting.

    :ivar api: the key in ``apiplug_apis``; ``None`` if the whole is no dict
    :ivar key: the setting's name; ``None`` if the API's whole entry is at fault
    :ivar sentence: says which setting and what is wrong with it
    """

    api: object
    key: object
    sentence: str


def check_apis(value: object) -> tuple[dict[str, ApiSettings], tuple[SettingFault, ...]]:
    """Check the whole of ``apiplug_apis``; an API with a fault is left out.

    :param value: API name -> mapping of settings
    :returns: the APIs without a fault, and all the faults
    """
    if not isinstance(value, Mapping):
        sentence = "apiplug_apis must be a dict: API name -> settings"
        return {}, (SettingFault(None, None, sentence),)
    faults: list[SettingFault] = []
    apis: dict[str, ApiSettings] = {}
    for name, raw in value.items():
        settings, found = _check_one(name, raw)
        faults += found
        if settings is not None:
            apis[name] = settings
    return apis, tuple(faults)


def parse_apis(value: object) -> dict[str, ApiSettings]:
    """Check the whole of ``apiplug_apis``.

    :param value: API name -> mapping of settings
    :raises SettingsError: with a sentence for everything that is wrong
    """
    apis, faults = check_apis(value)
    if faults:
        raise SettingsError(tuple(fault.sentence for fault in faults))
    return apis


def _check_one(name: object, raw: object) -> tuple[ApiSettings | None, list[SettingFault]]:
    label = f"apiplug_apis[{name!r}]"
    if not isinstance(name, str) or not _NAME.fullmatch(name):
        sentence = f"{label}: a name is letters, digits, '.', '_' and '-'"
        return None, [SettingFault(name, None, sentence)]
    if not isinstance(raw, Mapping):
        return None, [SettingFault(name, None, f"{label} must be a dict of settings")]
    faults = [
        SettingFault(name, key, fault)
        for key, value in raw.items()
        if (fault := _check_value(label, key, value))
    ]
    given = tuple(key for key in _ORIGINS if raw.get(key))
    alone = not given and bool(raw.get(_ROUTER))
    if len(given) != 1 and given != _TOGETHER and not alone:
        sentence = f"{label}: {_wrong_origins(given)}"
        faults.append(SettingFault(name, None, sentence))
    if raw.get("contrib_path") and not raw.get("contrib"):
        sentence = f"{label}['contrib_path']: give 'contrib' too, the package it is part of"
        faults.append(SettingFault(name, "contrib_path", sentence))
    return (None, faults) if faults else (msgspec.convert(dict(raw), ApiSettings), [])


def _wrong_origins(given: Sequence[str]) -> str:
    """What is wrong with the settings that say where an API comes from."""
    wanted = f"give one of {', '.join(map(repr, (*_ORIGINS, _ROUTER)))}"
    if not given:
        return wanted
    both = " and ".join(map(repr, _TOGETHER))
    return f"{wanted}, not {' and '.join(map(repr, given))}; only {both} go together"


def _check_value(label: str, key: object, value: object) -> str | None:
    """A sentence on what is wrong with one setting."""
    if key not in _NAMES:
        return f"{label}: unknown setting {key!r}{_hint(key, _NAMES)}"
    place = f"{label}[{key!r}]"
    unknown = _unknown_below(value, _NESTED[key]) if key in _NESTED else None
    if unknown:
        return f"{place}: {unknown}"
    try:
        checked = msgspec.convert({key: value}, ApiSettings)
        checked.version_range()
    except (msgspec.ValidationError, ApiplugError) as error:
        return f"{place}: {_reason(str(key), error)}"
    return _check_meaning(place, str(key), value)


def _hint(name: object, known: Sequence[str]) -> str:
    close = difflib.get_close_matches(str(name), known, n=1)
    return f"; did you mean {close[0]!r}?" if close else f"; there are: {', '.join(known)}"


def _unknown_below(value: object, kind: type[msgspec.Struct]) -> str | None:
    """The first key of a nested mapping that means nothing there."""
    known = tuple(field.name for field in msgspec.structs.fields(kind))
    if kind is ServiceError:
        value = tuple(value.values()) if isinstance(value, Mapping) else ()
    for item in value if isinstance(value, list | tuple) else (value,):
        for name in item if isinstance(item, Mapping) else ():
            if name not in known:
                return f"unknown key {name!r}{_hint(name, known)}"
    return None


def _reason(key: str, error: Exception) -> str:
    """What a validation error says, in words for a person who writes conf.py."""
    reason, _, path = str(error).partition(" - at `$.")
    if " matching regex " in reason:
        reason = _MEANT[key]
    for json_word, word in _PYTHON_WORDS.items():
        reason = reason.replace(f"`{json_word}`", f"`{word}`")
        reason = reason.replace(f"| {json_word}`", f"| {word}`")
    below = path.rstrip("`").removeprefix(key)
    return f"{reason} (at `{below}`)" if below else reason


def _check_meaning(place: str, key: str, value: object) -> str | None:
    """What the type of a setting doesn't say."""
    if key == "pages" and ".." in str(value).split("/"):
        return f"{place}: must lie inside the documentation's folder"
    if key == "timeout" and not math.isfinite(cast("float", value)):
        return f"{place}: must be a number of seconds"
    if key == "source_url" and value is not None:
        return _check_template(place, str(value))
    if key == "samples":
        return _check_samples(place, cast("Mapping[str, object]", value))
    return None


def _check_samples(place: str, samples: Mapping[str, object]) -> str | None:
    for name, value in samples.items():
        if "/" in name and parse_call(name) is None:
            return f"{place}: {name!r} must be a name, or a call as in 'POST /racks'"
        if "/" in name and not isinstance(value, Mapping):
            return f"{place}: what stands under {name!r} must be a dict: name -> value"
        try:
            msgspec.json.encode(value)
        except (TypeError, ValueError) as error:
            return f"{place}: what stands under {name!r} must be JSON: {error}"
    return None


def _check_template(place: str, template: str) -> str | None:
    try:
        names = [name for _, name, _, _ in string.Formatter().parse(template) if name is not None]
    except ValueError as error:
        return f"{place}: {error}"
    wrong = next((name for name in names if name not in _LINK_PARTS), None)
    return None if wrong is None else f"{place}: unknown part {wrong!r}{_hint(wrong, _LINK_PARTS)}"
