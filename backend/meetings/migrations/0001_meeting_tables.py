"""Meetings, rooms, people, papers, reminders, decisions."""

import backend.meetings.models
import backend.meetings.types
import django.contrib.postgres.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("powers", "0001_catalogue"),  # brings btree_gist, which the constraint on rooms needs
    ]

    operations = [
        migrations.CreateModel(
            name='Meeting',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('title', models.CharField(max_length=110)),
                ('state', models.CharField(choices=[('called', 'called'), ('cancelled', 'cancelled'), ('minuted', 'minuted')], default=backend.meetings.types.MeetingState['CALLED'], max_length=10)),
                ('starts_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField()),
                ('place', models.CharField(max_length=120)),
                ('organiser_id', models.UUIDField()),
                ('organiser_name', models.CharField(max_length=60)),
                ('organisation_id', models.UUIDField()),
                ('unit_name', models.CharField(max_length=120)),
                ('host_name', models.CharField(max_length=60)),
                ('agenda', models.JSONField(default=list)),
                ('notes', models.TextField(blank=True)),
                ('receipt_by', models.DateTimeField()),
                ('ended_reason', models.CharField(blank=True, max_length=300)),
                ('minutes', models.TextField(blank=True)),
                ('minutes_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='MeetingRule',
            fields=[
                ('effective_from', models.DateField(primary_key=True, serialize=False)),
                ('reminder_minutes', models.JSONField()),
                ('code_seconds', models.PositiveSmallIntegerField()),
                ('sign_in_before_minutes', models.PositiveSmallIntegerField()),
                ('max_hours', models.PositiveSmallIntegerField()),
                ('max_people', models.PositiveSmallIntegerField()),
                ('max_files', models.PositiveSmallIntegerField()),
                ('max_file_mb', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='MeetingFile',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('file_id', models.UUIDField(unique=True)),
                ('filename', models.CharField(max_length=255)),
                ('media_type', models.CharField(max_length=100)),
                ('size', models.PositiveBigIntegerField()),
                ('at', models.DateTimeField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='files', to='meetings.meeting')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Room',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('organisation_id', models.UUIDField()),
                ('path', models.CharField(max_length=200)),
                ('name', models.CharField(max_length=60)),
                ('place', models.CharField(blank=True, max_length=120)),
                ('seats', models.PositiveSmallIntegerField()),
                ('equipment', models.CharField(blank=True, max_length=200)),
                ('given_up_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'name'), name='meeting_room_once')],
            },
        ),
        migrations.AddField(
            model_name='meeting',
            name='room',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meetings', to='meetings.room'),
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('number', models.PositiveSmallIntegerField()),
                ('text', models.CharField(max_length=500)),
                ('owner_id', models.UUIDField()),
                ('owner_name', models.CharField(max_length=60)),
                ('due_on', models.DateField()),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='meetings.meeting')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('meeting', 'number'), name='meeting_decision_once')],
            },
        ),
        migrations.CreateModel(
            name='Attendee',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('person_id', models.UUIDField()),
                ('name', models.CharField(max_length=60)),
                ('organisation_id', models.UUIDField()),
                ('unit_name', models.CharField(max_length=120)),
                ('part', models.CharField(choices=[('host', 'host'), ('member', 'member'), ('observer', 'observer')], default=backend.meetings.types.Part['MEMBER'], max_length=10)),
                ('answer', models.CharField(blank=True, choices=[('', ''), ('attend', 'attend'), ('leave', 'leave'), ('substitute', 'substitute')], default='', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=300)),
                ('substitute_name', models.CharField(blank=True, max_length=60)),
                ('substitute_post', models.CharField(blank=True, max_length=60)),
                ('answered_at', models.DateTimeField(null=True)),
                ('answered_by', models.UUIDField(null=True)),
                ('read_at', models.DateTimeField(null=True)),
                ('urged_at', models.DateTimeField(null=True)),
                ('signed_in_at', models.DateTimeField(null=True)),
                ('removed_at', models.DateTimeField(null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='attendees', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(fields=['person_id', 'meeting'], name='meeting_attendee_person')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'person_id'), name='meeting_attendee_once')],
            },
        ),
        migrations.CreateModel(
            name='Reminder',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('minutes_before', models.PositiveIntegerField()),
                ('due_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(null=True)),
                ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reminders', to='meetings.meeting')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done_at', None)), fields=['due_at'], name='meeting_reminder_due')],
                'constraints': [models.UniqueConstraint(fields=('meeting', 'minutes_before'), name='meeting_reminder_once')],
            },
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['organiser_id', 'starts_at'], name='meeting_organised'),
        ),
        migrations.AddIndex(
            model_name='meeting',
            index=models.Index(fields=['starts_at', 'id'], name='meeting_by_time'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=models.CheckConstraint(condition=models.Q(('starts_at__lt', models.F('ends_at'))), name='meeting_in_order'),
        ),
        migrations.AddConstraint(
            model_name='meeting',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(models.Q(('state', backend.meetings.types.MeetingState['CANCELLED']), _negated=True), ('room__isnull', False)), expressions=[(backend.meetings.models.TimeRange('starts_at', 'ends_at'), '&&'), ('room', '=')], name='meeting_room_not_twice'),
        ),
    ]
