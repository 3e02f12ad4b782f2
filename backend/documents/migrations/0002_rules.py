"""The limits of the first day: extra urgent a day, urgent three, ordinary seven working days; SMS after 2, 8, 24 hours."""

from datetime import date

from django.db import migrations


def write(apps, schema_editor):
    apps.get_model("documents", "DocumentRule").objects.create(
        effective_from=date(2013, 1, 1),
        handle_days={"extra_urgent": 1, "urgent": 3, "plain": 7},
        sms_hours={"extra_urgent": 2, "urgent": 8, "plain": 24},
        chase_minutes=30, max_people=500, max_files=20, max_file_mb=50,
    )


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_document_tables")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
