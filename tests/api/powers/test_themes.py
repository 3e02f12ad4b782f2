"""The topics of the catalogue: listed in their order, with the number of items that asking by topic finds."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from tests.factories import accounts, powers

pytestmark = pytest.mark.django_db


def _items(path: str) -> list[dict[str, object]]:
    answer = APIClient().get(f"/api/v1{path}")
    assert answer.status_code == 200
    found: list[dict[str, object]] = answer.json()["items"]
    return found


def test_topics_are_listed_with_what_they_hold() -> None:
    powers.published(themes=("elderly", "medical"))
    powers.published(themes=("medical",))
    powers.draft(accounts.organisation(), themes=("education",))
    topics = _items("/powers/themes")
    assert [(topic["code"], topic["name"], topic["power_count"]) for topic in topics] == [
        ("medical", "医疗卫生", 2),
        ("elderly", "养老优待", 1),
    ]
    for topic in topics:
        assert len(_items(f"/powers?theme={topic['code']}")) == topic["power_count"]
