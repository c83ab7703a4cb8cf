from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_apiplug.inventory.errors import ApiplugError, VersionError
from sphinxext_apiplug.inventory.versions import (
    ALL_VERSIONS,
    Microversion,
    VersionRange,
    gaps,
    hull,
    merge,
)
from tests.inventory.strategies import microversions, ranges

parse = VersionRange.parse


@given(microversions)
def test_a_microversion_is_read_back_from_its_text(version):
    assert Microversion.parse(str(version)) == version


@given(ranges())
def test_a_range_is_read_back_from_its_text(versions):
    assert parse(str(versions)) == versions


def test_versions_are_ordered_as_numbers():
    assert Microversion.parse("2.9") < Microversion.parse("2.10") < Microversion.parse("10.0")
    assert sorted(
        [parse("2.10-"), parse("2.9-"), parse("-"), parse("2.9-2.9")],
        key=lambda item: item.sort_key,
    ) == [parse("-"), parse("2.9"), parse("2.9-"), parse("2.10-")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1",
        "1.",
        ".1",
        "1.01",
        "01.1",
        "1.1.1",
        "v1.1",
        "1,1",
        " 1.1",
        "1.1\n",
        "1.-1",
        "\u0661.\u0662",
        "1.2-x",
        "1.2-1.3-1.4",
        "latest",
        "1.1234567",
    ],
)
def test_what_is_no_version_or_range_is_refused(text):
    with pytest.raises(VersionError) as caught:
        parse(text)
    assert caught.value.text in text or text in caught.value.text
    assert isinstance(caught.value, ApiplugError)


def test_an_empty_range_is_refused():
    with pytest.raises(VersionError, match="ends before it begins"):
        parse("1.3-1.2")


@pytest.mark.parametrize("text", ["1.0-1.3", "1.0 - 1.3", "1.0\u20131.3", " 1.0 \u2013 1.3 "])
def test_hyphen_and_dash_mean_the_same(text):
    assert parse(text) == VersionRange(since="1.0", until="1.3")


def test_one_version_reads_as_itself():
    assert str(parse("1.2")) == "1.2"
    assert str(parse("1.2-")) == "1.2\u2013"
    assert str(ALL_VERSIONS) == "\u2013"


@given(ranges(), ranges(), microversions)
def test_an_intersection_holds_what_both_hold(one, two, version):
    both = one.intersect(two)
    held = both is not None and both.contains(version)
    assert held == (one.contains(version) and two.contains(version))


@given(ranges(), ranges())
def test_intersection_and_union_are_symmetric(one, two):
    assert one.intersect(two) == two.intersect(one)
    assert one.union(two) == two.union(one)
    assert one.is_adjacent(two) == two.is_adjacent(one)


@given(ranges(), ranges(), microversions)
def test_a_union_holds_what_either_holds(one, two, version):
    union = one.union(two)
    if union is not None:
        assert union.contains(version) == (one.contains(version) or two.contains(version))


@given(ranges())
def test_a_range_joins_and_meets_itself(versions):
    assert versions.intersect(versions) == versions == versions.union(versions)
    assert versions.covers(versions)
    assert not versions.is_adjacent(versions)


@given(ranges(), ranges())
def test_covering_is_being_the_union(one, two):
    assert one.covers(two) == (one.union(two) == one)


@given(microversions)
def test_ranges_meet_at_the_next_version_and_not_after_it(version):
    before = VersionRange(until=str(version))
    after = VersionRange(since=str(version.next()))
    assert before.is_adjacent(after)
    assert before.intersect(after) is None
    assert before.union(after) == ALL_VERSIONS
    gap = VersionRange(since=str(version.next().next()))
    assert not before.is_adjacent(gap)
    assert before.union(gap) is None


def test_major_versions_are_not_known_to_touch():
    assert not parse("1.0-1.9").is_adjacent(parse("2.0-"))


@given(st.lists(ranges(), max_size=5), microversions)
def test_merged_ranges_hold_the_same_versions(items, version):
    merged = merge(items)
    assert any(item.contains(version) for item in merged) == any(
        item.contains(version) for item in items
    )


@given(st.lists(ranges(), max_size=5))
def test_merging_is_stable_ordered_and_minimal(items):
    merged = merge(items)
    assert merge(reversed(merged)) == merged
    assert list(merged) == sorted(merged, key=lambda item: item.sort_key)
    for one, two in itertools.pairwise(merged):
        assert one.union(two) is None


@given(st.lists(ranges(), min_size=1, max_size=4))
def test_a_hull_covers_all(items):
    around = hull(items)
    assert all(around.covers(item) for item in items)
    assert any(item.since == around.since for item in items)
    assert any(item.until == around.until for item in items)


def test_without_ranges_the_hull_is_everything():
    assert hull([]) == ALL_VERSIONS
    assert merge([]) == ()


in_one_major = st.builds(Microversion, st.just(2), st.integers(1, 12))


@given(ranges(in_one_major), st.lists(ranges(in_one_major), max_size=4), in_one_major)
def test_gaps_hold_what_no_part_holds(whole, parts, version):
    left = whole.contains(version) and not any(part.contains(version) for part in parts)
    assert any(gap.contains(version) for gap in gaps(whole, parts)) is left


@given(ranges(), st.lists(ranges(), max_size=4), microversions)
def test_no_gap_reaches_out_of_the_whole_or_into_a_part(whole, parts, version):
    if any(gap.contains(version) for gap in gaps(whole, parts)):
        assert whole.contains(version)
        assert not any(part.contains(version) for part in parts)


def test_without_parts_all_is_a_gap():
    assert gaps(ALL_VERSIONS, []) == (ALL_VERSIONS,)
