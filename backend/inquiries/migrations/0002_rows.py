"""Default limits (domain 6.2), numbers, topics, reasons and rules of signals; a city replaces them with dated rows."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
LIMITS = [
    # kind, channel, request type, urgency, petition, amount, unit, basis
    ("dispatch", "", "", "", False, 2, "wh", ""),
    ("dispatch", "", "", "urgent", False, 15, "min", ""),
    ("accept", "mailbox", "", "", True, 15, "cd", "信访工作条例：15日内告知是否受理"),
    ("sign", "", "", "", False, 4, "wh", "签收：4个工作小时"),
    ("sign", "", "", "urgent", False, 30, "min", "紧急签收：30分钟"),
    ("contact", "", "", "", False, 1, "wd", "1个工作日内联系诉求人"),
    ("response", "", "", "urgent", False, 2, "h", "紧急：2小时先期响应"),
    ("answer", "", "", "", False, 5, "wd", "求助等：5个工作日"),
    ("answer", "", "inquiry", "", False, 1, "wd", "咨询：1个工作日"),
    ("answer", "", "complaint", "", False, 15, "wd", "投诉：15个工作日"),
    ("answer", "", "report", "", False, 15, "wd", "举报：15个工作日"),
    ("answer", "", "suggestion", "", False, 15, "wd", "建议：15个工作日"),
    ("answer", "", "criticism", "", False, 15, "wd", "批评：15个工作日"),
    ("answer", "", "", "urgent", False, 24, "h", "紧急：24小时"),
    ("answer", "", "", "complex", False, 15, "wd", "疑难：15个工作日"),
    ("answer", "mailbox", "", "", False, 10, "wd", "书记市长信箱：10个工作日"),
    ("answer", "mailbox", "", "", True, 60, "cd", "信访工作条例：60日内办结"),
    ("extension", "mailbox", "", "", True, 30, "cd", "信访工作条例：延长不超过30日"),
    ("redo", "", "", "", False, 5, "wd", "重办：5个工作日"),
    ("redo", "", "", "urgent", False, 24, "h", "紧急重办：24小时"),
    ("send_back", "", "", "", False, 2, "wd", "审核退回：2个工作日"),
    ("return", "", "", "", False, 1, "wd", "退单：派单后1个工作日内"),
    ("return", "", "", "urgent", False, 2, "h", "紧急退单：2小时内"),
    ("decide_return", "", "", "", False, 4, "wh", "退单审核：4个工作小时"),
    ("decide_return", "", "", "urgent", False, 30, "min", "紧急退单审核：30分钟"),
    ("review", "", "", "", False, 1, "wd", "答复审核：1个工作日"),
    ("callback", "", "", "", False, 3, "wd", "回访：3个工作日内"),
]
POLICIES = [
    ("centre_code", None, "321300", "热线中心所在单位代码"),
    ("redo_limit", 2, "", "重办不超过2次"),
    ("reopen_hours", 72, "", "办结后72小时内可重新打开"),
    ("reopen_limit", 1, "", ""),
    ("call_tries", 3, "", "回访3次未接通即结案"),
    ("same_answer_percent", 95, "", "重办答复与以往相似度达到此值即视为相同"),
    ("max_files", 6, "", ""),
    ("max_file_megabytes", 20, "", ""),
    ("daily_per_person", 20, "", ""),
    ("archive_days", 30, "", ""),
    ("similar_days", 30, "", ""),
    ("similar_percent", 30, "", ""),
    ("quick_answer_seconds", 15, "", "15秒内接听"),
    ("connected_percent", 95, "", "接通率不低于95%"),
    ("knowledge_review_months", 6, "", ""),
]
REASONS = [
    ("return", "not_our_duty", "不属于本单位职责", "Not our duty", True),
    ("return", "not_our_area", "不属于本辖区", "Outside our area", True),
    ("return", "other_unit_handling", "其他单位已在办理", "Another unit handles it already", False),
    ("return", "wrong_facts", "工单要素有误，无法办理", "The facts given are wrong", False),
    ("cancel", "outside_city", "不在本市行政区域", "Outside the city", False),
    ("cancel", "in_court", "已进入诉讼、仲裁、复议程序", "Before a court, an arbitrator or under reconsideration", False),
    ("cancel", "secret", "涉及国家秘密、商业秘密、个人隐私", "State or trade secrets, privacy", False),
    ("cancel", "unlawful", "违反法律法规或公序良俗", "Against law or good morals", False),
    ("cancel", "impossible", "诉求不明且无法联系核实", "Unclear, and nobody can be asked", False),
    ("cancel", "harassment", "恶意骚扰", "Malicious harassment", False),
    ("cancel", "withdrawn", "诉求人撤回", "Taken back by the caller", False),
    ("cancel", "repeated", "与已办结工单完全相同", "The same as one already closed", False),
    ("transfer", "petition", "信访事项，转信访渠道", "A petition, to the petition office", False),
    ("transfer", "police_110", "警情，转110", "Police matter, to 110", False),
    ("transfer", "fire_119", "火警，转119", "Fire, to 119", False),
    ("transfer", "medical_120", "急救，转120", "Medical emergency, to 120", False),
    ("transfer", "military", "涉军事项", "Military matter", False),
    ("transfer", "discipline", "违纪违法线索，转纪检监察", "Breach of discipline, to the supervision commission", False),
    ("transfer", "court", "依法应由司法机关处理", "For the courts", False),
]
TOPICS = [
    # code, name, English, department, kind, urgent, words
    ("city", "城市管理", "City management", "", "", False, []),
    ("city.facilities", "市政设施", "Public works", "ZJ", "", False, ["市政"]),
    ("city.facilities.lamp", "路灯照明", "Street lamps", "ZJ", "help", False, ["路灯", "不亮", "照明", "灯坏"]),
    ("city.facilities.road", "道路破损", "Damaged roads", "ZJ", "help", False, ["路面", "坑洼", "破损", "坑", "道路不平"]),
    ("city.facilities.manhole", "井盖", "Manhole covers", "ZJ", "help", True, ["井盖", "窨井"]),
    ("city.facilities.drain", "积水排水", "Flooding and drains", "ZJ", "help", False, ["积水", "下水道", "排水", "内涝", "堵塞"]),
    ("city.look", "市容环境", "Street cleanliness", "CG", "", False, ["市容"]),
    ("city.look.rubbish", "垃圾清运", "Rubbish", "CG", "help", False, ["垃圾", "清运", "垃圾桶", "异味", "臭味"]),
    ("city.look.stalls", "占道经营", "Street stalls", "CG", "complaint", False, ["占道", "摊贩", "流动摊", "出店经营"]),
    ("city.look.advert", "小广告", "Illegal adverts", "CG", "complaint", False, ["小广告", "牛皮癣", "乱张贴"]),
    ("city.look.noise", "施工和社会噪声", "Noise", "CG", "complaint", False, ["噪音", "噪声", "扰民", "夜间施工", "广场舞"]),
    ("city.illegal_building", "违法建设", "Illegal building", "CG", "report", False, ["违建", "违章建筑", "私搭乱建"]),
    ("housing", "住房和物业", "Housing", "", "", False, []),
    ("housing.property", "物业服务", "Property management", "ZJ", "complaint", False, ["物业", "物业费", "业委会", "保安"]),
    ("housing.lift", "电梯安全", "Lifts", "SJ", "complaint", False, ["电梯", "困人"]),
    ("housing.deed", "房产办证", "Housing deeds", "ZJ", "inquiry", False, ["不动产", "房产证", "网签", "备案"]),
    ("housing.rent", "公租房", "Public rental housing", "ZJ", "inquiry", False, ["公租房", "保障房", "租赁补贴"]),
    ("utility", "水电气暖", "Utilities", "", "", False, []),
    ("utility.water", "供水", "Water", "ZJ", "help", False, ["停水", "自来水", "水压", "供水", "水费"]),
    ("utility.gas", "燃气", "Gas", "ZJ", "help", True, ["燃气", "煤气", "漏气", "天然气"]),
    ("utility.heat", "供暖", "Heating", "ZJ", "help", False, ["供暖", "暖气", "停暖"]),
    ("utility.power", "供电", "Electricity", "FG", "help", False, ["停电", "电费", "供电", "电压"]),
    ("traffic", "交通出行", "Transport", "", "", False, []),
    ("traffic.bus", "公交", "Buses", "JT", "suggestion", False, ["公交", "公交车", "线路", "站台"]),
    ("traffic.taxi", "出租车网约车", "Taxis", "JT", "complaint", False, ["出租车", "网约车", "拒载", "绕路"]),
    ("traffic.highway", "公路", "Highways", "JT", "help", False, ["国道", "省道", "公路", "高速"]),
    ("traffic.parking", "停车", "Parking", "CG", "complaint", False, ["停车", "停车位", "乱停车", "车位"]),
    ("market", "市场监管", "Market supervision", "", "", False, []),
    ("market.food", "食品安全", "Food safety", "SJ", "report", False, ["食品", "过期", "变质", "餐馆", "饭店", "外卖"]),
    ("market.consumer", "消费维权", "Consumer rights", "SJ", "complaint", False, ["退款", "消费", "假货", "欺诈", "预付卡", "质量问题", "充值"]),
    ("market.price", "价格收费", "Prices", "SJ", "complaint", False, ["乱收费", "价格", "涨价", "不明码标价"]),
    ("market.licence", "营业执照", "Business licences", "SJ", "inquiry", False, ["营业执照", "个体户", "注册公司", "食品经营许可"]),
    ("market.tobacco", "烟草专卖", "Tobacco", "YC", "inquiry", False, ["烟草", "卷烟", "烟草证"]),
    ("education", "教育", "Education", "", "", False, []),
    ("education.enrol", "入学招生", "Enrolment", "JY", "inquiry", False, ["入学", "招生", "学区", "幼升小", "小升初", "报名", "转学"]),
    ("education.school", "学校管理", "Schools", "JY", "complaint", False, ["学校", "老师", "食堂", "校园", "体罚"]),
    ("education.training", "校外培训", "Private tuition", "JY", "complaint", False, ["培训机构", "补课", "培训班", "退费"]),
    ("health", "卫生健康", "Health", "", "", False, []),
    ("health.hospital", "医院服务", "Hospitals", "WJ", "complaint", False, ["医院", "挂号", "医生", "门诊", "病房"]),
    ("health.vaccine", "预防接种", "Vaccination", "WJ", "inquiry", False, ["疫苗", "接种", "预防针"]),
    ("social", "民生保障", "Social matters", "", "", False, []),
    ("social.aid", "低保救助", "Social aid", "MZ", "inquiry", False, ["低保", "救助", "困难补助", "特困"]),
    ("social.elderly", "养老", "Care of the old", "MZ", "inquiry", False, ["养老", "养老院", "老年证", "高龄补贴"]),
    ("social.marriage", "婚姻登记", "Marriage", "MZ", "inquiry", False, ["结婚登记", "离婚登记", "婚姻登记"]),
    ("service", "政务服务", "Government service", "", "", False, []),
    ("service.window", "窗口办事", "Service windows", "SP", "inquiry", False, ["窗口", "办事大厅", "政务大厅", "预约", "需要什么材料"]),
    ("service.conduct", "工作作风", "Conduct of staff", "JW", "report", False, ["不作为", "态度差", "推诿", "吃拿卡要", "受贿"]),
    ("service.law", "法律援助", "Legal aid", "SF", "inquiry", False, ["法律援助", "公证", "人民调解", "律师"]),
]
SIGNALS = [
    # kind, threshold, hours, factor
    ("similar", 10, 24, 0),
    ("unusual_topic", 8, 24, 3.0),
    ("unusual_area", 15, 24, 3.0),
    ("bouncing_unit", 5, 168, 0),
]


def write(apps, schema_editor):
    limit, policy = apps.get_model("inquiries", "InquiryLimit"), apps.get_model("inquiries", "InquiryPolicy")
    topic, reason = apps.get_model("inquiries", "Topic"), apps.get_model("inquiries", "Reason")
    rule = apps.get_model("inquiries", "SignalRule")
    for kind, channel, request_type, urgency, petition, amount, unit, basis in LIMITS:
        limit.objects.create(
            kind=kind, channel=channel, request_type=request_type, urgency=urgency, petition=petition, amount=amount,
            unit=unit, basis=basis, effective_from=SINCE,
        )
    for name, number, word, basis in POLICIES:
        policy.objects.create(name=name, number=number, word=word, basis=basis, effective_from=SINCE)
    for kind, code, name, english, needs_clause in REASONS:
        reason.objects.create(
            kind=kind, code=code, name=name, name_en=english, needs_clause=needs_clause, effective_from=SINCE
        )
    made = {}
    for code, name, english, unit_code, request_type, urgent, words in TOPICS:
        parent = made.get(code.rpartition(".")[0])
        made[code] = topic.objects.create(
            code=code, parent=parent, name=name, name_en=english, path=f"{parent.path}/{name}" if parent else name,
            request_type=request_type, words=words, unit_code=unit_code, urgent=urgent, effective_from=SINCE,
        )
    for kind, threshold, hours, factor in SIGNALS:
        rule.objects.create(kind=kind, threshold=threshold, hours=hours, factor=factor, effective_from=SINCE)


def remove(apps, schema_editor):
    apps.get_model("inquiries", "Topic").objects.filter(effective_from=SINCE).order_by("-code").delete()
    for name in ("InquiryLimit", "InquiryPolicy", "Reason", "SignalRule"):
        apps.get_model("inquiries", name).objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("inquiries", "0001_order_tables")]
    operations = [migrations.RunPython(write, remove)]
