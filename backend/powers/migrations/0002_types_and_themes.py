"""The kinds of powers (domain.md 2.1) and the themes people look under."""

from datetime import date

from django.db import migrations

CENTRAL_LIST = date(2015, 3, 24)
PLAN_OF_2013 = date(2013, 1, 1)
ABOLISHED = date(2015, 5, 10)

TYPES = [
    # code, name, English, letters, national number, applied for, basis required, from, to
    ("licence", "行政许可", "Administrative licence", "XK", "01", True, True, CENTRAL_LIST, None),
    ("penalty", "行政处罚", "Administrative penalty", "CF", "02", False, True, CENTRAL_LIST, None),
    ("compulsion", "行政强制", "Administrative compulsion", "QZ", "03", False, True, CENTRAL_LIST, None),
    ("levy", "行政征收", "Levy", "ZS", "04", False, True, CENTRAL_LIST, None),
    ("grant", "行政给付", "Grant or benefit", "JF", "05", True, False, CENTRAL_LIST, None),
    ("inspection", "行政检查", "Inspection", "JC", "06", False, True, CENTRAL_LIST, None),
    ("confirmation", "行政确认", "Confirmation", "QR", "07", True, False, CENTRAL_LIST, None),
    ("reward", "行政奖励", "Reward", "JL", "08", True, False, CENTRAL_LIST, None),
    ("adjudication", "行政裁决", "Adjudication", "CJ", "09", True, True, CENTRAL_LIST, None),
    ("other_power", "其他行政权力", "Other power", "QT", "10", True, False, CENTRAL_LIST, None),
    ("public_service", "公共服务", "Public service", "GG", "20", True, False, CENTRAL_LIST, None),
    ("non_licence_approval", "非行政许可审批", "Non-licence approval", "FXK", "", True, True, PLAN_OF_2013, ABOLISHED),
]
THEMES = [
    ("education", "教育入学", "School and education", "person"),
    ("qualification", "职业资格", "Professional qualification", "person"),
    ("medical", "医疗卫生", "Health", "person"),
    ("elderly", "养老优待", "Older people", "person"),
    ("business_start", "创业开办", "Starting a business", "person"),
    ("business_permit", "准营准办", "Permits to operate", "organisation"),
    ("construction", "工程建设", "Construction", "organisation"),
    ("investment", "投资审批", "Investment", "organisation"),
    ("transport", "交通运输", "Transport", "organisation"),
    ("equipment", "设备安全", "Equipment safety", "organisation"),
    ("city", "市容市政", "City and streets", "organisation"),
]


def seed(apps, schema_editor):
    power_type = apps.get_model("powers", "PowerType")
    theme = apps.get_model("powers", "PowerTheme")
    for position, row in enumerate(TYPES, 1):
        code, name, name_en, letters, number, applied_for, basis, start, end = row
        power_type.objects.update_or_create(
            code=code,
            defaults={
                "name": name,
                "name_en": name_en,
                "letters": letters,
                "national_number": number,
                "is_applied_for": applied_for,
                "is_basis_required": basis,
                "valid_from": start,
                "valid_to": end,
                "position": position,
            },
        )
    for position, (code, name, name_en, audience) in enumerate(THEMES, 1):
        theme.objects.update_or_create(
            code=code, defaults={"name": name, "name_en": name_en, "audience": audience, "position": position}
        )


class Migration(migrations.Migration):
    dependencies = [("powers", "0001_catalogue")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
