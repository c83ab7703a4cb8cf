"""The client's commands: ``maintenance window list`` and its companions."""

from __future__ import annotations

import argparse
from datetime import datetime, timezone
from typing import Final

from compute_example.cli.base import ApiCommand, ListCommand, ShowCommand
from compute_example.cli.client import at, member
from compute_example.cli.errors import ClientError
from compute_example.cli.kinds import text_of
from compute_example.cli.output import Row, details, row

EXTENSION: Final = "os-maintenance-windows"
_PATH: Final = "/os-maintenance-windows"
_COLUMNS: Final = ("id", "host", "starts_at", "ends_at", "reason")
_REASON: Final = text_of(1, 255)


def moment(text: str) -> str:
    """A date and time as the service has them, for ``type=``; without a zone it is in UTC."""
    try:
        # Python 3.10 doesn't read the Z.
        value = datetime.fromisoformat(text.removesuffix("Z") + "+00:00" * text.endswith("Z"))
    except ValueError as error:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date and time such as 2027-03-01T22:00:00Z"
        ) from error
    if value.tzinfo is None:
        value = value.replace(tzinfo=timezone.utc)
    return value.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def _add_window(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("window", metavar="WINDOW", help="Id of the maintenance window.")


class ListMaintenanceWindow(ListCommand):
    """List maintenance windows of hosts, the earliest first."""

    api_operations = ("GET /os-maintenance-windows",)
    extension = EXTENSION

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what picks windows."""
        parser.add_argument("--host", metavar="HOST", help="Only windows of this host.")

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Ask for windows."""
        found = member(self.client.get(_PATH, {"host": parsed_args.host}), "maintenance_windows")
        return _COLUMNS, [row(window, _COLUMNS) for window in found]


class ShowMaintenanceWindow(ShowCommand):
    """Show a maintenance window."""

    api_operations = ("GET /os-maintenance-windows/{id}",)
    extension = EXTENSION

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the window."""
        _add_window(parser)

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Ask for the window."""
        answer = self.client.get(_PATH + at(parsed_args.window))
        return details(member(answer, "maintenance_window"))


class CreateMaintenanceWindow(ShowCommand):
    """Plan a maintenance window for a host."""

    api_operations = ("POST /os-maintenance-windows",)
    extension = EXTENSION

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the host, and from when until when."""
        parser.add_argument("host", metavar="HOST", help="Name of the host.")
        parser.add_argument(
            "--starts-at",
            required=True,
            type=moment,
            metavar="TIME",
            help="When it begins, such as 2027-03-01T22:00:00Z; without a zone in UTC.",
        )
        parser.add_argument(
            "--ends-at",
            required=True,
            type=moment,
            metavar="TIME",
            help="When it ends, later than it begins.",
        )
        self.add_versioned(
            parser,
            "--reason",
            since="2.2",
            type=_REASON,
            metavar="TEXT",
            text="What is done to the host, 1 to 255 characters.",
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Plan the window."""
        window = {name: getattr(parsed_args, name) for name in ("host", "starts_at", "ends_at")}
        if parsed_args.reason is not None:
            window["reason"] = parsed_args.reason
        answer = self.client.call("POST", _PATH, body={"maintenance_window": window})
        return details(member(answer, "maintenance_window"))


class UpdateMaintenanceWindow(ShowCommand):
    """Move a maintenance window, or change its reason."""

    api_operations = ("PUT /os-maintenance-windows/{id}",)
    extension = EXTENSION
    since = "2.2"

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the window and what is to change."""
        _add_window(parser)
        parser.add_argument("--starts-at", type=moment, metavar="TIME", help="When it begins.")
        parser.add_argument("--ends-at", type=moment, metavar="TIME", help="When it ends.")
        parser.add_argument(
            "--reason", type=_REASON, metavar="TEXT", help="What is done to the host."
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Change the window."""
        names = ("starts_at", "ends_at", "reason")
        given = {name: value for name in names if (value := getattr(parsed_args, name))}
        if not given:
            raise ClientError("nothing to change: give --starts-at, --ends-at or --reason")
        answer = self.client.call(
            "PUT", _PATH + at(parsed_args.window), body={"maintenance_window": given}
        )
        return details(member(answer, "maintenance_window"))


class DeleteMaintenanceWindow(ApiCommand):
    """Cancel a maintenance window."""

    api_operations = ("DELETE /os-maintenance-windows/{id}",)
    extension = EXTENSION

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the window."""
        _add_window(parser)

    def take_action(self, parsed_args: argparse.Namespace) -> None:
        """Cancel the window."""
        self.client.call("DELETE", _PATH + at(parsed_args.window))
