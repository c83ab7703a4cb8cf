"""Authors, folded and sorted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_apiplug.project.declared import ROBOTS
from sphinxext_apiplug.project.people import Contact, collation_key, fold, parse_contact


def folded(*texts: str) -> list[tuple[str, tuple[str, ...]]]:
    authors = fold(map(parse_contact, texts), ROBOTS)
    return [(author.name, author.addresses) for author in authors]


def test_names_with_several_addresses_are_one_author() -> None:
    assert folded("Ada L. <a@x.org>", "ada  l. <b@x.org>", "Ada L. <a@x.org>") == [
        ("Ada L.", ("a@x.org", "b@x.org")),
    ]


def test_addresses_with_several_names_are_one_author_by_the_fullest() -> None:
    assert folded("ada <ADA@x.org>", "Ada Lovelace <ada@x.org>", "ada@x.org <ada@x.org>") == [
        ("Ada Lovelace", ("ADA@x.org", "ada@x.org")),
    ]


@pytest.mark.parametrize(
    "address", ["root@localhost", "root@x.org", "noreply@x.org", "none", "", "stack@ubuntu"]
)
def test_addresses_that_many_have_fold_nobody(address: str) -> None:
    assert [name for name, _ in folded(f"Ada <{address}>", f"Bob <{address}>")] == ["Ada", "Bob"]


def test_people_of_one_given_name_stay_apart() -> None:
    found = folded("Jo <s@x.org>", "Jo Smith <s@x.org>", "Jo <d@x.org>", "Jo Doe <d@x.org>")
    assert [name for name, _ in found] == ["Jo Doe", "Jo Smith"]


def test_an_address_is_never_a_name() -> None:
    assert folded("ada@x.org <ada@x.org>", "bob@y.org") == [
        ("ada", ("ada@x.org",)),
        ("bob", ("bob@y.org",)),
    ]


def test_nobody_is_no_author() -> None:
    assert folded("<>", " <>", "") == []


def test_the_order_is_that_of_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "C")
    names = ["Zoë", "Øyvind", "Łukasz", "émile", "Emil", "ada", "Oz", "Ludwig", "李雷", "Ænid"]
    assert sorted(names, key=collation_key) == [
        "ada", "Ænid", "Emil", "émile", "Ludwig", "Łukasz", "Øyvind", "Oz", "Zoë", "李雷",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("contact", "robot"),
    [
        ("Zuul <zuul@review.opendev.org>", True),
        ("OpenStack Proposal Bot <openstack-infra@lists.openstack.org>", True),
        ("OpenStack Release Bot <infra-root@openstack.org>", True),
        ("Jenkins <jenkins@review.openstack.org>", True),
        ("dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>", True),
        ("pre-commit-ci[bot] <x@y.org>", True),
        ("renovate <bot@renovateapp.com>", True),
        ("Zuulma Jones <zj@example.org>", False),
        ("Jan Bot <jan@example.nl>", False),
        ("Abbott Robotham <ab@example.org>", False),
    ],
)
def test_robots(contact: str, robot: bool) -> None:
    [author] = fold([parse_contact(contact)], ROBOTS)
    assert author.robot is robot


def test_other_robots_may_be_named() -> None:
    contacts = [Contact("HAL 9000", "hal@example.org"), Contact("Zuul", "zuul@x.org")]
    assert [author.robot for author in fold(contacts, [r"^hal\b"])] == [True, False]


@given(st.lists(st.builds(Contact, st.text(max_size=9), st.text(max_size=9))))
def test_folding_knows_no_order(contacts: list[Contact]) -> None:
    assert fold(contacts, ROBOTS) == fold(reversed(contacts), ROBOTS)
