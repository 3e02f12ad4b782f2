"""Until when applications for prequalification are received, as the call said."""

from datetime import datetime

from django.db import migrations, models


def copy(apps, schema_editor):
    sections = apps.get_model("tenders", "Section").objects
    calls = apps.get_model("tenders", "Notice").objects.filter(kind="prequal_notice", state="published")
    for section_ids, content in calls.order_by("published_at").values_list("section_ids", "content"):
        until = datetime.fromisoformat(content["applications_until"])
        sections.filter(pk__in=section_ids).update(applications_until=until)


class Migration(migrations.Migration):
    dependencies = [("tenders", "0008_procurement")]
    operations = [
        migrations.AddField("section", "applications_until", models.DateTimeField(null=True)),
        migrations.RunPython(copy, migrations.RunPython.noop),
    ]
