"""How Sphinx builds the release notes."""

extensions = ["reno.sphinxext"]
project = "sphinxext-apiplug release notes"
copyright = "sphinxext-apiplug developers"
html_theme = "furo"
html_title = "sphinxext-apiplug release notes"
