"""What people write over the page: a layer beside the document, never burnt into it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from backend.documents import rules
from backend.documents.models import Layer
from backend.documents.services import common
from backend.documents.types import STATE_NAMES, DocumentError, State
from backend.journal.services import record
from kernel import clock
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError


@transaction.atomic
def write_layer(
    *,
    actor: Actor,
    document_id: UUID,
    page: int,
    strokes: Sequence[Sequence[Sequence[float]]],
    version: int,
    words: str = "",
) -> Layer:
    """Keep one's own handwriting and words on a page, instead of what one wrote there before.

    A stroke is a list of points [x, y], both from 0 to 1 of the page. `version` is the one that one saw, 0 where
    nothing was: what another device of one's own wrote meanwhile is not written over.

    Raises SECRET, NOT_FOUND, WRONG_STATE, LAYER_TOO_BIG, STALE.
    """
    common.refuse_secret(words)
    document = common.locked(actor, document_id, None)
    if document.state in {State.ARCHIVED, State.VOID}:
        raise DomainError(DocumentError.WRONG_STATE, state=STATE_NAMES[State(document.state)].zh)
    if not rules.is_layer(strokes):
        raise DomainError(DocumentError.LAYER_TOO_BIG, strokes=rules.MAX_STROKES, points=rules.MAX_POINTS)
    layer = Layer.objects.filter(document=document, page=page, by_id=actor.person_id).first()
    layer = layer or Layer(document=document, page=page, by_id=actor.person_id, version=0)
    if layer.version != version:
        raise DomainError(CommonError.STALE, extra={"current": {"version": layer.version}})
    layer.by_name, layer.words, layer.at = common.home(actor).name, words.strip(), clock.now()
    layer.strokes = [[list(point) for point in stroke] for stroke in strokes]
    layer.version += 1
    layer.save()
    record(
        actor=actor,
        action="documents.layer_written",
        subject=(common.SUBJECT, document.id),
        organisation_id=document.organisation_id,
        data={"page": page},
    )
    return layer
