"""A file store of its own for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from backend.attachments.services import store
from backend.attachments.types import StoredFileInfo
from kernel.actors import Actor, ActorKind
from kernel.ids import uuid7

MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    """Where the bytes lie."""
    settings.ATTACHMENTS_ROOT = str(tmp_path / "files")
    settings.CLAMD_ADDRESS = ""
    return Path(settings.ATTACHMENTS_ROOT)


@pytest.fixture
def citizen() -> Actor:
    """Somebody who uploads."""
    return Actor(ActorKind.CITIZEN, user_id=uuid7())


@pytest.fixture
def hand_in(citizen: Actor) -> Callable[..., StoredFileInfo]:
    """Upload bytes as the citizen."""

    def go(data: Any, filename: str = "材料.bin", **options: Any) -> StoredFileInfo:
        upload = iter([data]) if isinstance(data, bytes) else data
        given = {"max_bytes": 20 * MEGABYTE, "owner": ("case", uuid7()), "actor": citizen}
        return store(upload=upload, filename=filename, **{**given, **options})

    return go


def bytes_in(folder: Path) -> list[Path]:
    """Every file that lies anywhere in the store."""
    return [path for path in folder.rglob("*") if path.is_file()]
