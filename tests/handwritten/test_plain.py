"""reStructuredText as the light markup of descriptions."""

from __future__ import annotations

from textwrap import dedent

import pytest

from sphinxext_apiplug.handwritten.plain import plain, title


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("A *rack* and **two** ``bays*``.", "A rack and two ``bays*``."),
        ("2 * 3 * 4, a*b*c and *", "2 * 3 * 4, a*b*c and *"),
        ("See :ref:`racks` and :doc:`that <page>`.", "See racks and that."),
        ("`Here <https://example.org/a>`__ or `there`_.",
         "Here (https://example.org/a) or there."),
        ("`text <label_>`_ and :py:class:`~a.B`", "text and ~a.B"),
        (r"a\ b \*c\*", "ab *c*"),
        ("one\ntwo\n\n\nthree", "one\ntwo\n\nthree"),
        ("- a\n- b\n  c", "- a\n- b\n  c"),
        ("|\n\nText", "Text"),
        ("As in::\n\n   code", "As in:\n\ncode"),
        (".. comment\n   more\n\nText", "Text"),
        (".. _label:\n\nText", "Text"),
        (".. |x| replace:: y\n\nText", "Text"),
        (".. note:: Mind it.", "Note: Mind it."),
        (".. warning::\n\n   Mind *it*.\n\n   Now.\n\nMore", "Warning: Mind it.\n\nNow.\n\nMore"),
        (".. versionadded:: 2.1\n   With bays.", "Added in 2.1: With bays."),
        (".. deprecated:: 2.1", "Deprecated since 2.1"),
        (".. code-block:: json\n   :caption: x\n\n   {\"a\":\n    1}", "``{\"a\":``\n\n``1}``"),
        (".. literalinclude:: a.json\n   :language: json\n\nText", "Text"),
        (".. note::", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_words_stay(text: str, words: str) -> None:
    assert plain(text) == words


def test_no_word_of_a_long_text_is_lost() -> None:
    text = dedent("""\
        First *paragraph*
        of two lines.

        .. important::

           - inner one
           - inner two

        Last.
        """)
    assert [word.strip("*.:") for word in plain(text).split()] == [
        "First", "paragraph", "of", "two", "lines", "Important", "-", "inner", "one", "-",
        "inner", "two", "Last",
    ]  # fmt: skip


def test_a_title_is_one_line() -> None:
    assert title("Show  a ``rack``\n*now*") == "Show a ``rack`` now"
