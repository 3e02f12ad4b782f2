"""Reading the journal: by subject with the right checked, the anchors, the outcome of a verification."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from backend.journal import keys, rules, verification
from backend.journal.models import JournalLine
from backend.journal.services.private import AUDIT_ROLES
from backend.journal.types import Anchor, LineInfo, Verdict
from kernel.actors import Actor, ActorKind
from kernel.errors import CommonError, DomainError

ORDER = ("-recorded_at", "-id")
PathResolver = Callable[[UUID], str | None]
_resolvers: list[PathResolver] = []


def register_path_resolver(resolver: PathResolver) -> None:
    """Tell the journal how to find the tree path of an organisation. Called by the app that owns organisations.

    Without one, an official's grant reaches only lines of the very organisation it names.
    """
    _resolvers[:] = [resolver]


def lines_for_subject(
    actor: Actor, subject: tuple[str, UUID], *, after: UUID | None = None, limit: int = 100
) -> list[LineInfo]:
    """Lines about one subject, oldest first; `after` is the id of the last line seen.

    Auditors and audit managers see all; an official sees lines of organisations inside one of their grants. Everybody
    else gets an empty list, as for a subject that does not exist.
    """
    kind, subject_id = subject
    lines = JournalLine.objects.filter(subject_kind=kind, subject_id=subject_id)
    if not _is_auditor(actor):
        lines = lines.filter(organisation_id__in=_reachable(actor, lines.values_list("organisation_id").distinct()))
    seen = JournalLine.objects.filter(pk=after).values_list("recorded_at", flat=True).first() if after else None
    if seen is not None:
        lines = lines.filter(Q(recorded_at__gt=seen) | Q(recorded_at=seen, id__gt=after))
    return [_info(line) for line in lines.order_by("recorded_at", "id")[:limit]]


def reads_by_officials(
    kind: str, subjects: QuerySet[Any], actions: Collection[str]
) -> QuerySet[JournalLine, JournalLine]:
    """Lines of these actions by officials about subjects that the caller has a right to, to be paged by ORDER."""
    lines = JournalLine.objects.filter(subject_kind=kind, subject_id__in=subjects, action__in=actions)
    return lines.filter(actor_kind=ActorKind.OFFICIAL)


def lines(actor: Actor, *, after_seq: int = 0, limit: int = 100) -> list[LineInfo]:
    """The sealed journal in its order, for auditors. Raises FORBIDDEN for others."""
    _require_auditor(actor)
    found = JournalLine.objects.filter(seq__gt=after_seq).order_by("seq")[:limit]
    return [_info(line) for line in found]


def anchors(actor: Actor) -> list[Anchor]:
    """The anchors as they stand in the file outside the database, for auditors. Raises FORBIDDEN for others."""
    _require_auditor(actor)
    path = Path(settings.JOURNAL_ANCHOR_PATH)
    if not path.exists():
        return []
    found = (rules.parse_anchor(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [anchor for anchor in found if anchor is not None]


def anchor_public_keys() -> dict[str, str]:
    """Public keys (Ed25519, base64) by key id, with which anybody can check anchors."""
    return keys.public_keys()


def verify_summary(actor: Actor) -> Verdict:
    """Verify the whole journal now, for auditors. Raises FORBIDDEN for others."""
    _require_auditor(actor)
    return verification.verify_journal()


def _is_auditor(actor: Actor) -> bool:
    return any(actor.has_role(role) for role in AUDIT_ROLES)


def _require_auditor(actor: Actor) -> None:
    if not _is_auditor(actor):
        raise DomainError(CommonError.FORBIDDEN)


def _reachable(actor: Actor, organisations: object) -> list[UUID]:
    if actor.kind is not ActorKind.OFFICIAL or not actor.grants:
        return []
    found = [row[0] for row in organisations if row[0] is not None]  # type: ignore[attr-defined]
    return [organisation_id for organisation_id in found if _covers(actor, organisation_id)]


def _covers(actor: Actor, organisation_id: UUID) -> bool:
    path = _resolvers[0](organisation_id) if _resolvers else None
    if path is None:
        return any(grant.organisation_id == organisation_id for grant in actor.grants)
    return any(grant.covers(path) for grant in actor.grants)


def _info(line: JournalLine) -> LineInfo:
    return LineInfo(
        id=line.id,
        seq=line.seq,
        hash=line.hash,
        recorded_at=line.recorded_at,
        actor_kind=line.actor_kind,
        actor_id=line.actor_id,
        actor_name=line.actor_name,
        actor_roles=line.actor_roles,
        action=line.action,
        subject_kind=line.subject_kind,
        subject_id=line.subject_id,
        organisation_id=line.organisation_id,
        data=json.loads(line.data),
        has_private=line.private_sealed is not None,
    )
