"""The settings of one project, as they are declared: names, types, defaults and help."""

from __future__ import annotations

from typing import Annotated, Final

import msgspec
from msgspec import Meta


class LinkPattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What in a commit's message becomes a link, and where that leads.

    :ivar pattern: a regular expression
    :ivar url: template of the address, with ``{1}`` for the first group and
        ``{repository}``; empty: what matches stays text
    :ivar text: template of what is shown of a match behind the subject
    :ivar repositories: a glob pattern of the repositories in which it holds
    """

    pattern: str
    url: str
    text: str = "{0}"
    repositories: str = "*"


#: Launchpad's and StoryBoard's bugs, Gerrit's changes, GitHub's issues. They begin with
#: letters, and look behind afterwards, because that is several times as fast.
LINKS: Final = (
    LinkPattern(
        pattern=r"(?:Closes|closes|Partial|partial|Related|related|Fixes|fixes|Resolves|resolves)"
        r"-[Bb]ug:\s*(?:LP:?\s*)?#?(\d+)",
        url="https://bugs.launchpad.net/bugs/{1}",
        text="bug {1}",
    ),
    LinkPattern(
        pattern=r"(?:bug(?<!\w{4})|Bug(?<!\w{4})|LP(?<!\w{3})):?\s*#?(\d{6,})\b",
        url="https://bugs.launchpad.net/bugs/{1}",
        text="bug {1}",
    ),
    LinkPattern(
        pattern=r"(?:story|Story)(?<!\w{6}):?\s*#?(\d{7})\b",
        url="https://storyboard.openstack.org/#!/story/{1}",
        text="story {1}",
    ),
    LinkPattern(
        pattern=r"(?m)^Change-Id:\s*(I[0-9a-f]{8,40})\b",
        url="https://review.opendev.org/q/{1}",
        text="review {1:.9}",
    ),
    LinkPattern(
        pattern=r"#(?<![\w&/#]#)(\d+)\b",
        url="{repository}/issues/{1}",
        text="#{1}",
        repositories="https://github.com/*",
    ),
)

#: Those that OpenStack and GitHub projects meet most.
ROBOTS: Final = (
    r"\[bot\]",
    r"^\S+ (proposal|release|translation|sync) bot\b",
    r"^(zuul|jenkins|gerrit code review|hosted weblate|weblate|zanata)\b",
    r"^(dependabot|renovate|pre-commit-ci|github actions)\b",
    r"(jenkins|zuul)@review|infra@lists|jenkins@openstack",
)


class ProjectSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What ``apiplug_projects`` says of one project."""

    path: Annotated[
        str | None,
        Meta(
            description="The folder of the project's sources, relative to conf.py: a clone, or "
            "an unpacked source archive. Default: the installed distribution, or the folder "
            "that it was installed from with `pip install -e`."
        ),
    ] = None
    repository: Annotated[
        Annotated[str, Meta(pattern=r"^https?://\S+[^/\s]$")] | None,
        Meta(
            description="The repository's address for people, as in "
            "`https://github.com/example/racks`. Default: the one that the distribution's "
            "metadata names as its source."
        ),
    ] = None
    commit_url: Annotated[
        str,
        Meta(
            description="Template of a link to a commit, with `{repository}` and `{commit}`. "
            "Without a repository, nothing is linked that needs one."
        ),
    ] = "{repository}/commit/{commit}"
    links: Annotated[
        tuple[LinkPattern, ...],
        Meta(
            description="What in commits' messages becomes a link: a list of `{'pattern': …, "
            "'url': …, 'text': …, 'repositories': …}`, with a regular expression, a template of "
            "the address with `{1}` for the first group and `{repository}`, a template of the "
            "text where the match isn't part of the subject, and a glob pattern of the "
            "repositories in which it holds. They are tried before the ones that are always "
            "there: `Closes-Bug: #…` and its kin, Gerrit's `Change-Id`, and `#123` in GitHub's "
            "repositories. Where `url` is empty, what matches stays text."
        ),
    ] = ()
    robots: Annotated[
        tuple[str, ...],
        Meta(
            description="Regular expressions; whose name or `<address>` matches one, in any "
            "case, is listed among the robots rather than the authors."
        ),
    ] = ROBOTS
    notes: Annotated[
        str | None,
        Meta(
            description="The folder that holds reno's `releasenotes`, relative to conf.py. "
            "Default: that of the sources."
        ),
    ] = None
    inventories: Annotated[
        str | None,
        Meta(
            description="A folder, relative to conf.py, with an inventory of each release that "
            "has one, named for its version, as in `2.1.0.json`. What changed between them is "
            "what changed in the API."
        ),
    ] = None


#: The declared settings, in order: name, type, default and help text of each.
PROJECT_FIELDS: Final = msgspec.structs.fields(ProjectSettings)
