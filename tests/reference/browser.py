"""Pages in a real browser: what a script of ours sees and does there."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

PROGRAM = os.environ.get("CHROMIUM") or shutil.which("chromium")
needs_browser = pytest.mark.skipif(
    not PROGRAM, reason="no Chromium is installed, so no page is opened in a browser"
)

_OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--virtual-time-budget=20000",
)  # fmt: skip
# A page that opens the real one in a frame, works with it, and says what it found.
_HARNESS = """\
<!doctype html><meta charset="utf-8"><iframe id="frame" width="900" height="700"></iframe>
<pre id="found"></pre><script>
const frame = document.getElementById("frame");
const open = (act) => new Promise((done) => {
  frame.addEventListener("load", () => setTimeout(() => done(frame.contentWindow), 100),
                         { once: true });
  act();
});
const visit = (address) => open(() => { frame.src = address; });
const choose = (view, version) => {
  const select = view.document.querySelector(".apiplug-bar select");
  select.value = version;
  select.dispatchEvent(new Event("change"));
};
const found = {};
(async () => {
  try { SCRIPT } catch (error) { found.error = String(error); }
  document.getElementById("found").textContent = JSON.stringify(found);
})();
</script>
"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        del code, size


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a folder's files."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def tried(folder: Path, script: str, profile: Path) -> dict[str, Any]:
    """What *script* puts into ``found``.

    It may ``await visit(address)``, and ``choose(view, version)`` there.

    :param folder: a built site
    :param profile: an empty folder for the browser
    """
    (folder / "harness.html").write_text(_HARNESS.replace("SCRIPT", script), encoding="utf-8")
    with served(folder) as address:
        command = [PROGRAM or "", *_OPTIONS, f"--user-data-dir={profile}", "--dump-dom"]
        result = subprocess.run(
            [*command, f"{address}/harness.html"], text=True, capture_output=True, timeout=120
        )
    text = re.search(r'<pre id="found">(.*?)</pre>', result.stdout, re.DOTALL)
    assert text is not None, result.stderr
    found: dict[str, Any] = json.loads(unescape(text[1]))
    assert "error" not in found, found["error"]
    return found
