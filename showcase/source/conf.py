"""One site of several services, none of which is installed."""

from pathlib import Path

import yaml

_HERE = Path(__file__).parent
_SERVICES = yaml.safe_load((_HERE.parent / "services.yaml").read_text(encoding="utf-8"))

project = "OpenStack APIs"
author = "OpenStack contributors"
copyright = "OpenStack contributors"

extensions = ["sphinxext_apiplug"]
apiplug_apis = {
    name: {"inventory": f"../build/inventories/{name}.json", "pages": f"apis/{name}"}
    for name in _SERVICES
}
suppress_warnings = sorted({
    f"apiplug.{kind}"
    for service in _SERVICES.values()
    for kind in service.get("known_problems", ())
})  # fmt: skip

html_theme = "furo"
html_title = "OpenStack APIs"
html_copy_source = False
html_show_sourcelink = False
pygments_style = "friendly"
pygments_dark_style = "monokai"
