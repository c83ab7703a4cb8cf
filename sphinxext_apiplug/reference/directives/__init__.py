"""The directives, one a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_apiplug.reference.directives.authors import AuthorsDirective
from sphinxext_apiplug.reference.directives.changelog import ChangelogDirective
from sphinxext_apiplug.reference.directives.diff import DiffDirective
from sphinxext_apiplug.reference.directives.extension import ExtensionDirective
from sphinxext_apiplug.reference.directives.extensions import ExtensionsDirective
from sphinxext_apiplug.reference.directives.microversions import MicroversionsDirective
from sphinxext_apiplug.reference.directives.openapi import OpenApiDirective
from sphinxext_apiplug.reference.directives.operation import OperationDirective
from sphinxext_apiplug.reference.directives.releases import ReleasesDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_directives(app: Sphinx) -> None:
    """Register them all."""
    app.add_directive("apiplug-extensions", ExtensionsDirective)
    app.add_directive("apiplug-extension", ExtensionDirective)
    app.add_directive("apiplug-operation", OperationDirective)
    app.add_directive("apiplug-microversions", MicroversionsDirective)
    app.add_directive("apiplug-openapi", OpenApiDirective)
    app.add_directive("apiplug-diff", DiffDirective)
    app.add_directive("apiplug-changelog", ChangelogDirective)
    app.add_directive("apiplug-authors", AuthorsDirective)
    app.add_directive("apiplug-releases", ReleasesDirective)
