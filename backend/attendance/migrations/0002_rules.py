"""The rules of the first day: a queued punch is at most a day old, a day is corrected within a month."""

from datetime import date

from django.db import migrations


def write(apps, schema_editor):
    apps.get_model("attendance", "AttendanceRule").objects.create(
        effective_from=date(2013, 1, 1), queued_hours=24, same_seconds=60, accuracy_m=100, correction_days=31,
        answer_workdays=3, seen_workdays=5, roster_days=62,
    )


class Migration(migrations.Migration):
    dependencies = [("attendance", "0001_attendance_tables")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
