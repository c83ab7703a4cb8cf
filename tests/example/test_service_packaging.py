"""The example's distribution: it holds everything, wherever it was built."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.real("compute-example")

SOURCE = Path(__file__).parents[2] / "examples" / "compute"
WANTED = {
    "api-paste.ini",
    "catalog.json",
    "compute-example.conf.sample",
    "demo.json",
    "policy.yaml.sample",
    "py.typed",
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what an unpacked copy, without any repository, was built into."""
    folder = tmp_path_factory.mktemp("copy")
    copy, out = folder / "compute", folder / "out"
    ignored = shutil.ignore_patterns("build", "*.egg-info", "AUTHORS", "ChangeLog", "__pycache__")
    shutil.copytree(SOURCE, copy, ignore=ignored)
    out.mkdir()
    code = f"import pbr.build as b; b.build_sdist({str(out)!r}); b.build_wheel({str(out)!r})"
    subprocess.run(
        [sys.executable, "-c", code],
        cwd=copy,
        env={**os.environ, "PBR_VERSION": "1.2.3"},
        check=True,
        capture_output=True,
    )
    return out


def modules() -> set[str]:
    package = SOURCE / "compute_example"
    return {str(file.relative_to(SOURCE)) for file in package.rglob("*.py")}


def test_the_wheel_holds_everything(built: Path) -> None:
    with zipfile.ZipFile(built / "compute_example-1.2.3-py3-none-any.whl") as wheel:
        names = set(wheel.namelist())
    assert modules() <= names
    assert {Path(name).name for name in names} >= {*WANTED, "compute-example-wsgi"}
    etc = "compute_example-1.2.3.data/data/etc/compute-example"
    assert f"{etc}/api-paste.ini" in names


def test_the_source_distribution_holds_everything(built: Path) -> None:
    with tarfile.open(built / "compute_example-1.2.3.tar.gz") as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert modules() <= names
    assert {Path(name).name for name in names} >= {*WANTED, "requirements.txt", "setup.cfg"}


def test_the_service_runs_from_its_wheel(built: Path, tmp_path: Path) -> None:
    """Its modules and its files are found where an installer has put them."""
    site = tmp_path / "site"
    with zipfile.ZipFile(built / "compute_example-1.2.3-py3-none-any.whl") as wheel:
        wheel.extractall(site)
    data = site / "compute_example-1.2.3.data" / "data" / "etc"
    shutil.move(data, site / "etc")
    record = site / "compute_example-1.2.3.dist-info" / "RECORD"
    text = record.read_text(encoding="utf-8")
    record.write_text(text.replace("compute_example-1.2.3.data/data/", ""), encoding="utf-8")
    code = (
        "from compute_example import application; from compute_example.conf import CONF; "
        "CONF(args=[], default_config_files=[], default_config_dirs=[]); "
        "print(application.paste_config(CONF)); application.load(CONF)"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(site)},
        check=True,
        capture_output=True,
        text=True,
    )
    assert Path(found.stdout.strip()) == site / "etc" / "compute-example" / "api-paste.ini"


@pytest.mark.parametrize(
    ("module", "sample"),
    [
        ("oslo_config.generator", "compute-example.conf.sample"),
        ("oslo_policy.generator", "policy.yaml.sample"),
    ],
)
def test_the_samples_are_those_of_the_code(module: str, sample: str) -> None:
    """Write them anew with ``oslo-config-generator`` and ``oslopolicy-sample-generator``."""
    function = "main" if module == "oslo_config.generator" else "generate_sample"
    code = f"from {module} import {function} as f; f(['--namespace', 'compute-example'])"
    found = subprocess.run(
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    file = SOURCE / "etc" / "compute-example" / sample
    assert found.stdout == file.read_text(encoding="utf-8")
