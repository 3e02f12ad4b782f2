"""Reading cases. Whose case it is, or whose post reaches it, is checked where the row is fetched."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Reverse

from backend.accounts import selectors as accounts
from backend.attachments import selectors as attachments
from backend.attachments import services as attachment_services
from backend.attachments.types import Delivery
from backend.cases import rules, stories, summaries
from backend.cases.models import Case, CaseMaterial, CaseNotice, OpinionWording
from backend.cases.services import common
from backend.cases.services.submission import query_digest
from backend.cases.types import Action, CaseError, CaseState, Progress, TimelineEntry, WordingInfo
from backend.journal import selectors as journal
from backend.journal.services import record
from backend.powers import selectors as powers
from backend.powers.types import PowerVersionInfo
from backend.workflow import selectors as clocks
from backend.workflow.types import DeadlineInfo, TaskInfo
from kernel import clock
from kernel.actors import Actor
from kernel.errors import DomainError
from kernel.masking import MaskKind, mask

LAWFUL_LIMITS = ("notice", "promise", "legal", "delivery")
SEALED = ("form", "identity", "query_code", "query_digest")
LOOKS = {"case.viewed": "file", "attachments.read": "document", "case.unmasked": "number"}
MAX_SNAPSHOT = 200
MAX_FOUND = 200


def own_cases(actor: Actor) -> QuerySet[Case]:
    """The actor's own applications, drafts included, to be ordered and paged by the caller."""
    return Case.objects.filter(applicant_id=actor.user_id) if actor.user_id else Case.objects.none()


def own_list(actor: Actor) -> QuerySet[Case]:
    """The same without what a list never shows: answers, identity, query code."""
    return own_cases(actor).defer(*SEALED)


def own_case(actor: Actor, case_id: UUID) -> Case:
    """One of the actor's own applications. Raises NOT_FOUND for everybody else's."""
    case = own_cases(actor).filter(pk=case_id).first()
    if case is None:
        raise DomainError(CaseError.NOT_FOUND)
    return case


@transaction.atomic
def case_file(actor: Actor, case_id: UUID) -> Case:
    """A case that an official's post reaches, or an auditor reads; the view is journalled. Raises NOT_FOUND outside."""
    case = _reachable(actor, case_id)
    record(
        actor=actor,
        action="case.viewed",
        subject=("case", case.id),
        organisation_id=case.organisation_id,
        data={"version": case.version, "state": case.state},
    )
    return case


def _reachable(actor: Actor, case_id: UUID) -> Case:
    case = Case.objects.filter(pk=case_id).exclude(case_no=None).first()
    if case is None or not (common.may_handle(actor, case) or _may_audit(actor, case)):
        raise DomainError(CaseError.NOT_FOUND)
    return case


def _may_audit(actor: Actor, case: Case) -> bool:
    return actor.has_role("auditor", path=case.organisation_path)


def handles(actor: Actor, case: Case) -> bool:
    """Whether the actor's post handles the case, as against only auditing it."""
    return common.may_handle(actor, case)


def actions_for(actor: Actor, case: Case) -> tuple[Action, ...]:
    """What this official may do on the case now; nothing on one's own application."""
    if common.is_own(actor, case):
        return ()
    roles = {grant.role for grant in actor.grants if grant.covers(case.organisation_path)}
    found = rules.possible_actions(CaseState(case.state), case.step_role, roles)
    if case.supplement_count:
        found = tuple(action for action in found if action is not Action.REQUEST_SUPPLEMENT)
    return found


def form_of(case: Case) -> dict[str, Any]:
    """The answers given in the application form."""
    form: dict[str, Any] = json.loads(case.form or "{}")
    return form


def identity_of(case: Case) -> dict[str, Any]:
    """Who applied, as it was when handed in; empty for a draft."""
    identity: dict[str, Any] = json.loads(case.identity or "{}")
    return identity


def wanted_of(case: Case) -> PowerVersionInfo:
    """What has to be filled in and handed in: a draft will be handed in under the version in force, while there is one;
    everything else keeps its own."""
    if case.state != CaseState.DRAFT:
        return common.power_of(case)
    try:
        return powers.published_version(case.power_id)
    except DomainError:
        return common.power_of(case)


def item_of(case: Case) -> PowerVersionInfo:
    """The version of the item under which the case runs."""
    return common.power_of(case)


def materials_of(case: Case) -> list[CaseMaterial]:
    """The files handed in and not taken back, oldest first."""
    return list(case.materials.filter(removed_at=None).order_by("at", "id"))


def notices_of(case: Case) -> list[tuple[CaseNotice, list[str]]]:
    """The written vouchers with their paragraphs, oldest first."""
    return [(notice, json.loads(notice.paragraphs or "[]")) for notice in case.notices.order_by("at", "id")]


def deadlines_of(case: Case, *, for_officials: bool = False) -> list[DeadlineInfo]:
    """The limits of the case with their reckoning, oldest first: those the law sets for the agency, for officials the
    running step's own too."""
    found = clocks.deadlines(("case", case.id), kinds=LAWFUL_LIMITS)
    return found + clocks.deadlines(("case", case.id), kinds=["step"], only_open=True) if for_officials else found


def timeline_of(
    case: Case, language: str, *, newest_first: bool = False, for_officials: bool = False
) -> list[TimelineEntry]:
    """The case's story: what happened, then what is still to come with its usual days."""
    return stories.timeline(case, item_of(case), language, newest_first=newest_first, for_officials=for_officials)


