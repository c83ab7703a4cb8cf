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
from sphinxext_apiplug.reference.documents import Documents, Request, document_file


def make(request: Request) -> None:
    """Make the documents of an inventory file; what is known of them comes last."""
    inventory = codec.loads(Path(request.inventory).read_bytes(), request.inventory)
    document = build(inventory)
    result = Path(request.result)
    write_if_changed(document_file(result, "json"), to_json(document))
    write_if_changed(document_file(result, "yaml"), to_yaml(document))
    made = Documents(key=request.key, problems=validate(document, inventory))
    write_if_changed(result, msgspec.msgpack.encode(made))


def main() -> None:
    """Answer the requests on standard input."""
    # It lives shortly: what it could free isn't worth looking for.
    gc.disable()
    # Long to import: to be done before there is a request, not after it.
    importlib.import_module("sphinxext_apiplug.openapi.checker")
    for line in sys.stdin.buffer:
        make(msgspec.json.decode(line, type=Request))
    sys.stdout.flush()
    sys.stderr.flush()
    # The build waits for the end: nothing is left to be taken down in order.
    os._exit(0)


if __name__ == "__main__":
    main()
