"""The process that makes and validates OpenAPI documents beside a build.

``python -m sphinxext_apiplug.reference.maker`` imports no Sphinx, and reads a
:class:`.documents.Request` a line.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from pathlib import Path

import msgspec

from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.files import write_if_changed
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json, to_yaml
from sphinxext_apiplug.openapi.validate import validate
from sphinxext_apiplug.reference.documents import Documents, Request


def make(request: Request) -> Documents:
    """Make the documents of an inventory file."""
    inventory = codec.loads(Path(request.inventory).read_bytes(), request.inventory)
    document = build(inventory)
    return Documents(
        key=request.key,
        json=to_json(document),
        yaml=to_yaml(document),
        problems=validate(document, inventory),
    )


def main() -> None:
    """Answer the requests on standard input."""
    # It lives shortly: what it could free isn't worth looking for.
    gc.disable()
    # Long to import: to be done before there is a request, not after it.
    importlib.import_module("sphinxext_apiplug.openapi.checker")
    for line in sys.stdin.buffer:
        request = msgspec.json.decode(line, type=Request)
        write_if_changed(Path(request.result), msgspec.msgpack.encode(make(request)))
    sys.stdout.flush()
    sys.stderr.flush()
    # The build waits for the end: nothing is left to be taken down in order.
    os._exit(0)


if __name__ == "__main__":
    main()
