"""The schedule of standardwebhooks.com: ten tries over three days; parked after that."""

from datetime import date

from django.db import migrations

MINUTE, HOUR = 60, 3600
DELAYS = [0, 5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]


def write(apps, schema_editor):
    policy = apps.get_model("partners", "WebhookPolicy")
    policy.objects.create(effective_from=date(2013, 1, 1), delays_seconds=DELAYS)


def remove(apps, schema_editor):
    apps.get_model("partners", "WebhookPolicy").objects.filter(effective_from=date(2013, 1, 1)).delete()


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_partners_and_webhooks")]
    operations = [migrations.RunPython(write, remove)]
