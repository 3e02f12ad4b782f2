"""npm's `smpp` as the carrier's SMSC: a process that is not ours, told what to do over HTTP (tests/smsc/smsc.js)."""

from __future__ import annotations

import json
import shutil
import subprocess
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Any, Self

FOLDER = Path(__file__).resolve().parent.parent / "smsc"


def install() -> None:
    """Fetch the locked packages of tests/smsc, unless they are there."""
    npm = shutil.which("npm")
    assert npm, "npm is needed: apt install nodejs npm"
    if not all((FOLDER / "node_modules" / name).exists() for name in ("smpp", "web-push-testing")):
        subprocess.run([npm, "ci", "--no-audit", "--no-fund", "--silent"], cwd=FOLDER, check=True)


class Smsc:
    """The SMSC; use as a context manager. `port` is what SMPP_PORT must be."""

    def __enter__(self) -> Self:
        install()
        node = shutil.which("node")
        assert node, "Node is needed: apt install nodejs npm"
        command = [node, str(FOLDER / "smsc.js")]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert self.process.stdout is not None
        ports = json.loads(self.process.stdout.readline())
        self.port, self._control = ports["smpp"], f"http://127.0.0.1:{ports['control']}"
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.process.kill()
        self.process.communicate()

    def script(self, **what: Any) -> None:
        """Faults `status`, `before`, `after`, `silent` for the next `times` texts; `refuse_bind`; `report`."""
        self._ask("/script", what)

    def deliver(self, *texts: dict[str, Any]) -> None:
        """Send texts or reports to whoever is bound as a receiver, now or later."""
        self._ask("/deliver", list(texts))

    def cut(self) -> None:
        """Break the receivers' connections."""
        self._ask("/cut", {})

    def accepted(self) -> list[dict[str, Any]]:
        """Texts taken."""
        return self._lines("accepted")

    def delivered(self) -> list[dict[str, Any]]:
        """Answers that our receiver gave."""
        return self._lines("delivered")

    def _lines(self, kind: str) -> list[dict[str, Any]]:
        return [line for line in self._ask("/ledger", {})["ledger"] if line["kind"] == kind]

    def _ask(self, path: str, body: Any) -> Any:
        request = urllib.request.Request(self._control + path, json.dumps(body).encode(), method="POST")
        with urllib.request.urlopen(request, timeout=5) as answer:
            return json.loads(answer.read())
