"""Lawful numbers: Tender Law and its Regulation (domain.md 8.1, T01-T16), and government procurement apart."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
REGULATION, LAW, E_BIDDING = "招标投标法实施条例", "招标投标法", "电子招标投标办法"
TENDER = [
    ("sale_period", 5, "cd", f"{REGULATION}第十六条"),
    ("prequal_application", 5, "cd", f"{REGULATION}第十七条"),
    ("bid_period", 20, "cd", f"{LAW}第二十四条"),
    ("change_before_deadline", 15, "cd", f"{REGULATION}第二十一条"),
    ("prequal_change", 3, "cd", f"{REGULATION}第二十一条"),
    ("objection_prequal", 2, "cd", f"{REGULATION}第二十二条"),
    ("objection_documents", 10, "cd", f"{REGULATION}第二十二条"),
    ("objection_answer", 3, "cd", f"{REGULATION}第二十二条"),
    ("bond_percent", 2, "cd", f"{REGULATION}第二十六条"),
    ("bond_refund_withdrawn", 5, "cd", f"{REGULATION}第三十五条"),
    ("min_bidders", 3, "cd", f"{REGULATION}第四十四条"),
    ("candidates_publish", 3, "cd", f"{REGULATION}第五十四条"),
    ("publicity", 3, "cd", f"{REGULATION}第五十四条"),
    ("max_candidates", 3, "cd", f"{REGULATION}第五十三条"),
    ("contract", 30, "cd", f"{LAW}第四十六条"),
    ("bond_refund", 5, "cd", f"{REGULATION}第五十七条"),
    ("performance_bond_percent", 10, "cd", f"{REGULATION}第五十八条"),
    ("complaint", 10, "cd", f"{REGULATION}第六十条"),
    ("report", 15, "cd", f"{LAW}第四十七条"),
    ("questions_close", 2, "cd", "平台规则"),
    ("record_confirmation_minutes", 5, "cd", "平台规则"),
    ("subscriptions", 20, "cd", "平台规则"),
    ("reminder_days", 3, "cd", "平台规则"),
    ("digest_hour", 9, "cd", "平台规则"),
    ("max_steps", 3200, "cd", "平台规则"),
]
PROCUREMENT = [
    ("sale_period", 5, "wd", "政府采购法实施条例第三十一条"),
    ("prequal_application", 5, "wd", "政府采购法实施条例第二十一条"),
    ("bid_period", 20, "cd", "政府采购法第三十五条"),
    ("change_before_deadline", 15, "cd", "政府采购法实施条例第三十一条"),
    ("objection_documents", 10, "cd", "政府采购法第五十二条"),
    ("objection_answer", 7, "wd", "政府采购法第五十三条"),
    ("publicity", 1, "wd", "政府采购法实施条例第四十三条"),
    ("contract", 30, "cd", "政府采购法第四十六条"),
    ("bond_refund", 5, "wd", "政府采购法实施条例第三十三条"),
    ("complaint", 15, "wd", "政府采购法第五十五条"),
    ("candidates_publish", 2, "wd", "政府采购法实施条例第四十三条"),
    ("contract_notice", 2, "wd", "政府采购法实施条例第五十条"),
    ("performance_bond_percent", 10, "cd", "政府采购法实施条例第四十八条"),
]


def write(apps, schema_editor):
    model = apps.get_model("tenders", "TenderPolicy")
    shared = {row[0]: row for row in TENDER}
    for law, rows in (("tender_law", shared), ("procurement_law", {**shared, **{row[0]: row for row in PROCUREMENT}})):
        for code, value, unit, basis in rows.values():
            model.objects.create(law=law, code=code, value=value, unit=unit, basis=basis, effective_from=SINCE)


def remove(apps, schema_editor):
    apps.get_model("tenders", "TenderPolicy").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("tenders", "0001_tender_tables")]
    operations = [migrations.RunPython(write, remove)]
