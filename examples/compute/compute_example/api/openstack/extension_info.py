"""The extensions that a service has loaded."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compute_example.api.openstack.extensions import V21APIExtensionBase
    from compute_example.compute import API

LOG = logging.getLogger(__name__)


class LoadedExtensionInfo:
    """Knows all extensions by alias.

    :ivar compute: the service that extensions are given to work with
    """

    def __init__(self, compute: API) -> None:
        self.compute = compute
        self.extensions: dict[str, V21APIExtensionBase] = {}

    def register_extension(self, extension: V21APIExtensionBase) -> bool:
        """Add an extension.

        :return: whether it was added; it isn't if its alias is taken
        """
        if extension.alias in self.extensions:
            LOG.error("Extension %r is left out: its alias is taken", extension)
            return False
        self.extensions[extension.alias] = extension
        return True

    def unregister_extension(self, alias: str) -> None:
        """Leave out an extension that turned out to be broken."""
        self.extensions.pop(alias, None)

    def get_extensions(self) -> dict[str, V21APIExtensionBase]:
        """Alias -> extension, ordered by alias."""
        return dict(sorted(self.extensions.items()))
