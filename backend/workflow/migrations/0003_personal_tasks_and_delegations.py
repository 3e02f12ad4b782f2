"""Tasks that are one person's own, and who does them while that person is away."""

import django.db.models.functions.datetime
import kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('workflow', '0002_calendar'),
    ]

    operations = [
        migrations.CreateModel(
            name='Delegation',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('principal_id', models.UUIDField()),
                ('delegate_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('from_on', models.DateField()),
                ('to_on', models.DateField()),
                ('reason', models.CharField(blank=True, max_length=200)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.AlterField(
            model_name='task',
            name='role',
            field=models.CharField(blank=True, max_length=40),
        ),
        migrations.AddIndex(
            model_name='task',
            index=models.Index(fields=['assignee_id', 'due_key', 'id'], name='task_of_person'),
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['delegate_id'], name='delegation_to'),
        ),
        migrations.AddIndex(
            model_name='delegation',
            index=models.Index(condition=models.Q(('ended_at', None)), fields=['principal_id'], name='delegation_of'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('from_on__lte', models.F('to_on'))), name='delegation_in_order'),
        ),
        migrations.AddConstraint(
            model_name='delegation',
            constraint=models.CheckConstraint(condition=models.Q(('principal_id', models.F('delegate_id')), _negated=True), name='delegation_to_somebody_else'),
        ),
    ]
