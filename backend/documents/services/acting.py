"""One door for every act on a document: possible now, with an opinion where one is needed, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction

from backend.documents.models import Document
from backend.documents.services import common, drafting, incoming, numbering, paging, spreading
from backend.documents.types import Act
from kernel.actors import Actor

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

    Raises NOT_FOUND, STALE, WRONG_STATE, OPINION_MISSING, NOT_YOURS and what the act itself refuses.
    """
    with transaction.atomic():
        document = common.locked(actor, document_id, version)
        common.step_of(document, what)
        _ACTS[what](document, actor, opinion=common.need_opinion(what, opinion), **wishes)
    if what is Act.RECHECK:
        paging.print_page(document, actor)
    return document
