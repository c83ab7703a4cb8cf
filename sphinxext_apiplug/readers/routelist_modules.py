"""The modules that controllers stand in, as the extensions of an API without any."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection

import msgspec

from sphinxext_apiplug.inventory.model import Extension
from sphinxext_apiplug.readers import docstrings, texts
from sphinxext_apiplug.readers.base import Context, Plugin


class Modules:
    """Names the modules of one list's controllers; the first class seen stands for its module."""

    def __init__(self, plugin: Plugin, context: Context) -> None:
        self._plugin = plugin
        self._context = context
        self._plugins: dict[str, Plugin] = {}

    def alias_of(self, owner: type) -> str:
        """The alias of the module that a controller class stands in."""
        return self.plugin_of(owner).name

    def plugin_of(self, owner: type) -> Plugin:
        """What stands in for the entry point of an extension: its module and first class."""
        module = owner.__module__
        if module not in self._plugins:
            self._plugins[module] = msgspec.structs.replace(
                self._plugin,
                name=self._free_alias(module),
                target=f"{module}:{owner.__qualname__}",
                loaded=owner,
            )
        return self._plugins[module]

    def extensions(self, used: Collection[str]) -> list[Extension]:
        """The modules of those aliases, in the order in which they came up."""
        return [self._extension(item) for item in self._plugins.values() if item.name in used]

    def _free_alias(self, module: str) -> str:
        """The module's last name, with as many of those before it as tell it apart."""
        taken = {plugin.name for plugin in self._plugins.values()}
        parts = module.split(".")
        names = ["-".join(parts[-length:]) for length in range(1, len(parts) + 1)]
        return next((name for name in names if name not in taken), module)

    def _extension(self, plugin: Plugin) -> Extension:
        words = re.sub("[_-]+", " ", plugin.name)
        module = sys.modules.get(plugin.target.partition(":")[0])
        told = getattr(module, "__doc__", None) or vars(plugin.loaded).get("__doc__")
        return Extension(
            alias=plugin.name,
            name=texts.clean_name(words[:1].upper() + words[1:]),
            description=docstrings.first_paragraphs(told),
            entry_point=plugin.entry_point,
            distribution=plugin.distribution,
            distribution_version=plugin.distribution_version,
            source=self._context.places.of_class(plugin.loaded),
        )
