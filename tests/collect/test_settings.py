from __future__ import annotations

import msgspec
import pytest

from sphinxext_apiplug.collect.settings import (
    FIELDS,
    ApiSettings,
    SettingsError,
    check_apis,
    parse_apis,
)
from sphinxext_apiplug.inventory.errors import ApiplugError
from sphinxext_apiplug.inventory.model import Contact, Security, Server
from sphinxext_apiplug.inventory.versions import VersionRange


def faults(**settings):
    """The sentences for one API that is right but for some settings."""
    with pytest.raises(SettingsError) as caught:
        parse_apis({"racks": {"namespace": "racks.v1", **settings}})
    return caught.value.problems


def test_a_namespace_is_all_it_takes():
    (settings,) = parse_apis({"racks": {"namespace": "racks.v1"}}).values()
    assert settings == ApiSettings(namespace="racks.v1")
    assert settings.timeout == 120
    assert settings.enabled == ("*",)
    assert settings.security == Security()
    assert settings.version_range() is None


def test_lists_and_dicts_of_conf_py_become_typed():
    (settings,) = parse_apis(
        {
            "racks": {
                "inventory": "racks.json",
                "enabled": ["a*", "b"],
                "microversions": "1.0-1.3",
                "servers": [{"url": "https://{host}/"}],
                "contact": {"name": "Rack people"},
                "security": None,
                "timeout": 5,
                "source_url": "https://example.org/{version}/{file}#L{line}",
            }
        }
    ).values()
    assert settings.enabled == ("a*", "b")
    assert settings.version_range() == VersionRange(since="1.0", until="1.3")
    assert settings.servers == (Server(url="https://{host}/"),)
    assert settings.contact == Contact(name="Rack people")
    assert settings.security is None


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"namspace": "x"}, "unknown setting 'namspace'; did you mean 'namespace'?"),
        ({"servers": [{"ulr": "x"}]}, "['servers']: unknown key 'ulr'; did you mean 'url'?"),
        ({"contact": {"nme": "x"}}, "['contact']: unknown key 'nme'; did you mean 'name'?"),
        ({"source_url": "x/{lin}"}, "['source_url']: unknown part 'lin'; did you mean 'line'?"),
        ({"source_url": "x/{line"}, "['source_url']: expected '}' before end of string"),
        ({"title": 5}, "['title']: Expected `str`, got `int`"),
        ({"enabled": "*"}, "['enabled']: Expected `list`, got `str`"),
        ({"enabled": ["a", 5]}, "['enabled']: Expected `str`, got `int` (at `[1]`)"),
        ({"servers": [{}]}, "['servers']: Object missing required field `url` (at `[0]`)"),
        ({"microversions": "1.0 to 1.3"}, "is not a microversion such as 2.1"),
        ({"microversions": "1.3-1.0"}, "it ends before it begins"),
        ({"timeout": 0}, "['timeout']: Expected `float` > 0.0"),
        ({"timeout": float("inf")}, "['timeout']: must be a number of seconds"),
        ({"base_path": "v1/"}, "['base_path']: must begin with '/' and not end with one"),
        ({"service_type": "a b"}, "['service_type']: must be letters, digits"),
        ({"microversion_header": "X:"}, "['microversion_header']: must be a header's name"),
        ({"pages": "/etc"}, "['pages']: must be a folder relative to conf.py"),
        ({"pages": "a/../../b"}, "['pages']: must lie inside the documentation's folder"),
        ({"namespace": "", "routes": "a.b"}, "['routes']: must name a module and a list in it"),
        ({"namespace": "", "contrib": "a/b"}, "['contrib']: must name a package"),
        ({"router": "a.b"}, "['router']: must name a module and a class in it"),
        ({"prepare": ["a b:c"]}, "['prepare']: must name modules and functions in them"),
        ({"hooks": [{"namespace": "a"}]}, "['hooks']: Object missing required field `method`"),
        ({"hooks": [{"metod": "a"}]}, "['hooks']: unknown key 'metod'; did you mean 'method'?"),
        ({"commands": "a b"}, "['commands']: must be a namespace, as in 'openstack.ha.v1', or f"),
        ({"commands": "a.b:do_x"}, "or functions of a module, as in 'package.module:do_*'"),
        ({"commands": ["a.b", "c:*"]}, "as in 'package.module:do_*' (at `[1]`)"),
        ({"commands": 7}, "['commands']: Expected `str | list`, got `int`"),
        ({"routes": "a:B"}, "'router', not 'namespace' and 'routes'; only 'namespace' and"),
        ({"contrib": "a.b", "inventory": "x"}, "not 'namespace' and 'contrib' and 'inventory'"),
        ({"inventory": "x.json"}, "give one of 'namespace', 'routes', 'contrib', 'inventory'"),
        ({"contrib_path": ["x"]}, "['contrib_path']: give 'contrib' too"),
        ({"errors": {302: "moved"}}, "['errors']: Expected `int` >= 400"),
        ({"errors": {"no": "x"}}, "['errors']: Expected `int`, got `str`"),
        (
            {"errors": {413: {"wen": "body"}}},
            "['errors']: unknown key 'wen'; did you mean 'when'?",
        ),
        ({"errors": {413: {"when": "body"}}}, "['errors']: Object missing required field `desc"),
        ({"errors": {413: {"description": "", "when": "on"}}}, "Invalid enum value 'on'"),
        ({"fault_schema": "a.b"}, "['fault_schema']: must name a module and a schema in it"),
        ({"samples": {"POST racks/": {}}}, "'POST racks/' must be a name, or a call as in"),
        ({"samples": {"/racks": 5}}, "stands under '/racks' must be a dict: name -> value"),
        ({"samples": {"rack": object()}}, "what stands under 'rack' must be JSON"),
        ({"namespace": ""}, "give one of 'namespace', 'routes', 'contrib', 'inventory'"),
    ],
)
def test_one_wrong_setting_is_one_sentence(settings, sentence):
    (found,) = faults(**settings)
    assert found.startswith("apiplug_apis['racks']")
    assert sentence in found


