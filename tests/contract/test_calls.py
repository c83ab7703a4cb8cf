"""Every call on the pages, pasted into a shell, is answered as it is documented."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.contract import calls, published
from tests.contract.calls import Call
from tests.contract.running import serving

pytestmark = pytest.mark.contract


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Call]:
    """All calls of the site."""
    folder = tmp_path_factory.mktemp("site")
    return list(calls.of_site(calls.build(published.SOURCE, folder)))


def test_every_operation_has_a_call(found: list[Call]) -> None:
    operations = {item.id for item in published.inventory().operations}
    assert {call.operation for call in found} == operations


def test_calls_that_change_nothing(
    found: list[Call], tmp_path: Path, note: Callable[[str], None]
) -> None:
    safe = [call for call in found if call.is_safe]
    assert len(safe) >= 8
    with serving(tmp_path / "service") as service:
        wrong = {
            call.text: faults for call in safe if (faults := _faults(call, service.url, tmp_path))
        }
    assert wrong == {}
    note(f"calls that change nothing: {len(safe)}")


def test_calls_that_change_something(
    found: list[Call], tmp_path: Path, note: Callable[[str], None]
) -> None:
    """Each on something that is as it was at first: a reader may take any of them."""
    changing = [call for call in found if not call.is_safe]
    assert len(changing) >= 10
    wrong = {}
    batches = _batches(changing)
    for number, batch in enumerate(batches):
        with serving(tmp_path / str(number)) as service:
            for call in batch:
                if faults := _faults(call, service.url, tmp_path):
                    wrong[call.text] = faults
    assert wrong == {}
    note(f"calls that change something: {len(changing)}, on {len(batches)} services")


def _batches(changing: list[Call]) -> list[list[Call]]:
    """Calls that a service can get one after the other: no two change the same thing.

    What deletes comes last: others may need what it deletes.
    """
    found: list[dict[str, Call]] = []
    for call in changing:
        path = call.text.split('"')[1].removesuffix("/action")
        thing = path if published.DEMO in path or published.BUSY in path else call.text
        batch = next((item for item in found if thing not in item), None)
        if batch is None:
            found.append(batch := {})
        batch[thing] = call
    return [sorted(batch.values(), key=lambda call: "DELETE" in call.text) for batch in found]


def _faults(call: Call, url: str, folder: Path) -> list[str]:
    answer = calls.run(call, url, folder)
    return calls.faults(call, answer, published.inventory())
