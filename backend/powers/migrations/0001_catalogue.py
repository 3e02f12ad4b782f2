"""The catalogue: types, themes, items, versions, the public log; extensions for search and for non-overlapping dates."""

import backend.powers.models.power_version
import backend.powers.types
import django.contrib.postgres.constraints
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.datetime
import kernel.ids
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_people_and_organisations'),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name='ImportBatch',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('file_name', models.CharField(max_length=200)),
                ('sha256', models.CharField(max_length=64)),
                ('encoding', models.CharField(max_length=20)),
                ('rows', models.PositiveIntegerField()),
                ('created', models.PositiveIntegerField()),
                ('updated', models.PositiveIntegerField()),
                ('unchanged', models.PositiveIntegerField()),
                ('refused', models.PositiveIntegerField()),
                ('imported_by', models.UUIDField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='PowerTheme',
            fields=[
                ('code', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40)),
                ('name_en', models.CharField(max_length=60)),
                ('audience', models.CharField(max_length=24)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
            },
        ),
        migrations.CreateModel(
            name='PowerType',
            fields=[
                ('code', models.CharField(max_length=24, primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=40, unique=True)),
                ('name_en', models.CharField(max_length=60)),
                ('letters', models.CharField(max_length=3, unique=True)),
                ('national_number', models.CharField(blank=True, max_length=2)),
                ('is_applied_for', models.BooleanField()),
                ('is_basis_required', models.BooleanField(default=False)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
                ('position', models.PositiveSmallIntegerField()),
            ],
            options={
                'ordering': ['position'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('national_number', ''), _negated=True), fields=('national_number',), name='power_type_number_once')],
            },
        ),
        migrations.CreateModel(
            name='PowerItem',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('local_code', models.CharField(max_length=80, unique=True)),
                ('code_kind', models.CharField(max_length=12)),
                ('catalog_code', models.CharField(blank=True, max_length=12, null=True)),
                ('task_code', models.CharField(blank=True, max_length=31, null=True, unique=True)),
                ('handle_item', models.CharField(blank=True, max_length=33, null=True, unique=True)),
                ('region_code', models.CharField(max_length=12)),
                ('main_item', models.CharField(blank=True, max_length=1000)),
                ('state', models.CharField(choices=[(backend.powers.types.LifeCycle['DRAFT'], backend.powers.types.LifeCycle['DRAFT']), (backend.powers.types.LifeCycle['PUBLISHED'], backend.powers.types.LifeCycle['PUBLISHED']), (backend.powers.types.LifeCycle['SUSPENDED'], backend.powers.types.LifeCycle['SUSPENDED']), (backend.powers.types.LifeCycle['CANCELLED'], backend.powers.types.LifeCycle['CANCELLED'])], default=backend.powers.types.LifeCycle['DRAFT'], max_length=12)),
                ('state_reason', models.CharField(blank=True, max_length=500)),
                ('state_since', models.DateTimeField(null=True)),
                ('state_by', models.UUIDField(null=True)),
                ('batch', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='items', to='powers.importbatch')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='powers.powertype')),
            ],
        ),
        migrations.CreateModel(
            name='PowerVersion',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('version', models.PositiveIntegerField(default=1)),
                ('updated_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('name', models.CharField(max_length=1000)),
                ('name_en', models.CharField(blank=True, max_length=200)),
                ('keywords', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                ('themes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                ('audience', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), blank=True, default=list, size=None)),
                ('legal_bases', models.JSONField(default=list)),
                ('power_source', models.CharField(default=backend.powers.types.PowerSource['STATUTORY'], max_length=20)),
                ('entrusted_body', models.CharField(blank=True, max_length=100)),
                ('joint_bodies', models.JSONField(default=list)),
                ('legal_limit', models.PositiveSmallIntegerField(default=0)),
                ('legal_unit', models.CharField(default=backend.powers.types.LimitUnit['WORKING_DAYS'], max_length=2)),
                ('legal_note', models.CharField(blank=True, max_length=500)),
                ('promised_limit', models.PositiveSmallIntegerField(default=0)),
                ('promised_unit', models.CharField(default=backend.powers.types.LimitUnit['WORKING_DAYS'], max_length=2)),
                ('promised_note', models.CharField(blank=True, max_length=500)),
                ('special_procedures', models.JSONField(default=list)),
                ('project_type', models.CharField(default=backend.powers.types.ProjectType['COMMITTED'], max_length=12)),
                ('handling_kind', models.CharField(default=backend.powers.types.HandlingKind['OWN'], max_length=20)),
                ('handle_forms', models.JSONField(default=list)),
                ('conditions', models.JSONField(default=list)),
                ('quantity_limit', models.CharField(blank=True, max_length=500)),
                ('onsite_visits', models.PositiveSmallIntegerField(default=1)),
                ('onsite_reason', models.CharField(blank=True, max_length=500)),
                ('place', models.CharField(blank=True, max_length=300)),
                ('hours', models.CharField(blank=True, max_length=200)),
                ('consult_phone', models.CharField(blank=True, max_length=100)),
                ('complaint_phone', models.CharField(blank=True, max_length=100)),
                ('is_online', models.BooleanField(default=False)),
                ('online_depth', models.PositiveSmallIntegerField(default=1)),
                ('is_appointment', models.BooleanField(default=False)),
                ('is_pay_online', models.BooleanField(default=False)),
                ('is_express', models.BooleanField(default=False)),
                ('is_self_service', models.BooleanField(default=False)),
                ('is_in_hall', models.BooleanField(default=False)),
                ('cross_region_scope', models.CharField(default=backend.powers.types.CrossRegionScope['NONE'], max_length=10)),
                ('is_fee', models.BooleanField(default=False)),
                ('fees', models.JSONField(default=list)),
                ('result_name', models.CharField(blank=True, max_length=200)),
                ('result_type', models.CharField(default=backend.powers.types.ResultType['NONE'], max_length=12)),
                ('result_validity', models.CharField(blank=True, max_length=500)),
                ('remedy_text', models.TextField(blank=True)),
                ('steps', models.JSONField(default=list)),
                ('materials', models.JSONField(default=list)),
                ('faqs', models.JSONField(default=list)),
                ('form_schema', models.JSONField(default=dict)),
                ('number', models.PositiveIntegerField()),
                ('state', models.CharField(choices=[(backend.powers.types.LifeCycle['DRAFT'], backend.powers.types.LifeCycle['DRAFT']), (backend.powers.types.LifeCycle['SUBMITTED'], backend.powers.types.LifeCycle['SUBMITTED']), (backend.powers.types.LifeCycle['LEGAL_REVIEW'], backend.powers.types.LifeCycle['LEGAL_REVIEW']), (backend.powers.types.LifeCycle['CONFIRMED'], backend.powers.types.LifeCycle['CONFIRMED']), (backend.powers.types.LifeCycle['PUBLISHED'], backend.powers.types.LifeCycle['PUBLISHED'])], default=backend.powers.types.LifeCycle['DRAFT'], max_length=12)),
                ('effective_from', models.DateField(null=True)),
                ('effective_to', models.DateField(null=True)),
                ('search_text', models.TextField(default='')),
                ('name_key', models.CharField(default='', max_length=1000)),
                ('sort_key', models.CharField(db_collation='C', default='', max_length=40)),
                ('authors', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                ('submitted_by', models.UUIDField(null=True)),
                ('submitted_at', models.DateTimeField(null=True)),
                ('reviewed_by', models.UUIDField(null=True)),
                ('reviewed_at', models.DateTimeField(null=True)),
                ('review_opinion', models.CharField(blank=True, max_length=1000)),
                ('confirmed_by', models.UUIDField(null=True)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('published_by', models.UUIDField(null=True)),
                ('published_at', models.DateTimeField(null=True)),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='powers.poweritem')),
            ],
        ),
        migrations.CreateModel(
            name='PowerChange',
            fields=[
                ('id', models.UUIDField(default=kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now(), editable=False)),
                ('event_id', models.UUIDField()),
                ('kind', models.CharField(max_length=20)),
                ('number', models.PositiveIntegerField(null=True)),
                ('reason', models.CharField(blank=True, max_length=500)),
                ('at', models.DateTimeField()),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='powers.poweritem')),
            ],
            options={
                'indexes': [models.Index(fields=['item', 'at'], name='power_change_by_item')],
                'constraints': [models.UniqueConstraint(fields=('item', 'event_id'), name='power_change_once')],
            },
        ),
        migrations.AddIndex(
            model_name='poweritem',
            index=models.Index(fields=['region_code'], name='power_item_region', opclasses=['varchar_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='poweritem',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', (backend.powers.types.LifeCycle['DRAFT'], backend.powers.types.LifeCycle['PUBLISHED'], backend.powers.types.LifeCycle['SUSPENDED'], backend.powers.types.LifeCycle['CANCELLED']))), name='power_item_state_known'),
        ),
        migrations.AddConstraint(
            model_name='poweritem',
            constraint=models.CheckConstraint(condition=models.Q(('task_code__isnull', True), models.Q(('catalog_code__isnull', False), ('task_code__endswith', models.F('catalog_code'))), _connector='OR'), name='power_item_task_tied'),
        ),
        migrations.AddConstraint(
            model_name='poweritem',
            constraint=models.CheckConstraint(condition=models.Q(('handle_item__isnull', True), models.Q(('handle_item__startswith', models.F('task_code')), ('task_code__isnull', False)), _connector='OR'), name='power_item_handle_tied'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poweritem',
            trigger=pgtrigger.compiler.Trigger(name='power_item_code_fixed', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."local_code" IS DISTINCT FROM (NEW."local_code"))', func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;", hash='507b14b5389aae41f7605131d0e0e2b4fa41b3b3', operation='UPDATE', pgid='pgtrigger_power_item_code_fixed_8d9a2', table='powers_poweritem', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='poweritem',
            trigger=pgtrigger.compiler.Trigger(name='power_item_no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='37ab4806dfc84b549b54d759d8d2914023e38906', operation='DELETE', pgid='pgtrigger_power_item_no_delete_76a75', table='powers_poweritem', when='BEFORE')),
        ),
        migrations.AddIndex(
            model_name='powerversion',
            index=django.contrib.postgres.indexes.GinIndex(condition=models.Q(('state', backend.powers.types.LifeCycle['PUBLISHED'])), fields=['search_text'], name='power_version_search', opclasses=['gin_trgm_ops']),
        ),
        migrations.AddIndex(
            model_name='powerversion',
            index=models.Index(fields=['sort_key', 'id'], name='power_version_order'),
        ),
        migrations.AddConstraint(
            model_name='powerversion',
            constraint=models.UniqueConstraint(fields=('item', 'number'), name='power_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='powerversion',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', (backend.powers.types.LifeCycle['DRAFT'], backend.powers.types.LifeCycle['SUBMITTED'], backend.powers.types.LifeCycle['LEGAL_REVIEW'], backend.powers.types.LifeCycle['CONFIRMED']))), fields=('item',), name='power_version_one_open'),
        ),
        migrations.AddConstraint(
            model_name='powerversion',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', (backend.powers.types.LifeCycle['DRAFT'], backend.powers.types.LifeCycle['SUBMITTED'], backend.powers.types.LifeCycle['LEGAL_REVIEW'], backend.powers.types.LifeCycle['CONFIRMED'], backend.powers.types.LifeCycle['PUBLISHED']))), name='power_version_state_known'),
        ),
        migrations.AddConstraint(
            model_name='powerversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', backend.powers.types.LifeCycle['PUBLISHED']), _negated=True), ('effective_from__isnull', False), _connector='OR'), name='power_version_published_has_date'),
        ),
        migrations.AddConstraint(
            model_name='powerversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(('state', backend.powers.types.LifeCycle['PUBLISHED'])), expressions=[(backend.powers.models.power_version.DateRange('effective_from', 'effective_to'), '&&'), ('item', '=')], name='power_version_no_overlap'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='powerversion',
            trigger=pgtrigger.compiler.Trigger(name='power_version_frozen', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."state" IN (\'confirmed\', \'published\'))', func="IF to_jsonb(NEW) - ARRAY['state', 'version', 'updated_at', 'effective_from', 'effective_to', 'published_by', 'published_at', 'search_text', 'sort_key', 'name_key'] <> to_jsonb(OLD) - ARRAY['state', 'version', 'updated_at', 'effective_from', 'effective_to', 'published_by', 'published_at', 'search_text', 'sort_key', 'name_key'] THEN RAISE EXCEPTION 'a confirmed version cannot be changed' USING ERRCODE = 'insufficient_privilege'; END IF; RETURN NEW;", hash='49ab27e3ecad157c8d25870eee6d16ac23654e15', operation='UPDATE', pgid='pgtrigger_power_version_frozen_15584', table='powers_powerversion', when='BEFORE')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='powerversion',
            trigger=pgtrigger.compiler.Trigger(name='power_version_no_delete', sql=pgtrigger.compiler.UpsertTriggerSql(func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;", hash='db19ad6fe5f41c50b46a4be68e20ea64e44e999a', operation='DELETE', pgid='pgtrigger_power_version_no_delete_19c2b', table='powers_powerversion', when='BEFORE')),
        ),
    ]
