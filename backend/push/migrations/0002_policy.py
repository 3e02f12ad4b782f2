"""The default policy."""

from datetime import date

from django.db import migrations


def write(apps, schema_editor):
    apps.get_model("push", "PushPolicy").objects.create(
        effective_from=date(2013, 1, 1), delays_seconds=[2, 10, 60, 300, 900, 3600], max_devices=20
    )


def remove(apps, schema_editor):
    apps.get_model("push", "PushPolicy").objects.filter(effective_from=date(2013, 1, 1)).delete()


class Migration(migrations.Migration):
    dependencies = [("push", "0001_devices_and_messages")]
    operations = [migrations.RunPython(write, remove)]
