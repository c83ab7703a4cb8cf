"""What a plugin's text may not do in a viewer."""

from __future__ import annotations

import pytest

from sphinxext_apiplug.openapi.markdown import escape


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("a <b>, 1 < 2 and 2 > 1", "a &lt;b>, 1 < 2 and 2 > 1"),
        ("<script>x</script>", "&lt;script>x&lt;/script>"),
        ("<!-- x --> <?x?>", "&lt;!-- x --> &lt;?x?>"),
        ("[a](javascript:b)", r"[a\](javascript\:b)"),
        ("[a]( data:b)", r"[a\]( data:b)"),
        ("[a]: JavaScript:b", r"[a]\: JavaScript\:b"),
        ("[a](https://a.test)", "[a](https://a.test)"),
        ("values[0] (two)", "values[0] (two)"),
        ("eval(x), retrieval(x)", r"eval\(x), retrieval(x)"),
    ],
)
def test_escape(given: str, written: str) -> None:
    assert escape(given) == written
