"""A tenderer's desk, companies with their people, and a tender on its way, all through the services."""

from __future__ import annotations

import hashlib
import random
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID

from stdnum.cn import uscc

from backend.accounts import services as account_services
from backend.accounts.types import OrganisationInfo, RepresentationKind, Role
from backend.tenders import services
from backend.tenders.models import Bid, Notice, Project, Section
from backend.tenders.rules import sealing, shamir
from backend.tenders.types import Announcement, Receipt
from kernel import clock
from kernel.actors import Actor
from tests.factories import accounts

PRICES = (98_000_00, 95_500_00, 97_250_00, 99_900_00)


def later(days: float = 0, **delta: float) -> str:
    """A time from now on, as notices write it."""
    return clock.local(clock.now() + timedelta(days=days, **delta)).isoformat()


def credit_code() -> str:
    """A well-formed credit code of a company in Suqian."""
    body = f"91321300MA{random.randint(0, 9_999_999):07d}"
    return body + uscc.calc_check_digit(body + "0")


@dataclass
class Company:
    """A company and somebody who acts for it."""

    id: UUID
    name: str
    code: str
    person: UUID

    @property
    def actor(self) -> Actor:
        """Its representative."""
        return accounts.actor(self.person)


def company(name: str = "") -> Company:
    """A fresh company with a legal representative."""
    code = credit_code()
    name = name or f"宿迁{code[-6:]}建设有限公司"
    company_id = account_services.register_legal_person(actor=accounts.system(), credit_code=code, name=name)
    person = accounts.citizen()
    account_services.add_representation(
        actor=accounts.system(),
        user_id=person,
        legal_person_id=company_id,
        kind=RepresentationKind.LEGAL_REPRESENTATIVE,
    )
    return Company(company_id, name, code, person)


@dataclass
class Desk:
    """A tenderer: one who writes, one who reviews, three who open."""

    place: OrganisationInfo = field(default_factory=accounts.organisation)

    @cached_property
    def editor(self) -> Actor:
        """Writes notices."""
        return accounts.actor(accounts.official(Role.TENDER_EDITOR, self.place))

    @cached_property
    def reviewer(self) -> Actor:
        """Reviews and publishes them."""
        return accounts.actor(accounts.official(Role.TENDER_REVIEWER, self.place))

    @cached_property
    def openers(self) -> list[Actor]:
        """Hold a share each."""
        return [accounts.actor(accounts.official(Role.TENDER_OPENER, self.place)) for _ in range(3)]

    def publish(self, project: Project, kind: str, **content: Any) -> Notice:
        """Write, hand in, review, publish."""
        draft = services.draft_notice(
            actor=self.editor, project_id=project.id, kind=kind, section_ids=[], title="", content=content
        )
        sent = services.submit_notice(actor=self.editor, notice_id=draft.id, version=draft.version)
        return services.publish_notice(actor=self.reviewer, notice_id=sent.id, version=sent.version)


CALL = {
    "content": "新建双向四车道道路工程，全长 3.2 公里。",
    "contact": "李工 0527-84360000",
    "scope": "施工图范围内全部内容",
    "funds": "财政资金",
    "qualification": "市政公用工程施工总承包二级及以上",
    "joint_bids": "不接受",
    "how_to_get_documents": "登录本平台免费获取",
    "how_to_hand_in": "在本平台加密递交",
}


def call_content(days: float = 21, **content: Any) -> dict[str, Any]:
    """A complete tender notice with lawful periods."""
    times = {"documents_from": later(), "documents_until": later(6), "bids_until": later(days)}
    return {**CALL, **times, **content}


