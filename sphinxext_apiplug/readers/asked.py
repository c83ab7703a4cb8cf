"""The query parameters that a function looks at."""

from __future__ import annotations

import ast
from typing import Any, Final

from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.conversions import converted
from sphinxext_apiplug.readers.findings import Findings, Query
from sphinxext_apiplug.readers.roles import Roles
from sphinxext_apiplug.readers.values import Scope
from sphinxext_apiplug.readers.version_tests import last_name

_MANY: Final = {"type": "array", "items": {"type": "string"}}


class Asked:
    """Notes the query parameters that expressions look at."""

    def __init__(self, scope: Scope, roles: Roles, findings: Findings) -> None:
        self._scope = scope
        self._roles = roles
        self._findings = findings

    def note_subscript(self, node: ast.Subscript, versions: VersionRange, *, many: bool) -> None:
        """``params['x']``.

        :param many: it is looked up until none is left, so it may be given many times
        """
        if self._roles.of(node.value) == "params":
            self._note(node.slice, {}, versions, many=many)

    def note_compare(self, node: ast.Compare, versions: VersionRange, *, many: bool) -> None:
        """``'x' in params``."""
        membership = isinstance(node.ops[0], ast.In | ast.NotIn)
        if membership and self._roles.of(node.comparators[0]) == "params":
            self._note(node.left, {}, versions, many=many)

    def note_call(self, node: ast.Call, versions: VersionRange, *, many: bool) -> None:
        """``params.get('x')``, maybe in a call that makes a number or a truth of it."""
        key = self._roles.queried_key(node)
        if key is not None:
            self._note(key, {}, versions, many=many)
        schema = converted(node, self._scope)
        key = self._roles.queried_key(node.args[0]) if schema else None
        if key is not None:
            self._note(key, schema, versions, many=many)

    def is_dropped(self, node: ast.expr) -> bool:
        """Whether a statement is ``params.pop('x')``, whose result nobody sees."""
        is_pop = isinstance(node, ast.Call) and last_name(node.func) == "pop"
        return is_pop and self._roles.queried_key(node) is not None

    def _note(
        self, key: ast.expr, schema: dict[str, Any], versions: VersionRange, *, many: bool
    ) -> None:
        name = self._scope.value(key)
        if not isinstance(name, str) or not name:
            return
        if many and not schema:
            schema = _MANY
        place = (name, versions)
        known = self._findings.queries.get(place)
        if known is None or (schema and not known.schema):
            self._findings.queries[place] = Query(name=name, schema=schema, versions=versions)
