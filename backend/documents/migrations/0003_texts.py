"""What people are told of documents. A carrier must approve the wordings of the texts before use."""

from datetime import UTC, date, datetime

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
SMS = {
    "documents.instructed": ("document_instructed", "领导批示", "领导批示：{by_name}对“{title}”作出批示，请登录政务办公查看。"),
    "documents.chased": ("document_chased", "公文催办", "公文催办：“{title}”请尽快办理或阅读，登录政务办公查看。"),
    "documents.unread": ("document_unread", "公文未读", "公文提醒：“{title}”您还没有阅读，请登录政务办公查看。"),
    "documents.sent_urgent": ("document_urgent", "紧急公文", "紧急公文：“{title}”请立即阅读，登录政务办公查看。"),
    "documents.handed_urgent": ("document_urgent_turn", "紧急公文待办", "紧急公文：“{title}”待您{step}，请登录政务办公办理。"),
}
NAMED = "“{title}”"
TEXTS = [
    ("documents.handed", "normal", ("公文待办", f"{NAMED}请您{{step}}（上一步：{{by_name}}）。"),
     ("A document waits for you", f"{NAMED}: your turn after {{by_name}} ({{step_en}}).")),
    ("documents.handed_urgent", "high", ("紧急公文待办", f"{NAMED}请您{{step}}（上一步：{{by_name}}），此件紧急。"),
     ("An urgent document waits for you", f"{NAMED}: your turn after {{by_name}} ({{step_en}}). It is urgent.")),
    ("documents.instructed", "high", ("领导批示", f"{{by_name}}对{NAMED}批示：{{opinion}}"),
     ("An instruction", f"{{by_name}} on {NAMED}: {{opinion}}")),
    ("documents.handled", "normal", ("批示已办结", f"您批示的{NAMED}已全部办理，请查看结果。"),
     ("Handled as instructed", f"{NAMED} has been handled as you instructed. See what was done.")),
    ("documents.sent", "normal", ("公文请阅", f"{{unit_name}}送您阅读{NAMED}。"),
     ("A document to read", f"{{unit_name}} sent you {NAMED} to read.")),
    ("documents.sent_urgent", "high", ("紧急公文请阅", f"{{unit_name}}送您阅读{NAMED}，此件紧急。"),
     ("An urgent document to read", f"{{unit_name}} sent you {NAMED} to read. It is urgent.")),
    ("documents.sent_back", "high", ("公文退回修改", f"{{by_name}}退回{NAMED}：{{opinion}}"),
     ("Sent back", f"{{by_name}} sent {NAMED} back: {{opinion}}")),
    ("documents.issued", "low", ("公文已签发", f"{NAMED}已由{{by_name}}签发，正在复核编号。"),
     ("Issued", f"{{by_name}} issued {NAMED}. It gets its number now.")),
    ("documents.numbered", "low", ("公文已编号", f"{NAMED}已编号：{{number}}。"),
     ("Numbered", f"{NAMED} has the number {{number}}.")),
    ("documents.chased", "high", ("公文催办", f"{{by_name}}催办：{NAMED}请尽快办理或阅读。"),
     ("Please attend to it", f"{{by_name}} asks you to read or handle {NAMED} soon.")),
    ("documents.unread", "normal", ("公文还没有阅读", f"{NAMED}您还没有阅读。"),
     ("Not read yet", f"You have not read {NAMED} yet.")),
    ("documents.voided", "high", ("公文作废", f"{{number}}{NAMED}已作废：{{opinion}}"),
     ("Declared void", f"{{number}} {NAMED} is void: {{opinion}}")),
]  # fmt: skip
PARAMS = {"title": (40, True), "by_name": (20, True), "step": (10, False)}


def write(apps, schema_editor):
    template_model, version_model = apps.get_model("sms", "Template"), apps.get_model("sms", "TemplateVersion")
    for code, meaning, text in SMS.values():
        version_model.objects.create(
            template=template_model.objects.create(code=code, meaning=meaning),
            number=1, signature="宿迁政务", text=text,
            params=[{"name": name, "max_length": most, "shorten": short} for name, (most, short) in PARAMS.items()
                    if "{" + name + "}" in text],
            reply_map={}, effective_from=SINCE, approved_at=datetime(2013, 1, 1, tzinfo=UTC), approval_number="default",
        )
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for event, urgency, chinese, english in TEXTS:
        text_model.objects.create(
            code=f"{event}.applicant", number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], title_en=english[0], body_en=english[1],
        )
        sms = SMS.get(event)
        channels = ["inbox", "push", "sms"] if event == "documents.unread" else ["inbox", "push"]
        policy_model.objects.create(
            event_type=event, audience="applicant", channels=channels, template=f"{event}.applicant",
            sms_template=sms[0] if sms else "",
            sms_params={name: name for name in PARAMS if "{" + name + "}" in sms[2]} if sms else {},
            purpose="work", statutory=False, urgency=urgency, ttl_seconds=3 * DAY, role="", effective_from=SINCE,
        )


def remove(apps, schema_editor):
    codes = [row[0] for row in SMS.values()]
    apps.get_model("sms", "TemplateVersion").objects.filter(template__code__in=codes, number=1).delete()
    apps.get_model("sms", "Template").objects.filter(code__in=codes).delete()
    apps.get_model("notifications", "Policy").objects.filter(event_type__startswith="documents.").delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code__startswith="documents.").delete()


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_rules"),
        ("sms", "0002_texts_and_policies"),
        ("notifications", "0005_ladder_policy"),
    ]
    operations = [migrations.RunPython(write, remove)]
