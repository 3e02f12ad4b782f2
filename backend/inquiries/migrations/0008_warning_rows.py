"""How long before its end a unit is warned of a limit, and in which words."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
EVENT = "inquiry.limit_near"
NUMBERS = [("warn_sign_minutes", 60, "签收时限届满前提醒"), ("warn_answer_hours", 24, "答复时限届满前催办")]


def write(apps, schema_editor):
    policy = apps.get_model("inquiries", "InquiryPolicy")
    for name, number, basis in NUMBERS:
        policy.objects.create(name=name, number=number, word="", basis=basis, effective_from=SINCE)
    apps.get_model("notifications", "TextTemplate").objects.create(
        code=f"{EVENT}.handlers", number=1, effective_from=SINCE,
        title_zh="工单即将到期", body_zh="工单 {order_no}（{topic}）的时限 {due} 届满，请抓紧办理。", push_zh="",
        title_en="A limit ends soon", body_en="{order_no} ({topic}): the limit ends at {due}.", push_en="",
    )  # fmt: skip
    apps.get_model("notifications", "Policy").objects.create(
        event_type=EVENT, audience="handlers", channels=["inbox", "push"], template=f"{EVENT}.handlers",
        sms_template="", sms_params={}, purpose="work", statutory=False, urgency="high", ttl_seconds=24 * 3600,
        role="inquiry_handler", effective_from=SINCE,
    )  # fmt: skip


def remove(apps, schema_editor):
    names = [name for name, _, _ in NUMBERS]
    apps.get_model("inquiries", "InquiryPolicy").objects.filter(name__in=names).delete()
    apps.get_model("notifications", "Policy").objects.filter(event_type=EVENT).delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code=f"{EVENT}.handlers").delete()


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0007_warnings"), ("notifications", "0006_quiet_hours")]
    operations = [migrations.RunPython(write, remove)]
