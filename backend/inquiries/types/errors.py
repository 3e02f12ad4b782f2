"""Refusals of the inquiries."""

from __future__ import annotations

from kernel.errors import ErrorCode, error


class InquiryError(ErrorCode):
    """Why something was not done, and what to do."""

    NOT_FOUND = error(
        "inquiry_not_found",
        404,
        zh=("没有找到这个工单", "请核对编号；只能查看您自己的或由您办理的工单。"),
        en=("Order not found", "Check the number. You can only see your own orders, or those you handle."),
    )
    FILE_NOT_FOUND = error(
        "inquiry_file_not_found",
        404,
        zh=("没有找到这个附件", "它可能已被删除，或不向您开放。"),
        en=("File not found", "It may have been removed, or is not open to you."),
    )
    PROGRESS_NOT_FOUND = error(
        "inquiry_progress_not_found",
        404,
        zh=("没有查到", "工单编号或查询码不正确，请核对短信。"),
        en=("Nothing found", "The order number or the query code is wrong. Check your text message."),
    )
    ACTION_NOT_ALLOWED = error(
        "inquiry_action_not_allowed",
        409,
        zh=("当前不能这样办理", "工单目前是“{state}”，不能进行这项操作。请刷新后再看。"),
        en=("Not possible now", "The order is “{state_en}”, which does not allow this. Refresh and look again."),
    )
    NOT_YOUR_POST = error(
        "inquiry_not_your_post",
        403,
        zh=("不是您的职责", "这项操作由其他岗位办理。"),
        en=("Not your post", "This belongs to another post."),
    )
    OWN_ORDER = error(
        "inquiry_own_order",
        403,
        zh=("需要回避", "不能办理自己提出的诉求，请交由同事办理。"),
        en=("Conflict of interest", "You cannot handle what you asked for yourself. Leave it to a colleague."),
    )
    OTHER_REVIEWER = error(
        "inquiry_other_reviewer",
        403,
        zh=("须换人审核", "重新打开的工单须由另一人审核。"),
        en=("Another reviewer is needed", "A reopened order is reviewed by somebody else."),
    )
    FIELD_NEEDED = error(
        "inquiry_field_needed",
        422,
        zh=("还缺必填内容", "请补充所列各项后再提交。"),
        en=("Something is missing", "Fill in the listed fields and send again."),
    )
    SAME_TEXT = error(
        "inquiry_same_answer",
        422,
        zh=("答复内容与上次相同", "重办不能以原文再次答复，请写明新的办理情况。"),
        en=("The same answer again", "A redone order cannot be answered with the same words. Say what was done anew."),
    )
    RETURN_LATE = error(
        "inquiry_return_late",
        409,
        zh=("已过退单时限", "退单须在派单后规定时限内提出（{due}前）。"),
        en=("Too late to return", "A return must be asked for within the time set after dispatch, by {due}."),
    )
    RETURNED_BEFORE = error(
        "inquiry_returned_before",
        409,
        zh=("本单位已退过此单", "每个单位对同一工单只能申请退单一次。"),
        en=("Your unit returned it before", "A unit may ask to return an order once."),
    )
    RULED_FINALLY = error(
        "inquiry_ruled_finally",
        409,
        zh=("已经终审裁定", "承办单位已由终审裁定，不能再退单。"),
        en=("Ruled finally", "Who handles it was ruled finally; it cannot be returned again."),
    )
    EXTENDED_BEFORE = error(
        "inquiry_extended_before",
        409,
        zh=("已申请过延期", "每次办理只能延期一次。"),
        en=("Extended before", "The limit can be extended once."),
    )
    EXTENSION_LATE = error(
        "inquiry_extension_late",
        409,
        zh=("已不能延期", "延期须在到期之前申请。"),
        en=("Too late to extend", "An extension must be asked for before the limit ends."),
    )
    EXTENSION_LONG = error(
        "inquiry_extension_long",
        422,
        zh=("延期过长", "延期不能超过原时限 {limit}。"),
        en=("Too long", "An extension may be at most as long as the limit itself: {limit}."),
    )
    REOPEN_LATE = error(
        "inquiry_reopen_late",
        409,
        zh=("已过重新打开的期限", "办结后 {hours} 小时内可以重新打开；请另行提交或拨打 12345。"),
        en=(
            "Too late to reopen",
            "It can be reopened within {hours} hours after closing. Send a new one or call 12345.",
        ),
    )
    REOPENED_BEFORE = error(
        "inquiry_reopened_before",
        409,
        zh=("已重新打开过", "这个工单已重新打开过，请另行提交或拨打 12345。"),
        en=("Reopened before", "It was reopened already. Send a new one or call 12345."),
    )
    SAID_BEFORE = error(
        "inquiry_said_before",
        409,
        zh=("已经评价", "您对这次答复已经评价过。"),
        en=("You said so already", "You have already told us about this answer."),
    )
    REASON_UNKNOWN = error(
        "inquiry_reason_unknown",
        422,
        zh=("请选择规定的理由", "退单、销单、转送须从规定的理由中选择。"),
        en=("Choose a reason from the list", "Returns, cancellations and transfers need one of the listed reasons."),
    )
    UNIT_UNKNOWN = error(
        "inquiry_unit_unknown",
        422,
        zh=("不能派给这个单位", "请选择有承办人员的单位，且与当前单位不同。"),
        en=("Not a unit for orders", "Choose a unit that has handlers and is not the present one."),
    )
    MERGE_REFUSED = error(
        "inquiry_merge_refused",
        422,
        zh=("不能并入这个工单", "只能并入另一个尚未办结、本身未被并单的工单；举报件不并单。"),
        en=("Cannot be merged", "Merge into another open order that is not merged itself. Reports are not merged."),
    )
    TOPIC_UNKNOWN = error(
        "inquiry_topic_unknown",
        422,
        zh=("没有这个分类", "请从分类中选择。"),
        en=("No such topic", "Choose one of the topics."),
    )
    FILES_FULL = error(
        "inquiry_files_full",
        409,
        zh=("附件数量已满", "最多 {limit} 个附件。"),
        en=("Enough files", "At most {limit} files."),
    )
    TOO_MANY = error(
        "inquiry_too_many",
        429,
        zh=("提交过于频繁", "今天已提交 {limit} 件，请明天再提交，紧急事项请拨打 12345。"),
        en=("Too many today", "You sent {limit} today. Try again tomorrow, or call 12345 if it is urgent."),
    )
    NOT_READY = error(
        "inquiry_centre_missing",
        404,
        zh=("热线尚未开通", "本地尚未设置热线中心，请拨打 12345。"),
        en=("The hotline is not set up", "No hotline centre is set up here. Call 12345."),
    )
    NOT_A_COUNTY = error(
        "inquiry_not_a_county",
        422,
        zh=("不能设置县级热线", "“{name}”不是本市的县（区），请填写县（区）人民政府的编码。"),
        en=("No desk of a county", "“{name}” is not a county of this city. Give the code of a county's government."),
    )
    ENTRY_NOT_FOUND = error(
        "knowledge_not_found",
        404,
        zh=("没有找到这条知识", "它可能已下线或过期。"),
        en=("Entry not found", "It may have been retired or is no longer valid."),
    )
    ENTRY_STATE = error(
        "knowledge_state",
        409,
        zh=("当前状态不能这样做", "请刷新后再看。"),
        en=("Not possible now", "Refresh and look again."),
    )
    DATES_WRONG = error(
        "knowledge_dates",
        422,
        zh=("有效期不正确", "失效日期须晚于生效日期。"),
        en=("Wrong dates", "The end must come after the beginning."),
    )
    PRIVACY_LEFT = error(
        "publication_privacy_left",
        422,
        zh=("仍有个人信息", "公开内容中仍发现姓名、电话、证件号或车牌，请遮盖后再公开。"),
        en=("Personal data left", "Names, numbers or plates are still in the text. Hide them before publishing."),
    )
    PUBLICATION_REFUSED = error(
        "publication_refused",
        409,
        zh=("不能公开这件诉求", "举报、保密、未办结或诉求人不同意公开的工单不能公开。"),
        en=(
            "Cannot be published",
            "Reports, confidential and open orders, and those whose caller said no, stay closed.",
        ),
    )
    CALL_NOT_FOUND = error(
        "hotline_call_not_found",
        404,
        zh=("没有找到这个来电", "请刷新来电列表。"),
        en=("Call not found", "Refresh the list of calls."),
    )
    CALL_TAKEN = error(
        "hotline_call_taken",
        409,
        zh=("来电已由同事接听", "请接听下一个来电。"),
        en=("A colleague took this call", "Take the next one."),
    )
    HANDED_OVER_BY_YOU = error(
        "hotline_handed_over_by_you",
        403,
        zh=("须由接班班长确认", "交班人不能自己确认，请由下一班班长确认接班。"),
        en=("The next leader confirms", "Who handed over cannot confirm it. The leader of the next shift does."),
    )
    TAKEN_OVER = error(
        "hotline_taken_over",
        409,
        zh=("已有人接班", "这一班已由{name}确认接班。"),
        en=("Taken over already", "{name} has confirmed this hand-over already."),
    )
