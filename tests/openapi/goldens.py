"""The golden documents, and the way to write them anew.

``python -m tests.openapi.goldens`` writes them; read the difference before you
commit it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json
from tests.openapi import inventories

FOLDER: Final = Path(__file__).parent / "golden"

#: File -> (inventory, microversion).
DOCUMENTS: Final = {
    "bare.json": (inventories.bare, None),
    "ordinary-1.0.json": (inventories.ordinary, "1.0"),
    "ordinary-newest.json": (inventories.ordinary, None),
    "ordinary-all.json": (inventories.ordinary, "all"),
}


def main() -> None:
    """Write every golden document."""
    FOLDER.mkdir(exist_ok=True)
    for name, (inventory, version) in DOCUMENTS.items():
        (FOLDER / name).write_bytes(to_json(build(inventory(), version)))


if __name__ == "__main__":
    main()
