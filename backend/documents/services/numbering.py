"""The recheck, the number without gaps, the printed page; and documents declared void."""

from __future__ import annotations

import re
from collections.abc import Iterable
from importlib import import_module
from uuid import UUID

from django.core.files.base import ContentFile
from django.db import transaction

from backend.accounts import selectors as accounts
from backend.attachments import services as attachments
from backend.attachments.types import MediaType
from backend.documents import events, rules
from backend.documents.models import AgencyCode, Document, TakenNumber
from backend.documents.services import common
from backend.documents.services.drafting import move
from backend.documents.types import URGENCY_NAMES, Act, DocumentError, Kind, Sheet, State, Urgency
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import take_number

MAX_PAGE_BYTES = 20 * 1024 * 1024


def recheck(document: Document, actor: Actor, *, code: str = "", opinion: str = "") -> None:
    """Recheck, give the number (编号) and print the page. `code` is one of the organisation's agency codes; without one
    the first. The number is taken in the same transaction: what fails takes none. Raises NOT_YOURS, NO_CODE."""
    common.check_clerk(document, actor)
    codes = AgencyCode.objects.filter(organisation_id=document.organisation_id)
    known = list(codes.order_by("id").values_list("code", flat=True))
    chosen = code or (known[0] if known else "")
    if chosen not in known:
        raise DomainError(DocumentError.NO_CODE)
    today = clock.today()
    document.dated = today
    serial = take_number("document.number", f"{chosen}:{today.year}")
    document.number = rules.composed(chosen, today.year, serial)
    TakenNumber.objects.create(
        code=chosen, year=today.year, serial=serial, document=document, title=document.title, taken_at=clock.now()
    )
    document.page_file_id = _print(document, actor)
    fields = ("dated", "number", "page_file_id")
    told = [document.drafter_id]
    move(document, actor, Act.RECHECK, State.NUMBERED, opinion, *fields, told=told, event=events.NUMBERED)


def _print(document: Document, actor: Actor) -> UUID:
    printing = import_module("backend.documents.printing")  # its library costs a second that only this step needs
    page = printing.render(sheet_of(document))
    upload = ContentFile(page, name="page.pdf")
    info = attachments.store(
        actor=actor,
        upload=upload,
        filename=f"{document.number}.pdf",
        accepts=[MediaType.PDF.value],
        max_bytes=MAX_PAGE_BYTES,
        owner=(common.SUBJECT, document.id),
    )
    return info.id


def sheet_of(document: Document) -> Sheet:
    """What the printed page says."""
    urgency = Urgency(document.urgency)
    dated = document.dated or clock.today()
    return Sheet(
        organisation=document.unit_name,
        number=document.number,
        urgency="" if urgency is Urgency.PLAIN else URGENCY_NAMES[urgency].zh,
        title=document.title,
        recipients=document.recipients,
        body=document.body,
        signer=document.leader_name,
        dated=rules.chinese_date(dated),
        copies_to=document.copies_to,
        printed_by=document.unit_name,
        printed_on=rules.chinese_date(clock.today()),
        is_upward=Kind(document.kind) in rules.UPWARD,
        copies=document.copies,
    )


def void(document: Document, actor: Actor, *, opinion: str) -> None:
    """Declare void (作废). The number stays taken and visible with the reason; who had the document is told."""
    common.check_clerk(document, actor)
    now = clock.now()
    TakenNumber.objects.filter(document=document).update(void_at=now, void_reason=opinion[:300])
    people = list(document.readers.values_list("person_id", flat=True))
    told = [document.drafter_id, *people]
    move(document, actor, Act.VOID, State.VOID, opinion, told=told, event=events.VOIDED)


def _code_of(name: str, short_name: str) -> str:
    """Where it is and what it does, a sign each, as agencies do: 宿迁市教育局 → 宿教发; the short name where taken."""
    what = re.sub(r"^(.{1,3}?[市县区])", "", name)
    code = f"{name[:1]}{what[:1]}发"
    if re.fullmatch(r"[\u4e00-\u9fa5]{3}", code) and not AgencyCode.objects.filter(code=code).exists():
        return code
    return "".join(re.findall(r"[\u4e00-\u9fa5]", short_name))[:11] + "发"


def load_codes(*, actor: Actor, organisation_ids: Iterable[UUID]) -> int:
    """Give organisations without an agency code one made of their short names; how many. For demonstrations."""
    known = set(AgencyCode.objects.values_list("organisation_id", flat=True))
    new = [place for place in organisation_ids if place not in known]
    for place in new:
        info = accounts.organisation(place)
        keep_code(actor=actor, organisation_id=place, code=_code_of(info.name, info.short_name))
    return len(new)


@transaction.atomic
def keep_code(*, actor: Actor, organisation_id: UUID, code: str) -> AgencyCode:
    """Let an organisation number under a code. The same again changes nothing. Raises BAD_NUMBER."""
    if rules.number_of(rules.composed(code, clock.today().year, 1)) is None:
        raise DomainError(DocumentError.BAD_NUMBER)
    row, _ = AgencyCode.objects.get_or_create(code=code, defaults={"organisation_id": organisation_id})
    return row
