"""What those who asked are told, by text and in the message centre. A carrier must approve the wordings before use."""

from datetime import UTC, date, datetime

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
NO = ("order_no", 20, False)
SMS = [
    ("inquiry_received", "诉求已收到", "您的诉求已收到，工单{order_no}，查询码{query_code}。可在网上政务大厅或拨打12345查询进度。",
     [NO, ("query_code", 12, False)]),
    ("inquiry_dispatched", "诉求已派单", "工单{order_no}已转{unit_name}办理，{due_on}前答复。", [NO, ("unit_name", 24, True), ("due_on", 12, False)]),
    ("inquiry_extended", "诉求延期", "工单{order_no}办理时间延长，{due_on}前答复，理由可在工单中查看。", [NO, ("due_on", 12, False)]),
    ("inquiry_answered", "诉求已答复",
     "工单{order_no}已由{unit_name}答复：{what}。请回复：{answer_code} 1已解决且满意，{answer_code} 2已解决不满意，{answer_code} 3未解决。",
     [NO, ("unit_name", 24, True), ("what", 120, True), ("answer_code", 8, False)]),
    ("inquiry_redone", "诉求重办", "工单{order_no}已由{unit_name}重新办理，{due_on}前答复。", [NO, ("unit_name", 24, True), ("due_on", 12, False)]),
    ("inquiry_closed", "诉求已办结", "工单{order_no}已办结。72小时内如需重新办理，请回复{answer_code} 4。", [NO, ("answer_code", 8, False)]),
    ("inquiry_ended", "诉求已处理", "工单{order_no}的处理情况：{what}。如有疑问请拨打12345。", [NO, ("what", 60, True)]),
]
PARAMS = {
    "received": {"order_no": "order_no", "query_code": "query_code"},
    "dispatched": {"order_no": "order_no", "unit_name": "unit_name", "due_on": "due_on"},
    "extended": {"order_no": "order_no", "due_on": "due_on"},
    "answered": {"order_no": "order_no", "unit_name": "unit_name", "what": "what", "answer_code": "answer_code"},
    "redone": {"order_no": "order_no", "unit_name": "unit_name", "due_on": "due_on"},
    "closed": {"order_no": "order_no", "answer_code": "answer_code"},
    "ended": {"order_no": "order_no", "what": "what"},
    "reopened": {},
}
ALL, QUIET = ["inbox", "sms", "push"], ["inbox", "push"]
CHANNELS = {"received": QUIET, "reopened": QUIET}
URGENCY = {"answered": "high", "ended": "high"}
TEXTS = [
    ("received", ("诉求已收到", "您的诉求“{topic}”已收到，工单编号 {order_no}。", ""),
     ("We have it", "Your request ({topic}) has the number {order_no}.", "")),
    ("dispatched", ("已转承办单位", "工单 {order_no}（{topic}）已转{unit_name}办理，{due_on} 前答复。", ""),
     ("With the unit in charge", "{order_no} ({topic}) is with {unit_name}. An answer is due by {due_on}.", "")),
    ("extended", ("办理延期", "工单 {order_no} 的办理时间延长至 {due_on}，理由：{what}", ""),
     ("It takes longer", "{order_no} was extended to {due_on}. Reason: {what}", "")),
    ("answered", ("诉求已答复", "工单 {order_no}（{topic}）已由{unit_name}答复。请查看并告诉我们是否解决、是否满意。", ""),
     ("There is an answer", "{unit_name} has answered {order_no} ({topic}). Please say whether it is solved.",
      "")),
    ("redone", ("重新办理", "按照您的意见，工单 {order_no} 已由{unit_name}重新办理，{due_on} 前答复。", ""),
     ("Done again", "{unit_name} handles {order_no} again, as you asked. An answer is due by {due_on}.", "")),
    ("closed", ("诉求已办结", "工单 {order_no}（{topic}）已办结。72 小时内可以重新打开。", ""),
     ("Closed", "{order_no} ({topic}) is closed. You can reopen it within 72 hours.", "")),
    ("ended", ("诉求处理情况", "工单 {order_no}（{topic}）的处理情况：{what}。", ""),
     ("What became of it", "{order_no} ({topic}): {what}.", "")),
    ("reopened", ("已重新打开", "工单 {order_no} 已重新打开，将由另一名审核人员负责。", ""),
     ("Open again", "{order_no} is open again; somebody else will review the answer.", "")),
    ("urged", ("群众催办", "工单 {order_no}（{topic}）的诉求人再次来电催办，第 {count} 次。", ""),
     ("The citizen asks again", "{order_no} ({topic}): asked again, time number {count}.", "")),
    ("overdue", ("工单超期", "工单 {order_no}（{topic}）的时限已过，请立即办理。", ""),
     ("Overdue", "{order_no} ({topic}) is past its limit. Act now.", "")),
]  # fmt: skip


def write(apps, schema_editor):
    template_model, version_model = apps.get_model("sms", "Template"), apps.get_model("sms", "TemplateVersion")
    for code, meaning, text, params in SMS:
        version_model.objects.create(
            template=template_model.objects.create(code=code, meaning=meaning),
            number=1,
            signature="宿迁12345",
            text=text,
            params=[{"name": name, "max_length": most, "shorten": shorten} for name, most, shorten in params],
            reply_map={},
            effective_from=SINCE,
            approved_at=datetime(2013, 1, 1, tzinfo=UTC),
            approval_number="default",
        )
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for name, chinese, english in TEXTS:
        work = name in {"urged", "overdue"}
        event = f"inquiry.{name}" if work else f"inquiry.caller_{name}"
        audience = "handlers" if work else "applicant"
        text_model.objects.create(
            code=f"{event}.{audience}", number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], push_zh=chinese[2],
            title_en=english[0], body_en=english[1], push_en=english[2],
        )
        sms = "sms" in CHANNELS.get(name, ALL) and not work
        policy_model.objects.create(
            event_type=event, audience=audience, channels=QUIET if work else CHANNELS.get(name, ALL),
            template=f"{event}.{audience}", sms_template=f"inquiry_{name}" if sms else "",
            sms_params=PARAMS[name] if sms else {}, purpose="work" if work else "case_progress", statutory=False,
            urgency=URGENCY.get(name, "normal"), ttl_seconds=7 * DAY, role="inquiry_handler" if work else "",
            effective_from=SINCE,
        )


def remove(apps, schema_editor):
    codes = [row[0] for row in SMS]
    apps.get_model("sms", "TemplateVersion").objects.filter(template__code__in=codes, number=1).delete()
    apps.get_model("sms", "Template").objects.filter(code__in=codes).delete()
    for name in ("Policy", "TextTemplate"):
        field = "event_type" if name == "Policy" else "code"
        apps.get_model("notifications", name).objects.filter(**{f"{field}__startswith": "inquiry."}).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("inquiries", "0002_rows"),
        ("sms", "0002_texts_and_policies"),
        ("notifications", "0002_texts_and_policies"),
    ]
    operations = [migrations.RunPython(write, remove)]
