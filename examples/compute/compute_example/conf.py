"""The service's settings."""

from __future__ import annotations

from typing import Any

from oslo_config import cfg

DEFAULT_TOKENS = [
    "admin:demo:admin:admin,member,reader",
    "member:demo:member:member,reader",
    "reader:demo:reader:reader",
]

API_OPTS = [
    cfg.ListOpt(
        "enabled_extensions",
        default=["*"],
        help="Glob patterns of entry-point names, or of modules in a contrib folder; only "
        "these extensions are loaded.",
    ),
    cfg.ListOpt(
        "disabled_extensions",
        default=[],
        help="Glob patterns of extensions that are left out, even if they are enabled.",
    ),
    cfg.ListOpt(
        "contrib_path",
        default=[],
        help="Folders with extensions that need no packaging: one a module, in a class of "
        "the module's name, first letter upper.",
    ),
    cfg.IntOpt(
        "max_limit",
        default=1000,
        min=1,
        help="The most entries that one page of a list has, and the default of `limit`.",
    ),
    cfg.IntOpt(
        "max_request_body_size",
        default=114688,
        min=1,
        help="Bytes that the body of a request may have.",
    ),
    cfg.StrOpt(
        "response_validation",
        default="none",
        choices=[
            ("none", "Answers are sent as they are."),
            ("warn", "What doesn't match its schema is logged."),
            ("error", "What doesn't match its schema is answered with 500."),
        ],
        help="Whether answers are held against their schemas.",
    ),
    cfg.StrOpt(
        "paste_config",
        default="api-paste.ini",
        help="The file that says what a request passes. Looked for among the configuration "
        "files, then among those that were installed with the service.",
    ),
]

AUTH_OPTS = [
    cfg.MultiStrOpt(
        "tokens",
        default=DEFAULT_TOKENS,
        help="For development: a token and whose it is, as `token:project:user:role,role`. "
        "May be given many times.",
    ),
]

DATABASE_OPTS = [
    cfg.StrOpt(
        "path",
        help="The file that keeps the service's state. Without one it is kept in memory, and "
        "lost when the service stops.",
    ),
    cfg.IntOpt(
        "busy_timeout",
        default=30,
        min=1,
        help="Seconds to wait for another process that is writing to the same file.",
    ),
]

COMPUTE_OPTS = [
    cfg.StrOpt(
        "catalog",
        help="A JSON file with the `flavors`, `images` and `hosts` that there are. Default: "
        "the one that comes with the service.",
    ),
    cfg.BoolOpt(
        "demo",
        default=False,
        help="Whether there are a flavor, an image and a server with the ids that examples use.",
    ),
]

SCHEDULER_OPTS = [
    cfg.ListOpt(
        "enabled_filters",
        default=["enabled", "up", "vcpus", "ram", "disk", "image_properties"],
        help="The filters that a host must pass, in this order.",
    ),
    cfg.FloatOpt(
        "ram_weight_multiplier",
        default=1.0,
        help="How much free memory counts; below zero, servers are packed onto few hosts.",
    ),
    cfg.FloatOpt(
        "cpu_weight_multiplier",
        default=1.0,
        help="How much free vCPUs count; below zero, servers are packed onto few hosts.",
    ),
]

GROUPS: dict[str, list[Any]] = {
    "api": API_OPTS,
    "auth": AUTH_OPTS,
    "compute": COMPUTE_OPTS,
    "database": DATABASE_OPTS,
    "scheduler": SCHEDULER_OPTS,
}


def make_conf() -> cfg.ConfigOpts:
    """Settings with their default values, apart from those of any other service."""
    conf = cfg.ConfigOpts()
    for group, options in GROUPS.items():
        conf.register_opts(options, group=group)
    return conf


#: The settings of the service that runs in this process.
CONF = make_conf()


def list_opts() -> list[tuple[str, list[Any]]]:
    """Say what settings there are, for oslo.config's generator of samples."""
    return [(group, list(options)) for group, options in GROUPS.items()]
