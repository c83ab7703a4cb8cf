"""``apiplug_apis`` in conf.py."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_apiplug.collect.settings import check_apis
from sphinxext_apiplug.reference.conf_lines import setting_lines
from sphinxext_apiplug.reference.report import report

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext_apiplug.collect.settings import ApiSettings


def setup_config(app: Sphinx) -> None:
    """Declare the setting; it is checked as soon as conf.py has run."""
    app.add_config_value("apiplug_apis", {}, "env", types=Any)  # check_apis says it better
    app.connect("config-inited", _report_faults)


def valid_apis(config: Config) -> dict[str, ApiSettings]:
    """The APIs whose settings are right; what is wrong was reported before."""
    return check_apis(config.apiplug_apis)[0]


def declared_apis(config: Config) -> frozenset[str]:
    """The names of all APIs in conf.py, also of those whose settings are wrong."""
    apis = config.apiplug_apis
    return frozenset(apis) if isinstance(apis, dict) else frozenset()


def setting_place(
    app: Sphinx, api: object, key: object = None, variable: str = "apiplug_apis"
) -> str:
    """Where in conf.py an API's setting stands: ``file:line``, or the file alone.

    :param variable: the dict of dicts that *api* and *key* are keys of
    """
    conf = Path(app.confdir) / "conf.py"
    lines = setting_lines(conf, variable)
    line = lines.get((api, key)) or lines.get((api, None))
    return f"{conf}:{line}" if line else str(conf)


def _report_faults(app: Sphinx, config: Config) -> None:
    for fault in check_apis(config.apiplug_apis)[1]:
        report("setting-invalid", fault.sentence, setting_place(app, fault.api, fault.key))
