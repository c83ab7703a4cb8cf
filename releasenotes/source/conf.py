"""How Sphinx builds the release notes."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

extensions = ["reno.sphinxext", "whole_history"]
project = "sphinxext-apiplug release notes"
copyright = "sphinxext-apiplug developers"
html_theme = "furo"
html_title = "sphinxext-apiplug release notes"
