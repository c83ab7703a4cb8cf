"""API reference and OpenAPI documents read from stevedore extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set the Sphinx extension up; parts that share an event run in this order."""
    # The command line imports this package too, and needs no Sphinx.
    from importlib import metadata

    from sphinxext_apiplug.reference.assets import setup_assets
    from sphinxext_apiplug.reference.checking import setup_checking
    from sphinxext_apiplug.reference.config import setup_config
    from sphinxext_apiplug.reference.convert import setup_convert
    from sphinxext_apiplug.reference.directives import setup_directives
    from sphinxext_apiplug.reference.domain import setup_domain
    from sphinxext_apiplug.reference.loading import setup_loading
    from sphinxext_apiplug.reference.navigation import setup_navigation
    from sphinxext_apiplug.reference.outdated import setup_outdated
    from sphinxext_apiplug.reference.pages import setup_pages
    from sphinxext_apiplug.reference.projects import setup_projects
    from sphinxext_apiplug.reference.publish import setup_publishing
    from sphinxext_apiplug.reference.stems import setup_stems

    setup_config(app)
    setup_projects(app)
    setup_domain(app)
    setup_directives(app)
    setup_loading(app)
    setup_pages(app)
    setup_outdated(app)
    setup_convert(app)
    setup_assets(app)
    setup_navigation(app)
    setup_stems(app)
    setup_publishing(app)
    setup_checking(app)
    return {
        "version": metadata.version("sphinxext-apiplug"),
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
