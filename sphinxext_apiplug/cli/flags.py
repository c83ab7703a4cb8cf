"""Settings as command-line flags, with the help texts that they were declared with."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any, Final, get_args

import msgspec

from sphinxext_apiplug.collect.settings import FIELDS

#: Setting -> the flag that gives it, for an ad-hoc look without a conf.py.
_SINGLE: Final = {
    "title": "--title",
    "base_path": "--base-path",
    "service_type": "--service-type",
    "policies": "--policies",
    "router": "--router",
}
_REPEATED: Final = {
    "enabled": ("--enable", "GLOB"),
    "disabled": ("--disable", "GLOB"),
    "mock_imports": ("--mock-import", "PACKAGE"),
    "prepare": ("--prepare", "PACKAGE.MODULE:FUNCTION"),
    "commands": ("--commands", "NAMESPACE"),
}


def help_text(setting: str) -> str:
    """The help text that a setting was declared with, as plain text."""
    field = next(field for field in FIELDS if field.name == setting)
    texts = [
        item.description
        for item in get_args(field.type)
        if isinstance(item, msgspec.Meta) and item.description
    ]
    return texts[-1].replace("`", "")


def add_to(parser: argparse.ArgumentParser) -> None:
    """Add ``--conf-dir`` and the flags for settings."""
    parser.add_argument(
        "--conf-dir",
        metavar="DIR",
        type=Path,
        help="folder of the conf.py that declares apiplug_apis; default: the first of ., "
        "doc/source, docs/source, docs, doc and api-ref/source that has one",
    )
    group = parser.add_argument_group(
        "settings", "They go before the ones in conf.py; a namespace needs none of them."
    )
    for setting, flag in _SINGLE.items():
        group.add_argument(flag, dest=setting, metavar="TEXT", help=_escaped(setting))
    for setting, (flag, metavar) in _REPEATED.items():
        text = f"{_escaped(setting)} Can be repeated."
        group.add_argument(flag, dest=setting, metavar=metavar, action="append", help=text)
    group.add_argument("--timeout", type=float, metavar="SECONDS", help=_escaped("timeout"))


def settings_from(parsed: argparse.Namespace) -> dict[str, Any]:
    """The settings that were given as flags, by name."""
    names = (*_SINGLE, *_REPEATED, "timeout")
    return {name: value for name in names if (value := getattr(parsed, name)) is not None}


def _escaped(setting: str) -> str:
    # argparse formats help texts with %.
    return help_text(setting).replace("%", "%%")


def arguments(parsed: argparse.Namespace) -> list[str]:
    """The settings and ``--conf-dir`` as they were given, for another process."""
    given: list[str] = []
    if parsed.conf_dir is not None:
        given += ["--conf-dir", str(parsed.conf_dir)]
    for setting, value in settings_from(parsed).items():
        if setting in _REPEATED:
            given += [f"{_REPEATED[setting][0]}={item}" for item in value]
        else:
            given.append(f"{_SINGLE.get(setting, f'--{setting}')}={value}")
    return given
