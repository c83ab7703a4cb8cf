"""The extensions that are to be loaded: entry points, and modules in contrib folders."""

from __future__ import annotations

import importlib
import logging
import pkgutil
from collections.abc import Callable
from fnmatch import fnmatchcase
from importlib import metadata
from typing import Any, Final

import stevedore
from oslo_config import cfg

from compute_example.api import contrib
from compute_example.api.openstack.extension_info import LoadedExtensionInfo
from compute_example.api.openstack.extensions import V21APIExtensionBase
from compute_example.api.openstack.wsgi import Controller

LOG = logging.getLogger(__name__)

NAMESPACE: Final = "compute_example.api.v21.extensions"


def load(info: LoadedExtensionInfo, conf: cfg.ConfigOpts) -> list[V21APIExtensionBase]:
    """Load what is enabled; what is broken is logged and left out.

    :return: the extensions, those that inherit from others last
    """
    found: list[V21APIExtensionBase] = []
    sources: list[tuple[str, Callable[[str], Any]]] = [
        (name, _from_entry_point) for name in _entry_points()
    ]
    sources += [(name, _from_contrib) for name in _contrib_modules(conf)]
    for name, make in sources:
        if not is_enabled(name, conf):
            LOG.info("Extension %s is disabled", name)
            continue
        extension = _made(name, make, info)
        if extension is not None and info.register_extension(extension):
            found.append(extension)
    return found


def is_enabled(name: str, conf: cfg.ConfigOpts) -> bool:
    """Whether the settings let an extension be loaded."""
    return any(fnmatchcase(name, glob) for glob in conf.api.enabled_extensions) and not any(
        fnmatchcase(name, glob) for glob in conf.api.disabled_extensions
    )


def guarded(
    info: LoadedExtensionInfo,
    extension: V21APIExtensionBase,
    step: Callable[[V21APIExtensionBase], None],
) -> None:
    """Do something with an extension, which is left out if it fails."""
    if extension.alias not in info.extensions:
        return
    try:
        step(extension)
    except Exception:
        LOG.exception("Extension %r is left out: it is broken", extension)
        info.unregister_extension(extension.alias)


def _entry_points() -> list[str]:
    return sorted({item.name for item in metadata.entry_points(group=NAMESPACE)})


def _contrib_modules(conf: cfg.ConfigOpts) -> list[str]:
    for folder in conf.api.contrib_path:
        if folder not in contrib.__path__:
            contrib.__path__.append(folder)
    return sorted(item.name for item in pkgutil.iter_modules(contrib.__path__))


def _made(
    name: str, make: Callable[[str], Any], info: LoadedExtensionInfo
) -> V21APIExtensionBase | None:
    """Load and make one extension; ``None`` if it is broken."""
    try:
        cls = make(name)
        if cls is None:
            LOG.debug("Module %s is no extension: it has no class of its name", name)
            return None
        extension = cls(info)
        if not isinstance(extension, V21APIExtensionBase) or not extension.alias:
            raise TypeError(f"{extension!r} is no extension")  # noqa: TRY301 - one way to be broken
    # One that ends the process at its import is broken too.
    except (Exception, SystemExit):
        LOG.exception("Extension %s is left out: it can't be loaded", name)
        _forget_half_made_class()
        return None
    return extension


def _from_entry_point(name: str) -> Any:
    manager: stevedore.NamedExtensionManager[Any] = stevedore.NamedExtensionManager(
        NAMESPACE, names=[name], on_load_failure_callback=_raise
    )
    loaded = [item.plugin for item in manager]
    if len(loaded) > 1:
        LOG.warning("Extension %s is declared %d times; one is loaded", name, len(loaded))
    return loaded[0]


def _from_contrib(name: str) -> Any:
    module = importlib.import_module(f"{contrib.__name__}.{name}")
    return getattr(module, name[:1].upper() + name[1:], None)


def _raise(_manager: Any, _entry_point: Any, error: BaseException) -> None:
    raise error


def _forget_half_made_class() -> None:
    """Drop the versioned methods of a class whose module died before it was made."""
    if "versioned_methods" in vars(Controller):
        del Controller.versioned_methods
