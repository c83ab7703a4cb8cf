"""``server list``, ``show``, ``create``, ``update`` and ``delete``."""

from __future__ import annotations

import argparse
from typing import Final

from compute_example.cli.base import EachCommand, ListCommand, ShowCommand
from compute_example.cli.client import at, member
from compute_example.cli.errors import ClientError
from compute_example.cli.kinds import between, text_of
from compute_example.cli.lookup import find_id
from compute_example.cli.output import Row, details, row

_MINIMAL: Final = ("id", "name")
_COLUMNS: Final = (*_MINIMAL, "status", "flavor", "image")
_STATUSES: Final = ("ACTIVE", "SHUTOFF")
_NAME: Final = text_of(1, 255)
_DESCRIPTION: Final = text_of(0, 255)


class ListServer(ListCommand):
    """List servers, the oldest first."""

    api_operations = ("GET /servers/detail", "GET /servers")

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what picks servers, and how much of them is shown."""
        parser.add_argument(
            "--name", metavar="TEXT", help="Only servers whose name has this in it."
        )
        parser.add_argument(
            "--status", type=str.upper, choices=_STATUSES, help="Only servers in this state."
        )
        parser.add_argument(
            "--all-projects",
            action="store_const",
            const="true",
            help="The servers of all projects, for administrators.",
        )
        parser.add_argument(
            "--limit",
            type=between(1, 1000),
            metavar="N",
            help="Not more than so many, 1 to 1000. Default: all.",
        )
        parser.add_argument("--marker", metavar="ID", help="Begin after the server of this id.")
        parser.add_argument("--minimal", action="store_true", help="Ids and names only.")

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], list[Row]]:
        """Ask for servers, page by page unless there is a limit."""
        names = ("name", "status", "all_projects", "limit", "marker")
        query = {name: getattr(parsed_args, name) for name in names}
        path = "/servers" if parsed_args.minimal else "/servers/detail"
        columns = _MINIMAL if parsed_args.minimal else _COLUMNS
        if parsed_args.limit is None:
            servers = list(self.client.pages(path, query, key="servers"))
        else:
            servers = member(self.client.get(path, query), "servers")
        return columns, [row(server, columns) for server in servers]


class ShowServer(ShowCommand):
    """Show a server."""

    api_operations = ("GET /servers/{id}",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the server."""
        parser.add_argument("server", metavar="SERVER", help="Name or id of the server.")

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Ask for the server."""
        found = find_id(self.client, "server", parsed_args.server, filtered=True)
        return details(member(self.client.get(at("servers", found)), "server"))


class CreateServer(ShowCommand):
    """Create a server."""

    api_operations = ("POST /servers",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add what the server is made of."""
        parser.add_argument(
            "name", type=_NAME, metavar="NAME", help="Name of the new server, 1 to 255 characters."
        )
        parser.add_argument(
            "--flavor", required=True, metavar="FLAVOR", help="Name or id of its flavor."
        )
        parser.add_argument(
            "--image", required=True, metavar="IMAGE", help="Name or id of its image."
        )
        self.add_versioned(
            parser,
            "--description",
            since="2.2",
            type=_DESCRIPTION,
            metavar="TEXT",
            text="What the server is for, up to 255 characters.",
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Create the server."""
        server = {
            "name": parsed_args.name,
            "flavorRef": find_id(self.client, "flavor", parsed_args.flavor),
            "imageRef": find_id(self.client, "image", parsed_args.image),
        }
        if parsed_args.description is not None:
            server["description"] = parsed_args.description
        answer = self.client.call("POST", "/servers", body={"server": server})
        return details(member(answer, "server"))


class UpdateServer(ShowCommand):
    """Change a server's name or description."""

    api_operations = ("PUT /servers/{id}",)

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Add the server and what is to change."""
        parser.add_argument("server", metavar="SERVER", help="Name or id of the server.")
        parser.add_argument("--name", type=_NAME, metavar="NAME", help="The new name.")
        self.add_versioned(
            parser,
            "--description",
            since="2.2",
            type=_DESCRIPTION,
            metavar="TEXT",
            text="The new description; an empty one removes it.",
        )

    def take_action(self, parsed_args: argparse.Namespace) -> tuple[tuple[str, ...], Row]:
        """Change the server."""
        server: dict[str, str | None] = {}
        if parsed_args.name is not None:
            server["name"] = parsed_args.name
        if parsed_args.description is not None:
            server["description"] = parsed_args.description or None
        if not server:
            raise ClientError("nothing to change: give --name or --description")
        found = find_id(self.client, "server", parsed_args.server, filtered=True)
        answer = self.client.call("PUT", at("servers", found), body={"server": server})
        return details(member(answer, "server"))


class DeleteServer(EachCommand):
    """Delete servers."""

    api_operations = ("DELETE /servers/{id}",)
    noun = "server"
    filtered = True

    def each(self, identifier: str, parsed_args: argparse.Namespace) -> None:
        """Delete one server."""
        self.client.call("DELETE", at("servers", identifier))