@dataclass
class Tender:
    """A tender of one section with its key."""

    desk: Desk
    project: Project
    shares: list[bytes] = field(default_factory=list)
    public_key: bytes = b""

    @property
    def section(self) -> Section:
        """The section as it stands."""
        return Section.objects.select_related("project").get(project=self.project)

    def make_key(self) -> None:
        """On the tenderer's device: a key, split; the platform gets the public half and digests."""
        scalar, self.public_key = sealing.new_key()
        self.shares = shamir.split(scalar, shares=3, threshold=2)
        services.set_opening_key(
            actor=self.desk.editor,
            section_id=self.section.id,
            public_key=self.public_key,
            openers=[
                {"person_id": actor.user_id, "title": title, "share_digest": hashlib.sha256(share).hexdigest()}
                for actor, title, share in zip(
                    self.desk.openers, ("招标人", "代理机构", "监督部门"), self.shares, strict=True
                )
            ],
        )

    def take(self, company: Company) -> None:
        """A company takes the documents."""
        services.take_documents(actor=company.actor, section_id=self.section.id, company_id=company.id)

    def sealed(self, company: Company, price_fen: int, version: int = 1, **statement: Any) -> sealing.SealedBid:
        """A bid as the bidder's browser seals it."""
        said = {"price_fen": price_fen, "duration_days": 180, "quality": "合格", **statement}
        bound = sealing.binding(self.section.id, company.id, version)
        secret = (secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(32))
        files = [("商务标.pdf", b"%PDF-1.7 " + secrets.token_bytes(2000))]
        return sealing.seal(self.public_key, bound, said, files, secret=secret)

    def upload(self, company: Company, sealed: sealing.SealedBid, version: int = 1) -> Bid:
        """Announce a sealed bid and send its steps."""
        bid = services.begin_bid(
            actor=company.actor,
            section_id=self.section.id,
            company_id=company.id,
            announced=Announcement(
                key_id=self.section.key_id,
                point=sealed.envelope.point,
                wrapped=sealed.envelope.wrapped,
                commitment=sealed.commitment,
                step_count=len(sealed.steps),
                sha256=sealed.sha256,
                bid_version=version,
            ),
        )
        services.add_steps(actor=company.actor, bid_id=bid.id, first=0, data=b"".join(sealed.steps))
        return bid

    def bid(self, company: Company, price_fen: int, version: int = 1) -> Receipt:
        """Take the documents, seal, upload, hand in."""
        self.take(company)
        bid = self.upload(company, self.sealed(company, price_fen, version), version)
        return services.submit_bid(actor=company.actor, bid_id=bid.id)

    def open(self, count: int = 2) -> Section:
        """Openers bring their shares."""
        for actor, share in list(zip(self.desk.openers, self.shares, strict=True))[:count]:
            services.bring_share(actor=actor, section_id=self.section.id, share=share)
        return self.section


def planned(desk: Desk | None = None, **facts: Any) -> Tender:
    """A project that nobody sees yet, with its key."""
    desk = desk or Desk()
    project = services.create_project(
        actor=desk.editor,
        organisation_id=desk.place.id,
        facts={
            "name": "青年路改造工程",
            "category": "works",
            "region_code": "321302",
            "law": "tender_law",
            "method": "open",
            "agent_name": "宿迁正信招标代理有限公司",
            "public_funds": True,
            **facts,
        },
        sections=[
            {
                "name": "一标段施工",
                "estimate_fen": 100_000_00,
                "max_price_fen": 100_000_00,
                "bond_fen": 2_000_00,
                "opening_place": "宿迁市公共资源交易中心第二开标室",
                "required_documents": [],
            }
        ],
    )
    tender = Tender(desk, project)
    tender.make_key()
    return tender


def called(desk: Desk | None = None, *, days: float = 21, **facts: Any) -> Tender:
    """A tender open for bids."""
    tender = planned(desk, **facts)
    tender.desk.publish(tender.project, "tender_notice", **call_content(days))
    return tender


def opened(
    travel: Callable[..., None], companies: int = 3, tender: Tender | None = None
) -> tuple[Tender, list[Company], list[Receipt]]:
    """A tender (this one, or a fresh one) whose bids were opened."""
    tender, bidders = tender or called(), [company() for _ in range(companies)]
    found = [tender.bid(bidder, price) for bidder, price in zip(bidders, PRICES, strict=False)]
    travel(days=22)
    services.close_due()
    tender.open()
    return tender, bidders, found


def deadline_of(tender: Tender) -> datetime:
    """When bids are due."""
    found = tender.section.bids_until
    assert found is not None
    return found
