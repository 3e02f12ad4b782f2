"""The ceilings of the first day: three hundred people looked up by hand, two thousand into the phone's own book."""

from datetime import date

from django.db import migrations


def write(apps, schema_editor):
    apps.get_model("contacts", "ContactPolicy").objects.create(
        effective_from=date(2013, 1, 1), daily_cards=300, daily_changes=2000
    )


class Migration(migrations.Migration):
    dependencies = [("contacts", "0003_reading")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
