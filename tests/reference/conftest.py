"""Fixtures of the reference's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reference.project import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with one API whose inventory is a file."""
    return Project(tmp_path / "docs")
