"""What people are told of meetings. A carrier must approve the wordings of the texts before use."""

from datetime import UTC, date, datetime

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
WHEN = "{starts_at} {start_time}"
SMS = {
    "meetings.called": ("meeting_called", "会议通知", "会议通知：{title}，{day} {start_time}，{place}。请在政务办公中回执。"),
    "meetings.changed": ("meeting_changed", "会议变更", "会议变更：{title}，改为{day} {start_time}，{place}。"),
    "meetings.cancelled": ("meeting_cancelled", "会议取消", "会议取消：{day} {start_time}的{title}不再召开。"),
}
TEXTS = [
    ("meetings.called", "high", ("会议通知", f"{{unit_name}}通知您参加“{{title}}”：{WHEN}，{{place}}。请在 {{receipt_by}} {{receipt_time}} 前回执。"),
     ("You are invited", f"{{unit_name}} invites you to “{{title}}”: {WHEN}, {{place}}. Please answer by {{receipt_by}} {{receipt_time}}.")),
    ("meetings.changed", "high", ("会议有变更", f"“{{title}}”的{{what}}有变更：{WHEN}，{{place}}。"),
     ("The meeting has changed", f"“{{title}}”: new {{what_en}}. It is on {WHEN}, {{place}}.")),
    ("meetings.uninvited", "normal", ("无需参会", f"您无需再参加 {WHEN} 的“{{title}}”。"),
     ("No need to come", f"You need not come to “{{title}}” on {WHEN}.")),
    ("meetings.cancelled", "high", ("会议取消", f"{WHEN} 的“{{title}}”已取消：{{reason}}。"),
     ("The meeting is cancelled", f"“{{title}}” on {WHEN} is cancelled: {{reason}}.")),
    ("meetings.reminded", "high", ("会议提醒", f"“{{title}}”将于 {WHEN} 在{{place}}召开。"),
     ("Your meeting is near", f"“{{title}}” begins on {WHEN}, {{place}}.")),
    ("meetings.urged", "normal", ("请尽快回执", f"{WHEN} 的“{{title}}”还没有您的回执，请在 {{receipt_by}} {{receipt_time}} 前回执。"),
     ("Your answer is missing", f"Please answer by {{receipt_by}} {{receipt_time}} whether you come to “{{title}}” on {WHEN}.")),
    ("meetings.answered", "low", ("有人不能到会", f"“{{title}}”（{WHEN}）有人请假或委托他人参加，请查看回执。"),
     ("Somebody cannot come", f"Somebody asks for leave or sends a substitute to “{{title}}” ({WHEN}). See the answers.")),
    ("meetings.minuted", "low", ("会议纪要", f"{{starts_at}}“{{title}}”的纪要可以查看了。"),
     ("Minutes", f"The minutes of “{{title}}” of {{starts_at}} can be read.")),
]  # fmt: skip


def write(apps, schema_editor):
    template_model, version_model = apps.get_model("sms", "Template"), apps.get_model("sms", "TemplateVersion")
    for code, meaning, text in SMS.values():
        names = [("title", 30, True), ("day", 12, False), ("start_time", 5, False), ("place", 24, True)]
        version_model.objects.create(
            template=template_model.objects.create(code=code, meaning=meaning),
            number=1, signature="宿迁政务", text=text,
            params=[{"name": name, "max_length": most, "shorten": short} for name, most, short in names
                    if "{" + name + "}" in text],
            reply_map={}, effective_from=SINCE, approved_at=datetime(2013, 1, 1, tzinfo=UTC), approval_number="default",
        )
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for event, urgency, chinese, english in TEXTS:
        text_model.objects.create(
            code=f"{event}.applicant", number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], title_en=english[0], body_en=english[1],
        )
        sms = SMS.get(event, ("",))[0]
        policy_model.objects.create(
            event_type=event, audience="applicant", channels=["inbox", "push"], template=f"{event}.applicant",
            sms_template=sms,
            sms_params={"title": "title", "day": "starts_at", "start_time": "start_time", "place": "place"}
            if sms and event != "meetings.cancelled"
            else {"title": "title", "day": "starts_at", "start_time": "start_time"} if sms else {},
            purpose="work", statutory=False, urgency=urgency, ttl_seconds=2 * DAY, role="", effective_from=SINCE,
        )


def remove(apps, schema_editor):
    codes = [row[0] for row in SMS.values()]
    apps.get_model("sms", "TemplateVersion").objects.filter(template__code__in=codes, number=1).delete()
    apps.get_model("sms", "Template").objects.filter(code__in=codes).delete()
    apps.get_model("notifications", "Policy").objects.filter(event_type__startswith="meetings.").delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code__startswith="meetings.").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0002_rules"),
        ("sms", "0002_texts_and_policies"),
        ("notifications", "0005_ladder_policy"),
    ]
    operations = [migrations.RunPython(write, remove)]
