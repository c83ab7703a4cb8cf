"""Whether a running service does what a document says: schemathesis, and what it found."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tests.contract.published import HEADER
from tests.contract.running import TOKEN

COMMAND = Path(sys.executable).parent / "st"
HOOKS = Path(__file__).parent / "schemathesis_hooks.py"
PHASES = ("examples", "coverage", "fuzzing", "stateful")


class Failure(NamedTuple):
    """What doesn't hold.

    :ivar check: schemathesis's name for what was checked
    """

    operation: str
    check: str
    message: str


class Report(NamedTuple):
    """What came of a run.

    :ivar operations: those that the document has
    :ivar succeeded: operation -> how many requests were answered with success
    :ivar checks: check -> how often it was made
    """

    operations: frozenset[str]
    succeeded: Mapping[str, int]
    cases: int
    checks: Mapping[str, int]
    failures: Sequence[Failure]
    output: str

    def __str__(self) -> str:
        checks = f"{sum(self.checks.values())} checks of {len(self.checks)} kinds"
        return f"{len(self.operations)} operations, {self.cases} cases, {checks}"


def check(
    document: Path,
    url: str,
    version: str,
    *,
    ids: Mapping[str, Sequence[str]],
    examples: int,
    phases: Sequence[str] = PHASES,
    only: Sequence[str] = (),
) -> Report:
    """Run schemathesis with all its checks, and ours.

    :param ids: path -> what is there, for its parameter ``id``
    :param examples: how many requests are made up for an operation and phase, at most
    :param only: ids of operations; none: all of them
    """
    folder = document.parent
    config = folder / f"schemathesis-{version}.toml"
    config.write_text("\n".join(_config(ids)), encoding="utf-8")
    events = folder / f"events-{version}.ndjson"
    command = [
        COMMAND, "--config-file", config, "run", document, "--url", url,
        "-H", f"X-Auth-Token: {TOKEN}", "-H", f"{HEADER}: compute {version}",
        "--checks", "all", "--phases", ",".join(phases), "--max-examples", str(examples),
        "--generation-deterministic", "--continue-on-failure", "--no-color",
        "--report", "ndjson", "--report-ndjson-path", events,
        *(part for name in only for part in ("--include-operation-id", name)),
    ]  # fmt: skip
    environment = os.environ | {"SCHEMATHESIS_HOOKS": str(HOOKS)}
    result = subprocess.run(
        command, cwd=folder, env=environment, text=True, capture_output=True, timeout=240
    )
    assert events.exists(), result.stdout + result.stderr
    report = _report(document, events, result.stdout)
    # Anything but failures of checks means that it didn't run as it should.
    assert result.returncode == (1 if report.failures else 0), result.stdout + result.stderr
    return report


def _config(ids: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Settings: where ids come from, and what may refuse a request that the schema allows.

    A schema can't say which servers there are: an id of none in a body or a query is
    answered with 400, as OpenStack's guidelines want it. Our own check looks at those.
    """
    statuses = ["2xx", "3xx", "400", "401", "403", "404", "409", "429", "5xx"]
    yield "[checks.positive_data_acceptance]"
    yield f"expected-statuses = {json.dumps(statuses)}"
    for number, values in enumerate(ids.values()):
        yield f"[dictionaries.ids{number}]"
        yield f"values = {json.dumps(list(values))}"
    for number, path in enumerate(ids):
        yield "[[operations]]"
        yield f"include-path = {json.dumps(path)}"
        yield "[operations.parameters]"
        yield f'"path.id" = {{ dictionary = "ids{number}", probability = 0.8 }}'


def _report(document: Path, events: Path, output: str) -> Report:
    paths = json.loads(document.read_text())["paths"]
    operations = {
        f"{method.upper()} {path}{action}"
        for path, item in paths.items()
        for method, operation in item.items()
        for action in _actions(operation)
    }
    succeeded: Counter[str] = Counter()
    checks: Counter[str] = Counter()
    failures: dict[Failure, None] = {}
    cases = 0
    for recorder in _recorders(events):
        for case_id, interaction in recorder.get("interactions", {}).items():
            cases += 1
            response = interaction.get("response")
            case = recorder["cases"].get(case_id, {}).get("value", {})
            if response is not None and response["status_code"] < 300:
                succeeded[_label(case)] += 1
        for case_id, made in recorder.get("checks", {}).items():
            label = _label(recorder["cases"][case_id]["value"])
            for item in made:
                checks[item["name"]] += 1
                if item["status"] != "success":
                    failures[_failure(label, item)] = None
    return Report(frozenset(operations), succeeded, cases, checks, list(failures), output)


def _actions(operation: Mapping[str, Any]) -> list[str]:
    """What tells the actions behind one operation object apart."""
    members = operation["x-apiplug"].get("operations", [operation["x-apiplug"]])
    return [f"#{item['action']}" if "action" in item else "" for item in members]


def _label(case: Mapping[str, Any]) -> str:
    """What a request asks for: an operation, or an action by the only key of its body."""
    body = case.get("body")
    is_action = str(case.get("path")).endswith("/action") and isinstance(body, dict)
    action = f"#{next(iter(body))}" if is_action and len(body) == 1 else ""
    return f"{case.get('method')} {case.get('path')}{action}"


def _failure(label: str, item: Mapping[str, Any]) -> Failure:
    failure = item["failure_info"]["failure"]
    return Failure(label, item["name"], f"{failure['title']}: {failure['message']}")


def _recorders(events: Path) -> Iterator[dict[str, Any]]:
    for line in events.read_text().splitlines():
        event = json.loads(line)
        if "ScenarioFinished" in event:
            yield event["ScenarioFinished"]["recorder"]
