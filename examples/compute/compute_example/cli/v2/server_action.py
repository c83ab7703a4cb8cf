"""Actions on servers: ``server start``, ``server stop`` and ``server reboot``."""

from __future__ import annotations

import argparse
from collections.abc import Mapping

from compute_example.cli.base import EachCommand
from compute_example.cli.client import at


class ServerAction(EachCommand):
    """An action on one or several servers."""

    noun = "server"
    filtered = True

    def act(self, server_id: str, body: Mapping[str, object]) -> None:
        """Ask for an action: a body with the action's name as its one key."""
        self.client.call("POST", at("servers", server_id, "action"), body=body)


class StartServer(ServerAction):
    """Start servers that are stopped."""

    api_operations = ("POST /servers/{id}/action#start",)

    def each(self, identifier: str, parsed_args: argparse.Namespace) -> None:
        """Start one server."""
        self.act(identifier, {"start": None})


class StopServer(ServerAction):
    """Stop servers that are running."""

    api_operations = ("POST /servers/{id}/action#stop",)

    def each(self, identifier: str, parsed_args: argparse.Namespace) -> None:
        """Stop one server."""
        self.act(identifier, {"stop": None})


class RebootServer(ServerAction):
    """Reboot servers."""

    api_operations = ("POST /servers/{id}/action#reboot",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add how to reboot."""
        super().add_arguments(parser)
        parser.add_argument(
            "--type",
            type=str.upper,
            choices=("SOFT", "HARD"),
            default="SOFT",
            help="SOFT asks a running server to reboot; HARD switches it off and on, and also "
            "starts one that is stopped. Default: SOFT.",
        )

    def each(self, identifier: str, parsed_args: argparse.Namespace) -> None:
        """Reboot one server."""
        self.act(identifier, {"reboot": {"type": parsed_args.type}})
