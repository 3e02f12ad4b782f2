"""Who is told, and in which words, that an entry of the knowledge base is to be looked through."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
EVENT = "knowledge.review_due"


def write(apps, schema_editor):
    apps.get_model("notifications", "TextTemplate").objects.create(
        code=f"{EVENT}.handlers", number=1, effective_from=SINCE,
        title_zh="知识条目到期复核", body_zh="知识条目“{title}”应于 {due_on} 复核：仍然有效请确认，已有变化请修改或停用。", push_zh="",
        title_en="A knowledge entry is due for review",
        body_en="“{title}” was to be reviewed by {due_on}. Confirm that it still holds, change it or retire it.", push_en="",
    )  # fmt: skip
    apps.get_model("notifications", "Policy").objects.create(
        event_type=EVENT, audience="handlers", channels=["inbox"], template=f"{EVENT}.handlers",
        sms_template="", sms_params={}, purpose="work", statutory=False, urgency="low", ttl_seconds=7 * 24 * 3600,
        role="inquiry_handler", effective_from=SINCE,
    )  # fmt: skip


def remove(apps, schema_editor):
    apps.get_model("notifications", "Policy").objects.filter(event_type=EVENT).delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code=f"{EVENT}.handlers").delete()


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0013_open_newest"), ("notifications", "0006_quiet_hours")]
    operations = [migrations.RunPython(write, remove)]
