"""The wordings of domain.md 7.3 and 9.3 and the default policies. A carrier must approve the wordings before use there."""

from datetime import UTC, date, datetime, time

from django.db import migrations

SIGNATURE = "宿迁政务服务"
SINCE = date(2013, 1, 1)
CASE_NO = ("case_no", 24, False)
POWER = ("power_name", 30, True)
RATING_DIGITS = "5非常满意 4满意 3基本满意 2不满意 1非常不满意"
FIVE_IS_BEST = {"5": 5, "4": 4, "3": 3, "2": 2, "1": 1}

TEXTS = [
    # code, meaning, text, params (name, most UTF-16 units, may be shortened), reply map
    ("otp", "登录验证码", "您的验证码是{code}，{minutes}分钟内有效。请勿告诉他人，工作人员不会向您索要。",
     [("code", 8, False), ("minutes", 3, False)], {}),
    ("submitted", "申请已提交", "您申请的“{power_name}”已提交，编号{case_no}，查询码{query_code}。是否受理将另行告知。",
     [POWER, CASE_NO, ("query_code", 12, False)], {}),
    ("accepted", "已受理", "您申请的“{power_name}”已于{accepted_on}受理，编号{case_no}，承诺{due_on}前办结。",
     [POWER, ("accepted_on", 12, False), CASE_NO, ("due_on", 12, False)], {}),
    ("deemed_accepted", "视为受理", "办件{case_no}逾期未告知，依法自收到材料之日{accepted_on}起视为受理，承诺{due_on}前办结。",
     [CASE_NO, ("accepted_on", 12, False), ("due_on", 12, False)], {}),
    ("supplement", "补正材料", "办件{case_no}需补正材料{count}项，已一次性列明，请登录网上政务大厅或到窗口查看补正告知书并尽快补齐。",
     [CASE_NO, ("count", 3, False)], {}),
    ("not_accepted", "不予受理", "办件{case_no}不予受理，理由及救济途径见《不予受理通知书》，可在网上政务大厅下载。", [CASE_NO], {}),
    ("suspended", "暂停计时", "办件{case_no}因{reason}暂停计时，恢复后另行告知。", [CASE_NO, ("reason", 24, True)], {}),
    ("resumed", "恢复办理", "办件{case_no}已恢复办理，新期限为{due_on}。", [CASE_NO, ("due_on", 12, False)], {}),
    ("extended", "延长期限", "办件{case_no}经批准延长{days}个工作日，新期限为{due_on}，理由见《延期告知书》。",
     [CASE_NO, ("days", 3, False), ("due_on", 12, False)], {}),
    ("finished", "已办结", "办件{case_no}已办结，结果：{result}。请凭身份证到窗口领取，或选择邮寄。",
     [CASE_NO, ("result", 20, True)], {}),
    ("denied", "不予许可", "办件{case_no}已办结，结果：{result}。理由及复议、诉讼途径见决定书，可在网上政务大厅下载。",
     [CASE_NO, ("result", 20, True)], {}),
    ("delivered", "结果已送达", "办件{case_no}的{result}已送达。如未收到，请拨打12345。", [CASE_NO, ("result", 30, True)], {}),
    ("withdrawn", "已撤回", "办件{case_no}已按您的申请撤回，所交材料可到窗口取回。", [CASE_NO], {}),
    ("rating_invitation", "评价邀请",
     "办件{case_no}已办结，请评价：回复" + RATING_DIGITS + "。自愿参与，不另收费，{window}内有效，退订回复T。",
     [CASE_NO, ("window", 8, False)], FIVE_IS_BEST),
    ("rating_help", "评价说明", "没有看懂您的回复。请只回复一个数字：" + RATING_DIGITS + "。不再接收请回复T。", [], FIVE_IS_BEST),
    ("rating_conflict", "评价前后不一", "您回复的数字与文字不一致，未计入评价。请只回复一个数字：" + RATING_DIGITS + "。", [], FIVE_IS_BEST),
    ("rating_which", "评价哪个办件", "您有多个办件待评价，请回复编号后四位加空格加数字，例如：{example}。", [("example", 12, False)], {}),
    ("rating_thanks", "评价致谢", "感谢您的评价（{level}），我们已记录。24小时内再次回复可以更改。", [("level", 8, False)], {}),
    ("rating_reason", "差评询问", "抱歉没有让您满意，我们将在{days}个工作日内与您联系。愿意说明原因的，可直接回复本短信。",
     [("days", 3, False)], {}),
    ("rating_late", "评价已过期", "评价期限已过，您的意见已留存，不计入统计。如需反映问题，请拨打12345。", [], {}),
    ("security", "账号安全", "您的账号{what}。如非本人操作，请立即登录检查并拨打12345。", [("what", 30, True)], {}),
    ("hotline", "热线转办", "您反映的事项（工单{order_no}）已转{organisation}办理，预计{days}个工作日内答复。",
     [("order_no", 20, False), ("organisation", 20, True), ("days", 3, False)], {}),
]
DAYS3 = 72 * 3600
POLICIES = [
    # purpose, give up after, delays, quiet hours, receipt awaited, per hour, per day
    ("otp", 120, [1, 2, 4, 8, 15], None, 3600, 60, 100),
    ("statutory", DAYS3, [2, 5, 15, 30, 60, 120, 300], (time(21), time(8)), DAYS3, 60, 300),
    ("bulk", DAYS3, [5, 15, 60, 300, 900], (time(21), time(8)), DAYS3, 60, 200),
]


def write(apps, schema_editor):
    template_model = apps.get_model("sms", "Template")
    version_model = apps.get_model("sms", "TemplateVersion")
    for code, meaning, text, params, reply_map in TEXTS:
        template = template_model.objects.create(code=code, meaning=meaning)
        version_model.objects.create(
            template=template,
            number=1,
            signature="宿迁12345" if code == "hotline" else SIGNATURE,
            text=text,
            params=[{"name": name, "max_length": most, "shorten": shorten} for name, most, shorten in params],
            reply_map=reply_map,
            effective_from=SINCE,
            approved_at=datetime(2013, 1, 1, tzinfo=UTC),
            approval_number="default",
        )
    policy_model = apps.get_model("sms", "Policy")
    for purpose, give_up, delays, quiet, receipt_wait, hourly, daily in POLICIES:
        policy_model.objects.create(
            purpose=purpose,
            effective_from=SINCE,
            give_up_seconds=give_up,
            delays_seconds=delays,
            quiet_from=quiet[0] if quiet else None,
            quiet_until=quiet[1] if quiet else None,
            receipt_wait_seconds=receipt_wait,
            hourly_limit=hourly,
            daily_limit=daily,
        )


def remove(apps, schema_editor):
    apps.get_model("sms", "TemplateVersion").objects.filter(number=1).delete()
    apps.get_model("sms", "Template").objects.all().delete()
    apps.get_model("sms", "Policy").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("sms", "0001_sms_tables")]
    operations = [migrations.RunPython(write, remove)]
