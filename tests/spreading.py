"""How test files are spread over the workers: a file stays together, so do the files that share a running product."""

from __future__ import annotations

from typing import Any

import pytest
from xdist.scheduler import LoadFileScheduling

SHARED = ("tests/browser/test_screens.py", "tests/browser/")
"""The pictures take as long as all journeys together: they have a product of their own."""


class FilesTogether(LoadFileScheduling):
    """As `--dist loadfile`; everything under the first of SHARED that fits goes to one worker, which starts it once."""

    def _split_scope(self, nodeid: str) -> str:
        file: str = super()._split_scope(nodeid)
        return next((place for place in SHARED if file.startswith(place)), file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    """Have xdist spread them so."""
    return FilesTogether(config, log)
