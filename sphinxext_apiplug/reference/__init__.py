"""The Sphinx half: domain, directives, pages and rendering."""
