"""The journal's tables. The database itself forbids to change or remove what was written."""

from __future__ import annotations

import pgtrigger
from django.db import models

_SEAL_COLUMNS = "ARRAY['seq', 'prev_hash', 'hash', 'sealed_at', 'seal_stamp']"
_ONLY_SEALING = f"""
    IF OLD.seq IS NULL AND NEW.seq IS NOT NULL AND NEW.prev_hash IS NOT NULL AND NEW.hash IS NOT NULL
       AND NEW.sealed_at IS NOT NULL AND NEW.seal_stamp <> ''
       AND to_jsonb(NEW) - {_SEAL_COLUMNS} = to_jsonb(OLD) - {_SEAL_COLUMNS} THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'journal lines cannot be changed' USING ERRCODE = 'insufficient_privilege';
"""
_NEVER = "RAISE EXCEPTION 'journal lines cannot be removed or changed' USING ERRCODE = 'insufficient_privilege';"


def _keep_forever(prefix: str) -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.Trigger(name=f"{prefix}_no_delete", when=pgtrigger.Before, operation=pgtrigger.Delete, func=_NEVER),
        pgtrigger.Trigger(
            name=f"{prefix}_no_truncate",
            level=pgtrigger.Statement,
            when=pgtrigger.Before,
            operation=pgtrigger.Truncate,
            func=_NEVER,
        ),
    ]


class JournalLine(models.Model):
    """One thing that was done. Written with the change it tells of; sealed into the chain after commit.

    `data` is canonical JSON text and holds no personal data. `private_sealed` holds personal data under a key of its
    own (`JournalSecret`), so that it can be destroyed while the chain stays whole.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    recorded_at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.UUIDField(null=True)
    actor_name = models.CharField(max_length=60, blank=True)
    actor_organisation_id = models.UUIDField(null=True)
    actor_roles = models.CharField(max_length=300, blank=True)
    session_id = models.UUIDField(null=True)
    action = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    organisation_id = models.UUIDField(null=True)
    data = models.TextField(default="{}")
    private_sealed = models.BinaryField(null=True)
    private_digest = models.CharField(max_length=64, blank=True)
    stamp = models.CharField(max_length=64)

    seq = models.BigIntegerField(null=True, unique=True)
    prev_hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - null until sealed, unique then
    hash = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001 - as prev_hash
    sealed_at = models.DateTimeField(null=True)
    seal_stamp = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["recorded_at", "id"], condition=models.Q(seq=None), name="journal_unsealed"),
            models.Index(fields=["subject_kind", "subject_id", "recorded_at"], name="journal_subject"),
            models.Index(fields=["organisation_id", "recorded_at"], name="journal_organisation"),
            models.Index(fields=["actor_id", "recorded_at"], name="journal_actor"),
        ]
        triggers = [
            *_keep_forever("journal"),
            pgtrigger.Trigger(
                name="journal_only_sealing",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=_ONLY_SEALING,
            ),
        ]


class JournalSecret(models.Model):
    """The key of one line's personal data. Deleting the row destroys that data for good."""

    line = models.OneToOneField(JournalLine, on_delete=models.PROTECT, primary_key=True, related_name="secret")
    sealed_key = models.BinaryField()


class JournalAnchor(models.Model):
    """The text of an anchor line as it was signed; the file outside the database is what counts."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    line = models.TextField()

    class Meta:
        triggers = [
            *_keep_forever("anchor"),
            pgtrigger.Trigger(name="anchor_no_update", when=pgtrigger.Before, operation=pgtrigger.Update, func=_NEVER),
        ]