def wordings(day: date) -> list[WordingInfo]:
    """The wordings officials may choose from on a day, act by act in their order."""
    rows = OpinionWording.objects.filter(effective_from__lte=day).exclude(effective_until__lt=day)
    return [
        WordingInfo(row.pk, row.action, row.field, row.text, row.type_code)
        for row in rows.order_by("action", "position", "id")
    ]


@transaction.atomic
def unmasked_identity(actor: Actor, case_id: UUID, fields: Sequence[str], reason: str) -> dict[str, Any]:
    """Fields of the applicant's identity in clear for who handles the case; who asked, for what, and why is journalled.

    Raises NOT_FOUND for everybody else, auditors included.
    """
    case = _reachable(actor, case_id)
    if not common.may_handle(actor, case):
        raise DomainError(CaseError.NOT_FOUND)
    record(
        actor=actor,
        action="case.unmasked",
        subject=("case", case.id),
        organisation_id=case.organisation_id,
        data={"fields": sorted(fields)},
        private={"reason": reason},
    )
    identity = identity_of(case)
    return {field: identity.get(field) for field in fields}


def material_content(
    actor: Actor, case_id: UUID, material_id: UUID, range_header: str | None = None
) -> tuple[Delivery, Iterator[bytes]]:
    """A document's bytes for the applicant, or for an official who handles the case, whose look is journalled.

    Auditors see that a document is there, never its content. Raises NOT_FOUND, MATERIAL_NOT_FOUND.
    """
    own = own_cases(actor).filter(pk=case_id).exists()
    if not own and not common.may_handle(actor, _reachable(actor, case_id)):
        raise DomainError(CaseError.NOT_FOUND)
    material = CaseMaterial.objects.filter(pk=material_id, case_id=case_id, removed_at=None).first()
    if material is None:
        raise DomainError(CaseError.MATERIAL_NOT_FOUND)
    if not own:
        attachment_services.note_read(actor=actor, file_id=material.file_id)
    return attachments.serve(material.file_id, range_header)


def looks_at_mine(actor: Actor) -> QuerySet[Any]:
    """Each time an official opened one of the actor's files, read a document in it, or saw a number in clear.

    Law on the Protection of Personal Information, Art. 44 (to know about the handling of one's data).
    """
    own = own_cases(actor).values("id")
    return journal.reads_by_officials("case", own, tuple(LOOKS))


def look(line: Any) -> dict[str, Any]:
    """One of these as its person sees it, JSON-ready; the official's name is masked."""
    case = _row(line.subject_id)
    return {
        "id": str(line.id),
        "at": clock.local(line.recorded_at).isoformat(timespec="milliseconds"),
        "kind": LOOKS[line.action],
        "case_id": str(case.id),
        "case_no": case.case_no,
        "power_name": case.power_name,
        "organisation_name": case.organisation_name,
        "who": mask(accounts.display_name(line.actor_id), MaskKind.NAME),
        "names": json.loads(line.data).get("fields", []),
    }


def _row(case_id: UUID) -> Case:
    """What a list shows of a case whose right was checked already."""
    return Case.objects.defer(*SEALED).get(pk=case_id)


def tasks_for(
    actor: Actor, *, state: str, sort: str, cursor: str | None, limit: int, digits: str = "", kinds: Sequence[str] = ()
) -> tuple[list[tuple[TaskInfo, Case]], str | None]:
    """An official's to-dos about cases, with their cases, by time left or newest.

    `digits` end the case number, `kinds` narrow to some kinds of to-do.
    """
    wanted = _ids_ending(actor, digits) if digits else None
    page = clocks.tasks_for(
        actor,
        state=state,
        sort=sort,
        cursor=cursor,
        limit=limit,
        kinds=kinds or None,
        subject_kind="case",
        subject_ids=wanted,
    )
    cases = Case.objects.defer("form", "query_code").in_bulk([task.subject_id for task in page.items])
    return [(task, cases[task.subject_id]) for task in page.items if task.subject_id in cases], page.next


def _ids_ending(actor: Actor, digits: str) -> list[UUID]:
    reach = Q(pk=None)
    for grant in actor.grants:
        reach |= Q(organisation_path__startswith=grant.path)
    numbers = Case.objects.annotate(turned=Reverse("case_no"))
    found = numbers.filter(reach, turned__startswith=digits[::-1]).order_by("-submitted_at")
    return list(found.values_list("id", flat=True)[:MAX_FOUND])


def progress(case_no: str, query_code: str, language: str) -> Progress:
    """What anybody with number and query code may know. Raises PROGRESS_NOT_FOUND, the same for every wrong pair."""
    case = Case.objects.filter(case_no=case_no).first()
    given = query_digest(query_code)
    stored = bytes(case.query_digest or b"") if case else b"\0" * len(given)
    if not hmac.compare_digest(given, stored) or case is None:
        raise DomainError(CaseError.PROGRESS_NOT_FOUND)
    return stories.progress(case, item_of(case), language)


def snapshot_for(actor: Actor) -> dict[str, Any]:
    """The cases part of a person's live state: what was handed in, newest first."""
    cases = own_list(actor).exclude(case_no=None).order_by("-updated_at", "-id")[:MAX_SNAPSHOT]
    return {"cases": [summaries.summary(case) for case in cases]}


def summary_rows(cases: Iterable[Case]) -> list[dict[str, Any]]:
    """List rows."""
    return [summaries.summary(case) for case in cases]


def label_of(case: Case, language: str) -> str:
    """What people call the case's state."""
    return summaries.label(case.state, language)


def updated_at(case: Case) -> str:
    """The time of the last change, for people in Suqian."""
    return clock.local(case.updated_at).isoformat(timespec="milliseconds")
