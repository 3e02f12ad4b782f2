"""`python -m benchmarks [NAME …]`: each measurement on a fresh, durable PostgreSQL and Valkey of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from config.embedded import services
from config.embedded.keys import installation_keys

FOLDER = Path(__file__).resolve().parent


def main() -> int:
    """Returns 1 when one could not be run; what it measured decides nothing."""
    known = sorted(path.stem for path in FOLDER.glob("*.py") if not path.stem.startswith("_"))
    wanted = sys.argv[1:] or known
    unknown = set(wanted) - set(known)
    if unknown:
        print(f"  no such measurement: {', '.join(sorted(unknown))}; there are {', '.join(known)}", file=sys.stderr)
        return 1
    return max(measure(name) for name in wanted)


def measure(name: str) -> int:
    """Run one in a process of its own. Returns its exit code."""
    print(f"\n  {name}", flush=True)
    folder = Path(tempfile.mkdtemp(prefix="suqian-bench-"))
    folder.chmod(0o755)
    try:
        postgres = services.start_postgres(folder / "postgres")
        valkey = services.start_valkey(folder / "valkey")
        environment = {
            **installation_keys(folder / "keys.json"),
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.embedded",
            "DATABASE_URL": postgres.url,
            "REDIS_URL": valkey.url,
            "PYTHONPATH": str(FOLDER.parent),
        }
        for command in (["manage.py", "migrate", "--noinput", "-v", "0"], [f"benchmarks/{name}.py"]):
            code = subprocess.run(
                [sys.executable, *command], cwd=FOLDER.parent, env=environment, check=False
            ).returncode
            if code:
                return code
        postgres.stop()
        valkey.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
