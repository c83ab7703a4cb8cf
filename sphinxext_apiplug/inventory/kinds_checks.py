"""Kinds of problems that checks find: in what was written by hand, and in what was built."""

from __future__ import annotations

from typing import Final

from sphinxext_apiplug.inventory.kinds import ProblemKind

CHECK_KINDS: Final[tuple[ProblemKind, ...]] = (
    ProblemKind(
        name="handwritten-unreadable",
        severity="warning",
        meaning="A part of a hand-written reference could not be read.",
        remedy="Mend the file at the given line: a directive, a table's row or the YAML.",
    ),
    ProblemKind(
        name="handwritten-unknown",
        severity="error",
        meaning="A hand-written reference describes an operation that no extension serves.",
        remedy="Correct method, path or action at the given line, or take the section out.",
    ),
    ProblemKind(
        name="handwritten-method",
        severity="error",
        meaning="A hand-written reference gives a path a method by which it isn't served.",
        remedy="Correct the method at the given line, or take the section out.",
    ),
    ProblemKind(
        name="handwritten-missing",
        severity="warning",
        meaning="A hand-written reference doesn't describe an operation that is served.",
        remedy="Write a section about it; the position is the operation's handler.",
    ),
    ProblemKind(
        name="handwritten-parameter",
        severity="warning",
        meaning="A hand-written table has a parameter or field that the operation doesn't have.",
        remedy="Take the row out, or correct its name.",
    ),
    ProblemKind(
        name="handwritten-undescribed",
        severity="info",
        meaning="No hand-written table has a parameter or field that the operation has.",
        remedy="Add a row for it.",
    ),
    ProblemKind(
        name="handwritten-place",
        severity="warning",
        meaning="A hand-written table says `query` of a field in the body, or `body` of a query "
        "parameter.",
        remedy="Correct `in` of the row's entry.",
    ),
    ProblemKind(
        name="handwritten-required",
        severity="warning",
        meaning="A hand-written table says `required` of what is optional, or the other way "
        "round.",
        remedy="Correct `required` of the row's entry.",
    ),
    ProblemKind(
        name="handwritten-versions",
        severity="warning",
        meaning="A hand-written table gives a parameter or field other microversions than the "
        "code.",
        remedy="Correct `min_version` and `max_version` of the row's entry.",
    ),
    ProblemKind(
        name="handwritten-code",
        severity="warning",
        meaning="A hand-written reference lists a status code that the handler doesn't declare.",
        remedy="Take the code out, or let the handler declare it.",
    ),
    ProblemKind(
        name="handwritten-code-missing",
        severity="warning",
        meaning="A hand-written reference doesn't list a status code that the handler declares.",
        remedy="Add the code.",
    ),
    ProblemKind(
        name="coverage-low",
        severity="error",
        meaning="Less of the API is described in its code than the settings ask for.",
        remedy="Describe what the message names, or lower the threshold.",
    ),
    ProblemKind(
        name="inventory-drift",
        severity="error",
        meaning="The code as it is installed has another API than the inventory that was kept.",
        remedy="If the change is meant, write the inventory anew with `apiplug inventory`.",
    ),
    ProblemKind(
        name="notes-silent",
        severity="error",
        meaning="The API changed in a release, and none of its release notes says so.",
        remedy="Write a note that names the path, the operation's id, the extension's alias, the "
        "field or the microversion; `apiplug diff OLD NEW --reno` writes the skeleton of one. Of "
        "what was released long ago, list the version under `ignore`: `notes-silent 2.0.0 *`.",
    ),
    ProblemKind(
        name="sample-invalid",
        severity="error",
        meaning="An example file isn't valid for the schema of its operation and microversion.",
        remedy="Correct the file at the given JSON pointer, or the schema.",
    ),
    ProblemKind(
        name="sample-unreadable",
        severity="error",
        meaning="An example file isn't there, or isn't JSON.",
        remedy="Correct the file at the given line, or the name by which it is included.",
    ),
    ProblemKind(
        name="sample-unmatched",
        severity="info",
        meaning="It can't be told of which operation a file is an example.",
        remedy="Show it in the section of its operation, or name it in `samples.yaml` beside it.",
    ),
    ProblemKind(
        name="site-html",
        severity="warning",
        meaning="A page that was built isn't valid HTML.",
        remedy="If the markup is your own or your theme's, mend it; otherwise this is a fault "
        "of apiplug: please report it.",
    ),
    ProblemKind(
        name="site-control",
        severity="warning",
        meaning="A button, field, link or image has no name for those who don't see it.",
        remedy="Give it a text, a label or an `aria-label`.",
    ),
    ProblemKind(
        name="site-link",
        severity="warning",
        meaning="A link within the site leads to nothing.",
        remedy="Correct the link, or the name of what it leads to.",
    ),
    ProblemKind(
        name="site-file",
        severity="error",
        meaning="A JSON or YAML file that was published can't be read.",
        remedy="Correct the file, or what makes it.",
    ),
)
