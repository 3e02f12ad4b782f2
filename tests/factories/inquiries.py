"""A hotline with its posts, units with theirs, citizens, and orders on their way; made by the services themselves."""

from __future__ import annotations

import io
import secrets
import wave
from dataclasses import dataclass, field
from functools import cache, partial
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import make_password

from backend.accounts import selectors as account_selectors
from backend.accounts import services as account_services
from backend.accounts.services import people
from backend.accounts.types import Level, OrganisationInfo, Role
from backend.inquiries import services
from backend.inquiries.models import Order
from backend.inquiries.types import Action, ActRequest, CallerInfo, Channel, PlaceInfo, Receipt, Report, RequestType
from kernel.actors import Actor
from kernel.errors import DomainError
from tests.factories import accounts

CENTRE_CODE = "321300"
WORDS = "幸福路和平小区门口的路灯坏了三天，晚上一片漆黑，老人孩子出门不安全。"
ANSWER = "经现场查看，损坏的三盏路灯已于当日更换，现已恢复照明。"


@dataclass
class Unit:
    """A unit with a handler, a deputy and a head."""

    place: OrganisationInfo
    handler: Actor = field(init=False)
    deputy: Actor = field(init=False)
    head: Actor = field(init=False)

    def __post_init__(self) -> None:
        self.handler = official("inquiry_handler", self.place, "钱经办")
        self.deputy = official("inquiry_deputy", self.place, "孙分管")
        self.head = official("inquiry_head", self.place, "李局长")


@dataclass
class Net:
    """The hotline's centre with its posts and three units, one a level."""

    centre: OrganisationInfo
    operator: Actor
    dispatcher: Actor
    leader: Actor
    office: Actor
    city: Unit
    county: Unit
    township: Unit


def net() -> Net:
    """A fresh hotline."""
    centre = _centre()
    post = partial(official, place=centre)
    below = partial(accounts.organisation, parent=centre)
    county = below(level=Level.COUNTY, region_code="321322")
    return Net(
        centre=centre,
        operator=post("hotline_operator"),
        dispatcher=post("hotline_dispatcher"),
        leader=post("hotline_leader"),
        office=post("hotline_office"),
        city=Unit(below(level=Level.CITY, region_code="321300")),
        county=Unit(county),
        township=Unit(accounts.organisation(parent=county, level=Level.TOWNSHIP, region_code="321322001")),
    )


def _centre() -> OrganisationInfo:
    try:
        return account_selectors.organisation_by_code(CENTRE_CODE)
    except DomainError:
        return accounts.organisation(code=CENTRE_CODE, level=Level.CITY, region_code="321300", name="宿迁市人民政府")


def official(role: str, place: OrganisationInfo, name: str = "赵话务") -> Actor:
    user_id = people.enter_official(
        actor=accounts.system(),
        username=f"{role}-{secrets.token_hex(6)}",
        name=name,
        organisation_id=place.id,
        hashed_password=_hashed(),
        phone="",
        totp_secret=accounts.TOTP_SECRET,
        must_change_password=False,
    )
    account_services.grant_role(actor=accounts.system(), user_id=user_id, role=Role(role), organisation_id=place.id)
    return accounts.actor(user_id)


@cache
def _hashed() -> str:
    """Hashing is slow on purpose; a hotline has thirteen people."""
    return make_password(accounts.PASSWORD)


def citizen() -> Actor:
    """Somebody with an account."""
    return accounts.actor(accounts.citizen())


def report(words: str = WORDS, **changes: Any) -> Report:
    """What a citizen says, by app unless told otherwise."""
    place = PlaceInfo("幸福路和平小区", "321322", 118.28, 34.11)
    return Report(**{"channel": Channel.APP, "words": words, "place": place, **changes})


def asked(by: Actor, words: str = WORDS, **changes: Any) -> Order:
    """An order by app."""
    receipt: Receipt = services.ask(actor=by, report=report(words, **changes))
    return fresh(receipt.order_id)


def called(at: Net, words: str = WORDS, phone: str = "", name: str = "周大爷", **changes: Any) -> Order:
    """An order by phone."""
    caller = CallerInfo(name=name, phone=phone or accounts.mobile())
    return services.register(actor=at.operator, report=report(words, channel=Channel.CALL, caller=caller, **changes))


def fresh(order_id: UUID) -> Order:
    """The order as it stands."""
    return Order.objects.select_related("topic").get(pk=order_id)


def act(actor: Actor, order: Order, action: Action | str, **fields: Any) -> Order:
    """One official act on the order as it stands."""
    request = ActRequest(Action(action), **fields)
    return services.act(actor=actor, order_id=order.id, version=fresh(order.id).version, request=request)


def dispatched(at: Net, order: Order, unit: Unit | None = None, **fields: Any) -> Order:
    """Given to a unit."""
    return act(at.dispatcher, order, "dispatch", unit_id=(unit or at.city).place.id, **fields)


def signed(at: Net, order: Order, unit: Unit | None = None) -> Order:
    """Given to a unit and signed for."""
    dispatched(at, order, unit)
    return act((unit or at.city).handler, order, "sign")


def replied(at: Net, order: Order, unit: Unit | None = None, text: str = ANSWER) -> Order:
    """Signed for, answered, signed off: before the hotline's review."""
    unit = unit or at.city
    if fresh(order.id).state in {"received", "registered"}:
        signed(at, order, unit)
    answer(unit, order, text)
    return act(unit.head, order, "sign_off")


def answer(unit: Unit, order: Order, text: str = ANSWER) -> Order:
    """The handler writes an answer."""
    return act(
        unit.handler, order, "submit_reply", text=text, law_basis="《城市照明管理规定》第二十三条", resolution="solved"
    )


def answered(at: Net, order: Order, unit: Unit | None = None, text: str = ANSWER) -> Order:
    """Reviewed: the call-back is to come."""
    replied(at, order, unit, text)
    return act(at.dispatcher, order, "pass_review")


def closed(at: Net, order: Order, **said: Any) -> Order:
    """Called back and closed."""
    answered(at, order)
    return act(
        at.operator,
        order,
        "call_back",
        **{"reached": True, "contacted": True, "solved": True, "satisfied": True, **said},
    )


def voice() -> bytes:
    """A second of silence as a sound file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(8000)
        sound.writeframes(b"\0\0" * 8000)
    return buffer.getvalue()


def whistle(by: Actor, words: str = "", **changes: Any) -> Order:
    """A report of wrongdoing by app."""
    words = words or "举报某局工作人员收受红包，我叫张三丰，电话13805271234，车牌苏N12345可查。"
    return asked(by, words, request_type=RequestType.REPORT, **changes)


def by_no(order_no: str) -> Order:
    """The order with this number."""
    return Order.objects.select_related("topic").get(order_no=order_no)
