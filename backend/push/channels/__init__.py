"""The ways to devices by platform."""

from __future__ import annotations

from collections.abc import Callable

from backend.push.channels import fcm, webpush
from backend.push.types import Outcome, Outgoing, Platform

SEND: dict[Platform, Callable[[Outgoing], Outcome]] = {Platform.FCM: fcm.send, Platform.WEBPUSH: webpush.send}
CONFIGURED: dict[Platform, Callable[[], bool]] = {
    Platform.FCM: fcm.is_configured,
    Platform.WEBPUSH: webpush.is_configured,
}
