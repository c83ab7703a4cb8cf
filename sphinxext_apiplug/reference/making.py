"""Starting the process that makes an API's documents, and waiting for it."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from importlib import metadata
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

import sphinxext_apiplug
from sphinxext_apiplug.inventory import codec
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.files import write_if_changed
from sphinxext_apiplug.reference import documents

if TYPE_CHECKING:
    from sphinxext_apiplug.inventory.model import Inventory
    from sphinxext_apiplug.reference.documents import Documents

_PACKAGE: Final = Path(sphinxext_apiplug.__file__).parent
# Other code, ours or the validator's, may come to another result.
_ROOMS: Final = ("inventory", "openapi")
_VALIDATOR: Final = "openapi-spec-validator"
_SECONDS: Final = 120


class MakingError(ApiplugError):
    """The process ended without documents.

    :ivar output: the end of what it printed
    """

    def __init__(self, output: str) -> None:
        super().__init__(f"the OpenAPI document could not be made: {output}")
        self.output = output


class Making:
    """The documents of one API: there already, or on their way.

    :param folder: where they are kept between builds
    """

    def __init__(self, inventory: Inventory, folder: Path) -> None:
        self._text = codec.dumps(inventory)
        self._key = _key(self._text)
        self._request = folder / f"{inventory.api.name}.inventory.json"
        self._result = folder / f"{inventory.api.name}.documents"
        self._process: subprocess.Popen[bytes] | None = None
        self._output: IO[bytes] | None = None

    def start(self) -> None:
        """Start the process, if the documents aren't there already."""
        if documents.load(self._result, self._key) is not None:
            return
        write_if_changed(self._request, self._text)
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - closed in stop()
        module = "sphinxext_apiplug.reference.documents"
        arguments = [str(self._request), self._key, str(self._result)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            env=_env(),
        )

    def finish(self) -> Documents:
        """Wait for the documents.

        :raises MakingError: if there won't be any
        """
        try:
            if self._process is not None:
                self._process.wait(timeout=_SECONDS)
        except subprocess.TimeoutExpired:
            raise MakingError(f"it took more than {_SECONDS} seconds") from None
        else:
            made = documents.load(self._result, self._key)
            if made is None:
                raise MakingError(self._last_words())
            return made
        finally:
            self.stop()

    def stop(self) -> None:
        """End the process, if it still runs."""
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        if self._output is not None:
            self._output.close()

    def _last_words(self) -> str:
        if self._output is None:
            return ""
        self._output.seek(0)
        return self._output.read().decode(errors="replace").strip().rpartition("\n")[2]


def _key(text: bytes) -> str:
    digest = hashlib.sha256(text)
    for file in sorted(file for room in _ROOMS for file in (_PACKAGE / room).rglob("*.py")):
        digest.update(file.read_bytes())
    digest.update(f"{sys.version} {metadata.version(_VALIDATOR)}".encode())
    return digest.hexdigest()


def _env() -> dict[str, str]:
    """An environment in which the process finds this very package."""
    path = [str(_PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, path))}
