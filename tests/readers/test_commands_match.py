"""Which operation a command's name fits: exactly one, or none."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from sphinxext_apiplug.inventory.model import (
    Api,
    Command,
    CommandOption,
    Operation,
    Parameter,
    Removal,
)
from sphinxext_apiplug.inventory.problems import Source
from sphinxext_apiplug.inventory.versions import VersionRange
from sphinxext_apiplug.readers.commands_declared import DeclarationError, calls_of, find
from sphinxext_apiplug.readers.commands_match import Matcher
from sphinxext_apiplug.readers.commands_words import words_of

HOUSING = Api(
    name="h",
    namespace="h",
    title="H",
    version="1",
    service_type="housing",
    microversions=VersionRange(since="2.1", until="2.9"),
)
SOURCE = Source(object="racks:C.f", file="racks.py", line=1)


def operation(call: str, **changes: Any) -> Operation:
    method, _, rest = call.partition(" ")
    path, _, action = rest.partition("#")
    return Operation(
        id=call,
        method=method,
        path=path,
        action=action or None,
        resource="x",
        extension="x",
        handler=SOURCE,
        **changes,
    )


API = [
    operation(call)
    for call in (
        "GET /",
        "GET /racks",
        "POST /racks",
        "GET /racks/{id}",
        "PUT /racks/{id}",
        "DELETE /racks/{id}",
        "POST /racks/{id}/action#os-start",
        "POST /racks/{id}/action#confirmMove",
        "POST /racks/{id}/action#os-getVNCConsole",
        "POST /racks/{id}/action#createImage",
        "GET /racks/{rack_id}/os-slot-guards",
        "GET /racks/{rack_id}/os-slot-guards/{id}",
        "GET /racks/{rack_id}/tags",
        "PUT /racks/{rack_id}/tags",
        "PUT /racks/{rack_id}/tags/{id}",
        "DELETE /racks/{rack_id}/tags",
        "DELETE /racks/{rack_id}/tags/{id}",
        "GET /racks/{rack_id}/moves",
        "GET /racks/{rack_id}/moves/{id}",
        "POST /racks/{rack_id}/moves/{id}/action#force_complete",
        "GET /os-moves",
        "GET /types",
        "GET /types/detail",
        "GET /types/{type_id}/type-access",
        "GET /limits",
        "POST /backups",
        "GET /os-hosts/{id}/uptime",
        "PUT /os-services/enable",
        "GET /{project_id}/proxies",
    )
]


def command(text: str) -> Command:
    """``name words`` then required arguments; in brackets, what need not be given."""
    name = " ".join(word for word in text.split() if word[0] not in "<[-")
    options = []
    for word in text.split():
        plain = word.strip("<[]>")
        if word[0] in "<[":
            options.append(
                CommandOption(
                    name=plain.lstrip("-").replace("-", "_"),
                    flags=(plain,) if plain.startswith("-") else (),
                    required=word[0] == "<",
                )
            )
    return Command(
        program="racks",
        name=name,
        entry_point="e",
        distribution="racksclient",
        distribution_version="1",
        options=tuple(options),
    )


@pytest.mark.parametrize(
    ("text", "call"),
    [
        ("rack list", "GET /racks"),
        ("racks list [--limit]", "GET /racks"),
        ("list-racks", "GET /racks"),
        ("rack show <rack>", "GET /racks/{id}"),
        ("rack get <id>", "GET /racks/{id}"),
        ("rack create <name> <--size>", "POST /racks"),
        ("rack set <rack> [--name]", "PUT /racks/{id}"),
        ("rack update <rack>", "PUT /racks/{id}"),
        ("rack delete <rack>", "DELETE /racks/{id}"),
        ("delete <rack>", "DELETE /racks/{id}"),
        ("show <rack_id>", "GET /racks/{id}"),
        # The type of the service may stand before what is the service's.
        ("housing rack list", "GET /racks"),
        ("start <rack>", "POST /racks/{id}/action#os-start"),
        ("rack start <rack>", "POST /racks/{id}/action#os-start"),
        ("move-confirm <rack>", "POST /racks/{id}/action#confirmMove"),
        ("get-vnc-console <rack> <type>", "POST /racks/{id}/action#os-getVNCConsole"),
        ("rack image create <rack>", "POST /racks/{id}/action#createImage"),
        ("rack slot guard list <rack>", "GET /racks/{rack_id}/os-slot-guards"),
        ("slot-guard-list <rack>", "GET /racks/{rack_id}/os-slot-guards"),
        ("rack slot-guard show <rack> <guard>", "GET /racks/{rack_id}/os-slot-guards/{id}"),
        ("rack tag delete <rack> <tag>", "DELETE /racks/{rack_id}/tags/{id}"),
        ("rack tag delete <rack>", "DELETE /racks/{rack_id}/tags"),
        ("rack_move_show <rack> <move>", "GET /racks/{rack_id}/moves/{id}"),
        ("rack move list <rack>", "GET /racks/{rack_id}/moves"),
        ("move list", "GET /os-moves"),
        (
            "rack move force complete <rack> <move>",
            "POST /racks/{rack_id}/moves/{id}/action#force_complete",
        ),
        ("type access list <type>", "GET /types/{type_id}/type-access"),
        ("limits", "GET /limits"),
        ("host uptime <host>", "GET /os-hosts/{id}/uptime"),
        ("service enable <host>", "PUT /os-services/enable"),
        ("proxy list", "GET /{project_id}/proxies"),
    ],
)
def test_fits(text: str, call: str) -> None:
    found = Matcher(API, HOUSING).match(command(text))
    assert found is not None
    assert found.id == call


@pytest.mark.parametrize(
    "text",
    [
        # Two operations list types: nobody can tell which one is called.
        "type list",
        # Both the tags and one of them can be put.
        "rack tag set <rack> <tag>",
        # Without a rack that must be given, it can't be the moves of one.
        "rack move list [--rack]",
        # A word that nothing accounts for.
        "rack archive list",
        "rack list all",
        "host servers move <host>",
        "live move force complete <rack> <move>",
        # Nothing says whose.
        "start",
        "start <host>",
        "list",
        "show",
        # More must be given than the operation can use.
        "slot-guard <rack> <guard>",
        "limits <rack>",
        "rack list <shelf>",
        # Less is given than the operation needs.
        "rack show",
        "rack set [--name]",
        # Nouns alone don't say what is sent.
        "backup <rack>",
        # Nearly the same isn't the same.
        "vnc console get <host>",
        "rack confirm <rack>",
        "group rack list",
        "version list",
        "",
    ],
)
def test_fits_nothing(text: str) -> None:
    assert Matcher(API, HOUSING).match(command(text)) is None


@pytest.mark.parametrize(
    ("served", "known", "fits"),
    [
        ("-", "-", True),
        ("2.3-", "-", True),
        ("-2.9", "-", True),
        ("-", "2.5-", True),
        ("-2.5", "-2.5", True),
        ("-2.5", "-2.3", True),
        # The command's versions are newer.
        ("-2.5", "2.6-", False),
        # What does it call since 2.6? That, in today's client, may be all that it calls.
        ("-2.5", "-", False),
        ("-2.5", "2.3-", False),
        # The API isn't as new as the client.
        ("-", "2.10-", False),
    ],
)
def test_versions(served: str, known: str, fits: bool) -> None:
    """The newest version that the command knows must have the operation."""
    called = operation("PUT /bays/{id}", versions=VersionRange.parse(served))
    asked = msgspec.structs.replace(command("bay set <bay>"), versions=VersionRange.parse(known))
    assert Matcher([called], HOUSING).match(asked) is (called if fits else None)


def test_removed_operations_have_no_command() -> None:
    gone = operation("GET /bays", removed=Removal(version="2.3"))
    assert Matcher([gone], HOUSING).match(command("bay list")) is None


def test_required_options_may_be_queries() -> None:
    """What a search must be told isn't in its path."""
    asked = command("host choice list <--image>")
    query = Parameter(name="image", location="query")
    assert Matcher([operation("GET /host-choices")], HOUSING).match(asked) is None
    found = operation("GET /host-choices", parameters=(query,))
    assert Matcher([found], HOUSING).match(asked) is found


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("os-server-groups", "server group"),
        ("serverGroup", "server group"),
        ("server_group", "server group"),
        ("os-getVNCConsole", "get vnc console"),
        ("addresses", "address"),
        ("policies", "policy"),
        ("status", "status"),
        ("os", "os"),
    ],
)
def test_words(name: str, words: str) -> None:
    assert words_of(name) == tuple(words.split())


