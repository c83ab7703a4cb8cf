"""Documents as text: the same bytes for the same document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

try:
    from yaml import CSafeDumper as _Base
except ImportError:
    from yaml import SafeDumper as _Base  # type: ignore[assignment]


class _Dumper(_Base):
    """Writes every value where it stands, and texts of several lines as blocks."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True

    def represent_text(self, text: str) -> yaml.ScalarNode:
        style = "|" if "\n" in text else None
        return self.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _Dumper.represent_text)
# Numbers to YAML 1.2, which most readers of OpenAPI speak, but not to PyYAML:
# texts that look like them need quotes.
_Dumper.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$"),
    list("-+.0123456789"),
)
_Dumper.add_implicit_resolver("tag:yaml.org,2002:int", re.compile(r"0o[0-7]+$"), ["0"])


def to_json(document: Mapping[str, Any]) -> bytes:
    """The document as indented JSON in UTF-8 that ends with a line break."""
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def to_yaml(document: Mapping[str, Any]) -> bytes:
    """The document as YAML in UTF-8, readable by YAML 1.1 and 1.2."""
    text = yaml.dump(
        document, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=100, encoding="utf-8"
    )
    return bytes(text)
