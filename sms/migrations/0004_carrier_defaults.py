"""The policy of domain.md for carriers side by side, and what a part costs until a contract says otherwise."""

from datetime import date

from django.db import migrations

SINCE = date(2013, 1, 1)
MILLI_YUAN = {"smpp": 45, "twilio": 340, "handset": 0}


def write(apps, schema_editor):
    apps.get_model("sms", "CarrierPolicy").objects.create(effective_from=SINCE)
    tariff = apps.get_model("sms", "Tariff")
    for gateway, price in MILLI_YUAN.items():
        tariff.objects.create(gateway=gateway, effective_from=SINCE, milli_yuan=price)


def remove(apps, schema_editor):
    apps.get_model("sms", "CarrierPolicy").objects.filter(effective_from=SINCE).delete()
    apps.get_model("sms", "Tariff").objects.filter(effective_from=SINCE).delete()


class Migration(migrations.Migration):
    dependencies = [("sms", "0003_carriers_and_smpp")]
    operations = [migrations.RunPython(write, remove)]
