"""The documents of a scripted week: drafted by many, numbered at once by several, read, chased, declared void."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from backend.accounts import selectors as accounts
from backend.documents import services
from backend.documents.models import AgencyCode, Reader, TakenNumber
from backend.documents.types import Act, Kind, State, Urgency
from kernel import clock
from kernel.actors import Actor

AT_ONCE = 6
BODY = "各单位要加强组织领导，明确责任分工，确保按时完成。\n请于月底前报送落实情况。"
KINDS = (Kind.NOTICE, Kind.LETTER, Kind.CIRCULAR, Kind.OPINION)
URGENCIES = tuple(Urgency)


@dataclass
class Played:
    """What the week came to. `faults` is empty when every number and every receipt is accounted for."""

    outgoing: int = 0
    incoming: int = 0
    numbers: int = 0
    void: int = 0
    read: int = 0
    told_by_sms: int = 0
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cast:
    """Who plays: the clerk, the leader, and the others (at least four)."""

    clerk: UUID
    leader: UUID
    others: Sequence[UUID]


def play_documents(cast: Cast, count: int = 30) -> Played:
    """Two thirds go out, numbered at once by several; one third comes in and is handled. Then all is accounted for."""
    played = Played()
    organisation_id = _home(cast.clerk)
    code = _code(organisation_id)
    sent = [_drafted(cast, number) for number in range(count * 2 // 3)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(lambda document: _number(cast, document), sent))
    for place, document in enumerate(sent):
        _spread(cast, document, place)
    played.void = _void(cast, sent[:: max(1, len(sent) // 2)])
    played.outgoing = len(sent)
    for number in range(count - len(sent)):
        _handled(cast, number)
        played.incoming += 1
    with clock.shifted(timedelta(hours=25)):
        while services.text_unread():
            pass
    _account(played, code)
    return played


def left_waiting(cast: Cast) -> tuple[UUID, UUID]:
    """What a departure finds: a document that waits for the leader to issue it, and a draft of the leader's own."""
    drafter, checker = cast.others[:2]
    waiting, own = (
        services.draft(actor=accounts.actor_for(one), kind=Kind.NOTICE, title="关于做好交接工作的通知", body=BODY).id
        for one in (drafter, cast.leader)
    )
    _act(drafter, waiting, Act.SUBMIT, checker_id=checker, leader_id=cast.leader)
    _act(checker, waiting, Act.CHECK)
    return waiting, own


def take_over(cast: Cast, successor: UUID, left: tuple[UUID, UUID]) -> None:
    """The successor issues what waited and hands in the draft. Raises what a service refuses."""
    waiting, own = left
    _act(successor, waiting, Act.ISSUE, "同意")
    _act(successor, own, Act.SUBMIT, checker_id=cast.others[1], leader_id=cast.others[0])


def _home(person: UUID) -> UUID:
    [info] = accounts.officials(ids=[person])
    return info.organisation.id


def _code(organisation_id: UUID) -> str:
    services.load_codes(actor=Actor.system("play_office"), organisation_ids=[organisation_id])
    return AgencyCode.objects.filter(organisation_id=organisation_id).order_by("id").values_list("code", flat=True)[0]


def _act(person: UUID, document_id: UUID, what: Act, opinion: str = "", **wishes: Any) -> None:
    services.act(actor=accounts.actor_for(person), document_id=document_id, what=what, opinion=opinion, **wishes)


def _drafted(cast: Cast, number: int) -> UUID:
    """As far as the number: every third is sent back once, every other is countersigned."""
    drafter, checker, helper = (cast.others[(number + step) % len(cast.others)] for step in range(3))
    made = services.draft(
        actor=accounts.actor_for(drafter),
        kind=KINDS[number % len(KINDS)],
        title=f"关于做好第{number + 1}项重点工作的通知",
        body=BODY,
        urgency=URGENCIES[number % len(URGENCIES)],
    ).id
    wishes: dict[str, Any] = {
        "checker_id": checker,
        "leader_id": cast.leader,
        "countersigners": [helper] if number % 2 else [],
    }
    _act(drafter, made, Act.SUBMIT, **wishes)
    if number % 3 == 0:
        _act(checker, made, Act.SEND_BACK, "请补充时限")
        _act(drafter, made, Act.SUBMIT, **wishes)
    _act(checker, made, Act.CHECK)
    if number % 2:
        _act(helper, made, Act.COUNTERSIGN, "无意见")
    _act(cast.leader, made, Act.ISSUE, "同意")
    return made


def _number(cast: Cast, document_id: UUID) -> None:
    try:
        _act(cast.clerk, document_id, Act.RECHECK)
    finally:
        connection.close()


def _spread(cast: Cast, document_id: UUID, place: int) -> None:
    """To everybody; all but each fourth read it."""
    people = list(cast.others)
    _act(cast.clerk, document_id, Act.DISTRIBUTE, people=people)
    for number, person in enumerate(people):
        if (number + place) % 4:
            services.read(actor=accounts.actor_for(person), document_id=document_id)


def _void(cast: Cast, documents: Sequence[UUID]) -> int:
    for document_id in documents:
        _act(cast.clerk, document_id, Act.VOID, "内容重复")
    return len(documents)


def _handled(cast: Cast, number: int) -> None:
    came = services.receive(
        actor=accounts.actor_for(cast.clerk),
        sender="江苏省政务服务管理办公室",
        kind=Kind.NOTICE,
        title=f"关于报送第{number + 1}批材料的通知",
        number=f"苏政务办发[2026]{number + 1}号",
        urgency=URGENCIES[number % len(URGENCIES)],
    ).id
    lead, helper = (cast.others[(number + step) % len(cast.others)] for step in range(2))
    _act(cast.clerk, came, Act.REGISTER)
    _act(cast.clerk, came, Act.PROPOSE, "请领导批示", leader_id=cast.leader)
    _act(cast.leader, came, Act.INSTRUCT, "请抓紧办理", lead_id=lead, assistants=[helper])
    _act(helper, came, Act.HANDLE, "已配合")
    _act(lead, came, Act.HANDLE, "已报送")
    _act(cast.clerk, came, Act.ARCHIVE)


def _account(played: Played, code: str) -> None:
    series = TakenNumber.objects.filter(code=code, year=clock.today().year).order_by("serial")
    serials = list(series.values_list("serial", flat=True))
    played.numbers = len(serials)
    if serials != list(range(1, len(serials) + 1)):
        played.faults.append(f"numbers of {code} have a gap: {serials}")
    unseen = Reader.objects.filter(read_at=None, sms_at=None).exclude(document__state=State.VOID)
    played.faults += [f"{row.name} was neither read nor told of {row.document_id}" for row in unseen[:10]]
    played.read = Reader.objects.exclude(read_at=None).count()
    played.told_by_sms = Reader.objects.exclude(sms_at=None).count()
