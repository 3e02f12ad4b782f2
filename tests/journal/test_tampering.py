"""F39: a superuser with triggers off is found out, and the first bad line is named."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from backend.journal import keys, rules
from backend.journal.models import JournalLine
from backend.journal.services import seal_pending
from backend.journal.services.recording import content_of
from backend.journal.types import Fault
from backend.journal.verification import verify_journal
from kernel.ids import uuid7
from tests.factories import journal

pytestmark = pytest.mark.django_db
TABLE = "journal_journalline"


@contextmanager
def superuser() -> Iterator[Callable[..., None]]:
    """SQL with all triggers off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield lambda statement, *values: cursor.execute(statement, values)
        cursor.execute("SET LOCAL session_replication_role = origin")


def found() -> tuple[Fault, int] | None:
    """What the verifier names."""
    finding = verify_journal().finding
    return (finding.fault, finding.seq) if finding else None


def test_an_honest_journal_passes(chain: int) -> None:
    """The command counts and exits 0."""
    out = StringIO()
    call_command("verify_journal", stdout=out)
    assert f"{chain} lines, 3 anchors, 0 waiting" in out.getvalue()


EDITS = [
    ("action", "'other.action'"),
    ("data", "'{}'"),
    ("data", "replace(data, '4', '5')"),
    ("recorded_at", "recorded_at - interval '1 microsecond'"),
    ("actor_kind", "'citizen'"),
    ("actor_id", "gen_random_uuid()"),
    ("actor_name", "'nobody'"),
    ("actor_roles", "'approver'"),
    ("actor_organisation_id", "gen_random_uuid()"),
    ("session_id", "gen_random_uuid()"),
    ("subject_kind", "'x'"),
    ("subject_id", "gen_random_uuid()"),
    ("organisation_id", "gen_random_uuid()"),
    ("private_sealed", "'\\x00'"),
    ("private_digest", "repeat('0', 64)"),
    ("id", "gen_random_uuid()"),
    ("stamp", "repeat('0', 64)"),
]


@pytest.mark.parametrize(("column", "value"), EDITS)
def test_an_edited_field(chain: int, column: str, value: str) -> None:
    """Every column of the content, at its very line."""
    with superuser() as run:
        run(f"UPDATE {TABLE} SET {column} = {value} WHERE seq = 15")
    assert found() == (Fault.CONTENT, 15)


def test_a_deleted_middle_row(chain: int) -> None:
    """The hole is named."""
    with superuser() as run:
        run(f"DELETE FROM {TABLE} WHERE seq = 15")
    assert found() == (Fault.GAP, 15)


def test_a_cut_tail(chain: int) -> None:
    """Nothing inside the database tells; the anchor outside does."""
    with superuser() as run:
        run(f"DELETE FROM {TABLE} WHERE seq > 23")
    assert found() == (Fault.TAIL_CUT, 24)


def test_a_cut_tail_with_its_anchor_row(chain: int) -> None:
    """Removing the anchor from the database too changes nothing for the file."""
    with superuser() as run:
        run(f"DELETE FROM {TABLE} WHERE seq > 23")
        run("DELETE FROM journal_journalanchor WHERE seq > 23")
    assert found() == (Fault.TAIL_CUT, 24)


def test_swapped_rows(chain: int) -> None:
    """Two lines exchange their places in the chain."""
    with superuser() as run:
        run(f"UPDATE {TABLE} SET seq = -seq WHERE seq IN (15, 16)")
        run(f"UPDATE {TABLE} SET seq = 31 + seq WHERE seq IN (-15, -16)")
    assert found() == (Fault.CHAIN, 15)


def test_a_backdated_row_squeezed_in(chain: int) -> None:
    """A copy of a real line under a new id and time, renumbered into the middle."""
    with superuser() as run:
        run(f"UPDATE {TABLE} SET seq = -seq - 1 WHERE seq >= 15")
        run(f"UPDATE {TABLE} SET seq = -seq WHERE seq < 0")
        run(
            f"INSERT INTO {TABLE} (id, recorded_at, actor_kind, actor_name, actor_roles, action, subject_kind, data,"
            " private_digest, stamp, seq, prev_hash, hash, sealed_at, seal_stamp)"
            " SELECT %s, recorded_at - interval '1 day', actor_kind, actor_name, actor_roles, action, subject_kind,"
            f" data, private_digest, stamp, 15, 'x', 'y', sealed_at, seal_stamp FROM {TABLE} WHERE seq = 14",
            uuid7(),
        )
    assert found() == (Fault.CONTENT, 15)


def test_a_backdated_row_left_for_the_sealer(chain: int) -> None:
    """The sealer refuses a line the application did not stamp, and the verifier names it."""
    forged = uuid7()
    with superuser() as run:
        run(
            f"INSERT INTO {TABLE} (id, recorded_at, actor_kind, actor_name, actor_roles, action, subject_kind, data,"
            " private_digest, stamp, seal_stamp)"
            " SELECT %s, recorded_at - interval '1 day', actor_kind, actor_name, actor_roles, action, subject_kind,"
            f" data, private_digest, stamp, '' FROM {TABLE} WHERE seq = 14",
            forged,
        )
    journal.write_lines(2)
    seal_pending()
    assert JournalLine.objects.filter(seq=None).values_list("pk", flat=True).get() == forged
    finding = verify_journal().finding
    assert finding is not None
    assert (finding.fault, finding.seq, finding.line_id) == (Fault.LOOSE_FORGED, 33, str(forged))


