"""What the API argument of a command stands for, and its inventory."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from sphinxext_apiplug.cli import conf
from sphinxext_apiplug.cli.errors import UnknownApiError, UsageError
from sphinxext_apiplug.collect.api import Progress, collect
from sphinxext_apiplug.collect.checking import Checks
from sphinxext_apiplug.collect.settings import ApiSettings, parse_apis
from sphinxext_apiplug.inventory.codec import loads
from sphinxext_apiplug.inventory.model import Inventory
from sphinxext_apiplug.project.declared import ProjectSettings
from sphinxext_apiplug.project.settings import check_projects


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """One API that can be collected.

    :ivar base_dir: what relative settings are relative to
    """

    name: str
    settings: ApiSettings
    base_dir: Path


def load(
    argument: str, flags: Mapping[str, Any], conf_dir: Path | None, progress: Progress
) -> Inventory:
    """The inventory of an API, a namespace, a list of routes, or in a file.

    :param flags: settings that go before those of conf.py
    :raises ApiplugError: for everything that the caller can put right
    """
    file = Path(argument)
    if _looks_like_file(argument) and file.is_file():
        return _from_file(file, flags)
    target = find(argument, flags, conf_dir)
    if target is None and file.is_file():
        return _from_file(file, flags)
    if target is None:
        raise UnknownApiError(argument, _known(conf_dir))
    collected = collect(target.name, target.settings, base_dir=target.base_dir, progress=progress)
    return collected.inventory


def checks_of(argument: str, conf_dir: Path | None) -> tuple[Checks, Path] | None:
    """What conf.py wants to be checked of an API, and the folder of conf.py.

    :return: ``None`` if conf.py has no such API
    :raises ApiplugError: if conf.py or a setting is wrong
    """
    folder, apis = _configured(conf_dir)
    if argument not in apis:
        return None
    return parse_apis({argument: apis[argument]})[argument].checks, folder


def projects_of(conf_dir: Path | None) -> tuple[dict[str, ProjectSettings], Path]:
    """The projects that conf.py declares, and the folder of conf.py.

    :raises ApiplugError: if conf.py or a setting is wrong
    """
    folder = conf_dir or conf.find(Path.cwd())
    if folder is None:
        return {}, Path.cwd()
    projects, faults = check_projects(conf.read(folder, "apiplug_projects"))
    if faults:
        raise UsageError("\n".join(fault.sentence for fault in faults))
    return projects, folder


def find(argument: str, flags: Mapping[str, Any], conf_dir: Path | None) -> Target | None:
    """The API of conf.py, else the installed namespace, of that name; or a list of routes.

    :raises ApiplugError: if conf.py or a setting is wrong
    """
    folder, apis = _configured(conf_dir)
    if argument in apis:
        raw = apis[argument]
        # A wrong type is left to the settings' own check, which names it.
        merged = {**raw, **flags} if isinstance(raw, Mapping) else raw
        settings = parse_apis({argument: merged})[argument]
        return Target(name=argument, settings=settings, base_dir=folder)
    module, colon, _ = argument.partition(":")
    if colon:
        settings = parse_apis({module: {"routes": argument, **flags}})[module]
        return Target(name=module, settings=settings, base_dir=Path.cwd())
    if argument not in metadata.entry_points().groups:
        return None
    settings = parse_apis({argument: {"namespace": argument, **flags}})[argument]
    return Target(name=argument, settings=settings, base_dir=Path.cwd())


def _configured(conf_dir: Path | None) -> tuple[Path, Mapping[Any, Any]]:
    """The folder of conf.py and its ``apiplug_apis``; empty where there is none."""
    folder = conf_dir or conf.find(Path.cwd())
    if folder is None:
        return Path.cwd(), {}
    apis = conf.read(folder)
    if not isinstance(apis, Mapping):
        parse_apis(apis)  # raises the error that says what is wrong
        return folder, {}
    return folder, apis


def _known(conf_dir: Path | None) -> set[str]:
    _, apis = _configured(conf_dir)
    return {str(name) for name in apis} | set(metadata.entry_points().groups)


def _looks_like_file(argument: str) -> bool:
    return "/" in argument or argument.endswith(".json")


def _from_file(file: Path, flags: Mapping[str, Any]) -> Inventory:
    if flags:
        raise UsageError(f"{file} is an inventory file: no setting can change it")
    try:
        return loads(file.read_bytes(), source=str(file))
    except OSError as error:
        raise UsageError(f"cannot read {file}: {error.strerror or error}") from error
