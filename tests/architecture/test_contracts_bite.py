"""Each import contract is seen to fail on a deliberate violation, in a copy of the tree; the tree keeps all."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("config", "mobile_api", "webhooks", "backend", "sms", "kernel")

VIOLATIONS = [
    ("rows", "kernel/clock.py", "import sms.types"),
    ("rows", "sms/selectors/messages.py", "import backend.journal.types"),
    ("rows", "backend/journal/selectors.py", "import mobile_api.platform.network"),
    ("apps", "backend/journal/types.py", "import backend.accounts.types"),
    ("apps", "backend/attachments/types.py", "import backend.workflow.types"),
    ("apps", "backend/newcomer/__init__.py", ""),
    ("edge", "mobile_api/platform/network.py", "import mobile_api.realtime.frames"),
    ("areas", "mobile_api/v1/contract/schema.py", "import mobile_api.v1.realtime.schema"),
    ("no-http-below", "backend/journal/selectors.py", "import rest_framework.views"),
    ("no-http-below", "kernel/clock.py", "import channels"),
    ("plain-rules", "backend/accounts/types.py", "import django.db"),
    ("plain-rules", "kernel/actors.py", "import django"),
    ("doors", "backend/cases/selectors.py", "import backend.accounts.models"),
    ("doors", "webhooks/apps.py", "import sms.models"),
    ("doors", "mobile_api/v1/realtime/views.py", "import backend.accounts.services.sessions"),
]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    copy = tmp_path_factory.mktemp("tree")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__", "data", "*.csv"))
    (copy / "tests" / "architecture").mkdir(parents=True)
    for name in (
        "tests/__init__.py",
        "tests/architecture/__init__.py",
        "tests/architecture/doors.py",
        "pyproject.toml",
    ):
        shutil.copy(ROOT / name, copy / name)
    return copy


def lint(tree: Path, *options: str) -> subprocess.CompletedProcess[str]:
    program = Path(sys.executable).with_name("lint-imports")
    environment = {**os.environ, "PYTHONPATH": str(tree), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [program, "--cache-dir", str(tree / ".cache"), *options],
        cwd=tree, env=environment, capture_output=True, text=True, timeout=120,
    )  # fmt: skip


def test_the_tree_keeps_every_contract(tree: Path) -> None:
    done = lint(tree)
    assert done.returncode == 0, done.stdout[-4000:]


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS)
def test_a_violation_is_found(tree: Path, contract: str, file: str, line: str) -> None:
    target = tree / file
    original = target.read_text() if target.exists() else None
    target.parent.mkdir(exist_ok=True)
    target.write_text(f"{original or ''}\n{line}\n")
    try:
        done = lint(tree, "--contract", contract)
    finally:
        if original is None:
            shutil.rmtree(target.parent)
        else:
            target.write_text(original)
    assert done.returncode == 1, done.stdout[-2000:]
    assert "BROKEN" in done.stdout


def test_every_contract_has_a_violation_here() -> None:
    configured = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    assert {contract["id"] for contract in configured} == {contract for contract, _, _ in VIOLATIONS}
