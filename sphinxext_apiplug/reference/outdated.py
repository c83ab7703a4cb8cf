"""Which documents must be read again although none of their files changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.projects import wanted_digest

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_apiplug.reference.domain import ApiplugDomain
    from sphinxext_apiplug.reference.slices import SliceKey


def setup_outdated(app: Sphinx) -> None:
    """Compare what documents were made from with what there is now."""
    app.connect("env-get-outdated", _outdated)


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    del added, changed, removed
    domain = get_domain(env)
    return sorted(
        docname
        for docname, slices in domain.slices.items()
        if any(_digest(app, domain, key) != made_from for key, made_from in slices.items())
    )


def _digest(app: Sphinx, domain: ApiplugDomain, key: SliceKey) -> str:
    if key.kind == "history":
        return wanted_digest(app, key.id)
    return domain.digest(key)
