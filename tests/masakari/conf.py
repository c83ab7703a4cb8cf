"""How Sphinx builds the reference of Masakari, a released service."""

project = "Instance HA API"
author = "OpenStack Masakari team"
copyright = "OpenStack contributors"

extensions = ["sphinxext_apiplug"]
apiplug_apis = {
    "instance-ha": {
        "namespace": "masakari.api.v1.extensions",
        "title": "Instance HA API",
        "description": (
            "Masakari recovers instances, hosts and processes of a cloud that fail. Monitors "
            "tell it of failures as notifications; operators tell it in failover segments "
            "which hosts may take over from one another."
        ),
        "base_path": "/v1",
        "service_type": "instance-ha",
        "policies": "masakari",
        "commands": "openstack.ha.v1",
        "pages": "extensions",
        "servers": [
            {"url": "https://ha.example.org", "description": "Your cloud's instance HA endpoint."}
        ],
        "contact": {
            "name": "OpenStack Masakari team",
            "url": "https://docs.openstack.org/masakari/latest/",
            "email": "openstack-discuss@lists.openstack.org",
        },
        "license": {"name": "Apache License 2.0", "identifier": "Apache-2.0"},
        "source_url": ("https://opendev.org/openstack/masakari/src/tag/{version}/{file}#L{line}"),
    },
}

exclude_patterns = []
html_theme = "furo"
html_title = "Instance HA API"
html_copy_source = False
html_show_sourcelink = False
show_warning_types = True  # before Sphinx 8 it is off
pygments_style = "friendly"
pygments_dark_style = "monokai"