def test_a_name_like_no_setting_lists_all_of_them():
    (found,) = faults(qqq=1)
    assert "there are: namespace, inventory, routes, contrib" in found


def test_all_that_is_wrong_is_said_at_once():
    with pytest.raises(SettingsError) as caught:
        parse_apis(
            {
                "one": {"namespace": "a", "titel": "x", "timeout": -1},
                "two": {"inventory": 5},
                "../three": {},
                "four": "racks.v1",
                5: {},
            }
        )
    assert len(caught.value.problems) == 6
    assert str(caught.value).splitlines() == list(caught.value.problems)
    assert isinstance(caught.value, ApiplugError)


@pytest.mark.parametrize("value", [None, [], "racks", 5])
def test_the_whole_must_be_a_dict(value):
    with pytest.raises(SettingsError, match="apiplug_apis must be a dict"):
        parse_apis(value)


@pytest.mark.parametrize(
    "name", ["", "../x", "a/b", "a b", ".x", "<b>", "\u202e", "x" * 101, "a\n"]
)
def test_a_name_that_would_be_no_folder_is_refused(name):
    with pytest.raises(SettingsError, match="a name is letters, digits"):
        parse_apis({name: {"namespace": "x"}})


def test_an_api_without_a_fault_is_kept_beside_one_with():
    apis, found = check_apis({"good": {"namespace": "a"}, "bad": {"namespace": "a", "titel": ""}})
    assert list(apis) == ["good"]
    assert [(fault.api, fault.key) for fault in found] == [("bad", "titel")]


def test_every_setting_has_a_type_a_default_and_a_help_text():
    for field in FIELDS:
        defaults = (field.default, field.default_factory)
        assert defaults != (msgspec.NODEFAULT, msgspec.NODEFAULT), field.name
    properties = msgspec.json.schema(ApiSettings)["$defs"]["ApiSettings"]["properties"]
    assert list(properties) == [field.name for field in FIELDS]
    for name, schema in properties.items():
        assert schema.get("description", "").endswith("."), name
