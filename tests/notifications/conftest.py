"""Push services to send to."""

from tests.push.conftest import fcm

__all__ = ["fcm"]
