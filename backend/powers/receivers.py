"""To-dos of the catalogue, and its public log: both follow from the events."""

from __future__ import annotations

from uuid import UUID

from backend.powers.models import PowerChange, PowerItem
from backend.powers.rules.life_cycle import EDITOR, LEGAL_OFFICER
from backend.workflow.services import close_tasks, open_task
from kernel.events import Event, subscriber

TASKS = {
    "power.submitted": ("power_legal_review", LEGAL_OFFICER, "法制审核：{name}"),
    "power.returned": ("power_rework", EDITOR, "修改后重新报送：{name}"),
    "power.confirmed": ("power_publish", EDITOR, "公布：{name}"),
}
PUBLIC = ("power.published", "power.suspended", "power.resumed", "power.cancelled")
TITLE_LENGTH = 120


@subscriber("powers.catalogue_tasks", to=(*TASKS, "power.published"))
def open_next_task(event: Event) -> None:
    """Close what was waiting on the version and open the next to-do, if there is one."""
    subject = ("power_version", UUID(event.data["version_id"]))
    close_tasks(subject=subject)
    if event.type in TASKS and event.organisation_id is not None:
        kind, role, title = TASKS[event.type]
        open_task(
            subject=subject,
            kind=kind,
            organisation_id=event.organisation_id,
            role=role,
            title=title.format(name=event.data["name"])[:TITLE_LENGTH],
            due_on=None,
        )


@subscriber("powers.public_changes", to=PUBLIC)
def log_change(event: Event) -> None:
    """Add a line to the public log of changes of the item."""
    PowerChange.objects.create(
        item_id=event.subject_id,
        event_id=event.id,
        kind=event.type.removeprefix("power."),
        number=event.data["version"],
        reason=event.data.get("reason", ""),
        at=event.occurred_at,
    )


@subscriber("powers.imported_changes", to=("power.catalogue_imported",))
def log_import(event: Event) -> None:
    """Note the import in the public log of each item of the batch."""
    items = PowerItem.objects.filter(batch_id=event.subject_id).values_list("id", flat=True)
    PowerChange.objects.bulk_create(
        PowerChange(item_id=item_id, event_id=event.id, kind="imported", at=event.occurred_at) for item_id in items
    )
