"""The functions of novaclient's shell at Nova 15's operations, found by their names.

Each line of the table was held against what the client calls: 60 against the
requests that the client's own tests record, two (``server-group-get`` and
``trigger-crash-dump``) against its code.
"""

from __future__ import annotations

import pytest

from sphinxext_apiplug.collect.api import collect
from sphinxext_apiplug.collect.settings import parse_apis
from sphinxext_apiplug.inventory.model import Command, Inventory
from tests.collect.real_services import NOVA15, wanted

pytestmark = [
    pytest.mark.real("python-novaclient"),
    wanted("nova", "15.1.5"),
]

CALLED = """
agent-create             POST /os-agents
agent-delete             DELETE /os-agents/{id}
agent-list               GET /os-agents
aggregate-add-host       POST /os-aggregates/{id}/action add_host
aggregate-create         POST /os-aggregates
aggregate-delete         DELETE /os-aggregates/{id}
aggregate-list           GET /os-aggregates
aggregate-remove-host    POST /os-aggregates/{id}/action remove_host
aggregate-set-metadata   POST /os-aggregates/{id}/action set_metadata
aggregate-show           GET /os-aggregates/{id}
aggregate-update         PUT /os-aggregates/{id}
delete                   DELETE /servers/{id}
diagnostics              GET /servers/{server_id}/diagnostics
evacuate                 POST /servers/{id}/action evacuate
flavor-create            POST /flavors
flavor-delete            DELETE /flavors/{id}
flavor-show              GET /flavors/{id}
force-delete             POST /servers/{id}/action forceDelete
hypervisor-servers       GET /os-hypervisors/{id}/servers
hypervisor-show          GET /os-hypervisors/{id}
hypervisor-uptime        GET /os-hypervisors/{id}/uptime
image-create             POST /servers/{id}/action createImage
instance-usage-audit-log GET /os-instance_usage_audit_log
interface-list           GET /servers/{server_id}/os-interface
keypair-delete           DELETE /os-keypairs/{id}
keypair-list             GET /os-keypairs
keypair-show             GET /os-keypairs/{id}
limits                   GET /limits
lock                     POST /servers/{id}/action lock
migration-list           GET /os-migrations
pause                    POST /servers/{id}/action pause
reboot                   POST /servers/{id}/action reboot
rebuild                  POST /servers/{id}/action rebuild
rescue                   POST /servers/{id}/action rescue
reset-network            POST /servers/{id}/action resetNetwork
reset-state              POST /servers/{id}/action os-resetState
resize                   POST /servers/{id}/action resize
resize-confirm           POST /servers/{id}/action confirmResize
resize-revert            POST /servers/{id}/action revertResize
restore                  POST /servers/{id}/action restore
resume                   POST /servers/{id}/action resume
server-group-create      POST /os-server-groups
server-group-delete      DELETE /os-server-groups/{id}
server-group-get         GET /os-server-groups/{id}
server-group-list        GET /os-server-groups
server-migration-list    GET /servers/{server_id}/migrations
server-migration-show    GET /servers/{server_id}/migrations/{id}
server-tag-delete        DELETE /servers/{server_id}/tags/{id}
server-tag-list          GET /servers/{server_id}/tags
service-list             GET /os-services
shelve                   POST /servers/{id}/action shelve
shelve-offload           POST /servers/{id}/action shelveOffload
show                     GET /servers/{id}
start                    POST /servers/{id}/action os-start
stop                     POST /servers/{id}/action os-stop
suspend                  POST /servers/{id}/action suspend
trigger-crash-dump       POST /servers/{id}/action trigger_crash_dump
unlock                   POST /servers/{id}/action unlock
unpause                  POST /servers/{id}/action unpause
unrescue                 POST /servers/{id}/action unrescue
unshelve                 POST /servers/{id}/action unshelve
update                   PUT /servers/{id}
"""


@pytest.fixture(scope="module")
def nova(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The inventory of the installed release, with the client's commands."""
    settings = parse_apis({"compute": {**NOVA15, "commands": "novaclient.v2.shell:do_*"}})
    base = tmp_path_factory.mktemp("base")
    return collect("compute", settings["compute"], base_dir=base).inventory


def found(nova: Inventory) -> dict[str, tuple[str, Command]]:
    """Command -> what it calls, and what is known of it."""
    return {
        command.name: (
            " ".join(filter(None, (operation.method, operation.path, operation.action))),
            command,
        )
        for operation in nova.operations
        for command in operation.commands
    }


def test_nothing_but_what_is_called(nova: Inventory) -> None:
    """62 of 125, none of them wrong; the others fit no single operation."""
    expected = dict(row.split(None, 1) for row in CALLED.strip().splitlines())
    assert {name: call for name, (call, _) in found(nova).items()} == expected
    assert sum(len(operation.commands) for operation in nova.operations) == 62
    problems = [item for item in nova.problems if item.kind.startswith("command")]
    assert {item.kind for item in problems} == {"command-unmatched"}
    assert {item.severity for item in problems} == {"info"}
    assert len(problems) == 63


@pytest.mark.parametrize(
    "name", ["list", "boot", "flavor-list", "server-tag-set", "keypair-add", "get-vnc-console"]
)
def test_what_is_in_doubt_is_none(nova: Inventory, name: str) -> None:
    """Servers are listed by two operations; what boots is no word of the API; consoles went."""
    assert name not in found(nova)
    (problem,) = (item for item in nova.problems if item.subject == f"nova {name}")
    assert problem.source is not None
    assert problem.source.file == "novaclient/v2/shell.py"


def test_versions_of_commands_and_options(nova: Inventory) -> None:
    """Of variants that a table keeps, and of arguments that have them noted."""
    commands = {name: command for name, (_, command) in found(nova).items()}
    assert str(commands["server-migration-list"].versions) == "2.23–"
    assert str(commands["show"].versions) == "–"
    unshelve = {item.name: str(item.versions) for item in commands["unshelve"].options}
    assert unshelve == {"server": "–", "availability_zone": "2.77–"}
    keys = [(item.name, str(item.versions)) for item in commands["keypair-list"].options]
    assert keys == [("user", "2.10–"), ("marker", "2.35–"), ("limit", "2.35–")]
