"""From how many cases on a number is shown."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
BASIS = "政府信息公开条例第十五条：涉及个人隐私的信息不得公开；少于5件的单元格及可推算出它的单元格不予显示。"


def write(apps, schema_editor):
    apps.get_model("statistics", "PublicationPolicy").objects.create(
        effective_from=SINCE, hide_below=5, basis=BASIS
    )


def remove(apps, schema_editor):
    apps.get_model("statistics", "PublicationPolicy").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("statistics", "0001_published_figures")]
    operations = [migrations.RunPython(write, remove)]
