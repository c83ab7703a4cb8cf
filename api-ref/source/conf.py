"""How Sphinx builds the reference of the example service, with its samples of demo data."""

project = "Compute example API"
author = "sphinxext-apiplug developers"
copyright = "sphinxext-apiplug developers"

#: The id of all that ``compute-example-api --demo`` begins with.
DEMO = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
#: The server that runs from the beginning.
BUSY = "3f2504e0-4f89-41d3-9a0c-0305e82c3302"

extensions = ["sphinxext_apiplug"]
apiplug_apis = {
    "compute": {
        "namespace": "compute_example.api.v21.extensions",
        "contrib": "compute_example.api.contrib",
        "title": "Compute example API",
        "description": (
            "Servers, the flavors and images that they are made of, and the hosts that the "
            "scheduler puts them on. Everything is an extension: what is installed and enabled "
            "is the API."
        ),
        "base_path": "/v2.1",
        "service_type": "compute",
        "policies": "compute-example",
        "commands": "compute_example.cli.v2",
        "pages": "extensions",
        "servers": [
            {"url": "http://127.0.0.1:8774", "description": "`compute-example-api` on this host."}
        ],
        "security": {"description": "For development: `admin`, `member` or `reader`."},
        "errors": {
            400: "The microversion is malformed.",
            406: "The microversion isn't served, or no answer is acceptable to the caller.",
            413: {"description": "The body is too large.", "when": "body"},
            415: {"description": "The body isn't application/json.", "when": "body"},
        },
        "fault_schema": "compute_example.api.openstack.wsgi:FAULT_SCHEMA",
        "samples": {
            "id": DEMO,
            "flavor": DEMO,
            "image": DEMO,
            "GET /extensions/{id}": {"id": "servers"},
            # These want a server that runs.
            "POST /servers/{id}/action#reboot": {"id": BUSY},
            "POST /servers/{id}/action#stop": {"id": BUSY},
        },
        "checks": {
            # What is reached; whoever describes more raises it.
            "coverage": {
                "summary": 100,
                "description": 90,
                "request": 100,
                "response": 84,
                "policy": 95,
                "errors": 100,
                "parameters": 93,
                "total": 94,
            },
            "inventory": "../compute.json",
        },
    },
}

exclude_patterns = []
html_theme = "furo"
html_title = "Compute example API"
html_copy_source = False
html_show_sourcelink = False
show_warning_types = True  # before Sphinx 8 it is off
pygments_style = "friendly"
pygments_dark_style = "monokai"
