"""Schedules, shares, work tasks, weekly reports, calendar feeds."""

import backend.agenda.types
import django.db.models.deletion
import django.db.models.functions.datetime
import kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('owner_id', models.UUIDField(null=True)),
                ('organisation_id', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('kind', models.CharField(choices=[('own', 'own'), ('meeting', 'meeting'), ('leave', 'leave'), ('duty', 'duty')], default=backend.agenda.types.EntryKind['OWN'], max_length=10)),
                ('title', models.CharField(max_length=200)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('notes', models.CharField(blank=True, max_length=500)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('all_day', models.BooleanField(default=False)),
                ('openness', models.CharField(choices=[('private', 'private'), ('unit', 'unit')], default=backend.agenda.types.Openness['UNIT'], max_length=10)),
                ('subject_kind', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.UUIDField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id', 'starts_at'], name='agenda_of_person'), models.Index(fields=['organisation_id', 'starts_at'], name='agenda_of_unit')],
                'constraints': [models.CheckConstraint(condition=models.Q(('starts_at__lte', models.F('ends_at'))), name='agenda_in_order'), models.UniqueConstraint(condition=models.Q(('subject_id__isnull', False)), fields=('owner_id', 'subject_kind', 'subject_id'), name='agenda_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='Feed',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('person_id', models.UUIDField()),
                ('digest', models.BinaryField(max_length=32, unique=True)),
                ('language', models.CharField(default='zh-hans', max_length=10)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('person_id',), name='agenda_feed_one_open')],
            },
        ),
        migrations.CreateModel(
            name='Share',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('owner_id', models.UUIDField()),
                ('owner_name', models.CharField(max_length=60)),
                ('reader_id', models.UUIDField(null=True)),
                ('organisation_id', models.UUIDField(null=True)),
                ('path', models.CharField(blank=True, max_length=200)),
                ('reader_name', models.CharField(max_length=120)),
                ('level', models.CharField(choices=[('busy', 'busy'), ('details', 'details'), ('keep', 'keep')], max_length=8)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id'], name='agenda_share_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reader_id', None), ('organisation_id', None), _connector='XOR'), name='agenda_share_one_reader')],
            },
        ),
        migrations.CreateModel(
            name='WeeklyReport',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('person_id', models.UUIDField()),
                ('person_name', models.CharField(max_length=60)),
                ('organisation_id', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('week', models.DateField()),
                ('facts', models.JSONField(default=list)),
                ('done', models.TextField(blank=True)),
                ('planned', models.TextField(blank=True)),
                ('problems', models.TextField(blank=True)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('handed_in', 'handed_in')], default=backend.agenda.types.ReportState['DRAFT'], max_length=10)),
                ('handed_in_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['path', 'week'], name='agenda_report_unit')],
                'constraints': [models.UniqueConstraint(fields=('person_id', 'week'), name='agenda_report_once')],
            },
        ),
        migrations.CreateModel(
            name='WorkTask',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('title', models.CharField(max_length=200)),
                ('details', models.TextField(blank=True)),
                ('owner_id', models.UUIDField()),
                ('owner_name', models.CharField(max_length=60)),
                ('giver_id', models.UUIDField()),
                ('giver_name', models.CharField(max_length=60)),
                ('organisation_id', models.UUIDField()),
                ('due_on', models.DateField()),
                ('progress', models.PositiveSmallIntegerField(default=0)),
                ('state', models.CharField(choices=[('open', 'open'), ('done', 'done'), ('dropped', 'dropped')], default=backend.agenda.types.WorkState['OPEN'], max_length=8)),
                ('subject_kind', models.CharField(blank=True, max_length=40)),
                ('subject_id', models.UUIDField(null=True)),
                ('subject_label', models.CharField(blank=True, max_length=200)),
                ('source_id', models.UUIDField(null=True, unique=True)),
                ('done_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['owner_id', 'due_on', 'id'], name='agenda_task_owner'), models.Index(fields=['giver_id', 'due_on', 'id'], name='agenda_task_giver')],
                'constraints': [models.CheckConstraint(condition=models.Q(('progress__range', (0, 100))), name='agenda_progress_in_range')],
            },
        ),
        migrations.CreateModel(
            name='TaskNote',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('by_id', models.UUIDField()),
                ('by_name', models.CharField(max_length=60)),
                ('progress', models.PositiveSmallIntegerField()),
                ('text', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('task', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notes', to='agenda.worktask')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]
