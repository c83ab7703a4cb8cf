"""OpenAPI documents of others: what is read, and what is said of faulty ones."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from msgspec.structs import replace

from sphinxext_apiplug.checks.diff import diff
from sphinxext_apiplug.checks.diff.files import read_side
from sphinxext_apiplug.checks.diff.openapi.errors import DocumentError
from sphinxext_apiplug.checks.diff.openapi.reading import read_document
from sphinxext_apiplug.inventory.model import Inventory, Policy
from sphinxext_apiplug.openapi.document import build
from sphinxext_apiplug.openapi.text import to_json
from tests.checks.diff.making import body, response

PETS: dict[str, Any] = {
    "openapi": "3.0.3",
    "info": {"title": "Pets", "version": "1", "license": {"name": "MIT"}},
    "servers": [{"url": "https://pets.example/v1"}],
    "security": [{"key": []}],
    "paths": {
        "/pets/{id}": {
            "parameters": [{"$ref": "#/components/parameters/id"}],
            "get": {
                "operationId": "getPet",
                "parameters": [{"name": "sid", "in": "cookie", "schema": {"type": "string"}}],
                "responses": {
                    "200": {"$ref": "#/components/responses/pet"},
                    "default": {"description": "An error."},
                },
            },
            "put": {
                "requestBody": {
                    "content": {
                        "text/plain": {},
                        "application/vnd.pet+json": {
                            "schema": {"$ref": "#/components/schemas/Pet"}
                        },
                    }
                },
                "responses": {"204": {"description": "Done."}},
            },
        }
    },
    "components": {
        "parameters": {
            "id": {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}
        },
        "responses": {
            "pet": {
                "description": "A pet.",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}},
            }
        },
        "schemas": {
            "Pet": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "nullable": True, "example": "Tom"},
                    "age": {"type": "integer", "minimum": 0, "exclusiveMinimum": True},
                    "parent": {"$ref": "#/components/schemas/Pet"},
                },
            }
        },
        "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "X-Key"}},
    },
}


def read(document: Any) -> Inventory:
    return read_document(json.dumps(document).encode(), "pets.json")


def changed(*path: Any, to: Any) -> dict[str, Any]:
    """The document with another value at one place."""
    document = copy.deepcopy(PETS)
    target: Any = document
    for key in path[:-1]:
        target = target[key]
    target[path[-1]] = to
    return document


def kinds(new: Any, old: Any = PETS) -> list[tuple[str, str, str]]:
    return [
        (change.kind, change.where.part, change.where.name)
        for change in diff(read(old), read(new))
    ]


PET = ("components", "schemas", "Pet", "properties")
GET = ("paths", "/pets/{id}", "get")
PUT = ("paths", "/pets/{id}", "put")


def test_a_document_is_what_it_says() -> None:
    inventory = read(PETS)
    assert [item.id for item in inventory.operations] == ["getPet", "put-pets/{id}"]
    assert (inventory.api.base_path, inventory.api.title) == ("/v1", "Pets")
    assert inventory.api.security is not None
    assert inventory.api.security.header == "X-Key"
    assert diff(inventory, read(PETS)) == ()


def test_yaml_is_read_as_json_is() -> None:
    text = yaml.safe_dump(PETS, sort_keys=False)
    # Codes are numbers there, and an unquoted date is a text.
    text = text.replace("'200'", "200").replace("version: '1'", "version: 2024-01-02")
    inventory = read_document(text.encode(), "pets.yaml")
    assert inventory.api.version == "2024-01-02"
    assert diff(read(PETS), inventory) == ()


@pytest.mark.parametrize(
    ("new", "found"),
    [
        (
            changed(*PET, "name", to={"type": "string"}),
            [("null-forbidden", "response", "name"), ("null-forbidden", "request", "name")],
        ),
        (
            changed(*PET, "age", "exclusiveMinimum", to=False),
            [("minimum-lowered", "response", "age"), ("minimum-lowered", "request", "age")],
        ),
        (changed(*PET, "age", to={"type": "integer", "minimum": 1}), []),
        (changed(*PET, "name", "example", to="Jerry"), []),
        (changed(*PUT, "requestBody", "required", to=True), [("body-required", "request", "")]),
        (
            changed(*PUT, "requestBody", "content", "image/png", to={}),
            [("media-type-added", "request", "")],
        ),
        (
            changed(*GET, "parameters", 0, "in", to="header"),
            [("parameter-removed", "header", "Cookie: sid"), ("parameter-added", "header", "sid")],
        ),
        (changed(*GET, "parameters", to=[]), [("parameter-removed", "header", "Cookie: sid")]),
        (
            changed("components", "parameters", "id", "schema", to={"type": "string"}),
            [("type-changed", "path", "id"), ("type-changed", "path", "id")],
        ),
        (
            changed(
                "components", "responses", "pet", "headers",
                to={"ETag": {"schema": {"type": "string"}}, "Content-Type": {}},
            ),
            [("response-header-added", "response-header", "ETag")],
        ),
        (
            changed(*GET, "responses", "default", "description", to="Something else."),
            [("description-changed", "response", "")],
        ),
        (
            changed(*GET, "responses", "4XX", to={"description": "No."}),
            [("error-status-added", "response", "")],
        ),
        (changed("servers", 0, "url", to="/v1"), [
            ("server-removed", "api", ""), ("server-added", "api", ""),
        ]),
        (
            changed("components", "securitySchemes", "key", to={"type": "http"}),
            [("security-changed", "api", "")],
        ),
    ],
)  # fmt: skip
def test_changes_of_a_document(new: Any, found: list[tuple[str, str, str]]) -> None:
    assert kinds(new) == found


def test_documents_say_what_was_read_from_the_code() -> None:
    known = Policy(name="shop:create", check="role:admin")
    asked = replace(known, name="shop:all", conditional=True)
    sides = []
    for schema, policies in (({"a": {}}, (known,)), ({"b": {}}, (known, asked))):
        made = response(body(schema), inferred="a" in schema)
        operation = replace(made.operations[0], policies=policies)
        document = to_json(build(replace(made, operations=(operation,)), "all"))
        sides.append(read_document(document, "api.json"))
    added, declared = diff(*sides)
    assert declared.kind == "body-schema-declared"
    assert (added.kind, added.severity) == ("policy-added", "breaking")
    assert added.message == "The policy `shop:all` decides now who may call: unknown."
    assert [item.conditional for item in sides[1].operations[0].policies] == [False, True]


def test_documents_of_both_versions_can_be_compared() -> None:
    new = copy.deepcopy(PETS)
    new["openapi"] = "3.1.1"
    new["components"]["schemas"]["Pet"]["properties"].update(
        name={"type": ["string", "null"]}, age={"type": "integer", "exclusiveMinimum": 0}
    )
    assert kinds(new) == []


#: What is wrong, and what is said of it.
FAULTY: tuple[tuple[Any, str], ...] = (
    ([], "pets.json: is no OpenAPI document: it has no openapi"),
    ({"swagger": "2.0"}, "pets.json: is a Swagger document: convert it into OpenAPI 3 first"),
    (changed("openapi", to="2.1"), "pets.json: /openapi: is a version that can't be read"),
    (changed("openapi", to=3.1), "pets.json: /openapi: should be a text"),
    (changed("paths", to=[]), "pets.json: /paths: should be an object"),
    (changed("paths", "pets", to={}), "pets.json: /paths/pets: a path begins with a slash"),
    (changed(*GET, to=None), "pets.json: /paths/~1pets~1{id}/get: should be an object"),
    (changed(*GET, "responses", "ok", to={}), "/get/responses/ok: is no status code"),
    (changed(*GET, "parameters", 0, "in", to="body"), "/parameters/0: should say where it is"),
    (changed(*GET, "parameters", 0, "name", to=""), "/parameters/0: a parameter has a name"),
    (changed(*PET, "age", to=7), "/components/schemas/Pet/properties/age: should be an object"),
    (changed(*PET, "age", "type", to="int"), "/age/type: names a type that JSON Schema doesn't"),
    (changed(*PET, "age", "type", to=[[]]), "/age/type: names a type that JSON Schema doesn't"),
    (changed(*PET, "age", "minimum", to="0"), "/age/minimum: should be a number"),
    (changed(*PET, "age", "enum", to="0"), "/age/enum: should be an array"),
    (changed(*PET, "age", "required", to=True), "/age/required: should be an array"),
    (changed(*PET, "age", "pattern", to=1), "/age/pattern: should be a text"),
    (changed(*PET, "age", "allOf", to={}), "/age/allOf: should be an array"),
    (
        changed(*PET, "parent", "$ref", to="nosuch.json#/Pet"),
        "/parent: the reference nosuch.json#/Pet leads nowhere: No such file or directory",
    ),
    (
        changed(*PET, "parent", "$ref", to="https://pets.example/pet.json"),
        "/parent: the reference https://pets.example/pet.json isn't to a file: bundle",
    ),
    (
        changed(*PET, "parent", "$ref", to="#/components/schemas/Dog"),
        "/parent: the reference #/components/schemas/Dog leads nowhere",
    ),
    (
        changed("components", "responses", "pet", to={"$ref": "#/components/responses/pet"}),
        "/get/responses/200: the reference #/components/responses/pet leads to itself",
    ),
    (
        changed("components", "schemas", "Pet", to={"$ref": "#/components/schemas/Pet"}),
        "/schema: the reference #/components/schemas/Pet leads to itself",
    ),
)


@pytest.mark.parametrize(("document", "message"), FAULTY)
def test_a_faulty_document_is_one_error_with_its_place(document: Any, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read(document)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"{", "api.json: is no JSON: "),
        (b"a: [", "api.json: is neither JSON nor YAML: "),
        (b"a: &x [*x]", "api.json: /a/0/0/"),
        (b"a: !!set {b}", "api.json: /a: holds a set, which JSON can't say"),
        (b"a: !!python/name:os.system", "api.json: is neither JSON nor YAML: "),
        (b"\xff\xfe\x00", "api.json: "),
        (b"[" * 100_000, "api.json: is nested too deeply"),
        (b"", "api.json: is no OpenAPI document"),
    ],
)  # fmt: skip
def test_a_text_that_is_no_document_is_one_error(text: bytes, message: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_document(text, "api.json")
    assert str(caught.value).startswith(message)


def test_schemas_may_refer_to_one_another_without_end() -> None:
    links = {"A": "B", "B": "A", "Pet": "A"}
    schemas: dict[str, Any] = {
        name: {"properties": {"next": {"$ref": f"#/components/schemas/{other}"}}}
        for name, other in links.items()
    }
    old = changed("components", "schemas", to=schemas)
    assert kinds(old, old) == []
    new = copy.deepcopy(old)
    new["components"]["schemas"]["B"]["properties"]["end"] = True
    assert kinds(new, old) == [
        ("field-added", "response", "next.next.end"),
        ("field-added", "request", "next.next.end"),
    ]


def test_a_schema_may_be_true_by_reference() -> None:
    assert kinds(changed("components", "schemas", "Pet", to=True)) == [
        ("type-widened", "response", ""), ("type-widened", "request", ""),
    ]  # fmt: skip


def test_a_document_may_consist_of_several_files(tmp_path: Path) -> None:
    main = changed("components", "schemas", "Pet", to={"$ref": "schemas/pet.yaml#/Pet"})
    main["paths"]["/pets/{id}"] = {"$ref": "paths/pet%20item.json"}
    item = copy.deepcopy(PETS["paths"]["/pets/{id}"])
    item["parameters"] = [PETS["components"]["parameters"]["id"]]
    text = json.dumps(item).replace('"#/components', '"../pets.json#/components')
    pet = copy.deepcopy(PETS["components"]["schemas"]["Pet"])
    pet["properties"]["parent"]["$ref"] = "#/Pet"
    for name, content in {
        "pets.json": json.dumps(main),
        "paths/pet item.json": text,
        "schemas/pet.yaml": yaml.safe_dump({"Pet": pet}),
    }.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    side = read_side(tmp_path / "pets.json")
    assert diff(read(PETS), side.inventory) == ()
    assert [Path(file).name for file in side.inventory.sources] == [
        "pet item.json", "pets.json", "pet.yaml",
    ]  # fmt: skip
    (tmp_path / "schemas/pet.yaml").write_text("Pet: {type: 1}", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"pet\.yaml: /Pet/type: names a type"):
        read_side(tmp_path / "pets.json")


def test_what_follows_an_unchanged_field_isnt_lost() -> None:
    # Anything may hold anything, and so on: there is no end to it.
    fields = {"list": {"type": "array", "items": {}}, "size": {"type": "integer"}}
    schemas = [
        {"Pet": {"properties": {"a": {"type": "object"}, **fields, "z": {"type": kind}}}}
        for kind in ("string", "integer")
    ]
    old, new = (changed("components", "schemas", to=item) for item in schemas)
    assert kinds(new, old) == [("type-changed", "response", "z"), ("type-changed", "request", "z")]
