"""Shapes of signing in."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from backend.accounts.types import ClientKind
from mobile_api.platform.serializers import MobileField, StrictSerializer

_CLIENTS = [kind.value for kind in ClientKind]


class ClientSerializer(StrictSerializer):
    """What a client may say of itself."""

    device = serializers.CharField(
        required=False, allow_blank=True, max_length=80, help_text="A name for the list of signed-in devices."
    )
    client = serializers.ChoiceField(
        choices=_CLIENTS, required=False, help_text="`browser`: refresh token as HttpOnly cookie (default with Origin)."
    )
    device_token = serializers.CharField(
        required=False, max_length=100, help_text="What an earlier sign-in on this device returned."
    )


class OtpRequestSerializer(StrictSerializer):
    """Who wants a code."""

    phone = MobileField(max_length=30, help_text="Mobile number of mainland China, with or without +86.")


class OtpSentSerializer(serializers.Serializer[Any]):
    """The same answer for every number."""

    request_id = serializers.UUIDField()
    expires_at = serializers.DateTimeField()
    resend_at = serializers.DateTimeField()


class OtpVerifySerializer(ClientSerializer):
    """The code that came by SMS."""

    phone = MobileField(max_length=30)
    code = serializers.CharField(max_length=12)
    request_id = serializers.UUIDField(required=False, help_text="Binds the code to the request that sent it.")


class LoginSerializer(ClientSerializer):
    """First factor of an official."""

    username = serializers.CharField(max_length=64)
    password = serializers.CharField(max_length=128, trim_whitespace=False)


class EnrolmentSerializer(serializers.Serializer[Any]):
    """An authenticator to set up."""

    secret = serializers.CharField()
    uri = serializers.CharField(help_text="otpauth:// address for a QR code.")


class FactorRequestedSerializer(serializers.Serializer[Any]):
    """The password was right; now the code."""

    mfa_token = serializers.CharField()
    expires_at = serializers.DateTimeField()
    enrolment = EnrolmentSerializer(allow_null=True)
    password_change_required = serializers.BooleanField()


class MfaSerializer(ClientSerializer):
    """Second factor of an official."""

    mfa_token = serializers.CharField(max_length=100)
    code = serializers.CharField(max_length=12)
    new_password = serializers.CharField(
        required=False, max_length=128, trim_whitespace=False, help_text="When `password_change_required`."
    )


class RefreshSerializer(StrictSerializer):
    """The refresh token of an app; a browser's comes in its cookie."""

    refresh = serializers.CharField(required=False, max_length=100)
    device_token = serializers.CharField(required=False, max_length=100)


class TokensSerializer(serializers.Serializer[Any]):
    """A session's tokens."""

    token_type = serializers.ChoiceField(choices=["Bearer"])
    access = serializers.CharField()
    expires_in = serializers.IntegerField(min_value=1, help_text="Seconds.")
    session_id = serializers.UUIDField()
    refresh_expires_at = serializers.DateTimeField()
    is_new_person = serializers.BooleanField(help_text="This sign-in opened the account.")
    refresh = serializers.CharField(required=False, help_text="Apps only. Works once.")
    device_token = serializers.CharField(required=False, help_text="Apps only, first time: keep it safe on the device.")


class StepUpSerializer(StrictSerializer):
    """A fresh code of the authenticator."""

    code = serializers.CharField(max_length=12)


class SteppedUpSerializer(serializers.Serializer[Any]):
    """When the second factor was last shown."""

    mfa_at = serializers.DateTimeField()


class PasswordSerializer(StrictSerializer):
    """A new password for somebody who knows the old one."""

    password = serializers.CharField(max_length=128, trim_whitespace=False)
    new_password = serializers.CharField(max_length=128, trim_whitespace=False)


class EmptySerializer(StrictSerializer):
    """A request without content."""
