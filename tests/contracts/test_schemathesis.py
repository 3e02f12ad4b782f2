"""The contract under attack: every operation, as each role with a real token and as nobody (F40, F34).

All of schemathesis' checks are on. In the suite each operation gets a few random requests; a long run adds the
systematic ones at the edges of each schema, thousands for each caller:
`SCHEMATHESIS_EXAMPLES=20 .venv/bin/pytest tests/contracts/test_schemathesis.py`.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import Status, events, from_schema
from schemathesis.transport.wsgi import WSGITransport

from backend.accounts import selectors as accounts
from backend.accounts.types import Role
from config.wsgi import application
from tests.factories import cases, sessions
from tests.factories.sessions import Caller

pytestmark = pytest.mark.slow
LONG = "SCHEMATHESIS_EXAMPLES" in os.environ
EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "2"))

OF_SOCKETS = {"max_redirects", "verify", "cert", "proxies"}

# A well-formed request may still name what is not there, come too early or too often: the contract says how.
REFUSALS = ["2xx", "304", "401", "403", "404", "409", "412", "416", "422", "428", "429"]
# What is malformed is never taken; which of its faults is told first is open.
REJECTIONS = ["400", "401", "403", "404", "406", "412", "413", "415", "422", "428", "429"]

# What the contract's schemas cannot say: which of two fields goes with the value of a third; no NUL and no half of a
# surrogate pair in free JSON.
BEYOND_SCHEMAS = [
    ("[positive_data_acceptance]", '"code": "malformed_request", "errors": []'),
    ("/me/devices [positive_data_acceptance]", '"pointer": "/token"'),
    ("/me/devices [positive_data_acceptance]", '"pointer": "/subscription"'),
]


def settings(headers: dict[str, str]) -> SchemathesisConfig:
    return SchemathesisConfig.from_dict(
        {
            "headers": headers,
            "seed": 20261123,
            "continue-on-failure": True,
            "generation": {"max-examples": EXAMPLES, "database": "none"},
            "phases": {"stateful": {"enabled": False}, "coverage": {"enabled": LONG}},
            "checks": {
                "positive_data_acceptance": {"expected-statuses": REFUSALS},
                "negative_data_rejection": {"expected-statuses": REJECTIONS},
                "missing_required_header": {"expected-statuses": ["400", "401", "403", "404", "422", "428", "429"]},
            },
            "parameters": {"query.wait": 0},
        }
    )


class StillSignedIn:
    """The application, for a caller whose session an attack on /auth/logout and its like has ended: signs in again.

    Only the caller's own token is exchanged; a missing, changed or made-up one stays as it came.
    """

    def __init__(self, caller: Caller) -> None:
        self.first = self.current = caller

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if environ.get("HTTP_AUTHORIZATION") == self.first.headers["Authorization"]:
            environ["HTTP_AUTHORIZATION"] = self._alive().headers["Authorization"]
        return whole(environ, start_response)

    def _alive(self) -> Caller:
        if self.current.session_id not in accounts.live_sessions([self.current.session_id]):
            self.current = sessions.signed_in(self.first.id, factor=self.first.organisation is not None)
        return self.current


def whole(environ: dict[str, Any], start_response: Any) -> list[bytes]:
    """The application, with each request ended when it is answered, so that no connection stays with a thread."""
    with closing(application(environ, start_response)) as answer:
        return [b"".join(answer)]


def attack(caller: Caller | None) -> tuple[int, dict[str, int]]:
    """How many cases were tried, and how often what went wrong."""
    app = StillSignedIn(caller) if caller else whole
    config = settings(caller.headers if caller else {})
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.yaml", app, config=config)
    tried, faults = 0, Counter[str]()
    for event in from_schema(schema).execute():
        if isinstance(event, events.ScenarioFinished):
            tried += len(event.recorder.cases)
            faults.update(_faults(event))
        elif isinstance(event, events.NonFatalError | events.FatalError):
            reason = getattr(event, "value", None) or getattr(event, "exception", None)
            faults[f"engine: {getattr(event, 'label', '')} [engine] {reason!r}"] += 1
    return tried, faults


def _faults(event: events.ScenarioFinished) -> Iterator[str]:
    for case_id, checks in event.recorder.checks.items():
        for check in checks:
            if check.status is Status.FAILURE and check.failure_info is not None:
                fault = _fault(event, case_id, check)
                if not any(all(part in fault for part in known) for known in BEYOND_SCHEMAS):
                    yield fault


def _fault(event: events.ScenarioFinished, case_id: str, check: Any) -> str:
    failure = check.failure_info.failure
    interaction = event.recorder.interactions.get(case_id)
    answer = interaction.response if interaction else None
    body = answer.content.decode(errors="replace")[-400:] if answer is not None and answer.content else ""
    sample = check.failure_info.code_sample[:700] if os.environ.get("SCHEMATHESIS_SAMPLES") else ""
    said = " ".join(failure.message.split())[:300]
    return f"{event.label} [{check.name}] {failure.title}: {said} {body}\n{sample}"


def nobody() -> None:
    return None


def citizen() -> Caller | None:
    wang, at = cases.citizen(), cases.department()
    cases.submitted(wang, at.power_id)
    cases.draft(wang, at.power_id)
    return wang.caller


def official(role: Role) -> Callable[[], Caller]:
    def make() -> Caller:
        at, wang = cases.department(), cases.citizen()
        cases.submitted(wang, at.power_id)
        return sessions.official(role, at.place)

    make.__name__ = role.value
    return make


CALLERS = [nobody, citizen, official(Role.WINDOW_CLERK), official(Role.APPROVER), official(Role.AUDITOR)]


@pytest.fixture(autouse=True)
def _no_settings_of_sockets(monkeypatch: pytest.MonkeyPatch) -> None:
    """schemathesis 4.32 hands settings of network connections to an application that is called without a network."""
    send = WSGITransport.send

    def without(self: WSGITransport, case: Any, **given: Any) -> Any:
        return send(self, case, **{key: value for key, value in given.items() if key not in OF_SOCKETS})

    monkeypatch.setattr(WSGITransport, "send", without)


@pytest.mark.parametrize("caller", CALLERS, ids=lambda make: make.__name__)
def test_the_contract_holds_under_attack(transactional_db: None, caller: Callable[[], Caller | None]) -> None:
    tried, faults = attack(caller())
    assert tried > 300
    assert not faults, f"{sum(faults.values())} of {tried} cases:\n" + "\n".join(sorted(faults)[:25])
