"""Shifts, places, punches, absences, corrections, sheets, rosters."""

import backend.attendance.models
import backend.attendance.types
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("powers", "0001_catalogue"),  # brings btree_gist, which the constraint on duties needs
    ]

    operations = [
        migrations.CreateModel(
            name='AttendanceRule',
            fields=[
                ('effective_from', models.DateField(primary_key=True, serialize=False)),
                ('queued_hours', models.PositiveSmallIntegerField()),
                ('same_seconds', models.PositiveSmallIntegerField()),
                ('accuracy_m', models.PositiveSmallIntegerField()),
                ('correction_days', models.PositiveSmallIntegerField()),
                ('answer_workdays', models.PositiveSmallIntegerField()),
                ('seen_workdays', models.PositiveSmallIntegerField()),
                ('roster_days', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='MonthClosing',
            fields=[
                ('month', models.DateField(primary_key=True, serialize=False)),
                ('closed_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Roster',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('window_id', models.UUIDField(unique=True)),
                ('organisation_id', models.UUIDField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Absence',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('request_id', models.UUIDField(unique=True)),
                ('person_id', models.UUIDField()),
                ('kind', models.CharField(choices=[('leave', 'leave'), ('trip', 'trip'), ('outing', 'outing')], max_length=8)),
                ('starts_on', models.DateField()),
                ('starts_half', models.CharField(choices=[('am', 'am'), ('pm', 'pm')], max_length=2)),
                ('ends_on', models.DateField()),
                ('ends_half', models.CharField(choices=[('am', 'am'), ('pm', 'pm')], max_length=2)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', 'starts_on'], name='attendance_absence_person')],
            },
        ),
        migrations.CreateModel(
            name='Correction',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person_id', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('organisation_id', models.UUIDField()),
                ('unit_name', models.CharField(max_length=120)),
                ('path', models.CharField(max_length=200)),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('in', 'in'), ('out', 'out')], max_length=3)),
                ('at', models.DateTimeField()),
                ('reason', models.CharField(max_length=300)),
                ('state', models.CharField(choices=[('asked', 'asked'), ('agreed', 'agreed'), ('refused', 'refused')], default=backend.attendance.types.CorrectionState['ASKED'], max_length=8)),
                ('comment', models.CharField(blank=True, max_length=300)),
                ('decided_by', models.UUIDField(null=True)),
                ('decided_by_name', models.CharField(blank=True, max_length=60)),
                ('decided_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', 'day'], name='attendance_correction_day'), models.Index(fields=['state', 'organisation_id'], name='attendance_correction_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', backend.attendance.types.CorrectionState['ASKED'])), fields=('person_id', 'day', 'kind'), name='attendance_correction_once')],
            },
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('organisation_id', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=60)),
                ('latitude', models.DecimalField(decimal_places=6, max_digits=9)),
                ('longitude', models.DecimalField(decimal_places=6, max_digits=9)),
                ('radius_m', models.PositiveIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'name'), name='attendance_place_once')],
            },
        ),
        migrations.CreateModel(
            name='Punch',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('person_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('day', models.DateField()),
                ('kind', models.CharField(choices=[('in', 'in'), ('out', 'out')], max_length=3)),
                ('at', models.DateTimeField()),
                ('received_at', models.DateTimeField()),
                ('queued', models.BooleanField(default=False)),
                ('where', models.CharField(choices=[('inside', 'inside'), ('outside', 'outside'), ('unknown', 'unknown')], max_length=8)),
            ],
            options={
                'indexes': [models.Index(fields=['day', 'person_id'], name='attendance_punch_day')],
                'constraints': [models.UniqueConstraint(fields=('person_id', 'kind', 'at'), name='attendance_punch_once')],
            },
        ),
        migrations.CreateModel(
            name='Sheet',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person_id', models.UUIDField()),
                ('organisation_id', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('month', models.DateField()),
                ('state', models.CharField(choices=[('open', 'open'), ('shown', 'shown'), ('confirmed', 'confirmed'), ('disputed', 'disputed')], default=backend.attendance.types.SheetState['SHOWN'], max_length=9)),
                ('shown_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('dispute', models.CharField(blank=True, max_length=1000)),
                ('disputed_at', models.DateTimeField(null=True)),
                ('answer', models.CharField(blank=True, max_length=1000)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by_name', models.CharField(blank=True, max_length=60)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'month'], name='attendance_sheet_unit')],
                'constraints': [models.UniqueConstraint(fields=('person_id', 'month'), name='attendance_sheet_once')],
            },
        ),
        migrations.CreateModel(
            name='Shift',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('organisation_id', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('window_id', models.UUIDField(null=True)),
                ('name', models.CharField(max_length=40)),
                ('valid_from', models.DateField()),
                ('am_starts', models.TimeField(null=True)),
                ('am_ends', models.TimeField(null=True)),
                ('pm_starts', models.TimeField(null=True)),
                ('pm_ends', models.TimeField(null=True)),
                ('grace_minutes', models.PositiveSmallIntegerField(default=0)),
                ('outside_allowed', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('window_id', None)), fields=('path', 'valid_from'), name='attendance_shift_unit_once'), models.UniqueConstraint(condition=models.Q(('window_id__isnull', False)), fields=('window_id', 'valid_from'), name='attendance_shift_window_once'), models.CheckConstraint(condition=models.Q(models.Q(('am_ends', None), ('am_starts', None)), ('am_starts__lt', models.F('am_ends')), _connector='OR'), name='attendance_am_in_order'), models.CheckConstraint(condition=models.Q(models.Q(('pm_ends', None), ('pm_starts', None)), ('pm_starts__lt', models.F('pm_ends')), _connector='OR'), name='attendance_pm_in_order')],
            },
        ),
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('window_id', models.UUIDField()),
                ('person_id', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('shown_as', models.CharField(max_length=30)),
                ('day', models.DateField()),
                ('half', models.CharField(choices=[('am', 'am'), ('pm', 'pm')], max_length=2)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('roster', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duties', to='attendance.roster')),
            ],
            options={
                'indexes': [models.Index(fields=['window_id', 'day'], name='attendance_duty_window'), models.Index(fields=['day', 'person_id'], name='attendance_duty_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='attendance_duty_in_order'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(backend.attendance.models.TimeRange('starts_at', 'ends_at'), '&&'), ('person_id', '=')], name='attendance_person_not_twice')],
            },
        ),
    ]
