"""A scripted day of the hotline: orders over all channels and three levels, through every exit of the state machine.

Each order is played by the services as people would act, and explained afterwards by its journal alone.
"""

from __future__ import annotations

import itertools
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.accounts import services as account_services
from backend.accounts.types import Capacity, Level, OrganisationInfo, Role
from backend.inquiries import policies
from backend.inquiries.events import CALLER_TOLD
from backend.inquiries.models import Order, OrderEntry
from backend.inquiries.rules import states
from backend.inquiries.services import acting, hearing, registration, sideways
from backend.inquiries.types import Action, ActRequest, CallerInfo, Channel, PlaceInfo, Report, RequestType, Said, State
from backend.journal import selectors as journal
from kernel.actors import Actor
from kernel.errors import DomainError

SYSTEM = Actor.system("play_hotline")
CHANNELS = (Channel.CALL, Channel.APP, Channel.WEB, Channel.SMS, Channel.MAILBOX)
AREAS = ("321302", "321311", "321322", "321323", "321324")
WORDS = (
    "幸福路第{n}盏路灯不亮，请尽快维修", "和平小区{n}号门口垃圾三天没有清运", "请问{n}月份入学报名需要什么材料？",
    "投诉河滨路{n}号烧烤店夜间扰民", "建议{n}路公交延长到高铁站", "解放路{n}号门前井盖缺失，非常危险",
    "表扬政务大厅{n}号窗口工作人员", "人民路{n}号小区停水两天了",
)  # fmt: skip
LAW = "《中华人民共和国政府信息公开条例》第四条"


@dataclass
class Stage:
    """The people of the play: the hotline's posts and one unit for each level."""

    centre: OrganisationInfo
    desk: dict[str, Actor]
    units: list[tuple[OrganisationInfo, dict[str, Actor]]]
    citizens: list[Actor]
    number: Iterator[int] = field(default_factory=itertools.count)


def set_stage() -> Stage:
    """Find or make the hotline and three units, city, county and township, with somebody in every post."""
    code = policies.word(policies.CENTRE_CODE)
    centre = _place(code, "宿迁市人民政府", Level.CITY, code, None)
    city = _place(f"{code}PLAY", "市综合服务局（演练）", Level.CITY, code, centre)
    county = _place("321322PLAY", "沭阳县综合服务局（演练）", Level.COUNTY, "321322", centre)
    town = _place("321322001PLAY", "沭城街道综合服务站（演练）", Level.TOWNSHIP, "321322001", county)
    desk = {role: _official(role, centre) for role in states.CENTRE_ROLES}
    units = [(place, {role: _official(role, place) for role in states.UNIT_ROLES}) for place in (city, county, town)]
    return Stage(centre, desk, units, [_citizen() for _ in range(5)])


def _place(code: str, name: str, level: Level, region: str, parent: OrganisationInfo | None) -> OrganisationInfo:
    try:
        return accounts.organisation_by_code(code)
    except DomainError:
        return account_services.create_organisation(
            actor=SYSTEM,
            code=code,
            name=name,
            short_name=name,
            level=level,
            region_code=region,
            parent_id=parent.id if parent else None,
        )


def _official(role: str, place: OrganisationInfo) -> Actor:
    held = accounts.people_with_role(role, place.id)
    user_id = held[0] if held else _appoint(role, place)
    return accounts.actor_for(user_id)


def _appoint(role: str, place: OrganisationInfo) -> UUID:
    user_id = account_services.create_official(
        actor=SYSTEM,
        username=f"play-{role}-{secrets.token_hex(4)}",
        name="演练人员",
        organisation_id=place.id,
        password=f"Aa1-{secrets.token_urlsafe(16)}",
    )
    account_services.grant_role(actor=SYSTEM, user_id=user_id, role=Role(role), organisation_id=place.id)
    return user_id


def _citizen() -> Actor:
    phone = f"+86139{secrets.randbelow(10**8):08d}"
    return accounts.actor_for(account_services.create_person(actor=SYSTEM, phone=phone, capacities=(Capacity.CITIZEN,)))


