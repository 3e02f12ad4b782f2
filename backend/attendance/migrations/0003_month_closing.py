"""A month that is being closed has no time of closing yet."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('attendance', '0002_rules'),
    ]

    operations = [
        migrations.AlterField(
            model_name='monthclosing',
            name='closed_at',
            field=models.DateTimeField(null=True),
        ),
    ]
