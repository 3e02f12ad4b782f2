"""A signing act needs a second factor of the last quarter of an hour, as long as an idle session lives (MLPS level 3)."""

from django.db import migrations

NAME = "fresh_factor_minutes"


def shorten(apps, schema_editor):
    apps.get_model("cases", "CasePolicy").objects.filter(name=NAME, value=30).update(
        value=15, basis="GB/T 22239-2019 8.1.4.1"
    )


def lengthen(apps, schema_editor):
    apps.get_model("cases", "CasePolicy").objects.filter(name=NAME, value=15).update(value=30, basis="")


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_policies")]
    operations = [migrations.RunPython(shorten, lengthen)]
