"""What the service keeps: over a restart, under load, and when it is killed."""

from __future__ import annotations

import http.client
import json
import os
import signal
import sqlite3
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.example.serving import DEMO, Answer, Live, running, write_settings

pytestmark = pytest.mark.real("compute-example")


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """Where a service's state is."""
    return tmp_path / "state.sqlite"


def used(database: Path) -> dict[str, tuple[int, int]]:
    """The vCPUs that each host says are used, and those that its servers have."""
    with sqlite3.connect(database) as connection:
        told = dict(connection.execute("SELECT name, vcpus_used FROM hosts"))
        counted = dict(
            connection.execute(
                "SELECT host, SUM(json_extract(flavor, '$.vcpus')) FROM servers GROUP BY host"
            )
        )
    return {name: (value, counted.get(name, 0)) for name, value in told.items()}


def test_servers_survive_a_restart(database: Path) -> None:
    with running("--demo", "--database", database) as live:
        assert live.create_server("kept").status == 201
        headers = {"Content-Type": "application/json"}
        path = f"/v2.1/servers/{DEMO}"
        assert live.call("POST", f"{path}/action", b'{"start": null}', headers).status == 202
        before = live.call("GET", path).json["server"]
        assert live.end() == 0
    with running("--demo", "--database", database) as live:
        assert live.names() == {"demo", "kept"}
        after = live.call("GET", path).json["server"]
        for name in ("status", "flavor", "image", "created", "updated"):
            assert after[name] == before[name]
        assert after["status"] == "ACTIVE"
    assert all(told == counted for told, counted in used(database).values())


def test_a_service_without_a_file_forgets() -> None:
    with running("--demo") as live:
        live.create_server("lost")
    with running("--demo") as live:
        assert live.names() == {"demo"}


def test_two_hundred_at_a_time(database: Path, tmp_path: Path) -> None:
    """Nothing fails, and nothing is lost, however many ask."""
    size = {"vcpus": 10**6, "ram": 2**30, "disk": 2**30}
    hosts = [{"name": f"node-{number}", **size} for number in range(1, 4)]
    catalog = tmp_path / "catalog.json"
    catalog.write_text(json.dumps({"hosts": hosts}), encoding="utf-8")
    file = write_settings(tmp_path / "s.conf", {"compute": {"catalog": catalog}})
    with running("--demo", "--database", database, "--config-file", file) as live:
        began = time.monotonic()
        until = began + float(os.environ.get("COMPUTE_EXAMPLE_LOAD_SECONDS", "3"))
        made: list[str] = []
        answers: list[Answer] = []

        def work(number: int) -> None:
            count = 0
            while time.monotonic() < until:
                answer = live.create_server(f"{number}-{count}")
                answers.append(answer)
                if answer.status == 201:
                    made.append(f"{number}-{count}")
                answers.append(live.call("GET", "/v2.1/servers?limit=5"))
                count += 1

        with ThreadPoolExecutor(200) as workers:
            list(workers.map(work, range(200)))
        took = time.monotonic() - began
        assert {answer.status for answer in answers} == {200, 201}
        print(f"{len(answers)} requests in {took:.1f} s, {len(made)} servers")
        assert len(made) >= 200
        assert live.names() == {"demo", *made}
    told = used(database)
    assert all(value == counted for value, counted in told.values())


def test_callers_who_want_the_same_place_do_not_both_get_it(database: Path) -> None:
    with running("--demo", "--database", database) as live:
        with ThreadPoolExecutor(40) as workers:
            answers = list(workers.map(live.create_server, map(str, range(250))))
        made = [answer for answer in answers if answer.status == 201]
        assert {answer.status for answer in answers} == {201, 409}
        assert len(live.names()) == len(made) + 1
    told = used(database)
    assert all(value == counted for value, counted in told.values())
    # Every host is full, and none has more.
    assert [value for value, _ in sorted(told.values())] == [32, 64, 64]


@pytest.fixture
def busy(database: Path) -> Iterator[tuple[Live, set[str], list[int]]]:
    """A service with callers who don't stop: it, what it acknowledged, and what else it said."""
    with running("--demo", "--database", database) as live:
        acknowledged: set[str] = set()
        refused: list[int] = []
        enough = threading.Event()

        def work(number: int) -> None:
            for count in range(10_000):
                if enough.is_set():
                    return
                name = f"{number}-{count}"
                try:
                    answer = live.create_server(name)
                except OSError:
                    return
                if answer.status == 201:
                    acknowledged.add(name)
                elif answer.status != 409:
                    refused.append(answer.status)

        with ThreadPoolExecutor(20) as workers:
            running_workers = [workers.submit(work, number) for number in range(20)]
            while len(acknowledged) < 50:
                time.sleep(0.01)
            yield live, acknowledged, refused
            enough.set()
            for item in running_workers:
                item.result()


def test_what_was_acknowledged_survives_a_kill(
    busy: tuple[Live, set[str], list[int]], database: Path
) -> None:
    live, acknowledged, refused = busy
    assert live.end(signal.SIGKILL) == -signal.SIGKILL
    time.sleep(0.2)
    with running("--demo", "--database", database) as again:
        assert acknowledged <= again.names()
    assert not refused
    assert all(told == counted for told, counted in used(database).values())


def test_a_service_that_is_asked_to_stop_finishes_what_it_has_begun(
    busy: tuple[Live, set[str], list[int]], database: Path
) -> None:
    live, acknowledged, refused = busy
    began = time.monotonic()
    assert live.end(signal.SIGTERM) == 0
    assert time.monotonic() - began < 20
    assert not refused
    assert "Traceback" not in live.log
    time.sleep(0.2)
    with running("--demo", "--database", database) as again:
        # Whatever it had done, it has also said.
        assert again.names() == {"demo", *acknowledged}


def test_an_idle_connection_does_not_keep_a_service_from_stopping() -> None:
    with running("--demo") as live:
        where = urlsplit(live.url)
        connection = http.client.HTTPConnection(where.netloc, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().read()
        began = time.monotonic()
        assert live.end(signal.SIGINT) == 0
        assert time.monotonic() - began < 10
        connection.close()


def test_transactions_do_not_nest() -> None:
    from compute_example.db import Database

    memory = Database(None)
    with (
        memory.writing(),
        pytest.raises(RuntimeError, match="can't be nested"),
        memory.reading(),
    ):
        pytest.fail("it would have to wait for itself")
    with memory.reading():
        pass


def test_two_processes_on_one_file(database: Path) -> None:
    with (
        running("--demo", "--database", database) as one,
        running("--demo", "--database", database) as two,
    ):
        with ThreadPoolExecutor(8) as workers:
            jobs = [
                workers.submit(live.create_server, f"{name}-{number}")
                for number in range(15)
                for name, live in (("one", one), ("two", two))
            ]
            statuses = {job.result().status for job in jobs}
        assert statuses == {201}
        assert one.names() == two.names()
        assert len(one.names()) == 31
    assert all(told == counted for told, counted in used(database).values())
