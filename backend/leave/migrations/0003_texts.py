"""What people are told of leave. The reason is never in it."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
TEXTS = [
    ("leave.requested", "normal", ("待审批：{what}", "{name}申请{what}，{starts_on}至{ends_on}，请审批。"),
     ("To decide: {what_en}", "{name} asks for {what_en}, {starts_on} to {ends_on}.")),
    ("leave.granted", "normal", ("{what}已批准", "您的{what}申请已批准：{starts_on}至{ends_on}。"),
     ("Granted: {what_en}", "Your request was granted: {what_en}, {starts_on} to {ends_on}.")),
    ("leave.refused", "normal", ("{what}未批准", "您的{what}申请未获批准（{starts_on}至{ends_on}），请查看理由。"),
     ("Refused: {what_en}", "Your request was refused: {what_en}, {starts_on} to {ends_on}. Please read why.")),
    ("leave.withdrawn", "low", ("申请已撤回", "{name}撤回了{what}申请（{starts_on}至{ends_on}），无需审批。"),
     ("A request was withdrawn", "{name} withdrew a request ({what_en}, {starts_on} to {ends_on}); nothing is left to decide.")),
    ("leave.cancelled", "normal", ("已取消外出安排", "{name}取消了{starts_on}至{ends_on}的休假或外出安排，代理同时结束。"),
     ("An absence was cancelled", "{name} is not away after all ({starts_on} to {ends_on}); standing in ends with it.")),
    ("leave.returned", "normal", ("同事已提前返岗", "{name}已提前返岗，代理同时结束。"),
     ("Somebody is back early", "{name} is back at work early; standing in ends with it.")),
    ("leave.stand_in", "normal", ("请您代理工作", "{name}外出期间由您代理：{starts_on}至{ends_on}。届时其待办会出现在您的待办中。"),
     ("You stand in", "You stand in for {name}: {starts_on} to {ends_on}. The to-dos will be in your list then.")),
]  # fmt: skip


def write(apps, schema_editor):
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for event, urgency, chinese, english in TEXTS:
        text_model.objects.create(
            code=f"{event}.applicant", number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], title_en=english[0], body_en=english[1],
        )
        policy_model.objects.create(
            event_type=event, audience="applicant", channels=["inbox", "push"], template=f"{event}.applicant",
            sms_template="", sms_params={}, purpose="work", statutory=False, urgency=urgency, ttl_seconds=2 * DAY,
            role="", effective_from=SINCE,
        )


def remove(apps, schema_editor):
    apps.get_model("notifications", "Policy").objects.filter(event_type__startswith="leave.").delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code__startswith="leave.").delete()


class Migration(migrations.Migration):
    dependencies = [("leave", "0002_rules"), ("notifications", "0005_ladder_policy")]
    operations = [migrations.RunPython(write, remove)]
