"""F09: a JSON body beyond the limit is refused before it is read whole."""

from __future__ import annotations

import pytest
from django.conf import settings
from rest_framework.test import APIClient


@pytest.mark.django_db
def test_a_body_too_big_is_413() -> None:
    body = b'{"phone": "' + b"1" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE + b'"}'
    answer = APIClient().post("/api/v1/auth/otp", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large"), answer.content[:200]
