"""Settings for released services that the project is measured by, as conf.py would have them."""

from __future__ import annotations

from importlib import metadata
from typing import Any

import pytest

#: Nova, whose API is entry points; installed without its dependencies. Six, WebOb,
#: oslo.policy and oslo.log are there; what else it needs is mocked.
NOVA15: dict[str, Any] = {
    "namespace": "nova.api.v21.extensions",
    "title": "Compute API",
    "base_path": "/v2.1",
    "service_type": "compute",
    "mock_imports": [
        "boto", "castellan", "cinderclient", "cryptography", "cursive", "decorator", "eventlet",
        "glanceclient", "greenlet", "ironicclient", "keystoneauth1", "keystonemiddleware", "lxml",
        "microversion_parse", "migrate", "netifaces", "neutronclient", "os_brick", "os_vif",
        "os_win", "os_xenapi", "oslo_cache", "oslo_concurrency", "oslo_db", "oslo_messaging",
        "oslo_middleware", "oslo_privsep", "oslo_reports", "oslo_rootwrap", "oslo_service",
        "oslo_versionedobjects", "oslo_vmware", "osprofiler", "paramiko", "paste",
        "pkg_resources", "psutil", "retrying", "sqlalchemy", "tooz", "websockify",
        # Parts of its own that aren't its API, and are no valid code today or want the above.
        "nova.compute", "nova.db", "nova.network", "nova.notifications", "nova.objects",
        "nova.rpc",
    ],
    "hooks": [
        {
            "namespace": "nova.api.v21.extensions.server.create",
            "method": "get_server_create_schema",
            "operation": ["POST /servers", "POST /os-volumes_boot"],
            "target": "/properties/server/properties",
            "targets": {"scheduler_hints": "/properties"},
        }
    ],
}  # fmt: skip

#: Cinder, which finds its extensions by walking over a package.
CINDER29: dict[str, Any] = {
    "contrib": "cinder.api.contrib",
    "router": "cinder.api.v3.router:APIRouter",
    "prepare": ["cinder.objects:register_all"],
    "title": "Block Storage API",
    "base_path": "/v3",
    "service_type": "volume",
}

#: Trove, whose controllers declare schemas and errors in their classes.
TROVE26: dict[str, Any] = {
    "namespace": "trove.api.extensions",
    "router": "trove.common.api:API",
    "title": "Database API",
    "base_path": "/v1.0",
    "service_type": "database",
}


def wanted(name: str, version: str) -> Any:
    """A mark that skips tests unless that release is what is installed."""
    try:
        installed = metadata.version(name)
    except metadata.PackageNotFoundError:
        installed = "none"
    reason = f"wants {name} {version} in an environment of its own; installed is {installed}"
    return pytest.mark.skipif(installed != version, reason=reason)
