"""The numbers that govern cases, with their legal basis."""

from datetime import date

from django.db import migrations

SINCE = date(2004, 7, 1)  # the day on which the Administrative Licensing Law came into force
POLICIES = [
    ("notice_days", 5, "行政许可法第三十二条"),
    ("extension_days", 10, "行政许可法第四十二条"),
    ("delivery_days", 10, "行政许可法第四十四条"),
    ("drafts", 20, ""),
    ("fresh_factor_minutes", 30, ""),
]


def write(apps, schema_editor):
    policy = apps.get_model("cases", "CasePolicy")
    for name, value, basis in POLICIES:
        policy.objects.create(name=name, value=value, effective_from=SINCE, basis=basis)


def remove(apps, schema_editor):
    apps.get_model("cases", "CasePolicy").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_case_tables")]
    operations = [migrations.RunPython(write, remove)]
