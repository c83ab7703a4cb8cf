"""The OpenAPI documents of a build: kept from an earlier one, or being made.

Making and validating takes as long as all the rest of a small build, most of
it for imports. So a process does it while Sphinx reads and writes, and what it
made is kept.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import msgspec

import sphinxext_apiplug
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.files import write_pieces_if_changed
from sphinxext_apiplug.reference.documents import Request, document_file, load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinxext_apiplug.inventory.model import Inventory
    from sphinxext_apiplug.reference.documents import Documents

_PACKAGE: Final = Path(sphinxext_apiplug.__file__).parent
# Other code, ours or the validator's, may come to another result.
_ROOMS: Final = ("inventory", "openapi")
_VALIDATOR: Final = "openapi-spec-validator"
_SECONDS: Final = 120


class MakingError(ApiplugError):
    """The process ended without an API's documents.

    :ivar reason: why, as far as it is known
    """

    def __init__(self, reason: str) -> None:
        super().__init__(f"the OpenAPI document could not be made: {reason}")
        self.reason = reason


class Maker:
    """The documents of all APIs of a build.

    :param folder: where documents are kept between builds
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._requests: dict[str, Request] = {}
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    def prepare(self, apis: Iterable[str]) -> None:
        """Let the process start its imports if one of the APIs has no documents yet."""
        if not all(self._file(api).exists() for api in apis):
            self._start()

    def ask(self, inventory: Inventory) -> None:
        """Begin to make an API's documents, if the ones that are kept aren't its."""
        api = inventory.api.name
        digest = hashlib.sha256()
        source = self.inventory_file(api)
        write_pieces_if_changed(source, _digested(codec.chunks(inventory), digest))
        request = Request(inventory=str(source), key=_key(digest), result=str(self._file(api)))
        self._requests[api] = request
        if load(self._file(api), request.key) is None:
            self._send(msgspec.json.encode(request) + b"\n")

    def documents(self, api: str) -> Documents:
        """Wait for the documents of an API that was asked for.

        :raises MakingError: if there won't be any
        """
        in_time = self._wait()
        made = load(self._file(api), self._requests[api].key)
        if made is None:
            late = f"it took more than {_SECONDS} seconds"
            raise MakingError(self._last_words() if in_time else late)
        return made

    def inventory_file(self, api: str) -> Path:
        """Where the inventory of an API that was asked for is."""
        return self._folder / f"{api}.inventory.json"

    def file(self, api: str, suffix: str) -> Path:
        """Where an API's document is, once it is made."""
        return document_file(self._file(api), suffix)

    def stop(self) -> None:
        """End the process, if it still runs."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        if self._output is not None:
            self._output.close()

    def _file(self, api: str) -> Path:
        return self._folder / f"{api}.documents"

    def _start(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed in stop()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "sphinxext_apiplug.reference.maker"],
                stdin=subprocess.PIPE,
                stdout=self._output,
                stderr=subprocess.STDOUT,
                env=_env(),
            )
        return self._process

    def _send(self, line: bytes) -> None:
        stdin = self._start().stdin
        assert stdin is not None  # noqa: S101 - for the type checker: it is a pipe
        try:
            stdin.write(line)
            stdin.flush()
        except BrokenPipeError:
            # It ended already; documents() says why.
            return

    def _wait(self) -> bool:
        """Let the process come to its end; whether it did so in time."""
        if self._process is None:
            return True
        try:
            self._process.communicate(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            return False
        return True

    def _last_words(self) -> str:
        if self._output is None:
            return ""
        self._output.seek(0)
        return self._output.read().decode(errors="replace").strip().rpartition("\n")[2]


def _digested(pieces: Iterable[bytes], digest: hashlib._Hash) -> Iterator[bytes]:
    for piece in pieces:
        digest.update(piece)
        yield piece


def _key(digest: hashlib._Hash) -> str:
    for file in sorted(file for room in _ROOMS for file in (_PACKAGE / room).rglob("*.py")):
        digest.update(file.read_bytes())
    digest.update(f"{sys.version} {metadata.version(_VALIDATOR)}".encode())
    return digest.hexdigest()


def _env() -> dict[str, str]:
    """An environment in which the process finds this very package."""
    path = [str(_PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}