def recompute_from(first: int, *, with_key: bool) -> None:
    """Write the whole chain anew from a line on, as well as one can with or without the stamps' key."""
    lines = list(JournalLine.objects.filter(seq__gte=first).order_by("seq"))
    before = JournalLine.objects.filter(seq__lt=first).order_by("-seq").first()
    prev = before.hash if before else rules.GENESIS
    with superuser() as run:
        run(f"UPDATE {TABLE} SET prev_hash = 'p' || seq, hash = 'h' || seq, seq = -seq WHERE seq >= %s", first)
        for seq, line in enumerate(lines, first):
            stamp = rules.stamp_of(content_of(line), keys.stamp_key()) if with_key else line.stamp
            new = rules.hash_of(prev, seq, rules.time_text(line.sealed_at), stamp, content_of(line))
            seal = rules.seal_stamp_of(seq, new, keys.stamp_key()) if with_key else line.seal_stamp
            run(
                f"UPDATE {TABLE} SET seq = %s, prev_hash = %s, hash = %s, stamp = %s, seal_stamp = %s WHERE id = %s",
                *(seq, prev, new, stamp, seal, line.pk),
            )
            prev = new


def test_the_chain_recomputed_after_an_edit(chain: int) -> None:
    """Every hash fits again; the stamp does not."""
    with superuser() as run:
        run(f"UPDATE {TABLE} SET data = '{{}}' WHERE seq = 15")
    recompute_from(15, with_key=False)
    assert found() == (Fault.CONTENT, 15)


def test_the_chain_recomputed_after_a_deletion(chain: int) -> None:
    """Genuine lines in places the sealer never gave them."""
    with superuser() as run:
        run(f"DELETE FROM {TABLE} WHERE seq = 15")
    recompute_from(15, with_key=False)
    assert found() == (Fault.SEAL, 15)


def test_the_chain_recomputed_with_the_applications_key(chain: int) -> None:
    """Who has database and key meets the signed anchor outside."""
    with superuser() as run:
        run(f"UPDATE {TABLE} SET data = '{{}}' WHERE seq = 15")
    recompute_from(15, with_key=True)
    assert found() == (Fault.ANCHOR_DIFFERS, 20)


def test_yesterdays_backup_restored(chain: int, travel: Callable[..., None]) -> None:
    """All of the database goes back in time; the anchor file does not."""
    tables = (TABLE, "journal_journalsecret", "journal_journalanchor")
    with superuser() as run:
        for table in tables:
            run(f"CREATE TEMP TABLE backup_{table} ON COMMIT DROP AS SELECT * FROM {table}")
    travel(seconds=61)
    journal.sealed_lines(5)
    assert found() is None
    with superuser() as run:
        for table in tables:
            run(f"DELETE FROM {table}")
            run(f"INSERT INTO {table} SELECT * FROM backup_{table}")
    assert found() == (Fault.TAIL_CUT, 31)
    travel(seconds=61)
    journal.sealed_lines(5)
    assert found() == (Fault.ANCHOR_DIFFERS, 35)


def test_an_edited_anchor(chain: int, anchor_file: Path) -> None:
    """One digit of one signed anchor."""
    lines = anchor_file.read_text().splitlines()
    lines[1] = lines[1].replace('"seq":20', '"seq":19')
    anchor_file.write_text("\n".join(lines) + "\n")
    assert found() == (Fault.ANCHOR_FORGED, 19)


def test_a_missing_anchor_file(chain: int, anchor_file: Path) -> None:
    """The database remembers what was signed."""
    anchor_file.unlink()
    assert found() == (Fault.ANCHOR_MISSING, 10)


def test_a_torn_write_is_completed_not_blamed(chain: int, anchor_file: Path) -> None:
    """A crash in the middle of a line of the file is no fault, and the next run finishes the line."""
    whole = anchor_file.read_text()
    anchor_file.write_text(whole[:-40])
    assert found() is None
    seal_pending()
    assert anchor_file.read_text() == whole


def test_the_command_fails_and_names_the_line(chain: int) -> None:
    """Exit 1, the sequence number and the reason."""
    with superuser() as run:
        run(f"UPDATE {TABLE} SET data = '{{}}' WHERE seq = 15")
    err = StringIO()
    with pytest.raises(SystemExit) as stop:
        call_command("verify_journal", stderr=err)
    assert stop.value.code == 1
    assert "seq 15" in err.getvalue()
    assert "CONTENT" in err.getvalue()


@pytest.mark.parametrize("table", [TABLE, "journal_journalanchor"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET seq = seq + 100"])
def test_the_database_itself_refuses(chain: int, table: str, statement: str) -> None:
    """No update, delete or truncate, whoever asks."""
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="journal lines cannot be"), transaction.atomic():
        connection.cursor().execute(statement.format(table))
    assert found() is None


def test_an_unsealed_line_cannot_be_changed_either(db: None) -> None:
    """Sealing is the one update there is; it cannot smuggle another column."""
    journal.write_lines(1)
    statement = f"UPDATE {TABLE} SET seq = 1, prev_hash = 'a', hash = 'b', sealed_at = now(), seal_stamp = 'c'"
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        connection.cursor().execute(f"{statement}, data = '{{}}'")
    connection.cursor().execute(statement)
    with pytest.raises(DatabaseError, match="cannot be changed"), transaction.atomic():
        connection.cursor().execute(statement)
