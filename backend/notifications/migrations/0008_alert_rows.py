"""Whom a notice may go to, how many a day, and what those are told who write and decide on it."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
DAILY_CAP = 3
TOPICS = [
    ("city", "全体市民", "Everybody"),
    ("weather", "气象与灾害预警", "Weather and disasters"),
    ("outage", "停水停电停气", "Water, power and gas cut off"),
    ("traffic", "道路交通管制", "Roads closed"),
    ("policy", "惠民惠企政策", "Benefits and policies"),
    ("area-321302", "宿城区", "Sucheng"),
    ("area-321311", "宿豫区", "Suyu"),
    ("area-321322", "沭阳县", "Shuyang"),
    ("area-321323", "泗阳县", "Siyang"),
    ("area-321324", "泗洪县", "Sihong"),
]
TEXTS = [
    ("notifications.alert_proposed", "handlers", "supervisor", ("通知公告待核发", "“{title}”已拟好，请核发或退回。"),
     ("A notice waits for you", "“{title}” was written. Please decide on it.")),
    ("notifications.alert_refused", "applicant", "", ("通知公告未核发", "您拟的“{title}”未予核发，请查看意见。"),
     ("The notice was not sent", "“{title}” was not let go. See why.")),
]  # fmt: skip


def write(apps, schema_editor):
    topic_model = apps.get_model("notifications", "AlertTopic")
    for position, (code, chinese, english) in enumerate(TOPICS):
        topic_model.objects.create(code=code, name_zh=chinese, name_en=english, position=position)
    apps.get_model("notifications", "AlertPolicy").objects.create(
        effective_from=SINCE, daily_cap=DAILY_CAP, ttl_seconds=DAY, lock_screen="宿迁市有新的通知公告"
    )
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for event, audience, role, chinese, english in TEXTS:
        text_model.objects.create(
            code=f"{event}.{audience}", number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], title_en=english[0], body_en=english[1],
        )
        policy_model.objects.create(
            event_type=event, audience=audience, channels=["inbox", "push"], template=f"{event}.{audience}",
            sms_template="", sms_params={}, purpose="work", statutory=False, urgency="normal", ttl_seconds=2 * DAY,
            role=role, effective_from=SINCE,
        )


def remove(apps, schema_editor):
    apps.get_model("notifications", "Policy").objects.filter(event_type__startswith="notifications.alert_").delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(code__startswith="notifications.alert_").delete()
    apps.get_model("notifications", "AlertPolicy").objects.all().delete()
    apps.get_model("notifications", "AlertTopic").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("notifications", "0007_alerts")]
    operations = [migrations.RunPython(write, remove)]
