"""The recheck and the number without gaps; documents declared void."""

from __future__ import annotations

import re
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.documents import events, rules
from backend.documents.models import AgencyCode, Document, TakenNumber
from backend.documents.services import common
from backend.documents.services.drafting import move
from backend.documents.types import Act, DocumentError, State
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.ids import take_number


def recheck(document: Document, actor: Actor, *, code: str = "", opinion: str = "") -> None:
    """Recheck and give the number (编号). `code` is one of the organisation's agency codes; without one the first.

    The number is taken in the same transaction: what fails takes none. Raises NOT_YOURS, NO_CODE.
    """
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
    told = [document.drafter_id]
    move(document, actor, Act.RECHECK, State.NUMBERED, opinion, "dated", "number", told=told, event=events.NUMBERED)


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
