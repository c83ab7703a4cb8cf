"""Rules of images."""

from __future__ import annotations

from compute_example.policies.base import PROJECT_READER, documented

ROOT = "compute_example:images:%s"

RULES = [
    documented(
        "images:index", PROJECT_READER, "List images.", "GET /images", "GET /images/detail"
    ),
    documented("images:show", PROJECT_READER, "Show an image.", "GET /images/{image_id}"),
]
