"""How Sphinx builds the manual."""

import sys
from importlib import metadata
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "sphinxext-apiplug"
author = "sphinxext-apiplug developers"
copyright = "sphinxext-apiplug developers"
release = metadata.version("sphinxext-apiplug")
version = release

extensions = [
    "cliff.sphinxext",
    "reno.sphinxext",
    "generated",
    "sphinxext_apiplug",
]
apiplug_apis = {}
html_theme = "furo"
html_title = "sphinxext-apiplug"
pygments_style = "friendly"
pygments_dark_style = "monokai"
