"""How test files are spread over the workers: a file stays together, so do the files that share a running product."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

SHARED = ("tests/browser/",)


class FilesTogether(LoadFileScheduling):
    """As `--dist loadfile`; everything in a folder of SHARED goes to one worker, which starts what it shares once."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return next((folder for folder in SHARED if file.startswith(folder)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    """Have xdist spread them so."""
    return FilesTogether(config, log)
