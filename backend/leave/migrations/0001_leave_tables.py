"""Kinds, balances, requests, decisions, papers."""

import backend.leave.models
import backend.leave.types
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.datetime
import kernel.crypto
import kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("powers", "0001_catalogue"),  # brings btree_gist, which the constraint on requests needs
    ]

    operations = [
        migrations.CreateModel(
            name='Career',
            fields=[
                ('person_id', models.UUIDField(primary_key=True, serialize=False)),
                ('works_since', models.DateField()),
                ('noted_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='LeaveRule',
            fields=[
                ('effective_from', models.DateField(primary_key=True, serialize=False)),
                ('back_days', models.PositiveSmallIntegerField()),
                ('ahead_days', models.PositiveSmallIntegerField()),
                ('return_back_days', models.PositiveSmallIntegerField()),
                ('answer_workdays', models.PositiveSmallIntegerField()),
                ('personal_days', models.PositiveSmallIntegerField()),
                ('max_files', models.PositiveSmallIntegerField()),
                ('max_file_mb', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Balance',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('person_id', models.UUIDField()),
                ('kind', models.CharField(max_length=20)),
                ('year', models.PositiveSmallIntegerField()),
                ('granted', models.DecimalField(decimal_places=1, max_digits=5)),
                ('carried', models.DecimalField(decimal_places=1, default=0, max_digits=5)),
                ('used', models.DecimalField(decimal_places=1, default=0, max_digits=5)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('person_id', 'kind', 'year'), name='leave_balance_once'), models.CheckConstraint(condition=models.Q(('used__gte', 0)), name='leave_balance_not_negative'), models.CheckConstraint(condition=models.Q(('used__lte', django.db.models.expressions.CombinedExpression(models.F('granted'), '+', models.F('carried')))), name='leave_balance_not_over')],
            },
        ),
        migrations.CreateModel(
            name='EntitlementStep',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('effective_from', models.DateField()),
                ('years', models.PositiveSmallIntegerField()),
                ('days', models.DecimalField(decimal_places=1, max_digits=4)),
                ('sick_days', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('effective_from', 'years'), name='leave_step_once')],
            },
        ),
        migrations.CreateModel(
            name='LeaveKind',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('code', models.CharField(max_length=20)),
                ('effective_from', models.DateField()),
                ('ended_on', models.DateField(null=True)),
                ('position', models.PositiveSmallIntegerField()),
                ('name_zh', models.CharField(max_length=30)),
                ('name_en', models.CharField(max_length=60)),
                ('group', models.CharField(choices=[('leave', 'leave'), ('trip', 'trip'), ('outing', 'outing')], max_length=8)),
                ('unit', models.CharField(choices=[('wd', 'wd'), ('cd', 'cd')], max_length=2)),
                ('half_days', models.BooleanField()),
                ('from_balance', models.BooleanField()),
                ('paper', models.BooleanField()),
                ('paper_above_days', models.DecimalField(decimal_places=1, default=0, max_digits=5)),
                ('destination', models.BooleanField()),
                ('most_days', models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                ('second_above_days', models.DecimalField(decimal_places=1, max_digits=5, null=True)),
                ('basis', models.CharField(blank=True, max_length=120)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('code', 'effective_from'), name='leave_kind_once')],
            },
        ),
        migrations.CreateModel(
            name='LeaveRequest',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person_id', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('organisation_id', models.UUIDField()),
                ('unit_name', models.CharField(max_length=120)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('granted', 'granted'), ('refused', 'refused'), ('withdrawn', 'withdrawn'), ('cancelled', 'cancelled'), ('returned', 'returned')], default=backend.leave.types.LeaveState['ASKED'], max_length=10)),
                ('starts_on', models.DateField()),
                ('starts_half', models.CharField(choices=[('am', 'am'), ('pm', 'pm')], max_length=2)),
                ('ends_on', models.DateField()),
                ('ends_half', models.CharField(choices=[('am', 'am'), ('pm', 'pm')], max_length=2)),
                ('first_half', models.IntegerField()),
                ('past_half', models.IntegerField()),
                ('days', models.DecimalField(decimal_places=1, max_digits=5)),
                ('asked_ends_on', models.DateField()),
                ('asked_ends_half', models.CharField(choices=[('am', 'am'), ('pm', 'pm')], max_length=2)),
                ('asked_days', models.DecimalField(decimal_places=1, max_digits=5)),
                ('reason', kernel.crypto.EncryptedTextField(context='leave.reason', null=True)),
                ('destination', models.CharField(blank=True, max_length=120)),
                ('stand_in_id', models.UUIDField(null=True)),
                ('stand_in_name', models.CharField(blank=True, max_length=60)),
                ('delegations', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('level', models.PositiveSmallIntegerField(default=1)),
                ('levels', models.PositiveSmallIntegerField(default=1)),
                ('ended_reason', kernel.crypto.EncryptedTextField(context='leave.ended_reason', null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('returned_on', models.DateField(null=True)),
                ('returned_half', models.CharField(blank=True, choices=[('am', 'am'), ('pm', 'pm')], max_length=2)),
                ('kind', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='leave.leavekind')),
            ],
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('person_id', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('for_name', models.CharField(blank=True, max_length=60)),
                ('agreed', models.BooleanField()),
                ('comment', kernel.crypto.EncryptedTextField(context='leave.comment', null=True)),
                ('at', models.DateTimeField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='leave.leaverequest')),
            ],
        ),
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('year', models.PositiveSmallIntegerField()),
                ('days', models.DecimalField(decimal_places=1, max_digits=5)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='charges', to='leave.leaverequest')),
            ],
        ),
        migrations.CreateModel(
            name='Approver',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('level', models.PositiveSmallIntegerField()),
                ('person_id', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('organisation_id', models.UUIDField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='approvers', to='leave.leaverequest')),
            ],
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('file_id', models.UUIDField(unique=True)),
                ('filename', models.CharField(max_length=255)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='papers', to='leave.leaverequest')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddIndex(
            model_name='leaverequest',
            index=models.Index(fields=['person_id', 'starts_on'], name='leave_person'),
        ),
        migrations.AddConstraint(
            model_name='leaverequest',
            constraint=models.CheckConstraint(condition=models.Q(('first_half__lt', models.F('past_half'))), name='leave_in_order'),
        ),
        migrations.AddConstraint(
            model_name='leaverequest',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'returned'])), expressions=[('person_id', '='), (backend.leave.models.HalfRange('first_half', 'past_half'), '&&')], name='leave_not_twice'),
        ),
        migrations.AddConstraint(
            model_name='decision',
            constraint=models.UniqueConstraint(fields=('request', 'level'), name='leave_decision_once'),
        ),
        migrations.AddConstraint(
            model_name='charge',
            constraint=models.UniqueConstraint(fields=('request', 'year'), name='leave_charge_once'),
        ),
        migrations.AddIndex(
            model_name='approver',
            index=models.Index(fields=['person_id', 'level'], name='leave_approver_person'),
        ),
        migrations.AddConstraint(
            model_name='approver',
            constraint=models.UniqueConstraint(fields=('request', 'level', 'person_id'), name='leave_approver_once'),
        ),
    ]
