"""The application for a WSGI server of your choice."""

from __future__ import annotations

import os
from typing import Any

from compute_example import application
from compute_example.conf import CONF


def init_application() -> Any:
    """Make the application.

    ``COMPUTE_EXAMPLE_CONF`` names its configuration file, if it has one, and
    ``COMPUTE_EXAMPLE_AUTH`` is ``token``, the default, or ``none``.
    """
    file = os.environ.get("COMPUTE_EXAMPLE_CONF")
    CONF(args=[], project="compute-example", default_config_files=[file] if file else None)
    return application.load(CONF, auth=os.environ.get("COMPUTE_EXAMPLE_AUTH", "token"))
