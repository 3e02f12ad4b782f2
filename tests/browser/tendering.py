"""A tender as its desk, two other bidders and the openers bring it on, while somebody bids from a phone.

The functions up to `opened_by` run inside the product (`manage.py shell`); `Tendering` calls them from a test.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from backend.accounts import selectors as accounts
from backend.accounts import services as account_services
from backend.accounts.types import RepresentationKind
from backend.tenders import services
from kernel.actors import Actor
from tests.e2e.product import Product
from tests.factories import accounts as factory
from tests.factories import tenders as make

BUYER, BUREAU = "宿迁市交通运输局", "321300JT"
QUESTION = "招标文件第三章要求提供近三年的业绩证明，联合体各方的业绩能否合并计算？"
OBJECTION = "招标文件要求投标人具有本市同类工程业绩，限制了外地企业参加投标，违反实施条例第三十二条。"


def represented_by(phone: str, name: str) -> str:
    """A company that whoever signs in with this number represents; its id."""
    company_id = account_services.register_legal_person(
        actor=Actor.system("staging"), credit_code=make.credit_code(), name=name
    )
    person = accounts.person_with_phone(phone)
    assert person
    account_services.add_representation(
        actor=Actor.system("staging"),
        user_id=person,
        legal_person_id=company_id,
        kind=RepresentationKind.LEGAL_REPRESENTATIVE,
    )
    return str(company_id)


def subscribed_by(phone: str, keyword: str) -> None:
    """A saved search of whoever signs in with this number."""
    person = accounts.person_with_phone(phone)
    assert person
    any_of: dict[str, Any] = {"categories": [], "regions": [], "min_fen": None, "max_fen": None, "buyer_id": None}
    how = {"name": "", "keyword": keyword, "pace": "at_once", "by_sms": False, "active": True}
    services.subscribe(actor=accounts.actor_for(person), wishes={**any_of, **how})


def called_with_two_bids(name: str) -> dict[str, Any]:
    """A published tender with two sealed bids, and what its openers hold."""
    tender = make.called(make.Desk(factory.organisation(name=BUYER)), name=name)
    for price in make.PRICES[:2]:
        tender.bid(make.company(), price)
    return {
        "project_id": str(tender.project.id),
        "section_id": str(tender.section.id),
        "openers": [str(actor.user_id) for actor in tender.desk.openers],
        "shares": [share.hex() for share in tender.shares],
    }


def at_bureau(name: str, held: str, openers: list[str]) -> list[dict[str, Any]]:
    """Two published tenders of the demo city's transport bureau, whose own openers hold the keys, each with a question:
    one with three sealed bids, one held by an objection."""
    desk = make.Desk(accounts.organisation_by_code(BUREAU))
    desk.openers = [accounts.actor_for(UUID(person)) for person in openers]
    running, other = make.called(desk, name=name), make.called(desk, name=held)
    asker = make.company()
    for tender in (running, other):
        tender.take(asker)
        services.ask(actor=asker.actor, section_id=tender.section.id, company_id=asker.id, text=QUESTION)
    for price in make.PRICES[:3]:
        running.bid(make.company(), price)
    services.file_objection(
        actor=asker.actor,
        section_id=other.section.id,
        company_id=asker.id,
        stage="tender_documents",
        arguments=OBJECTION,
        remedy="请删去该项业绩要求，或改为同类工程业绩。",
    )
    return [
        {
            "project_id": str(tender.project.id),
            "section_id": str(tender.section.id),
            "shares": [share.hex() for share in tender.shares],
        }
        for tender in (running, other)
    ]


def invited_to(name: str, company_id: str) -> str:
    """An invited tender for this company and two others; the invitation's id."""
    tender = make.planned(make.Desk(factory.organisation(name=BUYER)), method="selective", name=name)
    shown = ("content", "contact", "scope", "qualification", "documents_from", "documents_until", "bids_until")
    content = {item: make.call_content()[item] for item in shown}
    guests = [company_id, *(str(make.company().id) for _ in range(2))]
    return str(tender.desk.publish(tender.project, "invitation", **content, invited=guests).id)


def opened_by(section_id: str, openers: list[str], shares: list[str]) -> None:
    """Two openers bring their shares."""
    for person, share in list(zip(openers, shares, strict=True))[:2]:
        actor = accounts.actor_for(UUID(person))
        services.bring_share(actor=actor, section_id=UUID(section_id), share=bytes.fromhex(share))


@dataclass
class Tendering:
    """Calls the functions above inside the running product, and lets time pass."""

    running: Product

    def company(self, phone: str, name: str) -> str:
        """See `represented_by`."""
        found: str = self._call("represented_by", phone, name)
        return found

    def subscribed(self, phone: str, keyword: str) -> None:
        """See `subscribed_by`."""
        self._call("subscribed_by", phone, keyword)

    def played(self) -> dict[str, str]:
        """A tender that went on to its contract; the ids of project and section."""
        assert self.running.manage("play_tender", "--keep").returncode == 0
        ((project, section),) = self.running.query(
            "SELECT project_id::text, id::text FROM tenders_section WHERE state = 'contracted' ORDER BY id DESC LIMIT 1"
        )
        return {"played": project, "played_section": section}

    def called(self, name: str) -> dict[str, Any]:
        """See `called_with_two_bids`."""
        found: dict[str, Any] = self._call("called_with_two_bids", name)
        return found

    def invited(self, name: str, company_id: str) -> str:
        """See `invited_to`."""
        found: str = self._call("invited_to", name, company_id)
        return found

    def at_bureau(self, name: str, held: str) -> list[dict[str, Any]]:
        """See `at_bureau`."""
        people = [one for one in self.running.accounts() if any(g["role"] == "tender_opener" for g in one["grants"])]
        found: list[dict[str, Any]] = self._call("at_bureau", name, held, [one["id"] for one in people])
        return found

    def opened(self, tender: dict[str, Any]) -> None:
        """See `opened_by`."""
        self._call("opened_by", tender["section_id"], tender["openers"], tender["shares"])

    def deadline_comes(self, tender: dict[str, Any]) -> None:
        """The three weeks of the tender pass."""
        statement = "UPDATE tenders_section SET bids_until = clock_timestamp() WHERE id = %(id)s"
        assert self.running.change(statement, {"id": tender["section_id"]}) == 1

    def _call(self, name: str, *arguments: Any) -> Any:
        code = f"import json; from tests.browser import tendering; print(json.dumps(tendering.{name}(*{arguments!r})))"
        done = self.running.manage("shell", "-c", code)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout.splitlines()[-1])
