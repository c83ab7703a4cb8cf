project = "Host notes"

extensions = ["sphinxext_apiplug"]
apiplug_apis = {
    "host-notes": {
        "namespace": "compute_example.api.v21.extensions",
        "enabled": ["host_notes"],
        "title": "Host notes",
        "base_path": "/v2.1",
        "service_type": "compute",
        "policies": "host-notes",
        "servers": [{"url": "http://127.0.0.1:8774"}],
        "samples": {"PUT /os-host-notes/{id}": {"id": "node-1"}},
    },
}
