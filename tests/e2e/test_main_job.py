"""The main job over real HTTP, sockets, signed webhooks and worker processes, as `make demo` plays it."""

from __future__ import annotations

import subprocess

import pytest

from tests.e2e.product import product

pytestmark = pytest.mark.slow


def test_demo_keeps_every_promise() -> None:
    with product() as running:
        running.start("demo")
        assert running.process is not None
        try:
            code = running.process.wait(240)
        except subprocess.TimeoutExpired:
            pytest.fail(running.said())
        assert code == 0, running.said()
        assert "计入" in running.said()
