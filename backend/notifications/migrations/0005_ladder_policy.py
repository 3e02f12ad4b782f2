"""Half an hour unread, at most three texts a day."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)


def write(apps, schema_editor):
    policy = apps.get_model("notifications", "LadderPolicy")
    policy.objects.create(effective_from=SINCE, unread_minutes=30, daily_cap=3)


def remove(apps, schema_editor):
    apps.get_model("notifications", "LadderPolicy").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_ladder")]
    operations = [migrations.RunPython(write, remove)]
