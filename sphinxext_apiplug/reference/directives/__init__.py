"""The directives, one a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_apiplug.reference.directives.extension import ExtensionDirective
from sphinxext_apiplug.reference.directives.extensions import ExtensionsDirective
from sphinxext_apiplug.reference.directives.microversions import MicroversionsDirective
from sphinxext_apiplug.reference.directives.openapi import OpenApiDirective
from sphinxext_apiplug.reference.directives.operation import OperationDirective

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup_directives(app: Sphinx) -> None:
    """Register them all."""
    app.add_directive("apiplug-extensions", ExtensionsDirective)
    app.add_directive("apiplug-extension", ExtensionDirective)
    app.add_directive("apiplug-operation", OperationDirective)
    app.add_directive("apiplug-microversions", MicroversionsDirective)
    app.add_directive("apiplug-openapi", OpenApiDirective)
