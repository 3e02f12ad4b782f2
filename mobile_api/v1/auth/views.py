"""Signing in and out."""

from __future__ import annotations

from dataclasses import asdict

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from backend.accounts import services
from mobile_api.platform.serializers import at, validated
from mobile_api.platform.views import ApiView
from mobile_api.v1.auth import schema
from mobile_api.v1.auth import serializers as shapes
from mobile_api.v1.auth.browser import (
    client_of,
    forget_refresh_cookie,
    refresh_token_of,
    signed_in_response,
)


class PublicView(ApiView):
    """A door for people who are not signed in; a token that comes along is not looked at."""

    public = True
    authentication_classes = ()


class OtpView(PublicView):
    """POST /auth/otp"""

    @extend_schema(
        **schema.OTP,
        request=shapes.OtpRequestSerializer,
        responses={202: shapes.OtpSentSerializer, 403: schema.BAD_ORIGIN, 503: schema.PAUSED},
    )
    def post(self, request: Request) -> Response:
        """Send a code."""
        fields = validated(shapes.OtpRequestSerializer, request.data)
        sent = services.send_code(phone=fields["phone"], client=client_of(request, {}))
        body = {
            "request_id": str(sent.request_id),
            "expires_at": at(sent.expires_at),
            "resend_at": at(sent.resend_at),
        }
        return Response(body, status=202)


class OtpVerifyView(PublicView):
    """POST /auth/otp/verify"""

    @extend_schema(
        **schema.OTP_VERIFY,
        request=shapes.OtpVerifySerializer,
        responses={200: shapes.TokensSerializer, 401: schema.CODE_WRONG, 403: schema.BAD_ORIGIN},
    )
    def post(self, request: Request) -> Response:
        """Sign in with a code."""
        fields = validated(shapes.OtpVerifySerializer, request.data)
        signed_in = services.verify_code(
            phone=fields["phone"],
            code=fields["code"],
            request_id=fields.get("request_id"),
            client=client_of(request, fields),
        )
        return signed_in_response(signed_in)


class LoginView(PublicView):
    """POST /auth/login"""

    @extend_schema(
        **schema.LOGIN,
        request=shapes.LoginSerializer,
        responses={200: shapes.FactorRequestedSerializer, 401: schema.SIGN_IN_WRONG, 403: schema.BAD_ORIGIN},
    )
    def post(self, request: Request) -> Response:
        """Check the password."""
        fields = validated(shapes.LoginSerializer, request.data)
        asked = services.login(
            username=fields["username"], password=fields["password"], client=client_of(request, fields)
        )
        body = {
            "mfa_token": asked.mfa_token,
            "expires_at": at(asked.expires_at),
            "enrolment": asdict(asked.enrolment) if asked.enrolment else None,
            "password_change_required": asked.password_change_required,
        }
        return Response(body)


class MfaView(PublicView):
    """POST /auth/mfa"""

    @extend_schema(
        **schema.MFA,
        request=shapes.MfaSerializer,
        responses={
            200: shapes.TokensSerializer,
            401: schema.CODE_WRONG,
            403: schema.NEW_PASSWORD_DUE,
            422: schema.PASSWORD_WEAK,
        },
    )
    def post(self, request: Request) -> Response:
        """Check the second factor and open the session."""
        fields = validated(shapes.MfaSerializer, request.data)
        signed_in = services.confirm_factor(
            mfa_token=fields["mfa_token"],
            code=fields["code"],
            new_password=fields.get("new_password"),
            client=client_of(request, fields),
        )
        return signed_in_response(signed_in)


class RefreshView(PublicView):
    """POST /auth/refresh"""

    @extend_schema(
        **schema.REFRESH,
        request=shapes.RefreshSerializer,
        responses={200: shapes.TokensSerializer, 401: schema.SESSION_GONE, 403: schema.BAD_ORIGIN},
    )
    def post(self, request: Request) -> Response:
        """Exchange the refresh token."""
        fields = validated(shapes.RefreshSerializer, request.data)
        client = client_of(request, fields)
        return signed_in_response(services.refresh(token=refresh_token_of(request, fields), client=client))


class LogoutView(ApiView):
    """POST /auth/logout"""

    @extend_schema(**schema.LOGOUT, request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """End this session."""
        validated(shapes.EmptySerializer, request.data)
        services.log_out(actor=self.actor)
        return forget_refresh_cookie(Response(status=204))


class StepUpView(ApiView):
    """POST /auth/step-up"""

    @extend_schema(
        **schema.STEP_UP,
        request=shapes.StepUpSerializer,
        responses={200: shapes.SteppedUpSerializer, 401: schema.CODE_WRONG},
    )
    def post(self, request: Request) -> Response:
        """Show the second factor again."""
        fields = validated(shapes.StepUpSerializer, request.data)
        moment = services.step_up(actor=self.actor, code=fields["code"], client=client_of(request, {}))
        return Response({"mfa_at": at(moment)})


class PasswordView(ApiView):
    """POST /auth/password"""

    @extend_schema(
        **schema.PASSWORD,
        request=shapes.PasswordSerializer,
        responses={204: None, 401: schema.SIGN_IN_WRONG, 422: schema.PASSWORD_WEAK},
    )
    def post(self, request: Request) -> Response:
        """Change the password."""
        fields = validated(shapes.PasswordSerializer, request.data)
        services.change_password(
            actor=self.actor,
            password=fields["password"],
            new_password=fields["new_password"],
            client=client_of(request, {}),
        )
        return Response(status=204)
