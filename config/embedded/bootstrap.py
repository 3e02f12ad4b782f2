"""`python3 config/embedded/bootstrap.py FOLDER`: a virtual environment with pip, also where Python comes without it.

Needs nothing but the standard library. Debian and Ubuntu ship Python without `ensurepip`; then pip comes from the
system's own pip, or, pinned and checked by its hash, from the package index.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import ssl
import subprocess
import sys
import tempfile
import urllib.parse
import urllib.request
import venv
from pathlib import Path

LOCK = Path(__file__).resolve().parents[2] / "requirements" / "dev.txt"
INDEX = "https://pypi.org/simple"


def main() -> int:
    """Returns the exit code; leaves either a whole environment or none."""
    if sys.version_info < (3, 11):  # noqa: UP036 - PYTHON=… may name any
        print(f"  Python 3.11 or newer is needed, this is {sys.version.split()[0]}", file=sys.stderr)
        return 1
    target = Path(sys.argv[1])
    try:
        make(target)
    except (OSError, ValueError, subprocess.SubprocessError) as exc:
        shutil.rmtree(target, ignore_errors=True)
        print(f"  The virtual environment could not be made: {exc}", file=sys.stderr)
        print("  On Debian or Ubuntu: apt-get install python3-venv; or PYTHON=/path/to/python3 make …", file=sys.stderr)
        return 1
    return 0


def make(target: Path) -> None:
    """Make it, by the first way that works here."""
    if has("ensurepip"):
        venv.create(target, with_pip=True, clear=True, symlinks=True)
        return
    venv.create(target, with_pip=False, clear=True, symlinks=True)
    python = target / "bin" / "python"
    if has("pip"):
        pip([sys.executable, "-m", "pip", "--python", str(python)], "pip")
        return
    with tempfile.TemporaryDirectory() as folder:
        wheel = download(Path(folder))
        pip([str(python), str(wheel / "pip")], str(wheel))


def has(module: str) -> bool:
    """Whether this Python can import it; in a process of its own, as the import may fail half-way."""
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True, check=False).returncode == 0


def pip(command: list[str], what: str) -> None:
    """Install with a pip from elsewhere. Raises CalledProcessError."""
    subprocess.run([*command, "install", "--quiet", "--no-deps", what], check=True)


def download(folder: Path) -> Path:
    """The locked pip as a wheel. Raises ValueError when the index has it not, or has another one by that name."""
    version, hashes = locked()
    name = f"pip-{version}-py3-none-any.whl"
    index = os.environ.get("PIP_INDEX_URL", INDEX).rstrip("/")
    files = json.loads(fetch(f"{index}/pip/", "application/vnd.pypi.simple.v1+json"))["files"]
    url = next((file["url"] for file in files if file["filename"] == name), None)
    if url is None:
        raise ValueError(f"{index} has no {name}")
    content = fetch(urllib.parse.urljoin(f"{index}/pip/", url), "*/*")
    if hashlib.sha256(content).hexdigest() not in hashes:
        raise ValueError(f"{url} is not the locked {name}")
    wheel = folder / name
    wheel.write_bytes(content)
    return wheel


def locked() -> tuple[str, set[str]]:
    """The version of pip in the lock, and the hashes it may have."""
    found = re.search(r"^pip==(\S+)((?:\s+\\\n\s+--hash=sha256:\w+)+)", LOCK.read_text(), re.MULTILINE)
    if found is None:
        raise ValueError(f"{LOCK} names no pip")
    return found[1], set(re.findall(r"sha256:(\w+)", found[2]))


def fetch(url: str, media_type: str) -> bytes:
    """The body at an https address."""
    if not url.startswith("https://"):
        raise ValueError(f"{url} is not https")
    context = ssl.create_default_context(cafile=os.environ.get("PIP_CERT") or None)
    request = urllib.request.Request(url, headers={"Accept": media_type})
    with urllib.request.urlopen(request, timeout=60, context=context) as answer:
        body: bytes = answer.read()
    return body


if __name__ == "__main__":
    sys.exit(main())
