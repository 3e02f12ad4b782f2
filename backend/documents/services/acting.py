"""One door for every act on a document: possible now, with an opinion where one is needed, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.accounts import selectors as accounts
from backend.documents.models import Document
from backend.documents.services import common, drafting, incoming, numbering, paging, spreading
from backend.documents.types import Act
from kernel import realtime
from kernel.actors import Actor

_PEOPLE = frozenset({"checker_id", "leader_id", "lead_id", "countersigners", "assistants", "readers", "people"})
_ACTS: dict[Act, Callable[..., None]] = {
    Act.SIGN: incoming.sign,
    Act.REGISTER: incoming.register,
    Act.PROPOSE: incoming.propose,
    Act.INSTRUCT: incoming.instruct,
    Act.HANDLE: incoming.handle,
    Act.SUBMIT: drafting.submit,
    Act.CHECK: drafting.check,
    Act.COUNTERSIGN: drafting.countersign,
    Act.ISSUE: drafting.issue,
    Act.SEND_BACK: drafting.send_back,
    Act.REOPEN: drafting.reopen,
    Act.RECHECK: numbering.recheck,
    Act.DISTRIBUTE: spreading.distribute,
    Act.CIRCULATE: spreading.circulate,
    Act.CHASE: spreading.chase,
    Act.ARCHIVE: spreading.archive,
    Act.VOID: numbering.void,
}


def act(
    *, actor: Actor, document_id: UUID, what: Act, version: int | None = None, opinion: str = "", **wishes: Any
) -> Document:
    """Do one act. `wishes` are what it needs: people, units, leader_id, lead_id, assistants, code …

    Raises SECRET, NOT_FOUND, STALE, WRONG_STATE, OPINION_MISSING, NOT_YOURS and what the act itself refuses.
    """
    common.refuse_secret(opinion)
    with transaction.atomic():
        document = common.locked(actor, document_id, version)
        common.step_of(document, what)
        _hold(document, wishes)
        _ACTS[what](document, actor, opinion=common.need_opinion(what, opinion), **wishes)
    if what is Act.RECHECK:
        paging.print_page(document, actor)
    return document


def _hold(document: Document, wishes: Mapping[str, Any]) -> None:
    """Take the logs of all whose screens may change at once and in order, so that two acts never wait crosswise."""
    named = [value if isinstance(value, list | tuple) else [value] for name, value in wishes.items() if name in _PEOPLE]
    people = {document.drafter_id, document.leader_id, document.checker_id, *(one for some in named for one in some)}
    people |= set(document.parts.values_list("person_id", flat=True))
    for place in {document.organisation_id, *wishes.get("units", ())}:
        people |= set(accounts.people_with_role(common.CLERK, place))
    realtime.lock_cursors(one for one in people if one is not None)
