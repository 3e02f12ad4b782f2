"""The sound of calls is fetched and kept."""

from datetime import date

from django.db import migrations, models

SINCE = date(2013, 1, 1)
NAME = "max_recording_megabytes"


def write(apps, schema_editor):
    apps.get_model("inquiries", "InquiryPolicy").objects.create(
        name=NAME, number=200, word="", basis="通话录音单个文件上限（约三小时）", effective_from=SINCE
    )


def remove(apps, schema_editor):
    apps.get_model("inquiries", "InquiryPolicy").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0008_warning_rows")]
    operations = [
        migrations.AddField("call", "recording_file_id", models.UUIDField(null=True)),
        migrations.AddField("call", "recording_tries", models.PositiveSmallIntegerField(default=0)),
        migrations.AddField("call", "recording_due_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "call",
            models.Index(
                condition=models.Q(("recording_due_at", None), _negated=True),
                fields=["recording_due_at"],
                name="call_recording_due",
            ),
        ),
        migrations.RunPython(write, remove),
    ]
