"""What officials may choose to say, act by act. What the law words stands as the law words it."""

from datetime import date

from django.db import migrations

SINCE = date(2019, 4, 23)  # the day on which the amended Administrative Licensing Law came into force
LICENCE = "licence"
WORDINGS = [
    ("accept", "opinion", "", "申请材料齐全，符合法定形式，予以受理。"),
    ("accept", "opinion", "", "申请人已按要求提交全部补正申请材料，予以受理。"),
    ("accept", "opinion", "", "申请事项属于本机关职权范围，材料齐全，予以受理。"),
    ("request_supplement", "opinion", "", "申请材料不齐全，请一次性补正以下内容。"),
    ("request_supplement", "opinion", "", "申请材料不符合法定形式，请一次性补正以下内容。"),
    ("request_supplement", "items", "", "身份证明：照片不清晰，请正反面各重拍一张，四角完整、不反光。"),
    ("request_supplement", "items", "", "申请表：签名或者盖章处未填写，请签名或盖章后重新上传。"),
    ("request_supplement", "items", "", "证明材料：已超过有效期，请上传在有效期内的材料。"),
    ("request_supplement", "items", "", "材料内容与申请表填写的不一致，请核对后更正。"),
    ("request_supplement", "items", "", "授权委托书：委托他人代办的，请补充委托书及受托人身份证明。"),
    ("refuse_acceptance", "opinion", LICENCE, "申请事项依法不需要取得行政许可。"),
    ("refuse_acceptance", "opinion", "", "申请事项依法不属于本机关职权范围，请向有关行政机关申请。"),
    ("refuse_acceptance", "opinion", "", "申请人未在规定期限内补正全部材料。"),
    ("refuse_acceptance", "legal_basis", LICENCE, "《中华人民共和国行政许可法》第三十二条第一款第（一）项"),
    ("refuse_acceptance", "legal_basis", LICENCE, "《中华人民共和国行政许可法》第三十二条第一款第（二）项"),
    ("refuse_acceptance", "legal_basis", LICENCE, "《中华人民共和国行政许可法》第三十二条第一款第（四）项"),
    ("pass", "opinion", "", "经审查，申请材料真实、完整，申请人符合法定条件，建议准予。"),
    ("pass", "opinion", "", "经审查，申请人不符合法定条件，建议不予办理，理由见附言。"),
    ("pass", "opinion", LICENCE, "经两名以上工作人员现场核查，情况与申请材料一致，建议准予。"),
    ("send_back", "opinion", "", "审查意见不明确，请补充说明后再报。"),
    ("send_back", "opinion", "", "材料核对不完整，请重新核对。"),
    ("send_back", "opinion", "", "适用依据有误，请更正后再报。"),
    ("grant", "opinion", LICENCE, "申请人的申请符合法定条件、标准，依法准予行政许可。"),
    ("grant", "opinion", "", "申请人符合规定条件，准予办理。"),
    ("deny", "opinion", "", "申请人不符合法定条件、标准。"),
    ("deny", "opinion", "", "申请人提交的材料不能证明其符合规定条件。"),
    ("deny", "opinion", LICENCE, "申请人隐瞒有关情况或者提供虚假材料申请行政许可。"),
    ("deny", "legal_basis", LICENCE, "《中华人民共和国行政许可法》第三十八条第二款"),
    ("deny", "legal_basis", LICENCE, "《中华人民共和国行政许可法》第七十八条"),
    ("suspend", "opinion", LICENCE, "依法需要进行上述程序，所需时间不计算在办理期限内，特此书面告知。"),
    ("suspend", "opinion", "", "作出决定前需要完成上述程序，完成后继续办理。"),
    ("resume", "opinion", "", "特别程序已经完成，结果已归入案卷，恢复办理。"),
    ("extend", "opinion", LICENCE, "案情复杂，在规定期限内不能作出决定，经本行政机关负责人批准延长。"),
    ("extend", "opinion", "", "需要进一步核实有关情况，经负责人批准延长。"),
    ("deliver", "opinion", "", "结果文书已制作完成，已送达申请人。"),
    ("deliver", "opinion", "", "申请人已到窗口领取并签收。"),
]


def write(apps, schema_editor):
    wording = apps.get_model("cases", "OpinionWording")
    wording.objects.bulk_create(
        wording(
            action=action, field=field, type_code=type_code, text=text, position=position, effective_from=SINCE
        )
        for position, (action, field, type_code, text) in enumerate(WORDINGS)
    )


def remove(apps, schema_editor):
    apps.get_model("cases", "OpinionWording").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("cases", "0005_opinion_wordings")]
    operations = [migrations.RunPython(write, remove)]
