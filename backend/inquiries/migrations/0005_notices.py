"""What became of a request is a notice, not an invitation: who asked cannot miss it by refusing courtesies (the closed
loop of 国办发〔2020〕53号; an extension is told after consent; the right to reopen ends after 72 hours)."""

from django.db import migrations

NOTICES = [f"inquiry.caller_{name}" for name in ("dispatched", "extended", "answered", "redone", "closed", "ended")]


def set_purpose(purpose, statutory):
    def change(apps, schema_editor):
        policies = apps.get_model("notifications", "Policy").objects.filter(event_type__in=NOTICES)
        policies.update(purpose=purpose, statutory=statutory)

    return change


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0004_desk_indexes"), ("notifications", "0003_tender_purpose")]
    operations = [
        migrations.RunPython(set_purpose("case_notice", True), set_purpose("case_progress", False)),
    ]
