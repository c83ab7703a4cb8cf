"""The options before a command: where the service is, and who asks.

They are those of OpenStack's other clients, with the same environment variables.
"""

from __future__ import annotations

import argparse
import os
from importlib import metadata
from typing import Any, Final

from keystoneauth1 import loading, session

from compute_example.cli import versions
from compute_example.cli.client import Client
from compute_example.cli.errors import ClientError

#: keystoneauth's plugins for a service whose address is known.
AUTH_TYPES: Final = ("none", "admin_token")
#: The distribution, and what calls it names as their agent.
NAME: Final = "compute-example"
DEFAULT_ENDPOINT: Final = "http://127.0.0.1:8774/v2.1"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare the options, their defaults taken from the environment."""
    group = parser.add_argument_group("the service")
    group.add_argument(
        "--os-endpoint",
        "--endpoint",
        metavar="URL",
        default=os.environ.get("OS_ENDPOINT") or DEFAULT_ENDPOINT,
        help=f"Address of the service. Default: env OS_ENDPOINT, else {DEFAULT_ENDPOINT}",
    )
    group.add_argument(
        "--os-auth-type",
        metavar="TYPE",
        default=os.environ.get("OS_AUTH_TYPE"),
        help=f"How to authenticate: {' or '.join(AUTH_TYPES)}. Default: env OS_AUTH_TYPE, else "
        "admin_token where a token is given, and none where it isn't.",
    )
    group.add_argument(
        "--os-token",
        "--token",
        metavar="TOKEN",
        default=os.environ.get("OS_TOKEN"),
        help="Token to send. Default: env OS_TOKEN",
    )
    group.add_argument(
        "--os-compute-api-version",
        metavar="2.N",
        default=os.environ.get("OS_COMPUTE_API_VERSION"),
        help=f"Microversion to ask for, such as {versions.NEWEST}. Default: env "
        "OS_COMPUTE_API_VERSION, else the newest that the service and this client speak.",
    )
    loading.register_session_argparse_arguments(parser)


def client_from(options: argparse.Namespace) -> Client:
    """The client that the options ask for; nothing is sent yet.

    :raises ClientError: if they can't be used
    """
    chosen = options.os_auth_type or ("admin_token" if options.os_token else "none")
    if chosen not in AUTH_TYPES:
        raise ClientError(f"--os-auth-type {chosen!r} is not one of {', '.join(AUTH_TYPES)}")
    if chosen == "admin_token" and not options.os_token:
        raise ClientError("--os-auth-type admin_token needs a token: --os-token or OS_TOKEN")
    if not options.os_endpoint.startswith(("http://", "https://")):
        raise ClientError(f"--os-endpoint {options.os_endpoint!r} is no http or https address")
    given = {"endpoint": options.os_endpoint}
    if chosen == "admin_token":
        given["token"] = options.os_token
    plugin: Any = loading.get_plugin_loader(chosen).load_from_options(**given)
    return Client(_session(options, auth=plugin), options.os_endpoint, _microversion(options))


def _session(options: argparse.Namespace, auth: object) -> session.Session:
    try:
        return loading.load_session_from_argparse_arguments(
            options, auth=auth, app_name=NAME, app_version=metadata.version(NAME)
        )
    except ValueError as error:
        raise ClientError(str(error)) from error


def _microversion(options: argparse.Namespace) -> versions.Microversion | None:
    text = options.os_compute_api_version
    if not text or text in {"latest", "2.latest"}:
        return None
    try:
        return versions.parse(text)
    except ValueError as error:
        raise ClientError(f"--os-compute-api-version: {error}") from error
