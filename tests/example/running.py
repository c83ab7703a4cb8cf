"""The example service as operators run it: a process that says where it can be reached."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SCRIPTS = Path(sysconfig.get_path("scripts"))


@contextmanager
def service(*options: str | Path, path: str | Path = "") -> Iterator[str]:
    """The address of a service that runs while the block does, with the demo data.

    :param options: of ``compute-example-api``
    :param path: a folder in which more distributions are installed
    """
    command = [SCRIPTS / "compute-example-api", "--port", "0", "--demo", *options]
    environment = {**os.environ, "PYTHONPATH": str(path), "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env=environment, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            address = re.search(r"http://[^\s,]+", line)
            assert address, f"it said {line!r}"
            yield address[0].rstrip("/")
        finally:
            process.terminate()
            process.wait(20)
