"""A page for each extension, generated before the sources are looked for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_apiplug.reference.config import setting_place, valid_apis
from sphinxext_apiplug.reference.domain import get_domain
from sphinxext_apiplug.reference.part_files import part_files
from sphinxext_apiplug.reference.parts import Placed
from sphinxext_apiplug.reference.report import report
from sphinxext_apiplug.reference.slugs import slugs
from sphinxext_apiplug.reference.stubs import (
    PARTS_OPTION,
    documents,
    part_option,
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
    parts = part_files(files, domain, valid_apis(app.config))
    texts = {
        file: stub_text(*key, PARTS_OPTION if key in parts else "") for key, file in files.items()
    }
    for key, found in parts.items():
        texts |= {file: stub_text(*key, part_option(part.name)) for part, file in found}
    try:
        kept = write_stubs(texts)
    except OSError as error:
        message = f"'pages' can't be written: {error.filename}: {error.strerror}"
        report("setting-invalid", message, setting_place(app, None))
        return
    known = [root / file for file in domain.stubs]
    remove_stale(texts, {file.parent for file in texts}, known)
    shown = {key: file for key, file in files.items() if _shows(file, key[1], file in kept)}
    domain.pages = {key: _docname(file, root) for key, file in shown.items()}
    domain.parts = {
        key: tuple(Placed(part, _docname(file, root)) for part, file in found)
        for key, found in parts.items()
    }
    domain.note_stubs(_relative(file, root) for file in texts if file not in kept)


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


def _docname(file: Path, root: Path) -> str:
    return _relative(file.with_suffix(""), root)


def _relative(file: Path, root: Path) -> str:
    return file.relative_to(root).as_posix()
