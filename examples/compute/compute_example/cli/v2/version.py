"""``version list``."""

from __future__ import annotations

import argparse
from typing import Final

from keystoneauth1.discover import VersionData

from compute_example.cli.base import ListCommand
from compute_example.cli.errors import ClientError
from compute_example.cli.output import Plain, Row

_COLUMNS: Final = ("id", "status", "min_version", "version", "used", "url")


class ListVersion(ListCommand):
    """List the versions of the API that the service has, and which microversion is used."""

    api_operations = ("GET /",)

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Ask version discovery."""
        return _COLUMNS, [self._row(version) for version in self.client.versions()]

    def _row(self, version: VersionData) -> Row:
        texts = (
            _dotted(version.min_microversion),
            _dotted(version.max_microversion),
            self._used(version),
        )
        known = f"v{_dotted(version.version)}"
        return (known, version.status, *map(Plain, texts), version.url)

    def _used(self, version: VersionData) -> str | None:
        """The microversion that commands ask for, of the version that they call."""
        try:
            return str(self.client.microversion) if version == self.client.discovered else None
        except ClientError:
            # Nothing in common: the row says why.
            return None


def _dotted(parts: object) -> str | None:
    """``2.5`` of ``(2, 5)``."""
    return ".".join(map(str, parts)) if isinstance(parts, tuple) else None
