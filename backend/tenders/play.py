"""The scripted tender: one section, eight bidders; one late by a millisecond, one withdrawn, one damaged, a change, an
objection. Each step is an ordinary service call; only the clock is moved: it all happened in the weeks before today, so
that no other tender's time comes earlier than it should."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from stdnum.cn import uscc

from backend.accounts import selectors as accounts
from backend.accounts import services as account_services
from backend.accounts.types import Level, RepresentationKind, Role
from backend.tenders import selectors, services
from backend.tenders.models import Bid, BidStep, Notice, Project, Section
from backend.tenders.rules import receipts, sealing, shamir
from backend.tenders.types import Act, ActState, Announcement, Receipt, SectionState
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError

PRICES = tuple(thousand * 1_000_00 for thousand in (9650, 9480, 9720, 9550, 9810, 9600, 9400, 9700))
PUBLICITY_DAYS = 15
BEGAN_DAYS_AGO = 46
"""One day longer than the play lasts."""
CALL = {
    "content": "改造城区道路 3.2 公里，含管网、照明与绿化。",
    "contact": "市城建中心 0527-84360000",
    "scope": "施工图范围内全部内容",
    "funds": "财政资金",
    "qualification": "市政公用工程施工总承包二级及以上",
    "joint_bids": "不接受",
    "how_to_get_documents": "在本平台免费获取",
    "how_to_hand_in": "在本平台加密递交",
}


@dataclass
class Bidder:
    """A company, who acts for it, and what it holds in hands."""

    company_id: UUID
    name: str
    actor: Actor
    price: int
    receipt: Receipt | None = None


@dataclass
class Play:
    """Runs the scenes in order and counts promises."""

    say: Callable[[str], Any]
    kept: int = 0
    broken: list[str] = field(default_factory=list)

    def run(self) -> None:
        """From nothing to the contract notice."""
        with ExitStack() as stack:
            self._travel = partial(self._shift, stack)
            self._travel(days=-BEGAN_DAYS_AGO)
            self._people()
            self._publish_call()
            self._bids_come_in()
            self._change()
            self._objection()
            self._late_and_withdrawn()
            self._opening()
            self._result()

    def promise(self, what: str, kept: bool) -> None:
        """Count one promise, and say it."""
        self.say(f"  {'✓' if kept else '✗'} {what}")
        if kept:
            self.kept += 1
        else:
            self.broken.append(what)

    def refused(self, what: str, code: str, act: Callable[[], object]) -> None:
        """A promise that something is refused, with this code."""
        try:
            act()
        except DomainError as exc:
            self.promise(f"{what}：{exc.code.spec.title.zh}", exc.code.code == code)
        else:
            self.promise(what, False)

    def _shift(self, stack: ExitStack, **delta: float) -> None:
        stack.enter_context(clock.shifted(timedelta(**delta)))

    @property
    def section(self) -> Section:
        """The section as it stands."""
        return Section.objects.select_related("project").get(project=self.project)

    # -- scenes

    def _people(self) -> None:
        mark = secrets.token_hex(4).upper()
        self.place = account_services.create_organisation(
            actor=_system(),
            code=f"321300PLAY{mark}",
            name="宿迁市城市建设中心",
            short_name="市城建中心",
            level=Level.CITY,
            region_code="321300",
            parent_id=None,
            credit_code="",
        )
        self.editor = self._official("editor", mark, Role.TENDER_EDITOR)
        self.reviewer = self._official("reviewer", mark, Role.TENDER_REVIEWER)
        self.openers = [self._official(f"opener{n}", mark, Role.TENDER_OPENER) for n in range(3)]
        self.bidders = [self._bidder(n, price) for n, price in enumerate(PRICES)]
        self.say(f"{self.place.name}：经办、复核、三名开标人；{len(self.bidders)} 家投标企业")

    def _official(self, name: str, mark: str, role: Role) -> Actor:
        user_id = account_services.create_official(
            actor=_system(),
            username=f"play-{name}-{mark.lower()}",
            name=name,
            organisation_id=self.place.id,
            password=secrets.token_urlsafe(18) + "Aa1",
        )
        account_services.grant_role(actor=_system(), user_id=user_id, role=role, organisation_id=self.place.id)
        return accounts.actor_for(user_id)

    def _bidder(self, number: int, price: int) -> Bidder:
        body = f"91321300MA{secrets.randbelow(10**7):07d}"
        name = f"宿迁第{number + 1}建设工程有限公司"
        company_id = account_services.register_legal_person(
            actor=_system(), credit_code=body + uscc.calc_check_digit(body + "0"), name=name
        )
        phone = f"+8613{number}{secrets.randbelow(10**8):08d}"
        person = account_services.create_person(actor=_system(), phone=phone)
        account_services.add_representation(
            actor=_system(),
            user_id=person,
            legal_person_id=company_id,
            kind=RepresentationKind.LEGAL_REPRESENTATIVE,
        )
        return Bidder(company_id, name, accounts.actor_for(person), price)

    def _publish_call(self) -> None:
        self.project = services.create_project(
            actor=self.editor,
            organisation_id=self.place.id,
            facts={
                "name": "幸福路改造工程",
                "category": "works",
                "region_code": "321302",
                "law": "tender_law",
                "method": "open",
                "agent_name": "",
                "public_funds": True,
            },
            sections=[{"name": "一标段施工", "estimate_fen": 10_000_000_00, "bond_fen": 200_000_00}],
        )
        scalar, self.public_key = sealing.new_key()
        self.shares = shamir.split(scalar, shares=3, threshold=2)
        holders = zip(self.openers, ("招标人", "代理机构", "监督部门"), self.shares, strict=True)
        openers = [
            {"person_id": actor.user_id, "title": title, "share_digest": hashlib.sha256(share).hexdigest()}
            for actor, title, share in holders
        ]
        services.set_opening_key(
            actor=self.editor, section_id=self.section.id, public_key=self.public_key, openers=openers
        )
        short = {**CALL, **_times(19)}
        self.refused("19 天的投标期", "tender_period_too_short", lambda: self._publish("tender_notice", **short))
        self._publish("tender_notice", **CALL, **_times(25))
        self.promise("招标公告发布，密钥份额不在平台", not self.section.openers.exclude(share=None).exists())

    def _publish(self, kind: str, **content: Any) -> Notice:
        draft = services.draft_notice(
            actor=self.editor, project_id=self.project.id, kind=kind, section_ids=[], title="", content=content
        )
        sent = services.submit_notice(actor=self.editor, notice_id=draft.id, version=draft.version)
        return services.publish_notice(actor=self.reviewer, notice_id=sent.id, version=sent.version)

    def _bids_come_in(self) -> None:
        self._travel(days=1)
        for bidder in self.bidders:
            services.take_documents(actor=bidder.actor, section_id=self.section.id, company_id=bidder.company_id)
        for bidder in self.bidders[:-1]:
            bidder.receipt = self._hand_in(bidder)
        key = selectors.signing_key()
        shown = [services.receipt_document(found.receipt) for found in self.bidders[:-1] if found.receipt]
        self.promise("七份回执签名有效", all(receipts.is_genuine(key, receipts.RECEIPT, one) for one in shown))
        self.refused("开标前查看投标", "bids_still_sealed", lambda: selectors.bids_of(self.editor, self.section.id))
        self.refused("提前开标", "opening_too_early", lambda: self._bring(0))

    def _upload(self, bidder: Bidder, version: int = 1) -> Bid:
        bound = sealing.binding(self.section.id, bidder.company_id, version)
        secret = (secrets.token_bytes(32), secrets.token_bytes(32), secrets.token_bytes(32))
        said = {"price_fen": bidder.price, "duration_days": 180, "quality": "合格", "manager": "张工"}
        files = [("投标文件.pdf", b"%PDF-1.7 " + secrets.token_bytes(100_000))]
        sealed = sealing.seal(self.public_key, bound, said, files, secret=secret)
        announced = Announcement(
            key_id=self.section.key_id,
            point=sealed.envelope.point,
            wrapped=sealed.envelope.wrapped,
            commitment=sealed.commitment,
            step_count=len(sealed.steps),
            sha256=sealed.sha256,
            bid_version=version,
        )
        bid = services.begin_bid(
            actor=bidder.actor, section_id=self.section.id, company_id=bidder.company_id, announced=announced
        )
        for place, step in enumerate(sealed.steps):
            services.add_steps(actor=bidder.actor, bid_id=bid.id, first=place, data=step)
        return bid

    def _hand_in(self, bidder: Bidder, version: int = 1) -> Receipt:
        return services.submit_bid(actor=bidder.actor, bid_id=self._upload(bidder, version).id)

    def _change(self) -> None:
        self._travel(days=10)
        said = {"content": "工程量清单第 12 项更正。", "affects_bids": True}
        self.refused(
            "截止前不足十五日的变更不延期", "tender_period_too_short", lambda: self._publish("change_notice", **said)
        )
        self._publish("change_notice", **said, new_deadline=_later(16))
        first = self.bidders[0]
        services.confirm_bid(actor=first.actor, bid_id=_bid_id(first))
        replaced = self.bidders[1]
        replaced.price -= 50_000_00
        replaced.receipt = self._hand_in(replaced, version=2)
        self.promise("变更顺延截止时间，一家确认、一家替换", self.section.deadline_version == 2)

    def _objection(self) -> None:
        asker = self.bidders[2]
        before = self.section.bids_until
        filed = services.file_objection(
            actor=asker.actor,
            section_id=self.section.id,
            company_id=asker.company_id,
            stage="tender_documents",
            arguments="业绩要求限制竞争。",
            remedy="请放宽业绩要求。",
        )
        self._travel(days=2)
        services.answer_objection(
            actor=self.editor, objection_id=filed.id, answer="业绩要求符合规定，维持不变。", upheld=False
        )
        after = self.section.bids_until
        moved = before is not None and after is not None and after - before >= timedelta(days=2)
        self.promise("异议期间暂停，截止时间相应顺延", moved)

    def _late_and_withdrawn(self) -> None:
        late, withdrawn, damaged = self.bidders[7], self.bidders[6], self.bidders[5]
        bid = self._upload(late)
        services.withdraw_bid(actor=withdrawn.actor, bid_id=_bid_id(withdrawn))
        step = BidStep.objects.filter(bid_id=_bid_id(damaged)).order_by("place").first()
        if step is not None:
            broken = bytes([step.data[0] ^ 1]) + bytes(step.data[1:])
            BidStep.objects.filter(pk=step.pk).update(data=broken)
        deadline = self.section.bids_until or clock.now()
        with clock.held(deadline + timedelta(milliseconds=1)):
            self.refused(
                "迟到一毫秒",
                "bid_after_deadline",
                lambda: services.submit_bid(actor=late.actor, bid_id=bid.id),
            )

    def _bring(self, number: int) -> Section:
        return services.bring_share(actor=self.openers[number], section_id=self.section.id, share=self.shares[number])

    def _opening(self) -> None:
        deadline = self.section.bids_until or clock.now()
        self._travel(seconds=(deadline - clock.now()).total_seconds() + 1)
        services.close_due()
        self.promise("截止后封存待开标", self.section.state == SectionState.SEALED)
        self.refused(
            "错误的份额",
            "opening_share_wrong",
            lambda: services.bring_share(actor=self.openers[0], section_id=self.section.id, share=self.shares[1]),
        )
        self._bring(0)
        self.promise("一个份额不能开标", self.section.state == SectionState.SEALED)
        self._bring(2)
        record = selectors.opening_record(self.section.id)
        self.promise("两个份额开标", self.section.state == SectionState.OPENED)
        self.promise("开标记录签名有效", receipts.is_genuine(selectors.signing_key(), receipts.RECORD, record))
        by_receipt = {row["receipt_no"]: row for row in record["bids"]}
        expected = [bidder for bidder in self.bidders[:6] if bidder.receipt]
        same = all(
            by_receipt[found.receipt.receipt_no]["ciphertext_sha256"] == found.receipt.ciphertext_sha256
            for found in expected
            if found.receipt
        )
        self.promise("六份投标与回执逐份一致", len(by_receipt) == len(expected) and same)
        marks = [row["reason"] for row in record["bids"] if row["reason"]]
        self.promise("损坏的一份标记原因，其余照常", marks == ["broken_step"])
        for row in record["bids"]:
            said = f"{row['price_fen'] / 100:,.2f} 元" if row["price_fen"] else row["reason_label"]
            self.say(f"    唱标 {row['name']}：{said}")

    def _result(self) -> None:
        bids = [bid for bid in selectors.bids_of(self.editor, self.section.id) if bid.statement]
        best = sorted(bids, key=_price)[:3]
        ranked = [{"rank": place, "bid_id": str(bid.id)} for place, bid in enumerate(best, 1)]
        today = clock.today().isoformat()
        self._publish(
            "candidate_notice", candidates=ranked, report_received_on=today, objections_to=_later(PUBLICITY_DAYS)
        )
        winner = ranked[0]["bid_id"]
        self.refused("公示期内定标", "tender_publicity_running", lambda: self._publish("award_notice", winner=winner))
        self._travel(days=PUBLICITY_DAYS + 1)
        self._publish("award_notice", winner=winner)
        self._publish("award_letter", winner=winner, content="请于三十日内签订合同。")
        start, end = clock.today(), clock.today() + timedelta(days=180)
        self._publish(
            "contract_notice",
            amount_fen=_price(best[0]),
            signed_on=start.isoformat(),
            period_start=start.isoformat(),
            period_end=end.isoformat(),
        )
        won = self.section.winner or {}
        self.promise("最低价中标并签约", won.get("name") == self.bidders[1].name)
        self.promise("状态为已签约", self.section.state == SectionState.CONTRACTED)
        self._after_contract()
        releases = selectors.record_of(Project.objects.get(pk=self.project.pk).ocid)
        tags = [release["tag"][0] for release in releases]
        expected = ["tender", "tenderAmendment", "tenderUpdate", "award", "awardUpdate", "contract"]
        self.promise("每一步都有 OCDS 发布", tags == expected)

    def _after_contract(self) -> None:
        """What happens outside the platform is entered; nothing of the law's calendar is left open or late."""
        for act in (Act.SUPERVISOR, Act.BONDS):
            services.record_act(actor=self.editor, section_id=self.section.id, act=act, done_on=clock.today())
        calendar = selectors.lawful_calendar(self.editor, self.section.id)
        late = [one for one in calendar if one.state not in (ActState.DONE, ActState.OVER, ActState.NOW)]
        self.promise("书面报告、保证金退还已登记，法定日程无逾期", not late)


def _system() -> Actor:
    return Actor.system("tender play")


def _bid_id(bidder: Bidder) -> UUID:
    if bidder.receipt is None:
        raise LookupError(f"{bidder.name} holds no receipt")
    return bidder.receipt.bid_id


def _price(bid: Bid) -> int:
    """What an opened bid asks for, in fen."""
    return int((bid.statement or {})["price_fen"])


def _later(days: float) -> str:
    return clock.local(clock.now() + timedelta(days=days)).isoformat()


def _times(days: float) -> dict[str, str]:
    return {"documents_from": _later(0), "documents_until": _later(6), "bids_until": _later(days)}
