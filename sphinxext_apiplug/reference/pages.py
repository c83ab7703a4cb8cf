"""A page for each extension, generated before the sources are looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_apiplug.reference.config import setting_place, valid_apis
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.report import report
from sphinxext_apiplug.reference.slugs import slugs
from sphinxext_apiplug.reference.stubs import (
    documents,
    remove_stale,
    stub_text,
    write_stubs,
)

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinxext_apiplug.reference.domain import ApiplugDomain

    # (API name, alias) -> file of the extension's page
    Files = dict[tuple[str, str], Path]


def setup_pages(app: Sphinx) -> None:
    """Generate the pages once the inventories are there."""
    app.connect("builder-inited", _generate)


def _generate(app: Sphinx) -> None:
    domain = get_domain(app.env)
    root = Path(app.srcdir)
    files = _page_files(app, domain)
    if files and app.config.source_suffix.get(".rst") != "restructuredtext":
        message = "'pages' makes .rst files, which source_suffix in conf.py doesn't name"
        report("setting-invalid", message, setting_place(app, None))
        return
    try:
        kept = write_stubs({file: stub_text(*key) for key, file in files.items()})
    except OSError as error:
        message = f"'pages' can't be written: {error.filename}: {error.strerror}"
        report("setting-invalid", message, setting_place(app, None))
        return
    known = [root / file for file in domain.stubs]
    remove_stale(files.values(), {file.parent for file in files.values()}, known)
    shown = {key: file for key, file in files.items() if _shows(file, key[1], file in kept)}
    domain.pages = {key: _relative(file.with_suffix(""), root) for key, file in shown.items()}
    domain.note_stubs(_relative(file, root) for file in files.values() if file not in kept)


def _page_files(app: Sphinx, domain: ApiplugDomain) -> Files:
    folders = {
        name: Path(app.srcdir) / settings.pages
        for name, settings in valid_apis(app.config).items()
        if settings.pages is not None
    }
    wanted: dict[Path, list[tuple[str, str]]] = {}
    for api, folder in folders.items():
        aliases = [item.alias for item in domain.apis[api].inventory.extensions]
        # What has no name can't be asked for; it stands on the overview.
        wanted.setdefault(folder, []).extend((api, alias) for alias in aliases if alias)
    return {
        key: folder / f"{name}.rst"
        for folder, keys in wanted.items()
        for key, name in slugs(keys).items()
    }


def _shows(file: Path, alias: str, kept: bool) -> bool:
    """Whether that is the extension's page; a hand-written one may be about anything."""
    if not kept or documents(file, alias):
        return True
    message = f"the page of extension {alias!r} can't be generated over this hand-written file"
    report("page-exists", message, str(file))
    return False


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()