class Player:
    """Plays one order on the stage."""

    def __init__(self, stage: Stage, index: int) -> None:
        self.stage, self.index = stage, index
        self.place, self.staff = stage.units[index % 3]
        self.citizen = stage.citizens[index % len(stage.citizens)]
        self.own = False
        self.order_id = self._ask()

    @transaction.atomic
    def _ask(self) -> UUID:
        channel = CHANNELS[self.index % len(CHANNELS)]
        words = WORDS[self.index % len(WORDS)].format(n=self.index + 1)
        kind = RequestType.REPORT if self.index % 17 == 16 else None
        place = PlaceInfo(words[:6], AREAS[self.index % len(AREAS)])
        report = Report(channel, words, request_type=kind, place=place)
        if channel in {Channel.APP, Channel.WEB, Channel.MAILBOX}:
            self.own = True
            person = self.citizen.person_id
            own = CallerInfo(phone=accounts.contact_phone(person) or "", person_id=person)
            return registration.create(self.citizen, report, own, State.RECEIVED).id
        caller = CallerInfo(name="演练诉求人", phone=f"139{secrets.randbelow(10**8):08d}")
        spoken = Report(channel, words, request_type=kind, place=place, caller=caller)
        if channel is Channel.SMS:
            return registration.from_machine(report=spoken, name="sms").id
        return registration.register(actor=self.stage.desk["hotline_operator"], report=spoken).id

    def desk(self, role: str, action: Action, **fields: object) -> None:
        """An act of the hotline."""
        self._act(self.stage.desk[role], action, **fields)

    def unit(self, role: str, action: Action, **fields: object) -> None:
        """An act of the unit that holds the order."""
        self._act(self.staff[role], action, **fields)

    def _act(self, actor: Actor, action: Action, **fields: object) -> None:
        request = ActRequest(action, **fields)  # type: ignore[arg-type]
        acting.act(actor=actor, order_id=self.order_id, version=None, request=request)

    def move_to(self, step: int) -> None:
        """Another of the three units holds the order now."""
        self.place, self.staff = self.stage.units[(self.index + step) % 3]

    def dispatch(self) -> None:
        """Given to the unit."""
        self.desk(states.DISPATCHER, Action.DISPATCH, unit_id=self.place.id)

    def answer(self, text: str, reviewer: str = states.DISPATCHER) -> None:
        """Answered, signed off and reviewed."""
        self.unit(states.HANDLER, Action.SUBMIT_REPLY, text=text, law_basis=LAW, resolution="solved")
        self.unit(states.HEAD, Action.SIGN_OFF)
        self.desk(reviewer, Action.PASS_REVIEW)

    def hear(self, *, good: bool) -> None:
        """The citizen says so, himself where he asked by app."""
        if self.own:
            said = Said(True, good, good)
            hearing.say(actor=self.citizen, order_id=self.order_id, version=None, said=said)
        else:
            self.desk(states.OPERATOR, Action.CALL_BACK, reached=True, contacted=True, solved=good, satisfied=good)


def _main(play: Player) -> None:
    play.dispatch()
    play.unit(states.HANDLER, Action.SIGN)
    play.unit(states.HANDLER, Action.CONTACT, note="已与诉求人联系")
    play.answer(f"经现场核查，第{play.index}号问题已于当日处理完毕。")
    play.hear(good=True)


def _redo_twice(play: Player) -> None:
    play.dispatch()
    play.unit(states.HANDLER, Action.SIGN)
    for text in (
        "已安排人员处理。",
        "经再次核查，更换了全部损坏部件。",
        "经会商列入年度改造计划，明年六月完成。",
    ):
        play.answer(text)
        play.hear(good=False)


def _returned(play: Player) -> None:
    play.dispatch()
    form = {"reason_code": "not_our_duty", "clause": "三定规定第二条", "note": "不属于本单位职责"}
    for step, decider in enumerate((states.DISPATCHER, states.SHIFT_LEADER), start=1):
        play.unit(states.HANDLER, Action.REQUEST_RETURN, **form)
        play.move_to(step)
        play.desk(decider, Action.APPROVE_RETURN, unit_id=play.place.id, note="改派")
    play.unit(states.HANDLER, Action.REQUEST_RETURN, **form)
    play.desk(states.OFFICE, Action.REJECT_RETURN, note="终审裁定由你单位办理")
    play.answer("按终审裁定办理完毕。")
    play.hear(good=True)


def _extended(play: Player) -> None:
    play.dispatch()
    play.unit(states.HANDLER, Action.SIGN)
    order = Order.objects.get(pk=play.order_id)
    if order.urgency != "urgent":
        play.unit(states.HANDLER, Action.REQUEST_EXTENSION, days=1, clause="办理规程第八条", note="需专家鉴定")
        decision = Action.APPROVE_EXTENSION if play.index % 2 else Action.REFUSE_EXTENSION
        play.desk(states.DISPATCHER, decision, note="已核")
    play.answer("经专家鉴定后已处理完毕。")
    play.hear(good=True)


def _sent_back(play: Player) -> None:
    play.dispatch()
    play.unit(states.HANDLER, Action.SIGN)
    answer = {"text": "已知悉。", "law_basis": LAW, "resolution": "explained"}
    play.unit(states.HANDLER, Action.SUBMIT_REPLY, **answer)
    play.unit(states.HEAD, Action.REFUSE_SIGN_OFF, note="请写明办理情况")
    play.unit(states.HANDLER, Action.SUBMIT_REPLY, **answer)
    play.unit(states.HEAD, Action.SIGN_OFF)
    play.desk(states.DISPATCHER, Action.SEND_BACK, note="未回应诉求")
    play.answer("经核查已安排专人处理，并向诉求人说明了后续安排。")
    play.hear(good=True)


