"""Runs the collecting process, and outlives whatever plugins do to it."""

from __future__ import annotations

import os
import re
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

import msgspec

from sphinxext_apiplug.collect.messages import Answer, Request, Step
from sphinxext_apiplug.collect.settings import ApiSettings
from sphinxext_apiplug.inventory.model import Api, Inventory
from sphinxext_apiplug.inventory.problems import Problem, Source

_FRAME = re.compile(r'^  File "(?P<file>.+)", line (?P<line>\d+) in (?P<name>.+)$', re.MULTILINE)
_PACKAGE = Path(__file__).parent.parent
_QUOTED_OUTPUT = 600


class _Ended(msgspec.Struct, frozen=True, kw_only=True):
    """How one process ended.

    :ivar status: exit status; ``None`` if it was stopped because time ran out
    :ivar step: the last step it began
    """

    status: int | None
    step: Step | None
    output: str
    stack: str


def run(
    name: str, settings: ApiSettings, progress: Callable[[int, int, str], None] | None
) -> Answer:
    """Collect in a process of its own.

    A plugin that hangs or ends the process is given up and named in a
    problem, and the others are collected by a new process.
    """
    given_up: dict[str, Problem] = {}
    while True:
        with tempfile.TemporaryDirectory(prefix="apiplug-") as folder:
            answer, ended = _run_once(name, settings, given_up, Path(folder), progress)
        if answer is not None:
            return answer
        plugin = ended.step.plugin if ended.step is not None else ""
        problem = _describe(name, settings, ended)
        if not plugin or plugin in given_up:
            return _nothing(name, settings, problem)
        given_up[plugin] = problem


def _run_once(
    name: str,
    settings: ApiSettings,
    given_up: dict[str, Problem],
    folder: Path,
    progress: Callable[[int, int, str], None] | None,
) -> tuple[Answer | None, _Ended]:
    reading, writing = os.pipe()
    request = Request(
        name=name,
        settings=settings,
        path=tuple(str(Path(entry).resolve()) for entry in sys.path),
        given_up=given_up,
        answer_file=str(folder / "answer"),
        stack_file=str(folder / "stack"),
        progress_fd=writing,
    )
    with (folder / "output").open("w+b") as output:
        with _start(request, output, writing) as child, os.fdopen(reading, "rb") as steps:
            os.close(writing)
            try:
                deadline = time.monotonic() + settings.timeout
                step, in_time = _follow(child, steps, deadline, progress)
            finally:
                _stop(child)  # also after Ctrl-C, which doesn't reach its session
        ended = _Ended(
            status=child.returncode if in_time else None,
            step=step,
            output=_tail(output),
            stack=_text(folder / "stack"),
        )
    try:
        data = (folder / "answer").read_bytes()
        return msgspec.msgpack.decode(data, type=Answer), ended
    except (OSError, msgspec.DecodeError):
        return None, ended


def _start(request: Request, output: IO[bytes], writing: int) -> subprocess.Popen[bytes]:
    root = str(_PACKAGE.parent)
    # Sets of text come out in the same order in every run.
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    child = subprocess.Popen(
        [sys.executable, "-m", "sphinxext_apiplug.collect"],
        stdin=subprocess.PIPE,
        stdout=output,
        stderr=output,
        env=environment,
        pass_fds=(writing,),
        start_new_session=True,
    )
    assert child.stdin is not None  # noqa: S101 - for the type checker
    try:
        child.stdin.write(msgspec.json.encode(request))
        child.stdin.close()
    except BrokenPipeError:
        child.stdin = None  # It died at once; its exit status will tell.
    return child


def _follow(
    child: subprocess.Popen[bytes],
    steps: IO[bytes],
    deadline: float,
    progress: Callable[[int, int, str], None] | None,
) -> tuple[Step | None, bool]:
    """Pass the steps on until the child is done.

    :returns: the last step, and whether the child was done in time
    """
    last: Step | None = None
    pending = b""
    with selectors.DefaultSelector() as selector:
        selector.register(steps, selectors.EVENT_READ)
        while (left := deadline - time.monotonic()) > 0:
            if not selector.select(left):
                continue
            data = os.read(steps.fileno(), 65536)
            if not data:
                return last, _ends(child, deadline - time.monotonic())
            *lines, pending = (pending + data).split(b"\n")
            for line in lines:
                last = msgspec.json.decode(line, type=Step)
                if progress is not None:
                    progress(last.done, last.total, f"{last.stage} {last.plugin}".strip())
    return last, False


def _ends(child: subprocess.Popen[bytes], seconds: float) -> bool:
    """Whether the child, which has nothing more to say, ends by itself."""
    try:
        child.wait(max(seconds, 0))
    except subprocess.TimeoutExpired:
        return False
    return True


def _stop(child: subprocess.Popen[bytes]) -> None:
    """End the child and all that it started."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        child.wait()


def _describe(name: str, settings: ApiSettings, ended: _Ended) -> Problem:
    step = ended.step
    subject = step.plugin if step is not None and step.plugin else name
    if ended.status is None:
        kind = "collect-timeout"
        message = f"did not finish within {settings.timeout:g} seconds"
    else:
        kind = "collect-failed"
        message = f"ended the collecting process ({_status(ended.status)})"
        if ended.output:
            message = f"{message}; its last words: {ended.output}"
    return Problem(kind=kind, subject=subject, message=message, source=_position(ended))


def _status(status: int) -> str:
    if status < 0:
        return signal.strsignal(-status) or f"signal {-status}"
    return f"exit status {status}"


def _position(ended: _Ended) -> Source | None:
    """The innermost frame of the stack that isn't the standard library's or ours."""
    own = str(_PACKAGE)
    stdlib = str(Path(os.__file__).parent)
    for frame in _FRAME.finditer(ended.stack):
        file = frame["file"]
        foreign = not file.startswith((own, "<")) and (
            not file.startswith(stdlib) or "-packages" in file
        )
        if foreign:
            return Source(object=frame["name"], file=_below(file), line=int(frame["line"]))
    return None


def _below(file: str) -> str:
    roots = [str(Path(entry).resolve()) for entry in sys.path if entry]
    fitting = [root for root in roots if file.startswith(root + os.sep)]
    return file[len(max(fitting, key=len)) + 1 :] if fitting else Path(file).name


def _nothing(name: str, settings: ApiSettings, problem: Problem) -> Answer:
    api = Api(
        name=name,
        namespace=settings.origin,
        title=settings.title or name,
        version=settings.version,
        base_path=settings.base_path,
    )
    return Answer(inventory=Inventory(api=api, problems=(problem,)), files={}, watched=())


def _tail(output: IO[bytes]) -> str:
    output.seek(0)
    text = output.read().decode("utf-8", "replace").strip()
    return text[-_QUOTED_OUTPUT:]


def _text(path: Path) -> str:
    return path.read_text("utf-8", "replace") if path.exists() else ""
