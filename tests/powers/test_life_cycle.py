"""The life of an item in the database: separation of duty, versions by date, suspension, frozen content."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from backend.journal.models import JournalLine
from backend.powers import selectors, services
from backend.powers.models import PowerItem, PowerVersion
from backend.powers.types import LifeCycle, PowerError
from backend.workflow.models import Task
from kernel import clock
from kernel.errors import CommonError, DomainError
from kernel.models import OutboxEvent
from tests.factories import powers as make

pytestmark = pytest.mark.django_db


def refusal(code, function, **arguments):
    before = (OutboxEvent.objects.count(), JournalLine.objects.count())
    with pytest.raises(DomainError) as caught:
        function(**arguments)
    assert caught.value.code is code
    assert (OutboxEvent.objects.count(), JournalLine.objects.count()) == before
    return caught.value


def test_the_whole_life_leaves_a_line_and_an_event_for_each_step():
    office = make.organisation()
    power_id = make.published(office)
    officer = make.official("legal_officer", office)
    services.suspend(actor=officer, power_id=power_id, reason="系统升级")
    services.resume(actor=officer, power_id=power_id)
    services.cancel(actor=officer, power_id=power_id, reason="国务院取消")
    types = list(OutboxEvent.objects.filter(subject_id=power_id).order_by("occurred_at").values_list("type", flat=True))
    assert types == [
        "power.submitted",
        "power.confirmed",
        "power.published",
        "power.suspended",
        "power.resumed",
        "power.cancelled",
    ]
    actions = set(JournalLine.objects.filter(subject_id=power_id).values_list("action", flat=True))
    assert actions == {*types, "power.draft_opened", "power.review_taken_up"}


def test_authors_and_submitters_do_not_review():
    office = make.organisation()
    author = make.official("catalogue_editor", office)
    _, version_id = make.draft(office, editor=author)
    both = make.official("legal_officer", office, user_id=author.user_id)
    services.submit(actor=make.official("catalogue_editor", office), version_id=version_id)
    refusal(PowerError.SAME_PERSON, services.take_up_review, actor=both, version_id=version_id)
    services.take_up_review(actor=make.official("legal_officer", office), version_id=version_id)
    refusal(PowerError.SAME_PERSON, services.confirm, actor=both, version_id=version_id, opinion="合法")


def test_roles_reach_their_own_subtree_only():
    office, other = make.organisation(), make.organisation("宿迁市卫生健康委员会")
    power_id, version_id = make.draft(office)
    for actor in (make.official("catalogue_editor", other), make.official("reviewer", office)):
        refusal(PowerError.NOT_ALLOWED, services.submit, actor=actor, version_id=version_id)
    refusal(
        PowerError.NOT_ALLOWED,
        services.create_item,
        actor=make.official("catalogue_editor", other),
        organisation_id=office.id,
        type_code="licence",
        local_code="JS321300JY-XK-9999",
        content=make.content(),
    )
    services.submit(actor=make.official("catalogue_editor", office), version_id=version_id)
    assert PowerItem.objects.get(pk=power_id).state == LifeCycle.DRAFT


def test_an_incomplete_draft_is_kept_but_not_submitted():
    office = make.organisation()
    _, version_id = make.draft(office, legal_bases=(), promised_limit=31)
    editor = make.official("catalogue_editor", office)
    error = refusal(PowerError.INVALID, services.submit, actor=editor, version_id=version_id)
    assert {fault.code for fault in error.errors} == {"basis_missing", "promise_too_long"}


def test_a_returned_version_is_edited_and_goes_round_again():
    office = make.organisation()
    editor, officer = make.official("catalogue_editor", office), make.official("legal_officer", office)
    power_id, version_id = make.draft(office, editor=editor)
    services.submit(actor=editor, version_id=version_id)
    services.take_up_review(actor=officer, version_id=version_id)
    services.return_to_editor(actor=officer, version_id=version_id, opinion="依据不准")
    seen = PowerVersion.objects.get(pk=version_id).version
    new = services.save_draft(
        actor=editor, version_id=version_id, seen_version=seen, content=make.content(name="教师资格的认定")
    )
    refusal(
        CommonError.STALE,
        services.save_draft,
        actor=editor,
        version_id=version_id,
        seen_version=new - 1,
        content=make.content(),
    )
    make.publish(version_id, office)
    assert selectors.published_version(power_id).name == "教师资格的认定"


def test_a_new_version_holds_from_its_day_and_running_cases_keep_the_old_one(travel):
    office = make.organisation()
    power_id = make.published(office)
    first = selectors.published_version(power_id)
    editor = make.official("catalogue_editor", office)
    second = services.open_version(actor=editor, power_id=power_id)
    seen = PowerVersion.objects.get(pk=second).version
    changed = make.content(promised_limit=5, steps=make.content().steps[:1])
    services.save_draft(actor=editor, version_id=second, seen_version=seen, content=changed)
    make.publish(second, office, effective_from=clock.today() + timedelta(days=3))
    assert selectors.published_version(power_id).id == first.id
    travel(days=3)
    now = selectors.published_version(power_id)
    assert (now.id, now.version, now.promised_limit) == (second, 2, 5)
    assert selectors.version(first.id).promised_limit == 10


def test_a_suspended_item_refuses_new_applications_only():
    office = make.organisation()
    power_id = make.published(office)
    running = selectors.published_version(power_id).id
    services.suspend(actor=make.official("catalogue_editor", office), power_id=power_id, reason="系统升级")
    error = refusal(PowerError.SUSPENDED, selectors.published_version, power_id=power_id)
    assert "系统升级" in error.code.spec.detail.render("zh-hans", **error.params)
    assert selectors.version(running).id == running
    assert selectors.power_page(power_id).state == "suspended"
    services.resume(actor=make.official("legal_officer", office), power_id=power_id)
    assert selectors.published_version(power_id).id == running


def test_a_cancelled_item_is_gone_for_all_but_its_running_cases():
    office = make.organisation()
    power_id = make.published(office)
    running = selectors.published_version(power_id).id
    officer = make.official("legal_officer", office)
    services.cancel(actor=officer, power_id=power_id, reason="国务院取消")
    refusal(PowerError.NOT_FOUND, selectors.published_version, power_id=power_id)
    refusal(PowerError.NOT_FOUND, selectors.power_page, power_id=power_id)
    assert selectors.version(running).state == "published"
    refusal(PowerError.WRONG_STATE, services.resume, actor=officer, power_id=power_id)
    refusal(
        PowerError.WRONG_STATE,
        services.open_version,
        actor=make.official("catalogue_editor", office),
        power_id=power_id,
    )


def test_drafts_are_not_public():
    office = make.organisation()
    power_id, _ = make.draft(office)
    refusal(PowerError.NOT_FOUND, selectors.published_version, power_id=power_id)


@pytest.mark.parametrize("field", ["name", "steps", "form_schema", "promised_limit"])
def test_the_database_itself_freezes_confirmed_content(field):
    power_id = make.published()
    version = PowerVersion.objects.get(item_id=power_id)
    value = {"name": "别的", "steps": [], "form_schema": {}, "promised_limit": 99}[field]
    with pytest.raises(DatabaseError), transaction.atomic():
        PowerVersion.objects.filter(pk=version.pk).update(**{field: value})
    with pytest.raises(DatabaseError), transaction.atomic():
        PowerVersion.objects.filter(pk=version.pk).delete()
    version.refresh_from_db()
    assert version.name == "教师资格认定"


def test_the_local_code_never_changes_and_is_never_reused():
    office = make.organisation()
    power_id = make.published(office)
    with pytest.raises(DatabaseError), transaction.atomic():
        PowerItem.objects.filter(pk=power_id).update(local_code="JS321300JY-XK-8888")
    code = PowerItem.objects.get(pk=power_id).local_code
    refusal(
        PowerError.CODE_TAKEN,
        services.create_item,
        actor=make.official("catalogue_editor", office),
        organisation_id=office.id,
        type_code="licence",
        local_code=code.lower(),
        content=make.content(),
    )


def test_two_published_versions_never_overlap():
    power_id = make.published()
    version = PowerVersion.objects.get(item_id=power_id)
    version.pk, version.number = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save(force_insert=True)


def test_a_legacy_type_takes_no_new_items():
    office = make.organisation()
    error = refusal(
        PowerError.INVALID,
        services.create_item,
        actor=make.official("catalogue_editor", office),
        organisation_id=office.id,
        type_code="non_licence_approval",
        local_code="JS321300JY-FXK-0001",
        content=make.content(),
    )
    assert [fault.pointer for fault in error.errors] == ["/type_code"]


def test_the_next_one_to_act_finds_a_task_and_the_public_a_log(deliver_events):
    office = make.organisation()
    power_id, version_id = make.draft(office)
    services.submit(actor=make.official("catalogue_editor", office), version_id=version_id)
    deliver_events()
    assert open_tasks(version_id) == [("power_legal_review", "legal_officer")]
    officer = make.official("legal_officer", office)
    services.take_up_review(actor=officer, version_id=version_id)
    services.confirm(actor=officer, version_id=version_id, opinion="合法")
    deliver_events()
    assert open_tasks(version_id) == [("power_publish", "catalogue_editor")]
    services.publish(actor=make.official("catalogue_editor", office), version_id=version_id)
    services.suspend(actor=officer, power_id=power_id, reason="系统升级")
    deliver_events()
    assert open_tasks(version_id) == []
    log = [(line.kind, line.version, line.reason) for line in selectors.power_page(power_id).changes]
    assert log == [("suspended", 1, "系统升级"), ("published", 1, "")]


def open_tasks(version_id):
    return list(Task.objects.filter(subject_id=version_id, state="open").values_list("kind", "role"))
