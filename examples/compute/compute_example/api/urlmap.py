"""Which application serves which paths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any


class URLMap:
    """Gives a request to the application with the longest prefix of its path."""

    def __init__(self, applications: Mapping[str, Any]) -> None:
        self._applications = sorted(
            ((prefix.rstrip("/"), application) for prefix, application in applications.items()),
            key=lambda item: len(item[0]),
            reverse=True,
        )

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Pass a request on."""
        path = environ.get("PATH_INFO", "")
        for prefix, application in self._applications:
            if not prefix or path == prefix or path.startswith(f"{prefix}/"):
                environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + prefix
                environ["PATH_INFO"] = path[len(prefix) :]
                answered: Iterable[bytes] = application(environ, start_response)
                return answered
        raise LookupError(path)


def factory(loader: Any, global_conf: Any, **local_conf: str) -> URLMap:
    """Make the map of a ``[composite:…]`` section, for PasteDeploy."""
    return URLMap(
        {
            prefix: loader.get_app(name, global_conf=global_conf)
            for prefix, name in local_conf.items()
            if prefix.startswith("/")
        }
    )
