"""The policy of signing in that holds from the start (domain 12.1, reliability F30 to F32)."""

from datetime import date

from django.db import migrations


def seed(apps, schema_editor):
    apps.get_model("accounts", "SignInPolicy").objects.create(valid_from=date(2026, 1, 1))


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_people_and_organisations")]
    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