def _unreachable(play: Player) -> None:
    play.dispatch()
    play.unit(states.HANDLER, Action.SIGN)
    play.answer("已处理完毕。")
    for _ in range(policies.number(policies.CALL_TRIES)):
        play.desk(states.OPERATOR, Action.CALL_BACK, reached=False, note="无人接听")


def _assisted(play: Player) -> None:
    other, staff = play.stage.units[(play.index + 1) % 3]
    play.desk(states.DISPATCHER, Action.DISPATCH, unit_id=play.place.id, assist_ids=(other.id,))
    play.unit(states.HANDLER, Action.SIGN)
    play._act(staff[states.HANDLER], Action.GIVE_OPINION, text="本单位已配合提供资料")  # noqa: SLF001
    play.desk(states.OPERATOR, Action.URGE, note="诉求人再次来电")
    play.answer("会同协办单位处理完毕。")
    play.hear(good=True)


def _reopened(play: Player) -> None:
    _main(play)
    if play.own:
        hearing.reopen(actor=play.citizen, order_id=play.order_id, version=None, reason="问题再次出现")
    else:
        play.desk(states.OPERATOR, Action.REOPEN, note="问题再次出现")
    play.dispatch()
    play.unit(states.HANDLER, Action.SIGN)
    play.answer("再次处理，更换了整套设备。", reviewer=states.SHIFT_LEADER)
    play.hear(good=True)


def _direct(play: Player) -> None:
    play.desk(states.OPERATOR, Action.ANSWER_DIRECTLY, text="按现行政策直接答复。")


def _cancelled(play: Player) -> None:
    play.desk(states.DISPATCHER, Action.CANCEL, reason_code="withdrawn", note="诉求人撤回")


def _transferred(play: Player) -> None:
    play.dispatch()
    play.desk(states.DISPATCHER, Action.TRANSFER, reason_code="petition", note="属信访事项")


def _merged(play: Player) -> None:
    target = Player(play.stage, play.index)
    mine, his = Order.objects.get(pk=play.order_id), Order.objects.get(pk=target.order_id)
    if RequestType.REPORT in {mine.request_type, his.request_type}:
        _cancelled(play)
    else:
        play.desk(states.DISPATCHER, Action.MERGE, target_no=his.order_no, note="同一事件")
    _main(target)
    if Order.objects.get(pk=play.order_id).state == State.CALLBACK:
        play.hear(good=True)


def _waiting(play: Player) -> None:
    if play.own:
        sideways.urge_own(actor=play.citizen, order_id=play.order_id, words="请尽快派单")
    else:
        play.desk(states.DISPATCHER, Action.CLASSIFY, urgency="complex", note="情况复杂")


WAYS: tuple[Callable[[Player], None], ...] = (
    _main, _direct, _redo_twice, _returned, _extended, _sent_back, _unreachable, _assisted, _reopened, _cancelled,
    _transferred, _merged, _waiting,
)  # fmt: skip


def play_day(orders: int) -> tuple[Stage, list[UUID]]:
    """Play so many orders, way after way. Returns the stage and the ids."""
    stage = set_stage()
    played = []
    for index in range(orders):
        player = Player(stage, index)
        WAYS[index % len(WAYS)](player)
        played.append(player.order_id)
    return stage, played


def explained(auditor: Actor, order_id: UUID) -> list[str]:
    """What the journal does not explain about an order; empty when it tells the whole story.

    Each act of the story has its line, the last line's state and version are the order's, and no line follows a gap.
    """
    order = Order.objects.get(pk=order_id)
    told = set(CALLER_TOLD)
    lines = [
        line
        for line in journal.lines_for_subject(auditor, ("inquiry", order_id), limit=500)
        if line.action.startswith("inquiry.") and "version" in line.data and line.action not in told
    ]
    acts = OrderEntry.objects.filter(order=order).exclude(action=Action.ADD_FILE).count()
    faults = []
    if len(lines) < acts:
        faults.append(f"{acts} acts, {len(lines)} lines")
    if not lines or (lines[-1].data["state"], lines[-1].data["version"]) != (order.state, order.version):
        faults.append(f"the journal does not end where the order stands, at {order.state}")
    versions = [line.data["version"] for line in lines]
    if versions != sorted(versions) or set(range(2, order.version + 1)) - set(versions):
        faults.append("versions without a line")
    return faults


def summary(ids: list[UUID]) -> dict[str, Counter[str]]:
    """How many orders ended where, by which channel, at which level."""
    rows = Order.objects.filter(pk__in=ids).values_list("state", "outcome", "channel", "unit_name")
    found = list(rows)
    return {
        "states": Counter(row[0] for row in found),
        "outcomes": Counter(row[1] or "open" for row in found),
        "channels": Counter(row[2] for row in found),
        "units": Counter(row[3] or "12345" for row in found),
    }
