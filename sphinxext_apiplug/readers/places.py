"""Where code is: functions, classes and exceptions as positions in files."""

from __future__ import annotations

import ast
import linecache
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import CodeType, FunctionType, ModuleType, TracebackType
from typing import Any, TypeAlias

from sphinxext_apiplug.inventory.problems import Source

# Its frames stand before a plugin's own in every traceback.
_LOADER = "stevedore"

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class Places:
    """Names files without saying where this machine keeps them.

    :ivar files: every file that was named: relative name -> absolute path
    """

    def __init__(self, path: Iterable[str] | None = None) -> None:
        roots = {str(Path(entry).resolve()) for entry in (sys.path if path is None else path)}
        self._roots = sorted(roots, key=len, reverse=True)
        self._parsed: dict[str, dict[tuple[str, int], FunctionNode]] = {}
        self._nodes: dict[tuple[str, str, int], FunctionNode | None] = {}
        self._names: dict[str, str] = {}
        self.files: dict[str, str] = {}

    def name(self, file: str) -> str:
        """Name an absolute path by what follows the import root that it lies in."""
        if file not in self._names:
            self._names[file] = self._new_name(file)
        return self._names[file]

    def _new_name(self, file: str) -> str:
        absolute = str(Path(file).resolve())
        for root in self._roots:
            if absolute.startswith(root + os.sep):
                relative = absolute[len(root) + 1 :].replace(os.sep, "/")
                break
        else:
            # An editable installation's finder knows a package that no root holds.
            above = _above_packages(Path(absolute))
            relative = Path(absolute).relative_to(above).as_posix()
        self.files[relative] = absolute
        return relative

    def of_function(self, function: FunctionType) -> Source:
        """The line of a function's ``def``."""
        node = self.node(function)
        line = function.__code__.co_firstlineno if node is None else node.lineno
        return Source(
            object=f"{function.__module__}:{function.__qualname__}",
            file=self.name(function.__code__.co_filename),
            line=line,
        )

    def of_class(self, cls: type) -> Source | None:
        """The module of a class, and the line of its first function."""
        file = getattr(sys.modules.get(cls.__module__), "__file__", None)
        if file is None:
            return None
        return Source(
            object=f"{cls.__module__}:{cls.__qualname__}",
            file=self.name(file),
            line=self._class_line(file, cls.__qualname__),
        )

    def of_module(self, module: ModuleType) -> Source | None:
        """A module, without a line."""
        file = getattr(module, "__file__", None)
        if file is None:
            return None
        return Source(object=module.__name__, file=self.name(file))

    def of_value(self, module: ModuleType, name: str) -> Source | None:
        """Where a module gives a name its value; the module, where it has it from another."""
        place = self.of_module(module)
        if place is None:
            return None
        lines = linecache.getlines(str(module.__file__))
        given = (
            number
            for number, text in enumerate(lines, start=1)
            if text.partition("=")[0].partition(":")[0].strip() == name and not text[:1].isspace()
        )
        return Source(object=f"{module.__name__}:{name}", file=place.file, line=next(given, None))

    def of_error(self, error: BaseException, package: str) -> Source | None:
        """The place to mend: the innermost frame in *package*, or else in any package.

        A syntax error's place is the line that it complains about.
        """
        if isinstance(error, SyntaxError) and error.filename and Path(error.filename).exists():
            file = self.name(error.filename)
            return Source(object=Path(file).stem, file=file, line=error.lineno)
        frames = [
            item
            for item in _frames(error.__traceback__)
            if _is_foreign(item[0]) and _top(item[2]) != _LOADER
        ]
        inside = [item for item in frames if _top(item[2]) == package]
        if not frames:
            return None
        code, line, module = (inside or frames)[-1]
        return Source(
            object=f"{module}:{code.co_name}", file=self.name(code.co_filename), line=line
        )

    def node(self, function: FunctionType) -> FunctionNode | None:
        """The syntax tree of a function, ``None`` where its source isn't to be had."""
        code = function.__code__
        key = (code.co_filename, code.co_name, code.co_firstlineno)
        if key not in self._nodes:
            self._nodes[key] = _parse_alone(code) or self._parsed_among_others(code)
        return self._nodes[key]

    def _parsed_among_others(self, code: CodeType) -> FunctionNode | None:
        if code.co_filename not in self._parsed:
            self._parsed[code.co_filename] = _parse(code.co_filename)
        return self._parsed[code.co_filename].get((code.co_name, code.co_firstlineno))

    def _class_line(self, file: str, qualname: str) -> int | None:
        name = qualname.rpartition(".")[2]
        for number, text in enumerate(linecache.getlines(file), start=1):
            words = text.replace("(", " ").replace(":", " ").split()
            if words[:2] == ["class", name]:
                return number
        return None


def _parse_alone(code: CodeType) -> FunctionNode | None:
    """One function, if its code says where it ends; most of a large file is never asked for."""
    first, last = code.co_firstlineno, _last_line(code)
    lines = linecache.getlines(code.co_filename)[first - 1 : last]
    if not lines:
        return None
    # Its lines keep their numbers, and an indented one needs something to stand in.
    is_method = lines[0][:1].isspace()
    before = "\n" * (first - 2) + "if 1:\n" if is_method else "\n" * (first - 1)
    try:
        found: ast.AST = ast.parse(before + "".join(lines)).body[0]
    except (SyntaxError, ValueError):
        return None
    if isinstance(found, ast.If):
        found = found.body[0]
    return found if isinstance(found, FunctionNode) and found.name == code.co_name else None


def _last_line(code: CodeType) -> int:
    """The last line that an instruction of a function stands for; 0 before Python 3.11."""
    positions: Iterable[Any] = getattr(code, "co_positions", tuple)()
    inner = [_last_line(item) for item in code.co_consts if isinstance(item, CodeType)]
    return max(inner + [end for _, end, _, _ in positions if end], default=0)


def _parse(file: str) -> dict[tuple[str, int], FunctionNode]:
    """All functions of a file by name and first line, decorators included."""
    try:
        tree = ast.parse("".join(linecache.getlines(file)))
    except (SyntaxError, ValueError):
        return {}
    found: dict[tuple[str, int], FunctionNode] = {}
    for node in ast.walk(tree):
        if isinstance(node, FunctionNode):
            first = min([node.lineno, *(item.lineno for item in node.decorator_list)])
            found[node.name, first] = node
    return found


def _frames(traceback: TracebackType | None) -> list[tuple[CodeType, int, str]]:
    frames = []
    while traceback is not None:
        frame = traceback.tb_frame
        module = str(frame.f_globals.get("__name__", ""))
        frames.append((frame.f_code, traceback.tb_lineno, module))
        traceback = traceback.tb_next
    return frames


def _is_foreign(code: CodeType) -> bool:
    """Whether code is neither Python's own nor apiplug's."""
    file = code.co_filename
    own = str(Path(__file__).parent.parent)
    stdlib = str(Path(os.__file__).parent)
    if file.startswith((own, "<")):
        return False
    return not file.startswith(stdlib) or "-packages" in file


def _top(module: str) -> str:
    return module.partition(".")[0]


def _above_packages(path: Path) -> Path:
    """The folder that the outermost regular package of a file lies in."""
    folder = path.parent
    while (folder / "__init__.py").is_file():
        folder = folder.parent
    return folder
