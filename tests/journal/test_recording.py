"""Architecture, Journal: a line and an event with one id in the change's transaction; personal data stays sealed."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from jsonschema import Draft202012Validator

from backend.journal import selectors, services
from backend.journal.models import JournalLine
from kernel import events
from kernel.actors import Actor, ActorKind, Grant
from kernel.errors import DomainError
from kernel.ids import uuid7
from kernel.models import OutboxEvent
from tests.factories import accounts

pytestmark = pytest.mark.django_db
SCHEMA = {"type": "object", "properties": {"number": {"type": "integer"}}, "required": ["number"]}
# Not declared: the list of the product's event types is looked through by other tests of the same process.
HAPPENED = events.EventType(
    "journal_tests.happened", 1, SCHEMA, "Something happened in a test.", Draft202012Validator(SCHEMA)
)


def auditor() -> Actor:
    """An auditor of the whole city."""
    return Actor(ActorKind.OFFICIAL, user_id=uuid7(), grants=frozenset([Grant("auditor", uuid7(), "/")]))


def change(**values: object) -> events.Event:
    """One change in a transaction of its own."""
    given = {
        "actor": Actor.system("tests"),
        "subject": ("case", uuid7()),
        "organisation_id": None,
        "data": {"number": 1},
    }
    with transaction.atomic():
        return services.record_change(event=HAPPENED, **{**given, **values})  # type: ignore[arg-type]


def test_one_line_and_one_event_with_one_id(db: None) -> None:
    """Same id, same time, same subject; the extra stays in the line."""
    event = change(journal_extra={"opinion": "同意"})
    line, row = JournalLine.objects.get(pk=event.id), OutboxEvent.objects.get(pk=event.id)
    assert (line.action, line.recorded_at, line.subject_id) == (row.type, row.occurred_at, row.subject_id)
    assert line.data == '{"number":1,"opinion":"同意"}'
    assert row.data == {"number": 1}


def test_without_a_transaction_nothing_is_written(transactional_db: None) -> None:
    """A line outside the change's transaction could survive a change that did not happen."""
    with pytest.raises(RuntimeError):
        services.record(actor=Actor.system("tests"), action="x", subject=("case", None), organisation_id=None, data={})


def test_when_the_line_cannot_be_written_the_change_does_not_happen(db: None) -> None:
    """Fail closed."""
    connection.cursor().execute(
        "ALTER TABLE journal_journalline ADD CONSTRAINT broken CHECK (action <> 'journal_tests.happened')"
    )
    with pytest.raises(DatabaseError):
        change()
    assert not OutboxEvent.objects.filter(type="journal_tests.happened").exists()


def test_data_that_does_not_fit_the_schema_writes_nothing(db: None) -> None:
    """The line goes with the event."""
    before = JournalLine.objects.count()
    with pytest.raises(Exception, match="'number' is a required property"):
        change(data={})
    assert JournalLine.objects.count() == before


def test_personal_data_is_nowhere_in_clear(db: None) -> None:
    """Name and network address are sealed; an auditor sees them for a reason, and that is journalled."""
    actor = Actor.anonymous("203.0.113.77")
    event = change(actor=actor, private={"name": "欧阳建国"})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT line::text || secret::text FROM journal_journalline line"
            " JOIN journal_journalsecret secret ON secret.line_id = line.id"
        )
        everything = str(cursor.fetchall())
    for canary in ("欧阳建国", "203.0.113.77", "欧阳建国".encode().hex(), b"203.0.113.77".hex()):
        assert canary not in everything
    who = auditor()
    assert services.reveal_private(actor=who, line_id=event.id, reason="投诉核查") == {
        "name": "欧阳建国",
        "address": "203.0.113.77",
    }
    view = JournalLine.objects.get(action="journal.private_revealed")
    assert (view.actor_id, view.subject_id) == (who.user_id, event.id)
    assert "投诉核查" in view.data


def test_destroyed_personal_data_is_gone_and_the_chain_stays(db: None, deliver_events: Callable[[], int]) -> None:
    """Deletion under the privacy law breaks no line."""
    event = change(private={"name": "欧阳建国"})
    who = auditor()
    services.erase_private(actor=who, line_id=event.id, reason="依法删除")
    services.erase_private(actor=who, line_id=event.id, reason="依法删除")
    assert JournalLine.objects.filter(action="journal.private_erased").count() == 1
    with pytest.raises(DomainError) as refusal:
        services.reveal_private(actor=who, line_id=event.id, reason="x")
    assert refusal.value.code.code == "journal_private_erased"
    deliver_events()
    assert selectors.verify_summary(who).ok


@pytest.mark.parametrize(("reason", "code"), [("", "journal_reason_required"), ("  ", "journal_reason_required")])
def test_seeing_personal_data_needs_a_reason(db: None, reason: str, code: str) -> None:
    """No reason, no view, no line about a view."""
    event = change(private={"name": "欧阳建国"})
    with pytest.raises(DomainError) as refusal:
        services.reveal_private(actor=auditor(), line_id=event.id, reason=reason)
    assert refusal.value.code.code == code
    assert not JournalLine.objects.filter(action="journal.private_revealed").exists()


def test_who_may_read(db: None) -> None:
    """Auditors all; officials their subtree; others nothing."""
    county = accounts.organisation()
    bureau, elsewhere = accounts.organisation(parent=county), accounts.organisation()
    subject = ("case", uuid7())
    event = change(subject=subject, organisation_id=bureau.id)

    def seen_by(actor: Actor) -> list[UUID]:
        return [line.id for line in selectors.lines_for_subject(actor, subject)]

    def official(organisation_id: UUID, path: str) -> Actor:
        return Actor(ActorKind.OFFICIAL, user_id=uuid7(), grants=frozenset([Grant("reviewer", organisation_id, path)]))

    assert seen_by(auditor()) == [event.id]
    assert seen_by(official(county.id, county.path)) == [event.id]
    assert seen_by(official(bureau.id, bureau.path)) == [event.id]
    assert seen_by(official(elsewhere.id, elsewhere.path)) == []
    assert seen_by(Actor(ActorKind.CITIZEN, user_id=uuid7())) == []
    assert seen_by(Actor.anonymous()) == []
    for reader in (selectors.lines, selectors.anchors, selectors.verify_summary):
        reader(auditor())
        with pytest.raises(DomainError):
            reader(official(county.id, county.path))


def test_lines_come_in_pages(db: None) -> None:
    """The id of the last line seen is the cursor."""
    subject = ("case", uuid7())
    made = [change(subject=subject).id for _ in range(5)]
    first = selectors.lines_for_subject(auditor(), subject, limit=3)
    rest = selectors.lines_for_subject(auditor(), subject, after=first[-1].id)
    assert [line.id for line in (*first, *rest)] == made
