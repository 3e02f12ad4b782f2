"""What a company is told that is invited to bid. A carrier must approve the wording before use."""

from datetime import date

from django.db import migrations, models

SINCE = date(2013, 1, 1)
EVENT = "tender.alert_invited"
KINDS = [("match", "match"), ("change", "change"), ("deadline", "deadline"), ("invited", "invited")]


def write(apps, schema_editor):
    apps.get_model("notifications", "TextTemplate").objects.create(
        code=f"{EVENT}.applicant",
        number=1,
        effective_from=SINCE,
        title_zh="投标邀请：{title}",
        body_zh="您的企业受邀参加投标：{title}。请在规定时间内获取招标文件。",
        push_zh="",
        title_en="Invitation to tender: {title}",
        body_en="Your company is invited to bid: {title}. Take the documents in time.",
        push_en="",
    )
    apps.get_model("notifications", "Policy").objects.create(
        event_type=EVENT,
        audience="applicant",
        channels=["inbox", "push"],
        template=f"{EVENT}.applicant",
        sms_template="tender_alert",
        sms_params={"title": "title", "reason": "reason"},
        purpose="tender",
        statutory=False,
        urgency="high",
        ttl_seconds=7 * 24 * 3600,
        role="",
        effective_from=SINCE,
    )


def remove(apps, schema_editor):
    apps.get_model("notifications", "Policy").objects.filter(event_type=EVENT).delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code=f"{EVENT}.applicant").delete()


class Migration(migrations.Migration):
    dependencies = [("tenders", "0004_releases"), ("notifications", "0003_tender_purpose")]
    operations = [
        migrations.AlterField("alert", "kind", models.CharField(choices=KINDS, max_length=10)),
        migrations.RunPython(write, remove),
    ]
