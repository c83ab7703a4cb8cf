"""``compute-example-api``: the service on a WSGI server."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from oslo_config import cfg

from compute_example import application
from compute_example.cmd.serving import Server
from compute_example.conf import CONF


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until a signal says to stop.

    :return: the exit status
    """
    options = _parser().parse_args(arguments)
    logging.basicConfig(
        level=logging.DEBUG if options.debug else logging.INFO,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    # It would log every request that has to wait for a moment.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    try:
        _configure(options)
        app = application.load(CONF, auth=options.auth)
        server = Server(app, host=options.host, port=options.port, threads=options.threads)
    except (cfg.Error, OSError, ValueError) as error:
        print(f"compute-example-api: {error}", file=sys.stderr)
        return 2
    print(f"Serving on {', '.join(server.urls)}", flush=True)
    server.run()
    return 0


def _configure(options: argparse.Namespace) -> None:
    files = [str(path) for path in options.config_file]
    CONF(args=[], project="compute-example", default_config_files=files or None)
    if options.database:
        CONF.set_override("path", options.database, group="database")
    if options.demo:
        CONF.set_override("demo", True, group="compute")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Serve the example of a compute service.")
    parser.add_argument("--version", action="version", version=metadata.version("compute-example"))
    parser.add_argument("--host", default="127.0.0.1", help="address to listen at")
    parser.add_argument(
        "--port", type=int, default=8774, help="port to listen at; 0: any free one"
    )
    parser.add_argument(
        "--config-file", type=Path, action="append", default=[], help="settings; may be repeated"
    )
    parser.add_argument(
        "--database", help="the file that keeps the state; without it, it is kept in memory"
    )
    parser.add_argument(
        "--auth", choices=("token", "none"), default="token", help="whether callers need a token"
    )
    parser.add_argument(
        "--demo", action="store_true", help="start with the server that examples use"
    )
    parser.add_argument(
        "--threads", type=int, default=8, help="how many requests are worked on at a time"
    )
    parser.add_argument("--debug", action="store_true", help="log more")
    return parser
