"""Reading example files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from sphinxext_apiplug.inventory.errors import ApiplugError


class SampleError(ApiplugError):
    """An example file is no JSON.

    :ivar line: where it stops being it, counted from 1
    """

    def __init__(self, reason: str, line: int) -> None:
        super().__init__(reason)
        self.line = line


def read(path: Path) -> Any:
    """What a file holds.

    :raises SampleError: if it can't be read
    """
    try:
        return json.loads(path.read_bytes())
    except json.JSONDecodeError as error:
        raise SampleError(f"not JSON: {error.msg}", error.lineno) from error
    except UnicodeDecodeError as error:
        raise SampleError("not UTF-8", 1) from error
    except RecursionError as error:
        raise SampleError("nested too deeply", 1) from error
    except OSError as error:
        raise SampleError(f"can't be read: {error.strerror}", 1) from error


def line_of(path: Path, parts: Sequence[str | int]) -> int:
    """The line of what a path of keys and indices leads to; of what holds it if it isn't there.

    JSON's readers keep no lines, but a reader of YAML does, and JSON is YAML but for rare
    escapes; where that fails the first line has to do.
    """
    try:
        node = yaml.compose(path.read_bytes(), Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, OSError, RecursionError):
        return 1
    line = 1
    for part in parts:
        if isinstance(node, yaml.MappingNode):
            pairs = [(key, value) for key, value in node.value if key.value == part]
        elif isinstance(node, yaml.SequenceNode) and isinstance(part, int):
            pairs = [(item, item) for item in node.value[part : part + 1]]
        else:
            pairs = []
        if not pairs:
            break
        line, node = pairs[0][0].start_mark.line + 1, pairs[0][1]
    return line
