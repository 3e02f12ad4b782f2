"""Items and versions of the power repository for tests, made by its own services."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any
from uuid import UUID, uuid4

from backend.accounts import services as accounts
from backend.accounts.types import Level, OrganisationInfo
from backend.powers import services
from backend.powers.types import LegalBasis, MaterialInfo, StepInfo, VersionContent
from kernel.actors import Actor, ActorKind, Grant

SYSTEM = Actor.system("tests")
_numbers = itertools.count(1)


def organisation(name: str = "宿迁市教育局", **changes: Any) -> OrganisationInfo:
    """An organisation of the city, unless told otherwise."""
    values = {
        "code": f"T{next(_numbers):05d}",
        "name": name,
        "short_name": name.removeprefix("宿迁"),
        "level": Level.CITY,
        "region_code": "321300",
        **changes,
    }
    return accounts.create_organisation(actor=SYSTEM, **values)


def official(role: str, at: OrganisationInfo, user_id: UUID | None = None) -> Actor:
    """Somebody who holds a role at an organisation, as an actor."""
    grant = Grant(role, at.id, at.path)
    return Actor(ActorKind.OFFICIAL, user_id=user_id or uuid4(), organisation_id=at.id, grants=frozenset({grant}))


def content(**changes: Any) -> VersionContent:
    """The content of a committed item with a form, two materials and three steps; `changes` win."""
    base = VersionContent(
        name="教师资格认定",
        name_en="Teacher qualification",
        keywords=("教师资格证",),
        themes=("education",),
        audience=("person",),
        legal_bases=(LegalBasis("教师资格条例", "第十三条", "由县级以上教育部门认定"),),
        legal_limit=30,
        promised_limit=10,
        conditions=("中国公民",),
        onsite_visits=0,
        onsite_reason="无",
        is_online=True,
        online_depth=4,
        handle_forms=("window", "online"),
        result_name="教师资格证书",
        result_type="certificate",
        remedy_text="可以申请行政复议或者提起行政诉讼。",
        steps=(
            StepInfo("accept", "受理", "window_clerk", 1),
            StepInfo("review", "审查", "reviewer", 6),
            StepInfo("decide", "决定", "approver", 3),
        ),
        materials=(
            MaterialInfo(
                "id_card", "身份证", "required", ("image/jpeg", "image/png", "application/pdf"), 2, "electronic"
            ),
            MaterialInfo("photo", "照片", "optional", ("image/jpeg", "image/png"), 1, "electronic"),
        ),
        form_schema={
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "title": "教师资格认定",
            "type": "object",
            "additionalProperties": False,
            "properties": {
                "name": {"type": "string", "title": "姓名", "minLength": 2, "maxLength": 50},
                "subject": {"type": "string", "title": "任教学科", "maxLength": 30},
            },
            "required": ["name"],
            "x-groups": [{"title": "申请人", "fields": ["name", "subject"]}],
        },
    )
    return dataclasses.replace(base, **changes)


def draft(
    at: OrganisationInfo, *, type_code: str = "licence", editor: Actor | None = None, **changes: Any
) -> tuple[UUID, UUID]:
    """A new item with its first draft; returns (power_id, version_id)."""
    code = f"JS{at.region_code[:6]}JY-XK-{next(_numbers):04d}"
    return services.create_item(
        actor=editor or official("catalogue_editor", at),
        organisation_id=at.id,
        type_code=type_code,
        local_code=code,
        content=content(**changes),
    )


def publish(version_id: UUID, at: OrganisationInfo, **options: Any) -> None:
    """Walk a draft through submission, legal review and publication, each by the one who may."""
    editor, officer = official("catalogue_editor", at), official("legal_officer", at)
    services.submit(actor=editor, version_id=version_id)
    services.take_up_review(actor=officer, version_id=version_id)
    services.confirm(actor=officer, version_id=version_id, opinion="合法")
    services.publish(actor=editor, version_id=version_id, **options)


def published(at: OrganisationInfo | None = None, **changes: Any) -> UUID:
    """A published item; returns its id. Keyword arguments change its content (and `type_code`)."""
    where = at or organisation()
    power_id, version_id = draft(where, **changes)
    publish(version_id, where)
    return power_id
