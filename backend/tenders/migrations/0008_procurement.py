"""Numbers of procurement law that had been those of the Tender Law, and two it alone has."""

from datetime import date

from django.db import migrations, models

SINCE = date(2013, 1, 1)
LAW = "procurement_law"
OWN = [
    ("bond_refund_withdrawn", 5, "wd", "政府采购货物和服务招标投标管理办法第二十三条"),
    ("bond_percent", 2, "cd", "政府采购法实施条例第三十三条"),
    ("min_bidders", 3, "cd", "政府采购法第三十六条"),
    ("query", 7, "wd", "政府采购法第五十二条"),
    ("contract_filing", 7, "wd", "政府采购法第四十七条"),
]
ACTS = [
    ("evaluation_report", "evaluation_report"),
    ("supervisor_report", "supervisor_report"),
    ("contract_signed", "contract_signed"),
    ("contract_filed", "contract_filed"),
    ("bonds_returned", "bonds_returned"),
]


def write(apps, schema_editor):
    model = apps.get_model("tenders", "TenderPolicy")
    for code, value, unit, basis in OWN:
        model.objects.update_or_create(
            law=LAW, code=code, effective_from=SINCE, defaults={"value": value, "unit": unit, "basis": basis}
        )


def remove(apps, schema_editor):
    model = apps.get_model("tenders", "TenderPolicy")
    model.objects.filter(law=LAW, code__in=("query", "contract_filing"), effective_from=SINCE).delete()
    for row in model.objects.filter(law="tender_law", effective_from=SINCE, code__in=[code for code, *_ in OWN]):
        same = model.objects.filter(law=LAW, code=row.code, effective_from=SINCE)
        same.update(value=row.value, unit=row.unit, basis=row.basis)


class Migration(migrations.Migration):
    dependencies = [("tenders", "0007_invitation_replies")]
    operations = [
        migrations.AlterField("recordedact", "act", models.CharField(choices=ACTS, max_length=20)),
        migrations.RunPython(write, remove),
    ]
