"""What a successor is told."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
CODE = "contacts.handed_over.applicant"


def write(apps, schema_editor):
    apps.get_model("notifications", "TextTemplate").objects.create(
        code=CODE, number=1, effective_from=SINCE,
        title_zh="工作交接", body_zh="{name}已离任，{tasks} 项未办事项交由您办理。",
        title_en="You take over", body_en="{name} has left office; {tasks} open to-dos are yours now.",
    )
    apps.get_model("notifications", "Policy").objects.create(
        event_type="contacts.handed_over", audience="applicant", channels=["inbox", "push"], template=CODE,
        sms_template="", sms_params={}, purpose="work", statutory=False, urgency="high", ttl_seconds=7 * 24 * 3600,
        role="", effective_from=SINCE,
    )


def remove(apps, schema_editor):
    apps.get_model("notifications", "Policy").objects.filter(event_type="contacts.handed_over").delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code=CODE).delete()


class Migration(migrations.Migration):
    dependencies = [("contacts", "0001_cards"), ("notifications", "0005_ladder_policy")]
    operations = [migrations.RunPython(write, remove)]
