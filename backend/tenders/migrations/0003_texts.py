"""What people are told about tenders. A carrier must approve the wording before use."""

from datetime import UTC, date, datetime

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
SMS = "tender_alert"
TEXTS = [
    # event, (title, body, lock screen) zh, en, urgency, text message
    ("tender.alert_match", ("招标信息：{title}", "{title}。因为您订阅了“{reason}”。", ""),
     ("New tender: {title}", "{title}. You are told because of your subscription “{reason}”.", ""), "low"),
    ("tender.alert_change", ("{reason}：{title}", "您已获取招标文件的项目有新情况：{title}（{reason}）。如已投标，请查看是否需要确认。", ""),
     ("Tender news: {title}", "There is news of a tender whose documents you took: {title} ({reason}). "
      "If you have bid, see whether to confirm it.", ""), "high"),
    ("tender.alert_deadline", ("投标即将截止：{title}", "{title}将于 {reason} 截止投标。未传完的文件视为未递交，请提前上传。", ""),
     ("Deadline near: {title}", "Bids for {title} are due by {reason}. Unfinished uploads are not received.", ""), "high"),
    ("tender.alert_digest", ("今日招标信息 {count} 条", "{titles}。您选择了每日汇总。", ""),
     ("{count} tenders today", "{titles}. You chose one message a day.", ""), "low"),
]  # fmt: skip
TTL = {"low": 3 * DAY, "high": 7 * DAY}


def write(apps, schema_editor):
    template_model, version_model = apps.get_model("sms", "Template"), apps.get_model("sms", "TemplateVersion")
    version_model.objects.create(
        template=template_model.objects.create(code=SMS, meaning="招标信息提醒"),
        number=1,
        signature="宿迁政务",
        text="招标提醒：{title}（{reason}）。详情请登录宿迁政务服务，拒收请回复R。",
        params=[
            {"name": "title", "max_length": 40, "shorten": True},
            {"name": "reason", "max_length": 20, "shorten": True},
        ],
        reply_map={},
        effective_from=SINCE,
        approved_at=datetime(2013, 1, 1, tzinfo=UTC),
        approval_number="default",
    )
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for event, chinese, english, urgency in TEXTS:
        text_model.objects.create(
            code=f"{event}.applicant", number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], push_zh=chinese[2],
            title_en=english[0], body_en=english[1], push_en=english[2],
        )
        words = {"title": "titles", "reason": "=每日汇总"} if event.endswith("digest") else {"title": "title", "reason": "reason"}
        policy_model.objects.create(
            event_type=event, audience="applicant", channels=["inbox", "push"], template=f"{event}.applicant",
            sms_template=SMS, sms_params=words, purpose="tender", statutory=False,
            urgency=urgency, ttl_seconds=TTL[urgency], role="", effective_from=SINCE,
        )


def remove(apps, schema_editor):
    apps.get_model("sms", "TemplateVersion").objects.filter(template__code=SMS).delete()
    apps.get_model("sms", "Template").objects.filter(code=SMS).delete()
    apps.get_model("notifications", "Policy").objects.filter(event_type__startswith="tender.").delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code__startswith="tender.").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("tenders", "0002_policies"),
        ("sms", "0002_texts_and_policies"),
        ("notifications", "0003_tender_purpose"),
    ]
    operations = [migrations.RunPython(write, remove)]
