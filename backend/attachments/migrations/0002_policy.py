"""Upload limits until the city sets its own."""

from datetime import date

from django.db import migrations


def fill(apps, schema_editor):
    apps.get_model("attachments", "UploadPolicy").objects.create(
        valid_from=date(2004, 1, 1), source="default, to be confirmed by the city"
    )


class Migration(migrations.Migration):
    dependencies = [("attachments", "0001_files")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
