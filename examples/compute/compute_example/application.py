"""The WSGI application, put together by PasteDeploy."""

from __future__ import annotations

from importlib import metadata
from pathlib import Path
from typing import Any

from oslo_config import cfg
from paste import deploy

_DISTRIBUTION = "compute-example"


def load(conf: cfg.ConfigOpts, *, auth: str = "token") -> Any:
    """Make the application that the settings describe.

    :param auth: ``token``, or ``none`` for a service that lets everybody do everything
    :raises FileNotFoundError: if there is no such configuration of PasteDeploy
    """
    name = "main" if auth == "token" else "noauth"
    return deploy.loadapp(f"config:{paste_config(conf)}", name=name)


def paste_config(conf: cfg.ConfigOpts) -> Path:
    """Where the configuration of PasteDeploy is.

    :raises FileNotFoundError: if it is nowhere
    """
    wanted: str = conf.api.paste_config
    found = conf.find_file(wanted)
    candidates = [Path(found)] if found else []
    candidates += _installed(wanted)
    # A source tree, which an editable installation points to.
    candidates.append(Path(__file__).parent.parent / "etc" / _DISTRIBUTION / wanted)
    for path in candidates:
        if path.is_file():
            return path.resolve()
    raise FileNotFoundError(f"[api] paste_config: there is no {wanted!r}")


def _installed(name: str) -> list[Path]:
    """Where the distribution's record says that a file of that name is."""
    files = metadata.files(_DISTRIBUTION) or []
    return [
        Path(str(item.locate())) for item in files if item.name == name and "etc" in item.parts
    ]
