"""`python -m config.embedded run | demo | services | prepare | reset`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from config.demo import play
from config.embedded import accounts_page, children, services
from config.embedded.faults import ServiceError, StageError
from config.embedded.stage import Stage

FOLDER = Path(__file__).resolve().parent.parent.parent
INTERRUPTED = 130


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description=__doc__)
    parser.add_argument("command", choices=tuple(_COMMANDS))
    parser.add_argument("--with-parent", action="store_true", help="stop when whoever started this is gone")
    options = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace", line_buffering=True)
    if options.with_parent:
        children.end_with_parent()
    try:
        return _COMMANDS[options.command]()
    except (StageError, ServiceError) as exc:
        return _refused(str(exc))
    except PermissionError as exc:
        return _refused(
            f"{exc.filename} belongs to another user; start as that user, or set SUQIAN_VAR to a new folder"
        )
    except KeyboardInterrupt:
        print("\n  stopped", flush=True)
        return INTERRUPTED if options.command == "demo" else 0


def run() -> int:
    """Start everything, say where it is, and stay."""
    with Stage(FOLDER).running() as stage:
        print(_addresses(stage))
        print(accounts_page.page(stage.accounts()))
        print("  Ctrl-C stops everything.\n", flush=True)
        stage.stay()
    return 0


def demo() -> int:
    """Start everything, play the main job, print a summary, stop."""
    os.environ.setdefault("EGRESS_ALLOW", "127.0.0.1")
    with Stage(FOLDER).running() as stage:
        return stage.during(
            lambda: play.main(
                base_url=stage.base_url, origin=stage.base_url, accounts=stage.accounts(), manage=stage.manage
            )
        )


def only_services() -> int:
    """Start PostgreSQL and Valkey, and stay: for work on the code with `. var/env.sh`."""
    with Stage(FOLDER).running(product=False, database=False) as stage:
        print(f"  {stage.var / 'env.sh'} exports their addresses and the secrets.\n  Ctrl-C stops them.", flush=True)
        stage.stay()
    return 0


def prepare() -> int:
    """Bring tables and demo city up to date, so that the next start need not."""
    with Stage(FOLDER).running(product=False):
        return 0


def reset() -> int:
    """Forget the data of this installation; its keys stay unless the whole of var/ is removed by hand."""
    stage = Stage(FOLDER)
    with stage.locked():
        for name in ("postgres", "valkey"):
            services.forget(stage.var / name)
        for name in ("attachments", "anchors", "log"):
            shutil.rmtree(stage.var / name, ignore_errors=True)
    print(f"  the data in {stage.var} is gone")
    return 0


def _refused(why: str) -> int:
    print(f"\n  {why}\n", file=sys.stderr, flush=True)
    return 1


def _addresses(stage: Stage) -> str:
    return (
        f"\n  Web hall   {stage.base_url}/hall/\n"
        f"  Palm hall  {stage.base_url}/palm/\n"
        f"  Approval   {stage.base_url}/approval/\n"
        f"  Office     {stage.base_url}/office/\n"
        f"  Desk       {stage.base_url}/desk/\n"
        f"  Handset    {stage.base_url}/handset/\n"
        f"  API        {stage.base_url}/api/v1/\n"
        f"  Contract   {stage.base_url}/api/v1/openapi.yaml\n"
        f"  Live       {stage.realtime_url}\n"
        f"  Readiness  {stage.base_url}/readyz\n"
        f"  Data, logs {stage.var}\n"
    )


_COMMANDS = {"run": run, "demo": demo, "services": only_services, "prepare": prepare, "reset": reset}

if __name__ == "__main__":
    sys.exit(main())
