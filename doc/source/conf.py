"""How Sphinx builds the manual."""

import sys
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "_ext"), str(HERE.parents[1] / "releasenotes" / "source" / "_ext")]

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
    "whole_history",
]
apiplug_apis = {}
apiplug_projects = {"sphinxext-apiplug": {"path": "../.."}}
# Whoever reads a shallow clone's manual is told on the page; it needs no other remedy.
suppress_warnings = ["apiplug.history-shallow"]
html_theme = "furo"
html_title = "sphinxext-apiplug"
pygments_style = "friendly"
pygments_dark_style = "monokai"
