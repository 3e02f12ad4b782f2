"""The announced calendars of 2004 to 2026, and business hours until a local rule says otherwise."""

from datetime import date, time

from django.db import migrations

from backend.workflow import rules, seeds


def fill(apps, schema_editor):
    CalendarDay = apps.get_model("workflow", "CalendarDay")
    for year in range(seeds.FIRST_YEAR, seeds.LAST_YEAR + 1):
        days = rules.days_of_year(year, seeds.special_days(year))
        CalendarDay.objects.bulk_create(
            [CalendarDay(day=day, kind=kind.value, name=name, source=seeds.SOURCE) for day, kind, name in days]
        )
    apps.get_model("workflow", "BusinessHours").objects.create(
        valid_from=date(2004, 1, 1), opens=time(9), closes=time(17, 30), source="default, to be confirmed by the city"
    )


class Migration(migrations.Migration):
    dependencies = [("workflow", "0001_deadlines_and_tasks")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
