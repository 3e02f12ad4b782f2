"""A person's own account."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import selectors, services
from backend.accounts.types import GrantInfo, Profile, SessionInfo
from kernel.actors import Actor
from kernel.masking import MaskKind, mask
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView, etag_response, if_match
from mobile_api.v1.me import schema
from mobile_api.v1.me import serializers as shapes

_TAGS = {"zh-hans": "zh-Hans", "en": "en"}


class MeView(ApiView):
    """GET, PATCH /me"""

    @extend_schema(**schema.PROFILE, responses=shapes.ProfileSerializer)
    def get(self, request: Request) -> Response:
        """The own account."""
        profile = selectors.own_profile(self.actor)
        return etag_response(_profile(profile, self.actor), profile.version)

    @extend_schema(**schema.CHANGE, request=shapes.ProfileChangeSerializer, responses={200: shapes.ProfileSerializer})
    def patch(self, request: Request) -> Response:
        """Change language or preferences."""
        version = if_match(request)
        fields = validated(shapes.ProfileChangeSerializer, request.data)
        language = fields.get("language")
        profile = services.update_profile(
            actor=self.actor,
            version=version,
            language=language.lower() if language else None,
            preferences=fields.get("preferences"),
        )
        return etag_response(_profile(profile, self.actor), profile.version)


class IdentityView(ApiView):
    """POST /me/identity"""

    @extend_schema(
        **schema.IDENTITY,
        request=shapes.IdentitySerializer,
        responses={
            200: shapes.ProfileSerializer,
            409: schema.IDENTITY_FIXED,
            422: schema.IDENTITY_WRONG,
        },
    )
    def post(self, request: Request) -> Response:
        """Give the real name."""
        fields = validated(shapes.IdentitySerializer, request.data)
        profile = services.give_identity(actor=self.actor, name=fields["name"], id_number=fields["id_number"])
        return etag_response(_profile(profile, self.actor), profile.version)


class PhoneView(ApiView):
    """POST /me/phone"""

    @extend_schema(
        **schema.PHONE,
        request=shapes.PhoneChangeSerializer,
        responses={200: shapes.ProfileSerializer, 401: schema.CODE_WRONG, 409: schema.PHONE_TAKEN},
    )
    def post(self, request: Request) -> Response:
        """Change the mobile number."""
        fields = validated(shapes.PhoneChangeSerializer, request.data)
        profile = services.change_phone(actor=self.actor, phone=fields["phone"], code=fields["code"])
        return etag_response(_profile(profile, self.actor), profile.version)


class SessionsView(ApiView):
    """GET /me/sessions"""

    @extend_schema(**schema.SESSIONS, responses=shapes.SessionsSerializer)
    def get(self, request: Request) -> Response:
        """Signed-in devices."""
        found = selectors.own_sessions(self.actor)
        return Response({"items": [_session(row, self.actor) for row in found], "next": None})


class SessionView(ApiView):
    """DELETE /me/sessions/{session_id}"""

    @extend_schema(**schema.END_SESSION, responses={204: None})
    def delete(self, request: Request, session_id: UUID) -> Response:
        """Sign a device out."""
        services.end_own_session(actor=self.actor, session_id=session_id)
        return Response(status=204)


def _profile(profile: Profile, actor: Actor) -> dict[str, Any]:
    return {
        "id": str(profile.id),
        "username": profile.username,
        "name": profile.name,
        "phone": mask(profile.phone, MaskKind.MOBILE) if profile.phone else None,
        "id_number": mask(profile.id_number, MaskKind.ID_CARD) if profile.id_number else None,
        "real_name_level": profile.level,
        "capacities": list(profile.capacities),
        "language": _TAGS[profile.language],
        "preferences": profile.preferences,
        "roles": [_role(grant) for grant in profile.grants],
        "legal_persons": [
            {"id": str(row.id), "credit_code": row.credit_code, "name": row.name, "kind": row.kind}
            for row in profile.legal_persons
        ],
        "has_second_factor": profile.has_second_factor,
        "session": {"id": str(actor.session_id), "mfa_at": at(actor.mfa_at)},
    }


def _role(grant: GrantInfo) -> dict[str, Any]:
    place = grant.organisation
    return {
        "role": grant.role,
        "organisation": {
            "id": str(place.id),
            "code": place.code,
            "name": place.name,
            "short_name": place.short_name,
            "level": place.level,
            "region_code": place.region_code,
        },
    }


def _session(row: SessionInfo, actor: Actor) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "device_name": row.device_name,
        "client": row.client,
        "address": row.address,
        "created_at": at(row.created_at),
        "seen_at": at(row.seen_at),
        "current": row.id == actor.session_id,
    }
