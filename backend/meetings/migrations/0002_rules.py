"""The rules of the first day: reminders a day and an hour before, a code of thirty seconds."""

from datetime import date

from django.db import migrations


def write(apps, schema_editor):
    apps.get_model("meetings", "MeetingRule").objects.create(
        effective_from=date(2013, 1, 1), reminder_minutes=[1440, 60], code_seconds=30, sign_in_before_minutes=30,
        max_hours=72, max_people=500, max_files=20, max_file_mb=50,
    )


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_meeting_tables")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
