"""domain.md 7.2: a bad rating is made good within its limits; who decides what; what the person is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from backend.accounts.types import OrganisationInfo
from backend.journal.models import JournalLine
from backend.notifications.models import Notification
from backend.ratings import selectors, services
from backend.ratings.models import Rating, Rectification, RectificationStep
from backend.ratings.types import RatingError, RectificationInfo
from backend.workflow import selectors as workflow
from kernel.actors import Actor
from kernel.errors import CommonError, DomainError
from kernel.models import OutboxEvent
from tests.factories import accounts
from tests.factories.ratings import Asked, asked, relay

pytestmark = pytest.mark.django_db


class Office:
    """An organisation with somebody who handles and two who supervise."""

    def __init__(self) -> None:
        self.place: OrganisationInfo = accounts.organisation()
        self.clerk = accounts.actor(accounts.official("window_clerk", self.place))
        self.chief = accounts.actor(accounts.official("approver", self.place))
        self.other = accounts.actor(accounts.official("supervisor", self.place))

    def bad_rating(self, text: str = "1 跑了三趟") -> Asked:
        """A case of this office, rated badly by SMS."""
        person = asked(organisation=self.place)
        person.answer(text)
        return person


@pytest.fixture
def office(db: None) -> Office:
    """The office of a test."""
    return Office()


def live(person: Asked) -> Rectification:
    """The rectification of a case."""
    return Rectification.objects.get(case_id=person.case_id)


def do(actor: Actor, person: Asked, action: str, **more: Any) -> RectificationInfo:
    """One act on the current version."""
    row = live(person)
    more.setdefault("note", "" if action == "assign" else "已办")
    return services.act(actor=actor, rectification_id=row.pk, version=row.version, action=action, **more)


def up_to_mending(office: Office, person: Asked, **more: Any) -> None:
    """Assigned, contacted, found valid."""
    do(office.chief, person, "assign", assignee_id=office.clerk.user_id)
    do(office.clerk, person, "record_contact")
    do(office.clerk, person, "confirm_valid", **more)


def test_a_bad_rating_opens_one_with_its_contact_limit(office: Office) -> None:
    """One working day to call; a to-do for those who supervise; the person is told."""
    person = office.bad_rating()
    row = live(person)
    limit = workflow.deadline(("rectification", row.pk), "rectification_contact")
    assert (row.state, limit.limit, limit.due_on) == ("opened", 1, row.contact_due_on)
    tasks = workflow.tasks_for(office.chief).items
    assert [task.subject_id for task in tasks] == [row.pk]
    relay()
    told = Notification.objects.get(person_id=person.person_id, event_type="rating.rectification_opened")
    assert person.case_no in told.body
    assert told.link == f"/cases/{person.case_id}"


def test_a_good_rating_opens_none(office: Office) -> None:
    """3 and better."""
    person = office.bad_rating("3")
    assert not Rectification.objects.filter(case_id=person.case_id).exists()


def test_the_whole_way_to_the_closed_file(office: Office) -> None:
    """Every step journalled, deadlines met, to-dos gone, the person told of feedback and end."""
    person = office.bad_rating()
    up_to_mending(office, person)
    row = live(person)
    assert workflow.deadline(("rectification", row.pk), "rectification_mend").limit == 5
    do(office.clerk, person, "report_mended")
    do(office.clerk, person, "give_feedback")
    done = do(office.other, person, "close", note="回访满意")
    assert (done.state, done.actions) == ("closed", ())
    relay()
    assert workflow.deadlines(("rectification", row.pk), only_open=True) == []
    assert workflow.tasks_for(office.chief).items == workflow.tasks_for(office.clerk).items == ()
    assert RectificationStep.objects.filter(rectification=row).count() == 6
    lines = JournalLine.objects.filter(subject_kind="rectification", subject_id=row.pk)
    assert {"rating.rectification.assign", "rating.rectification_closed"} <= set(lines.values_list("action", flat=True))
    assert "回访满意" not in "".join(lines.values_list("data", flat=True))
    told = Notification.objects.filter(person_id=person.person_id).values_list("event_type", flat=True)
    assert {"rating.feedback_given", "rating.rectification_closed"} <= set(told)


def test_a_complex_one_has_fifteen_days(office: Office) -> None:
    """The longer limit when it is said so."""
    person = office.bad_rating()
    up_to_mending(office, person, is_complex=True)
    assert workflow.deadline(("rectification", live(person).pk), "rectification_mend").limit == 15


def test_an_invalid_one_is_decided_by_a_second_person_and_leaves_the_figures(office: Office) -> None:
    """It stays stored."""
    person = office.bad_rating()
    do(office.chief, person, "assign", assignee_id=office.clerk.user_id)
    do(office.chief, person, "record_contact")
    do(office.chief, person, "claim_invalid", note="评价对象不是本单位")
    with pytest.raises(DomainError) as refused:
        do(office.chief, person, "confirm_invalid")
    assert refused.value.code is RatingError.SECOND_PERSON
    do(office.other, person, "confirm_invalid")
    rating = Rating.objects.get(case_id=person.case_id)
    assert (rating.level, rating.invalid_at is not None) == (1, True)
    found = figures(person)
    assert (found.rated, found.valid, found.satisfaction) == (1, 0, None)


def figures(person: Asked) -> Any:
    """The figures of the case's organisation."""
    closed = person.invitation.closed_at
    return selectors.figures(
        organisation_ids=[person.organisation.id],
        since=closed - timedelta(days=1),
        until=closed + timedelta(days=1),
    )


