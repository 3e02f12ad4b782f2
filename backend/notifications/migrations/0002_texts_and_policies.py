"""Who is told what by default, and the wordings in both languages."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
DAY = 24 * 3600
ALL, QUIET, SHOWN = ["inbox", "sms", "push"], ["inbox"], ["inbox", "push"]
NO = {"case_no": "case_no"}
NOTICE, PROGRESS, RATING, SECURITY, WORK = "case_notice", "case_progress", "rating", "security", "work"
STATUTORY = {NOTICE, SECURITY}

POLICIES = [
    # event, audience, purpose, urgency, channels, text message, its places
    ("case.submitted", "applicant", NOTICE, "normal", ALL, "submitted",
     {"power_name": "power_name", "case_no": "case_no", "query_code": "query_code"}),
    ("case.accepted", "applicant", NOTICE, "normal", ALL, "accepted",
     {"power_name": "power_name", "accepted_on": "accepted_on", "case_no": "case_no", "due_on": "due_on"}),
    ("case.deemed_accepted", "applicant", NOTICE, "normal", ALL, "deemed_accepted",
     {"case_no": "case_no", "accepted_on": "accepted_on", "due_on": "due_on"}),
    ("case.supplement_requested", "applicant", NOTICE, "high", ALL, "supplement",
     {"case_no": "case_no", "count": "items_count"}),
    ("case.supplemented", "applicant", PROGRESS, "normal", QUIET, "", {}),
    ("case.acceptance_refused", "applicant", NOTICE, "high", ALL, "not_accepted", NO),
    ("case.step_passed", "applicant", PROGRESS, "low", QUIET, "", {}),
    ("case.sent_back", "applicant", PROGRESS, "low", QUIET, "", {}),
    ("case.suspended", "applicant", NOTICE, "normal", ALL, "suspended", {"case_no": "case_no", "reason": "reason"}),
    ("case.resumed", "applicant", NOTICE, "normal", ALL, "resumed", {"case_no": "case_no", "due_on": "due_on"}),
    ("case.extended", "applicant", NOTICE, "normal", ALL, "extended",
     {"case_no": "case_no", "days": "extension_days", "due_on": "due_on"}),
    ("case.granted", "applicant", NOTICE, "high", ALL, "finished", {"case_no": "case_no", "result": "outcome_label"}),
    ("case.denied", "applicant", NOTICE, "high", ALL, "denied", {"case_no": "case_no", "result": "outcome_label"}),
    ("case.delivered", "applicant", PROGRESS, "normal", ALL, "delivered",
     {"case_no": "case_no", "result": "result_name"}),
    ("case.closed", "applicant", PROGRESS, "low", QUIET, "", {}),
    ("case.withdrawn", "applicant", NOTICE, "normal", ALL, "withdrawn", NO),
    ("case.withdrawn", "handlers", WORK, "normal", SHOWN, "", {}),
    ("rating.invited", "applicant", RATING, "low", SHOWN, "", {}),
    ("rating.received", "applicant", RATING, "low", QUIET, "", {}),
    ("rating.rectification_opened", "applicant", RATING, "normal", SHOWN, "", {}),
    ("rating.feedback_given", "applicant", RATING, "normal", SHOWN, "", {}),
    ("rating.rectification_closed", "applicant", RATING, "low", QUIET, "", {}),
    ("rating.rectification_reopened", "applicant", RATING, "low", QUIET, "", {}),
    ("workflow.task_opened", "handlers", WORK, "normal", SHOWN, "", {}),
    ("account.session_revoked", "applicant", SECURITY, "high", ALL, "security",
     {"what": "=登录凭证被重复使用，相关登录已退出"}),
]
TTL = {"low": 3 * DAY, "normal": 7 * DAY, "high": 14 * DAY}
ROLES = {"case.withdrawn": "window_clerk"}
TEXTS = [
    # code, (title, body, lock screen) in Chinese, the same in English
    ("push.general", ("您有新的政务消息", "", ""), ("You have a new message", "", "")),
    ("case.submitted.applicant",
     ("申请已提交", "您申请的“{power_name}”已提交，编号 {case_no}，查询码 {query_code}。最迟 {answer_due_on} 告知是否受理。", ""),
     ("Application submitted",
      "Your application for {power_name} was submitted as {case_no}, query code {query_code}. "
      "You will be told by {answer_due_on} whether it is accepted.", "")),
    ("case.accepted.applicant",
     ("申请已受理", "您申请的“{power_name}”已于 {accepted_on} 受理，编号 {case_no}，承诺 {due_on} 前办结。", ""),
     ("Application accepted",
      "{power_name} ({case_no}) was accepted on {accepted_on}. A decision is promised by {due_on}.",
      "")),
    ("case.deemed_accepted.applicant",
     ("依法视为受理", "办件 {case_no} 逾期未告知，依照行政许可法第三十二条，自收到材料之日 {accepted_on} 起视为受理，承诺 {due_on} 前办结。", ""),
     ("Accepted by law",
      "No answer on {case_no} came in time. By Art. 32 of the Administrative Licensing Law it is accepted as of "
      "{accepted_on}. A decision is promised by {due_on}.", "")),
    ("case.supplement_requested.applicant",
     ("请补正材料", "办件 {case_no} 需补正 {items_count} 项，已一次性列明。请查看补正告知书并尽快补齐。", "有办件需要您补正材料"),
     ("Something is missing",
      "{case_no} needs {items_count} more item(s), all listed in the notice. Please add them soon.",
      "A case needs something from you")),
    ("case.supplemented.applicant",
     ("补正材料已收到", "办件 {case_no} 的补正材料已收到，最迟 {answer_due_on} 告知是否受理。", ""),
     ("Additions received", "What you added to {case_no} has arrived. You will have an answer by {answer_due_on}.", "")),
    ("case.acceptance_refused.applicant",
     ("不予受理", "您申请的“{power_name}”（{case_no}）不予受理，理由及救济途径见《不予受理通知书》。", "有办件的结果请您查看"),
     ("Not accepted",
      "{power_name} ({case_no}) was not accepted. Reasons and remedies stand in the notice.",
      "The outcome of a case is ready")),
    ("case.step_passed.applicant",
     ("办理进展", "办件 {case_no} 已完成“{step}”，进入“{next_step}”。", ""),
     ("Progress", "{case_no} has passed the step {step} and is now at {next_step}.", "")),
    ("case.sent_back.applicant",
     ("办理进展", "办件 {case_no} 正在重新审核“{next_step}”。", ""),
     ("Progress", "{case_no} is being checked again at the step {next_step}.", "")),
    ("case.suspended.applicant",
     ("暂停计时", "办件 {case_no} 因{reason}暂停计时，预计 {planned_days} 个工作日，所需时间不计入期限。", ""),
     ("The clock is stopped",
      "{case_no} waits for a special procedure ({reason}), {planned_days} working days as planned, not counted.", "")),
    ("case.resumed.applicant",
     ("恢复办理", "办件 {case_no} 已恢复办理，新期限为 {due_on}。", ""),
     ("The clock runs again", "{case_no} goes on. The new due date is {due_on}.", "")),
    ("case.extended.applicant",
     ("期限延长", "办件 {case_no} 经批准延长 {extension_days} 个工作日，新期限为 {due_on}，理由见《延期告知书》。", ""),
     ("The limit was extended",
      "{case_no} was extended by {extension_days} working days to {due_on}. The reasons stand in the notice.", "")),
    ("case.granted.applicant",
     ("已作出决定：{outcome_label}", "您申请的“{power_name}”（{case_no}）已办结，结果：{outcome_label}。{result_name}将按您选择的方式送达。",
      "有办件的结果请您查看"),
     ("Granted", "{power_name} ({case_no}) was granted. You will get the document the way you chose.",
      "The outcome of a case is ready")),
    ("case.denied.applicant",
     ("已作出决定：{outcome_label}", "您申请的“{power_name}”（{case_no}）{outcome_label}，理由及复议、诉讼途径见决定书。",
      "有办件的结果请您查看"),
     ("Denied", "{power_name} ({case_no}) was denied. Reasons and remedies stand in the decision.",
      "The outcome of a case is ready")),
    ("case.delivered.applicant",
     ("结果已送达", "办件 {case_no} 的{result_name}已送达。如未收到，请拨打 12345。", ""),
     ("Result delivered", "The result of {case_no} was delivered. Call 12345 if it has not reached you.", "")),
    ("case.closed.applicant",
     ("办件已办结", "办件 {case_no} 已办结，结果：{outcome_label}。", ""),
     ("Case closed", "{case_no} is closed.", "")),
    ("case.withdrawn.applicant",
     ("申请已撤回", "办件 {case_no} 已按您的申请撤回。", ""),
     ("Application withdrawn", "{case_no} was withdrawn as you asked.", "")),
    ("case.withdrawn.handlers",
     ("申请人撤回申请", "办件 {case_no}（{power_name}）已由申请人撤回，无需继续办理。", ""),
     ("Withdrawn by the applicant", "{case_no} ({power_name}) was withdrawn; nothing more to do.",
      "")),
    ("rating.invited.applicant",
     ("请评价本次办理", "办件 {case_no}（{power_name}）已办结，欢迎评价。自愿参与，{window_ends_on} 前有效。", ""),
     ("How did we do?", "{case_no} ({power_name}) is closed. You may rate how it went until {window_ends_on}.",
      "")),
    ("rating.received.applicant",
     ("评价已记录", "您对办件 {case_no} 的评价是 {level} 分，谢谢。", ""),
     ("Rating recorded", "You gave {case_no} {level} of 5. Thank you.", "")),
    ("rating.rectification_opened.applicant",
     ("我们将与您联系", "您对办件 {case_no} 的意见已转交核实整改，承办单位将于 {contact_due_on} 前与您联系。", ""),
     ("We will be in touch", "What you said about {case_no} is being looked into. You will hear from us by "
      "{contact_due_on}.", "")),
    ("rating.feedback_given.applicant",
     ("整改情况反馈", "您对办件 {case_no} 的意见已有处理结果，请查看。", ""),
     ("What became of your feedback", "There is an answer to what you said about {case_no}.",
      "")),
    ("rating.rectification_closed.applicant",
     ("整改已完成", "您对办件 {case_no} 的意见已处理完毕，感谢您的监督。", ""),
     ("Put right", "What you said about {case_no} has been dealt with. Thank you.", "")),
    ("rating.rectification_reopened.applicant",
     ("重新整改", "您对办件 {case_no} 的意见将重新处理。", ""),
     ("Looked into again", "What you said about {case_no} will be dealt with again.", "")),
    ("workflow.task_opened.handlers",
     ("新的待办", "{title}，办理期限 {due_on}。", ""),
     ("Something to do", "{title}, due {due_on}.", "")),
    ("account.session_revoked.applicant",
     ("账号安全提醒", "您的登录凭证被重复使用，相关登录已退出。如非本人操作，请检查登录设备并更换密码。", "账号安全提醒"),
     ("Security of your account",
      "A sign-in token of yours was used twice, and that session was ended. If it was not you, check your devices.",
      "Security of your account")),
]  # fmt: skip


def write(apps, schema_editor):
    text_model, policy_model = apps.get_model("notifications", "TextTemplate"), apps.get_model("notifications", "Policy")
    for code, chinese, english in TEXTS:
        text_model.objects.create(
            code=code, number=1, effective_from=SINCE,
            title_zh=chinese[0], body_zh=chinese[1], push_zh=chinese[2],
            title_en=english[0], body_en=english[1], push_en=english[2],
        )
    for event, audience, purpose, urgency, channels, sms, params in POLICIES:
        policy_model.objects.create(
            event_type=event, audience=audience, channels=channels, template=f"{event}.{audience}",
            sms_template=sms, sms_params=params, purpose=purpose, statutory=purpose in STATUTORY,
            urgency=urgency, ttl_seconds=TTL[urgency], role=ROLES.get(event, "") if audience == "handlers" else "",
            effective_from=SINCE,
        )


def remove(apps, schema_editor):
    apps.get_model("notifications", "Policy").objects.filter(effective_from=SINCE).delete()
    apps.get_model("notifications", "TextTemplate").objects.filter(number=1).delete()


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_inbox_and_policies")]
    operations = [migrations.RunPython(write, remove)]