@pytest.mark.parametrize(
    ("one", "many"),
    [("cache", "caches"), ("size", "sizes"), ("status", "statuses"), ("box", "boxes"),
     ("batch", "batches"), ("image", "images"), ("quota", "quotas"), ("use", "uses")],
)  # fmt: skip
def test_one_and_many_are_the_same(one: str, many: str) -> None:
    assert words_of(one) == words_of(many)


def test_declared() -> None:
    """Names of variables are free; an action stands behind a #."""
    for entry, call in (
        ("GET /racks/{rack}", "GET /racks/{id}"),
        ("GET /racks/", "GET /racks"),
        ("POST /racks/{x}/action#os-start", "POST /racks/{id}/action#os-start"),
        ("GET /", "GET /"),
    ):
        (named,) = calls_of((entry,))
        found = find(named, API)
        assert found is not None
        assert found.id == call
    (nobody,) = calls_of(["POST /racks/{x}/action"])
    assert find(nobody, API) is None
    assert calls_of(()) == ()


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ("GET /racks", "is str, not a tuple"),
        (7, "is int, not a tuple"),
        (("racks",), "has 'racks'; it takes a method and a path"),
        (("GET racks",), "has 'GET racks'"),
        (("get /racks",), "has 'get /racks'"),
        ((7,), "has 7"),
        (("GET /racks?x=1",), "has 'GET /racks"),
        (("GET /racks " * 99,), "'GET /racks GET"),
    ],
)
def test_misdeclared(declared: Any, message: str) -> None:
    with pytest.raises(DeclarationError, match="api_operations") as raised:
        calls_of(declared)
    assert message in str(raised.value)
    assert len(str(raised.value)) < 250
