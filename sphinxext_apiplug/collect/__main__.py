"""The collecting process: a request on standard input, an answer in a file."""

from __future__ import annotations

import faulthandler
import gc
import os
import sys
from pathlib import Path

import msgspec

from sphinxext_apiplug.collect.messages import Request
from sphinxext_apiplug.inventory.files import write_if_changed

# The stack is written a little before the asking process loses its patience.
_GRACE = 0.5


def main() -> None:
    """Answer one request, then end at once, whatever threads plugins left behind."""
    # Nearly all that an import makes stays; looking for garbage in it takes a fifth of the time.
    gc.disable()
    request = msgspec.json.decode(sys.stdin.buffer.read(), type=Request)
    sys.path[:] = request.path
    with Path(request.stack_file).open("w", encoding="utf-8") as stack:
        limit = request.settings.timeout
        faulthandler.dump_traceback_later(max(limit - _GRACE, limit / 2), file=stack)
        # Late: everything that is imported from here on is under the time limit.
        from sphinxext_apiplug.collect.worker import answer

        result = answer(request)
        write_if_changed(Path(request.answer_file), msgspec.msgpack.encode(result))
        faulthandler.cancel_dump_traceback_later()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
