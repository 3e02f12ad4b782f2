"""Kinds, entitlement and rules of the first day. Days by law stand with their basis; the rest is the city's choice."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
CODE_2022 = date(2022, 2, 10)
DECREE = "《职工带薪年休假条例》（国务院令第514号）"
# code, from, zh, en, group, unit, half, balance, paper, paper above, destination, most, second above, basis
KINDS = [
    ("annual", SINCE, "年休假", "Annual leave", "leave", "wd", True, True, False, 0, False, None, 5, DECREE),
    ("personal", SINCE, "事假", "Personal leave", "leave", "wd", True, False, False, 0, False, 20, 3, ""),
    ("sick", SINCE, "病假", "Sick leave", "leave", "cd", True, False, True, 1, False, 365, 15, ""),
    ("marriage", SINCE, "婚假", "Marriage leave", "leave", "cd", False, False, True, 0, False, 13, 5, "《江苏省人口与计划生育条例》"),
    ("maternity", SINCE, "产假", "Maternity leave", "leave", "cd", False, False, True, 0, False, 128, 15, "《女职工劳动保护特别规定》《江苏省人口与计划生育条例》"),
    ("maternity", CODE_2022, "产假", "Maternity leave", "leave", "cd", False, False, True, 0, False, 158, 15, "《女职工劳动保护特别规定》《江苏省人口与计划生育条例》"),
    ("paternity", SINCE, "护理假", "Paternity leave", "leave", "cd", False, False, True, 0, False, 15, 5, "《江苏省人口与计划生育条例》"),
    ("childcare", CODE_2022, "育儿假", "Childcare leave", "leave", "cd", True, False, True, 0, False, 10, 5, "《江苏省人口与计划生育条例》"),
    ("bereavement", SINCE, "丧假", "Bereavement leave", "leave", "cd", False, False, False, 0, False, 3, None, ""),
    ("home_visit", SINCE, "探亲假", "Home-visit leave", "leave", "cd", False, False, False, 0, True, 30, 5, "《国务院关于职工探亲待遇的规定》"),
    ("trip", SINCE, "出差", "Business trip", "trip", "cd", True, False, False, 0, True, 60, 7, ""),
    ("outing", SINCE, "公出", "Official outing", "outing", "wd", True, False, False, 0, True, 3, None, ""),
]  # fmt: skip
STEPS = [(1, 5, 60), (10, 10, 90), (20, 15, 120)]


def write(apps, schema_editor):
    apps.get_model("leave", "LeaveRule").objects.create(
        effective_from=SINCE, back_days=7, ahead_days=366, return_back_days=3, answer_workdays=2, personal_days=20,
        max_files=9, max_file_mb=20,
    )
    kind, step = apps.get_model("leave", "LeaveKind"), apps.get_model("leave", "EntitlementStep")
    for place, row in enumerate(KINDS):
        code, since, zh, en, group, unit, half, balance, paper, above, destination, most, second, basis = row
        kind.objects.create(
            code=code, effective_from=since, position=place, name_zh=zh, name_en=en, group=group, unit=unit,
            half_days=half, from_balance=balance, paper=paper, paper_above_days=above, destination=destination,
            most_days=most, second_above_days=second, basis=basis,
        )
    for years, days, sick in STEPS:
        step.objects.create(effective_from=SINCE, years=years, days=days, sick_days=sick)


class Migration(migrations.Migration):
    dependencies = [("leave", "0001_leave_tables")]
    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
