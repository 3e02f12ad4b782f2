"""docs/faults.md names every fault of the promises, and tests that are really about it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROW = re.compile(r"^\| (F\d\d) \| [^|]+ \| ([^|]+) \|", re.MULTILINE)


def test_every_fault_has_tests_that_carry_its_name() -> None:
    rows = dict(ROW.findall((ROOT / "docs/faults.md").read_text()))
    assert list(rows) == [f"F{number:02}" for number in range(1, 41)]
    wrong = [
        f"{fault}: {path}"
        for fault, paths in rows.items()
        for path in re.findall(r"`([^`]+)`", paths)
        if fault not in (ROOT / path).read_text()
    ]
    assert not wrong
    assert all("`tests/" in paths for paths in rows.values())
