"""`python -m config.embedded run | demo | reset`."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

from config.embedded import services
from config.embedded.stage import Stage, StageError

FOLDER = Path(__file__).resolve().parent.parent.parent


def main() -> int:
    """Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description=__doc__)
    parser.add_argument("command", choices=("run", "demo", "reset"))
    command = parser.parse_args().command
    try:
        return {"run": run, "demo": demo, "reset": reset}[command]()
    except (StageError, services.ServiceError) as exc:
        print(f"\n  {exc}\n", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n  stopped")
        return 0


def run() -> int:
    """Start everything, say where it is, and stay."""
    with Stage(FOLDER).running() as stage:
        print(_addresses(stage))
        print(stage.manage("demo_accounts"))
        print("  Ctrl-C stops everything.\n", flush=True)
        stage.stay()
    return 0


def demo() -> int:
    """Start everything, play the main job, print a summary, stop."""
    os.environ.setdefault("EGRESS_ALLOW", "127.0.0.1")
    os.environ.setdefault("SMS_QUIET_HOURS_OFF", "1")
    with Stage(FOLDER).running() as stage:
        from config.demo import play  # noqa: PLC0415 - only a demo needs its clients

        return play.main(
            base_url=stage.base_url,
            origin=stage.base_url,
            accounts=stage.accounts(),
            manage=stage.manage,
        )


def reset() -> int:
    """Forget the data of this installation; keys stay unless the whole of var/ is removed by hand."""
    stage = Stage(FOLDER)
    with stage._only_one():  # noqa: SLF001 - the same lock as a running installation
        for name in ("postgres", "valkey"):
            services.forget(stage.var / name)
        for name in ("attachments", "anchors", "log"):
            shutil.rmtree(stage.var / name, ignore_errors=True)
    print("  the data of this installation is gone")
    return 0


def _addresses(stage: Stage) -> str:
    return (
        f"\n  API        {stage.base_url}/api/v1/\n"
        f"  Contract   {stage.base_url}/api/v1/openapi.yaml\n"
        f"  Live       {stage.realtime_url}\n"
        f"  Handset    {stage.base_url}/handset/\n"
        f"  Readiness  {stage.base_url}/readyz\n"
    )


if __name__ == "__main__":
    sys.exit(main())
