"""What people are told of work tasks, and of acting for somebody."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
TEXTS = [
    ("agenda.task_finished", "low", ("任务已完成", "您交办的“{title}”已完成。"),
     ("A task is done", "“{title}”, which you gave out, is done.")),
    ("agenda.task_changed", "normal", ("任务有变更", "任务“{title}”有变更，{due_on} 前完成。"),
     ("A task has changed", "“{title}” has changed. It is due by {due_on}.")),
    ("workflow.delegated", "normal", ("受托代办", "{from_on} 至 {to_on}，同事委托您代办其待办事项。"),
     ("You act for a colleague", "From {from_on} to {to_on} a colleague's to-dos are yours to do.")),
]  # fmt: skip


def write(apps, schema_editor):
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for event, urgency, chinese, english in TEXTS:
        text_model.objects.create(
            code=f"{event}.applicant", number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], title_en=english[0], body_en=english[1],
        )
        policy_model.objects.create(
            event_type=event, audience="applicant", channels=["inbox", "push"], template=f"{event}.applicant",
            sms_template="", sms_params={}, purpose="work", statutory=False, urgency=urgency, ttl_seconds=7 * DAY,
            role="", effective_from=SINCE,
        )


def remove(apps, schema_editor):
    for event, *_ in TEXTS:
        apps.get_model("notifications", "Policy").objects.filter(event_type=event).delete()
        apps.get_model("notifications", "TextTemplate").objects.filter(code=f"{event}.applicant").delete()


class Migration(migrations.Migration):
    dependencies = [("agenda", "0001_agenda_tables"), ("notifications", "0005_ladder_policy")]
    operations = [migrations.RunPython(write, remove)]