def test_not_mended_is_opened_again(office: Office) -> None:
    """The second visit found nothing better: assigned anew, with a new limit to call."""
    person = office.bad_rating()
    up_to_mending(office, person)
    do(office.clerk, person, "report_mended")
    do(office.clerk, person, "give_feedback")
    again = do(office.other, person, "reopen", note="仍未解决")
    assert (again.state, again.assignee_id, again.actions) == ("reopened", None, ("assign",))
    assert selectors.rectification(office.chief, again.id).actions == ("assign",)
    assert OutboxEvent.objects.filter(type="rating.rectification_reopened").count() == 1
    up_to_mending(office, person)
    assert live(person).state == "rectifying"


def test_a_corrected_rating_ends_what_has_not_begun(office: Office) -> None:
    """A slip of the finger; corrected back it opens anew."""
    person = office.bad_rating("1")
    person.answer("5")
    assert live(person).state == "closed"
    assert workflow.tasks_for(office.chief).items == ()
    person.answer("2")
    assert Rectification.objects.filter(case_id=person.case_id).exclude(state="closed").count() == 1


def test_strangers_and_stale_views_are_refused(office: Office) -> None:
    """Another organisation finds nothing; an older version, a missing note, a wrong assignee are told."""
    person, elsewhere = office.bad_rating(), Office()
    row = live(person)
    for outsider in (elsewhere.chief, accounts.actor(person.person_id), accounts.actor(accounts.official("auditor"))):
        with pytest.raises(DomainError) as refused:
            services.act(actor=outsider, rectification_id=row.pk, version=row.version, action="assign")
        assert refused.value.code is RatingError.RECTIFICATION_NOT_FOUND
        assert not selectors.rectifications(outsider).exists()
    with pytest.raises(DomainError) as refused:
        services.act(actor=office.chief, rectification_id=row.pk, version=row.version - 1, action="assign")
    assert refused.value.code is CommonError.STALE
    with pytest.raises(DomainError) as refused:
        do(office.chief, person, "assign", assignee_id=elsewhere.clerk.user_id)
    assert refused.value.errors[0].pointer == "/assignee_id"
    do(office.chief, person, "assign", assignee_id=office.clerk.user_id)
    with pytest.raises(DomainError) as refused:
        do(office.clerk, person, "record_contact", note=" ")
    assert refused.value.errors[0].pointer == "/note"
    assert live(person).state == "assigned"


def test_the_figures_of_an_office(office: Office, travel: Callable[..., None]) -> None:
    """Good, bad, mended in time, and who did not answer."""
    bad = office.bad_rating()
    for text in ("5", "4"):
        asked(organisation=office.place).answer(text)
    asked(organisation=office.place)
    up_to_mending(office, bad)
    do(office.clerk, bad, "report_mended")
    found = figures(bad)
    assert (found.closed, found.rated, found.valid) == (4, 3, 3)
    assert found.participation == 0.75
    assert found.satisfaction == pytest.approx(2 / 3)
    assert found.contact_rate == found.on_time_rate == 1.0
    assert found.score == pytest.approx(60)
