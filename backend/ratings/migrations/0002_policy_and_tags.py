"""Default limits (domain.md 7) and what a rating may be about."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
TAGS = [
    ("efficiency", "办事效率", "Speed"),
    ("guide_accuracy", "指南准确", "Accuracy of the guide"),
    ("convenience", "便捷程度", "Convenience"),
    ("platform", "平台使用", "Use of the platform"),
    ("service_level", "业务水平", "Competence"),
    ("attitude", "服务态度", "Attitude"),
]


def write(apps, schema_editor):
    apps.get_model("ratings", "RatingPolicy").objects.create(
        effective_from=SINCE, invitations_per_day=1, answers_per_day=1, change_seconds=24 * 3600, late_days=30,
        contact_days=1, simple_days=5, complex_days=15, weights=[100, 80, 60, 30, 0],
    )
    for place, (code, chinese, english) in enumerate(TAGS):
        apps.get_model("ratings", "RatingTag").objects.create(
            code=code, name_zh=chinese, name_en=english, place=place, effective_from=SINCE
        )


def remove(apps, schema_editor):
    apps.get_model("ratings", "RatingPolicy").objects.filter(effective_from=SINCE).delete()
    apps.get_model("ratings", "RatingTag").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("ratings", "0001_ratings_and_rectifications")]
    operations = [migrations.RunPython(write, remove)]
