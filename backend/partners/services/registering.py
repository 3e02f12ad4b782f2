"""Partners and their endpoints: who may be told of what, where, signed with what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from django.db import transaction

from backend.journal.services import record
from backend.partners import rules
from backend.partners.models import Endpoint, EndpointSecret, Partner, WebhookPolicy
from backend.partners.types import PartnerError, Secret
from kernel import clock, egress
from kernel.actors import Actor
from kernel.errors import DomainError

PARTNER, ENDPOINT = "partner", "partner_endpoint"


def webhook_policy() -> WebhookPolicy:
    """The policy in force, which a migration provides."""
    return WebhookPolicy.objects.filter(effective_from__lte=clock.today()).latest("effective_from")


@transaction.atomic
def add_partner(*, actor: Actor, code: str, name: str, organisation_id: UUID, scopes: Sequence[str]) -> UUID:
    """Let a partner be told of an organisation and its subtree. Raises DomainError `partner_scope_unknown`."""
    for scope in scopes:
        if scope not in rules.SCOPES:
            raise DomainError(PartnerError.SCOPE, scope=scope)
    partner = Partner.objects.create(code=code, name=name, organisation_id=organisation_id, scopes=list(scopes))
    record(
        actor=actor,
        action="partner.added",
        subject=(PARTNER, partner.pk),
        organisation_id=organisation_id,
        data={"code": code, "scopes": list(scopes)},
    )
    return partner.pk


def add_endpoint(*, actor: Actor, code: str, url: str) -> tuple[UUID, Secret]:
    """Add an address; the secret is given this once. Raises DomainError `partner_not_found` or
    `webhook_address_not_allowed` (not https, or not on the open internet)."""
    partner = Partner.objects.filter(code=code).first()
    if partner is None:
        raise DomainError(PartnerError.NOT_FOUND)
    target = egress.read_endpoint(url)
    if target is None or not egress.may_register(target):
        raise DomainError(PartnerError.ADDRESS)
    with transaction.atomic():
        endpoint = Endpoint.objects.create(partner=partner, url=url)
        secret = rules.new_secret()
        EndpointSecret.objects.create(endpoint=endpoint, value=secret)
        _journal(actor, "partner.endpoint_added", endpoint, {"host": target.host})
    return endpoint.pk, Secret(secret, None)


@transaction.atomic
def rotate_secret(*, actor: Actor, endpoint_id: UUID) -> Secret:
    """A new secret, given this once. Both sign until the overlap is over, so that the partner can change in peace."""
    endpoint = _locked(endpoint_id)
    until = clock.now() + timedelta(seconds=webhook_policy().overlap_seconds)
    EndpointSecret.objects.filter(endpoint=endpoint, valid_until=None).update(valid_until=until)
    secret = rules.new_secret()
    EndpointSecret.objects.create(endpoint=endpoint, value=secret)
    _journal(actor, "partner.secret_rotated", endpoint, {"old_until": clock.local(until).isoformat()})
    return Secret(secret, until)


@transaction.atomic
def enable_endpoint(*, actor: Actor, endpoint_id: UUID) -> None:
    """Tell it again; what waited meanwhile goes now."""
    endpoint = _locked(endpoint_id)
    endpoint.disabled_at = endpoint.failing_since = endpoint.held_until = None
    endpoint.disabled_why = ""
    endpoint.save()
    _journal(actor, "partner.endpoint_enabled", endpoint, {})


def _locked(endpoint_id: UUID) -> Endpoint:
    endpoint = Endpoint.objects.select_for_update(of=("self",)).select_related("partner").filter(pk=endpoint_id).first()
    if endpoint is None:
        raise DomainError(PartnerError.NOT_FOUND)
    return endpoint


def _journal(actor: Actor, action: str, endpoint: Endpoint, data: dict[str, str]) -> None:
    record(
        actor=actor,
        action=action,
        subject=(ENDPOINT, endpoint.pk),
        organisation_id=endpoint.partner.organisation_id,
        data={"partner": endpoint.partner.code, **data},
    )
