"""Nothing about work that is not urgent disturbs from nine in the evening to half past seven."""

from datetime import date, time

from django.db import migrations, models


def write(apps, schema_editor):
    apps.get_model("notifications", "QuietHours").objects.create(
        effective_from=date(2013, 1, 1), quiet_from=time(21), quiet_until=time(7, 30)
    )


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0005_ladder_policy'),
    ]

    operations = [
        migrations.CreateModel(
            name='QuietHours',
            fields=[
                ('effective_from', models.DateField(primary_key=True, serialize=False)),
                ('quiet_from', models.TimeField()),
                ('quiet_until', models.TimeField()),
            ],
        ),
        migrations.RunPython(write, migrations.RunPython.noop),
    ]
