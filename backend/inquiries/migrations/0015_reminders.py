"""Reminders after a limit has passed: when, in which words, to whom."""

from datetime import date

from django.db import migrations, models

SINCE = date(2013, 1, 1)
NUMBERS = [("remind_days", 1, "时限届满次日发催办通知书"), ("criticise_workdays", 5, "催办后五个工作日仍未办理的通报批评")]
TEXTS = [
    ("inquiry.reminded", ("催办通知书", "工单 {order_no}（{topic}）应于 {due} 前答复，至今未办结。请立即办理并说明原因。"),
     ("Written reminder", "{order_no} ({topic}) was to be answered by {due}. Act at once and say why it is late.")),
    ("inquiry.criticised", ("通报批评", "工单 {order_no}（{topic}）应于 {due} 前答复，催办后五个工作日仍未办理，予以通报批评。"),
     ("Public criticism", "{order_no} ({topic}), due by {due}, was left undone for five working days after a reminder.")),
]  # fmt: skip


def write(apps, schema_editor):
    policy = apps.get_model("inquiries", "InquiryPolicy")
    for name, number, basis in NUMBERS:
        policy.objects.create(name=name, number=number, word="", basis=basis, effective_from=SINCE)
    for event, chinese, english in TEXTS:
        apps.get_model("notifications", "TextTemplate").objects.create(
            code=f"{event}.handlers", number=1, effective_from=SINCE, title_zh=chinese[0], body_zh=chinese[1],
            push_zh="", title_en=english[0], body_en=english[1], push_en="",
        )  # fmt: skip
        apps.get_model("notifications", "Policy").objects.create(
            event_type=event, audience="handlers", channels=["inbox", "push"], template=f"{event}.handlers",
            sms_template="", sms_params={}, purpose="work", statutory=False, urgency="high", ttl_seconds=2 * 24 * 3600,
            role="inquiry_handler", effective_from=SINCE,
        )  # fmt: skip


def remove(apps, schema_editor):
    apps.get_model("inquiries", "InquiryPolicy").objects.filter(name__in=[name for name, *_ in NUMBERS]).delete()
    for event, *_ in TEXTS:
        apps.get_model("notifications", "Policy").objects.filter(event_type=event).delete()
        apps.get_model("notifications", "TextTemplate").objects.filter(code=f"{event}.handlers").delete()


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0014_review_rows")]
    operations = [
        migrations.AddField("order", "reminded_for", models.DateTimeField(null=True)),
        migrations.AddField("order", "reminded_on", models.DateField(null=True)),
        migrations.AddField("order", "criticised_on", models.DateField(null=True)),
        migrations.RunPython(write, remove),
    ]
