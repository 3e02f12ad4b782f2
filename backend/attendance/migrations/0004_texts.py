"""What people are told of their attendance. None of it is urgent; quiet hours hold."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
TEXTS = [
    ("attendance.month_shown", "low", ("请核对考勤月表", "{month} 的考勤月表已生成，请先由您本人核对，确认或提出异议。"),
     ("Please check your sheet", "Your attendance sheet of {month} is ready. You see it first: confirm it or dispute it.")),
    ("attendance.correction_decided", "normal", ("补签申请{result}", "您申请的{day} {time} {what}：{result}。"),
     ("Your correction: {result_en}", "Your {what_en} of {day} {time}: {result_en}.")),
    ("attendance.dispute_answered", "normal", ("考勤异议已答复", "您对 {month} 考勤月表的异议已有答复，请查看并确认。"),
     ("Your dispute was answered", "There is an answer about your sheet of {month}. Please read it and confirm.")),
    ("attendance.roster_changed", "normal", ("窗口排班有调整", "{number}号窗口{from_on}至{to_on}的值班安排有调整，请查看。"),
     ("The duty roster has changed", "Duties at window {number} from {from_on} to {to_on} have changed. Please have a look.")),
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
    apps.get_model("notifications", "Policy").objects.filter(event_type__startswith="attendance.").delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code__startswith="attendance.").delete()


class Migration(migrations.Migration):
    dependencies = [("attendance", "0003_month_closing"), ("notifications", "0005_ladder_policy")]
    operations = [migrations.RunPython(write, remove)]
