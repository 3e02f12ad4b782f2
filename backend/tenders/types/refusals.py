"""Refusals of tenders. Each names the rule that stands against it."""

from __future__ import annotations

from kernel.errors import ErrorCode, error


class TenderError(ErrorCode):
    """What tenders refuse."""

    PROJECT_NOT_FOUND = error(
        "tender_project_not_found",
        404,
        zh=("没有找到这个项目", "请核对项目编号。"),
        en=("No such project", "Check the project number."),
    )
    NOT_FOUND = error(
        "tender_record_not_found",
        404,
        zh=("没有找到", "它不存在，或您无权查看。"),
        en=("Not found", "It does not exist, or is not yours to see."),
    )
    NOT_ALLOWED_NOW = error(
        "tender_act_not_allowed",
        409,
        zh=("现在不能办理", "标段当前状态为“{state}”，不能进行这项操作。"),
        en=("Not possible now", "The section is {state_en}; this cannot be done now."),
    )
    BID_STANDS = error(
        "tender_bid_stands",
        409,
        zh=("已递交投标文件", "如不参加投标，请先撤回已递交的投标文件。"),
        en=("A bid was handed in", "Withdraw it before you decline the invitation."),
    )
    PERIOD_TOO_SHORT = error(
        "tender_period_too_short",
        422,
        zh=("法定期限不足", "{rule}：最早为 {earliest}。依据：{basis}。"),
        en=("The lawful period is too short", "{rule_en}: the earliest is {earliest}. Basis: {basis}."),
    )
    CONTENT_INCOMPLETE = error(
        "tender_notice_incomplete",
        422,
        zh=("公告内容不完整", "请补充所列各项后再提交。"),
        en=("The notice is incomplete", "Complete the items listed, then send it again."),
    )
    IMMUTABLE = error(
        "tender_notice_immutable",
        409,
        zh=("公告已发布", "已发布的公告不得修改，请另行发布变更公告。"),
        en=("Already published", "A published notice is never changed. Publish a change notice instead."),
    )
    SECOND_PERSON = error(
        "tender_second_person_needed",
        403,
        zh=("须由他人复核", "起草人不能复核自己的公告。"),
        en=("A second person is needed", "Whoever wrote a notice cannot review it."),
    )
    KEY_MISSING = error(
        "tender_key_missing",
        409,
        zh=("尚未生成开标密钥", "请先由开标人生成标段密钥并分存份额。"),
        en=("The opening key is missing", "Have the key of the section made and its shares handed out first."),
    )
    KEY_FIXED = error(
        "tender_key_fixed",
        409,
        zh=("密钥不能更换", "招标公告发布后不得更换开标密钥。"),
        en=("The key is fixed", "Once the tender notice is published, the opening key cannot be replaced."),
    )
    KEY_INVALID = error(
        "tender_key_invalid",
        422,
        zh=("密钥格式有误", "请使用本平台的工具生成 P-256 公钥和三个份额摘要。"),
        en=("Not a usable key", "Use the platform's tool to make a P-256 public key and the digests of three shares."),
    )
    NOT_REPRESENTED = error(
        "tender_company_not_represented",
        404,
        zh=("不能代表该企业", "您不是该企业的法定代表人或受托人。"),
        en=("You do not act for this company", "Only its legal representative or an authorised agent can."),
    )
    IDENTITY_NEEDED = error(
        "tender_identity_needed",
        403,
        zh=("请先完成实名认证", "代表企业参加投标，须先完成本人实名认证。"),
        en=("Confirm who you are", "Give your real name and ID number before you act for a company."),
    )
    BIDS_SEALED = error(
        "bids_still_sealed",
        403,
        zh=("投标文件尚未开启", "开标前任何人不得查看投标文件、投标人名称和数量；本次查询已记录。"),
        en=("The bids are sealed", "Before the opening nobody sees bids, bidders or their number. This was recorded."),
    )
    DOCUMENTS_NOT_TAKEN = error(
        "tender_documents_not_taken",
        409,
        zh=("尚未获取招标文件", "请先获取招标文件，再进行这项操作。"),
        en=("Take the documents first", "Obtain the tender documents, then try again."),
    )
    SALE_CLOSED = error(
        "tender_documents_not_available",
        409,
        zh=("不在文件获取期内", "招标文件获取时间为 {start} 至 {end}。"),
        en=("Documents are not available now", "They are available from {start} to {end}."),
    )
    QUALIFICATION_MISSING = error(
        "tender_qualification_missing",
        422,
        zh=("资质材料不齐或已过期", "请补充有效的资质材料：{missing}。"),
        en=("Qualification documents missing or expired", "Add valid documents: {missing}."),
    )
    QUESTION_LATE = error(
        "tender_question_too_late",
        409,
        zh=("已超过提问期限", "提问截止时间为 {until}。"),
        en=("Too late to ask", "Questions could be asked until {until}."),
    )
    OBJECTION_LATE = error(
        "tender_objection_too_late",
        409,
        zh=("已超过提出期限", "最晚应在 {until} 提出。依据：{basis}。"),
        en=("Too late to object", "The last day was {until}. Basis: {basis}."),
    )
    SUSPENDED = error(
        "tender_suspended",
        409,
        zh=("招标活动已暂停", "有异议或质疑尚未答复，答复前暂停。"),
        en=("Suspended", "An objection waits for its answer; nothing goes on until then."),
    )
    BID_LATE = error(
        "bid_after_deadline",
        409,
        zh=("投标已截止", "投标截止时间为 {deadline}，本次于 {received_at} 送达，依法拒收。"),
        en=("The deadline has passed", "Bids were due by {deadline}; this one came at {received_at} and is refused."),
    )
    BID_INCOMPLETE = error(
        "bid_incomplete",
        422,
        zh=("文件未传完", "已收到 {received} 段，共 {expected} 段。截止前未传完视为未递交。"),
        en=("The upload is incomplete", "{received} of {expected} steps have arrived. Unfinished is not received."),
    )
    BID_DIGEST = error(
        "bid_digest_differs",
        422,
        zh=("文件校验不一致", "收到的内容与您声明的摘要不同，请重新上传。"),
        en=("The digest differs", "What arrived is not what you announced. Upload it again."),
    )
    BID_NOT_SEALED = error(
        "bid_not_encrypted",
        422,
        zh=("投标文件未加密", "未按规定加密的投标文件应当拒收，请使用本平台或离线工具加密。"),
        en=(
            "The bid is not encrypted",
            "A bid that is not encrypted is refused. Use this platform or the offline tool.",
        ),
    )
    BID_STATE = error(
        "bid_state_conflict",
        409,
        zh=("投标状态不允许", "这份投标文件已经递交、替换或撤回。"),
        en=("Not possible in this state", "This bid was handed in, replaced or withdrawn already."),
    )
    TOO_EARLY = error(
        "opening_too_early",
        409,
        zh=("未到开标时间", "开标时间为 {deadline}，任何人不得提前开标。"),
        en=("Too early", "Bids are opened at {deadline}, not earlier by anyone."),
    )
    SHARE_WRONG = error(
        "opening_share_wrong",
        422,
        zh=("密钥份额不正确", "该份额与您登记的摘要不符。"),
        en=("Not your share", "This share does not fit the digest registered for you."),
    )
    TOO_FEW_BIDS = error(
        "opening_too_few_bids",
        409,
        zh=("投标人少于三个", "投标人少于 {minimum} 个的，不得开标，招标人应当重新招标。"),
        en=("Too few bids", "With fewer than {minimum} bidders nothing is opened; the tender is repeated."),
    )
    CANDIDATES_INVALID = error(
        "tender_candidates_invalid",
        422,
        zh=("候选人名单有误", "候选人须为已开标的投标人，排序且不超过三个；国有资金项目由第一名中标。"),
        en=(
            "The list of candidates is not valid",
            "At most three ranked bidders whose bids were opened; with public funds the first wins.",
        ),
    )
    AWARD_ORDER = error(
        "tender_award_order",
        422,
        zh=("须依次确定其他候选人", "请选择排名在原中标人之后的候选人，并确认排名在前者放弃或依法不能中标。"),
        en=(
            "The next candidate in order wins",
            "Choose a candidate ranked after the winner so far, and confirm that those before cannot win.",
        ),
    )
    CONTRACT_SIGNED = error(
        "tender_contract_signed",
        409,
        zh=("合同已签订", "合同签订后不能另行定标，也不能宣布招标失败。"),
        en=("The contract is signed", "After that nobody else can win, and the tender cannot be declared failed."),
    )
    PUBLICITY_RUNNING = error(
        "tender_publicity_running",
        409,
        zh=("公示期未满", "候选人公示至 {until}，期满后方可定标。"),
        en=("Candidates are still on display", "They are published until {until}; the award comes after that."),
    )
    SUBSCRIPTION_LIMIT = error(
        "tender_subscription_limit",
        409,
        zh=("订阅数量已达上限", "最多可保存 {limit} 个订阅，请先删除不需要的。"),
        en=("Too many subscriptions", "You may keep {limit}. Remove one you no longer need."),
    )
    RELEASE_INVALID = error(
        "ocds_release_invalid",
        422,
        zh=("数据包不符合 OCDS 1.1", "请按所列位置修改后重新导入。"),
        en=("Not a valid OCDS 1.1 package", "Correct the places listed and import it again."),
    )
