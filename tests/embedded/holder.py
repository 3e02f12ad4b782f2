"""Holds PostgreSQL and Valkey for a test, in a process that can be killed: `holder.py FOLDER`."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from config.embedded.services import start_postgres, start_valkey

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    postgres = start_postgres(folder / "postgres", fast=True)
    valkey = start_valkey(folder / "valkey")
    print(json.dumps({"pids": [postgres.pid, valkey.pid], "postgres": postgres.url, "valkey": valkey.url}), flush=True)
    time.sleep(120)
