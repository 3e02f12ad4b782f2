"""Taking a published catalogue file in: all rows that can be taken in one transaction, every other one told."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection, transaction

from backend.accounts.types import OrganisationInfo
from backend.journal.services import record_change
from backend.powers import events
from backend.powers.models import ImportBatch, PowerItem, PowerType, PowerVersion
from backend.powers.rules.catalogue_csv import CatalogueFile, CatalogueRow, Fault, TypeTable, read_catalogue
from backend.powers.services import organisations, rows
from backend.powers.types import LifeCycle, VersionContent
from kernel import clock
from kernel.actors import Actor

CHUNK = 500
_LOCK = 0x706F77657273  # "powers"


@dataclass(slots=True)
class ImportReport:
    """What an import did, or in a dry run would do. `refused` counts rows, `faults` tells why and warns."""

    total: int
    encoding: str
    sha256: str
    is_committed: bool
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    faults: list[Fault] = field(default_factory=list)
    organisations: list[OrganisationInfo] = field(default_factory=list)
    batch_id: UUID | None = None

    @property
    def refused(self) -> int:
        """How many rows were not taken."""
        return len({fault.line for fault in self.faults if not fault.is_warning})


@dataclass(slots=True)
class _Work:
    """Rows on their way into the tables."""

    items: list[PowerItem] = field(default_factory=list)
    versions: list[PowerVersion] = field(default_factory=list)
    former: list[PowerVersion] = field(default_factory=list)
    renamed: list[PowerItem] = field(default_factory=list)


def import_catalogue(*, actor: Actor, raw: bytes, file_name: str, commit: bool, parent_code: str = "") -> ImportReport:
    """Take a catalogue file in; without `commit` do the same and take it back (a dry run).

    New codes become published entries without online application; a changed name becomes a further version; the
    rest is left alone, so that a second run changes nothing. An item that was filled in or changed here since is not
    overwritten but told. Raises UnreadableFileError when the file as a whole cannot be read.
    """
    read = read_catalogue(raw, _types())
    with transaction.atomic():
        report = _take_in(actor, read, file_name, parent_code, commit)
        transaction.set_rollback(not commit)
    return report


def _types() -> TypeTable:
    kinds = PowerType.objects.filter(valid_to__isnull=True)
    return TypeTable(
        by_name={kind.name: kind.code for kind in kinds},
        by_number={kind.national_number: kind.code for kind in kinds if kind.national_number},
    )


def _take_in(actor: Actor, read: CatalogueFile, file_name: str, parent_code: str, commit: bool) -> ImportReport:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    report = ImportReport(read.total, read.encoding, read.sha256, commit, faults=list(read.faults))
    owners = organisations.resolve(actor=actor, rows=read.rows, parent_code=parent_code)
    report.organisations = owners.created
    work = _sort_out(read, owners, report)
    if work.items or work.versions:
        _write(actor, work, report, file_name)
    report.faults.sort(key=lambda fault: fault.line)
    return report


def _sort_out(read: CatalogueFile, owners: organisations.Organisations, report: ImportReport) -> _Work:
    known = _current_versions([row.code.value for row in read.rows])
    work = _Work()
    for row in read.rows:
        if row.department in owners.faults:
            report.faults.append(dataclasses.replace(owners.faults[row.department], line=row.line))
            continue
        owner = owners.by_department[row.department]
        current = known.get(row.code.value)
        if current is None:
            _create(work, row, owner)
            report.created += 1
        elif (reason := _conflict(current, row, owner)) is not None:
            report.faults.append(Fault(row.line, "implementing_code", row.code.value, reason))
        elif current.name == row.name and current.item.main_item == row.main_item:
            report.unchanged += 1
        else:
            _update(work, row, current)
            report.updated += 1
    return work


def _current_versions(codes: list[str]) -> dict[str, PowerVersion]:
    found = (
        PowerVersion.objects.select_related("item__organisation")
        .filter(item__local_code__in=codes)
        .order_by("item_id", "-number")
        .distinct("item_id")
    )
    return {version.item.local_code: version for version in found}


def _conflict(current: PowerVersion, row: CatalogueRow, owner: OrganisationInfo) -> str | None:
    item = current.item
    if item.organisation_id != owner.id:
        return f"编码已属于“{item.organisation.name}”"
    if item.type_id != row.type_code:
        return "编码已属于另一类型的事项"
    if item.state == LifeCycle.CANCELLED:
        return "该事项已取消，编码不能再用"
    changed_here = item.batch_id is None or current.state != LifeCycle.PUBLISHED or current.confirmed_by is not None
    if changed_here and current.name != row.name:
        return f"该事项由本系统维护，名称为“{current.name}”，未改动"
    return None


def _create(work: _Work, row: CatalogueRow, owner: OrganisationInfo) -> None:
    item = PowerItem(
        local_code=row.code.value,
        code_kind=row.code.kind,
        type_id=row.type_code,
        organisation_id=owner.id,
        region_code=owner.region_code,
        main_item=row.main_item,
        state=LifeCycle.PUBLISHED,
    )
    work.items.append(item)
    work.versions.append(_version(item, 1, VersionContent(name=row.name), owner.name))


def _update(work: _Work, row: CatalogueRow, current: PowerVersion) -> None:
    item = current.item
    item.main_item = row.main_item
    work.renamed.append(item)
    if current.name != row.name:
        content = dataclasses.replace(rows.content_of(current), name=row.name)
        work.former.append(current)
        work.versions.append(_version(item, current.number + 1, content, item.organisation.name))


def _version(item: PowerItem, number: int, content: VersionContent, owner: str) -> PowerVersion:
    version = PowerVersion(item=item, number=number, state=LifeCycle.PUBLISHED)
    rows.fill(version, content, owner_names=(owner,))
    return version


def _write(actor: Actor, work: _Work, report: ImportReport, file_name: str) -> None:
    moment, today = clock.now(), clock.today()
    batch = _open_batch(actor, report, file_name)
    for item in work.items:
        item.batch, item.state_since = batch, moment
    for item in work.renamed:
        item.batch, item.version, item.updated_at = batch, item.version + 1, moment
    for former in work.former:
        former.effective_to, former.version, former.updated_at = today, former.version + 1, moment
    for version in work.versions:
        version.effective_from, version.published_at, version.published_by = today, moment, actor.user_id
    PowerItem.objects.bulk_create(work.items, batch_size=CHUNK)
    PowerItem.objects.bulk_update(work.renamed, ["main_item", "batch", "version", "updated_at"], batch_size=CHUNK)
    PowerVersion.objects.bulk_update(work.former, ["effective_to", "version", "updated_at"], batch_size=CHUNK)
    PowerVersion.objects.bulk_create(work.versions, batch_size=CHUNK)
    report.batch_id = batch.pk
    counts = {name: getattr(batch, name) for name in ("rows", "created", "updated", "unchanged", "refused")}
    record_change(
        actor=actor,
        event=events.CATALOGUE_IMPORTED,
        subject=("power_import", batch.pk),
        organisation_id=None,
        data={"batch_id": str(batch.pk), "sha256": batch.sha256, **counts},
        journal_extra={"file_name": batch.file_name},
    )


def _open_batch(actor: Actor, report: ImportReport, file_name: str) -> ImportBatch:
    return ImportBatch.objects.create(
        file_name=file_name[:200],
        sha256=report.sha256,
        encoding=report.encoding,
        rows=report.total,
        created=report.created,
        updated=report.updated,
        unchanged=report.unchanged,
        refused=report.refused,
        imported_by=actor.user_id,
    )
