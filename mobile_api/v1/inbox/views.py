"""The message centre, its badge, and the choice of channels."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import NotAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import selectors as accounts
from backend.notifications import selectors, services
from backend.notifications.types import PURPOSE_NAMES, PreferencesInfo
from kernel.errors import CommonError, DomainError, FieldError, Text
from mobile_api.platform.pages import paginate
from mobile_api.platform.serializers import validated
from mobile_api.platform.views import ApiView, etag_response, idempotent, if_match
from mobile_api.v1.inbox import schema
from mobile_api.v1.inbox import serializers as shapes

_FLAGS = {"": False, "false": False, "true": True}


class PersonView(ApiView):
    """A view that needs a person."""

    @property
    def person_id(self) -> UUID:
        """Who is signed in."""
        if self.actor.user_id is None:
            raise NotAuthenticated
        return self.actor.user_id


class InboxView(PersonView):
    """GET /inbox"""

    @extend_schema(**schema.INBOX, responses=shapes.MessagePageSerializer)
    def get(self, request: Request) -> Response:
        """What the person was told."""
        wanted = request.query_params.get("unread", "")
        if wanted not in _FLAGS:
            text = Text("须为 true 或 false。", "Give true or false.")
            raise DomainError(CommonError.VALIDATION, errors=[FieldError("/query/unread", "invalid", text)])
        language = accounts.preferred_language(self.person_id)
        found = selectors.own_notifications(self.actor, unread_only=_FLAGS[wanted])
        page = paginate(found, request, order=selectors.ORDER, row=lambda row: selectors.item(row, language))
        return Response(page)


class MessageView(PersonView):
    """GET /inbox/{id}"""

    @extend_schema(**schema.MESSAGE, responses=shapes.MessageSerializer)
    def get(self, request: Request, notification_id: UUID) -> Response:
        """One message."""
        return Response(selectors.own_notification(self.actor, notification_id))


class ReadView(PersonView):
    """POST /inbox/{id}/read"""

    @extend_schema(**schema.READ, request=None, responses={200: shapes.MessageSerializer})
    @idempotent(required=False)
    def post(self, request: Request, notification_id: UUID) -> Response:
        """It was read."""
        validated(shapes.NothingSentSerializer, request.data)
        return Response(services.mark_read(actor=self.actor, notification_id=notification_id))


class ReadAllView(PersonView):
    """POST /inbox/read-all"""

    @extend_schema(**schema.READ_ALL, request=None, responses={200: shapes.ReadAllSerializer})
    @idempotent(required=False)
    def post(self, request: Request) -> Response:
        """Everything was read."""
        validated(shapes.NothingSentSerializer, request.data)
        read = services.mark_all_read(actor=self.actor)
        return Response({"read": read, "unread": selectors.unread(self.person_id)})


class BadgeView(PersonView):
    """GET /me/badge"""

    @extend_schema(**schema.BADGE, responses=shapes.BadgeSerializer)
    def get(self, request: Request) -> Response:
        """How much is unread."""
        return Response({"unread": selectors.unread(self.person_id)})


class PreferencesView(PersonView):
    """GET, PATCH /me/preferences"""

    @extend_schema(**schema.PREFERENCES, responses=shapes.ChannelChoicesSerializer)
    def get(self, request: Request) -> Response:
        """The person's choices."""
        found = selectors.preferences_of(self.person_id)
        return etag_response(_preferences(found), found.version)

    @extend_schema(
        **schema.CHANGE_PREFERENCES,
        request=shapes.ChannelChoicesChangeSerializer,
        responses={200: shapes.ChannelChoicesSerializer, 422: schema.SILENCED},
    )
    def patch(self, request: Request) -> Response:
        """Switch channels."""
        version = if_match(request)
        change = validated(shapes.ChannelChoicesChangeSerializer, request.data)
        found = services.change_preferences(actor=self.actor, version=version, change=change)
        return etag_response(_preferences(found), found.version)


def _preferences(found: PreferencesInfo) -> dict[str, Any]:
    language = translation.get_language() or "zh-hans"
    return {
        "items": [
            {
                "purpose": item.purpose.value,
                "name": PURPOSE_NAMES[item.purpose].render(language),
                "statutory": item.statutory,
                "channels": {channel.value: on for channel, on in item.channels.items()},
            }
            for item in found.items
        ]
    }
