import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import yonggong.cases.life
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('contracts', '0001_initial'), ('contracts', '0002_remove_filing_filing_of_worker_and_more'), ('contracts', '0003_user_units_and_endings'), ('contracts', '0004_filing_days'), ('contracts', '0005_filing_end_reason'), ('contracts', '0006_unrostered'), ('contracts', '0007_blocks'), ('contracts', '0008_subjects'), ('contracts', '0009_confirmed_workers'), ('contracts', '0010_exclusive'), ('contracts', '0011_one_form_of_names'), ('contracts', '0012_refused_cases'), ('contracts', '0013_office_ending'), ('contracts', '0014_versions'), ('contracts', '0015_revoked_cases'), ('contracts', '0016_days_of_ending'), ('contracts', '0017_postings'), ('contracts', '0018_successions'), ('contracts', '0019_posting_changes'), ('contracts', '0020_carried_postings')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('documents', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('filing', '待首次审核'), ('active', '履行中'), ('ended', '已解除（终止）'), ('void', '已作废')], default='filing', max_length=6, verbose_name='状态')),
                ('full_time', models.BooleanField(verbose_name='全日制')),
                ('exclusive', models.BooleanField(db_default=False, default=False, verbose_name='不得同时另订')),
                ('work_start_on', models.DateField(verbose_name='用工之日')),
                ('start_on', models.DateField(verbose_name='本期起始日期')),
                ('end_on', models.DateField(blank=True, null=True, verbose_name='本期结束日期')),
                ('term_type', models.CharField(max_length=1, verbose_name='期限类型')),
                ('term_count', models.PositiveSmallIntegerField(default=1, verbose_name='已订立次数')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='解除（终止）日期')),
                ('migrated', models.BooleanField(default=False, verbose_name='历史数据迁移')),
                ('user_unit_code', models.CharField(blank=True, db_default='', default='', max_length=18, verbose_name='用工单位统一社会信用代码')),
                ('predecessors', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None, verbose_name='原用人单位')),
                ('severance_since', models.DateField(null=True, verbose_name='经济补偿起算日期')),
                ('current', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case', verbose_name='现行备案')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.worker', verbose_name='劳动者')),
            ],
            options={
                'verbose_name': '劳动合同',
                'indexes': [models.Index(condition=models.Q(('state', 'active')), fields=['employer', 'end_on'], name='contract_ending_soon'), models.Index(condition=models.Q(('state', 'active'), models.Q(('user_unit_code', ''), _negated=True)), fields=['user_unit_code'], name='contract_of_user_unit')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('exclusive', True), ('state', 'active')), fields=('worker',), name='contract_one_exclusive'), models.CheckConstraint(condition=models.Q(('exclusive', False), ('full_time', True), _connector='OR'), name='contract_exclusive_is_full_time'), models.CheckConstraint(condition=models.Q(('end_on__isnull', True), ('end_on__gte', models.F('start_on')), _connector='OR'), name='contract_ends_after_start'), models.CheckConstraint(condition=models.Q(models.Q(('term_type', '1'), _negated=True), ('end_on__isnull', False), _connector='OR'), name='contract_fixed_has_end'), models.CheckConstraint(condition=models.Q(models.Q(('term_type', '2'), _negated=True), ('end_on__isnull', True), _connector='OR'), name='contract_open_has_no_end'), models.CheckConstraint(condition=models.Q(('state', 'ended'), ('ended_on__isnull', True), _connector='XOR'), name='contract_ended_has_date')],
            },
        ),
        migrations.CreateModel(
            name='Carried',
            fields=[
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='carried', serialize=False, to='cases.version')),
                ('data', models.JSONField(verbose_name='沿用内容')),
                ('contract', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.contract')),
            ],
            options={
                'verbose_name': '沿用的合同内容',
            },
        ),
        migrations.CreateModel(
            name='Filing',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='filing', serialize=False, to='cases.case')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('kind', models.CharField(choices=[('new', '新订'), ('renewal', '续订'), ('change', '变更'), ('ending', '解除（终止）')], max_length=8, verbose_name='合同状态')),
                ('state', models.CharField(choices=[(yonggong.cases.life.State['DRAFT'], '草稿'), (yonggong.cases.life.State['PENDING'], '未审核'), (yonggong.cases.life.State['APPROVED'], '审核通过'), (yonggong.cases.life.State['RETURNED'], '审核不通过'), (yonggong.cases.life.State['REFUSED'], '不予办理'), (yonggong.cases.life.State['VOIDED'], '已作废'), (yonggong.cases.life.State['REVOKED'], '已撤销')], max_length=10, verbose_name='审核状态')),
                ('in_post', models.BooleanField(default=False, verbose_name='是否在职')),
                ('full_time', models.BooleanField(verbose_name='全日制')),
                ('exclusive', models.BooleanField(db_default=False, default=False, verbose_name='不得同时另订')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('sex', models.CharField(max_length=1, verbose_name='性别')),
                ('employment_form', models.CharField(max_length=1, verbose_name='用工形式')),
                ('term_type', models.CharField(max_length=1, verbose_name='合同期限类型')),
                ('job', models.CharField(max_length=60, verbose_name='岗位工作')),
                ('signed_on', models.DateField(null=True, verbose_name='签订日期')),
                ('start_on', models.DateField(verbose_name='合同起始日期')),
                ('end_on', models.DateField(null=True, verbose_name='合同结束日期')),
                ('ended_on', models.DateField(null=True, verbose_name='解除（终止）日期')),
                ('end_reason', models.CharField(blank=True, default='', max_length=10, verbose_name='解除（终止）原因')),
                ('filed_on', models.DateField(verbose_name='备案日期')),
                ('late_days', models.PositiveIntegerField(default=0, verbose_name='逾期天数')),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to='registry.agency', verbose_name='送审机构')),
                ('certificate', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='证明书')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='filings', to='contracts.contract')),
                ('employer', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位')),
                ('roster', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='名册')),
                ('worker', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, to='registry.worker', verbose_name='劳动者')),
            ],
            options={
                'verbose_name': '劳动合同备案',
                'indexes': [models.Index(fields=['employer', '-case'], name='filing_of_employer'), models.Index(fields=['region_code', '-case'], name='filing_in_region'), django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['case', 'filed_on', 'signed_on', 'start_on', 'end_on'], name='filing_days', pages_per_range=32), models.Index(fields=['name'], name='filing_name', opclasses=['text_pattern_ops']), models.Index(condition=models.Q(('roster__isnull', True), ('state', 'approved')), fields=['employer', 'kind', '-case'], name='filing_unrostered'), models.Index(condition=models.Q(('kind', 'ending')), fields=['employer', 'ended_on'], name='filing_endings'), models.Index(condition=models.Q(('kind', 'ending')), fields=['ended_on'], name='filing_ended'), models.Index(condition=models.Q(('kind', 'ending')), fields=['end_reason'], name='filing_end_reason')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('contract',), name='filing_one_pending'), models.UniqueConstraint(condition=models.Q(('exclusive', True), ('kind', 'new'), ('state', 'pending')), fields=('worker',), name='filing_one_pending_exclusive'), models.UniqueConstraint(condition=models.Q(('kind', 'new'), ('state', 'pending')), fields=('worker', 'employer'), name='filing_one_pending_with_employer'), models.CheckConstraint(condition=models.Q(('roster__isnull', True), ('state__in', ['approved', 'revoked']), _connector='OR'), name='filing_on_roster_is_approved')],
            },
        ),
        migrations.CreateModel(
            name='Posting',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='posting', serialize=False, to='cases.case')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('state', models.CharField(choices=[(yonggong.cases.life.State['DRAFT'], '草稿'), (yonggong.cases.life.State['PENDING'], '未审核'), (yonggong.cases.life.State['APPROVED'], '审核通过'), (yonggong.cases.life.State['RETURNED'], '审核不通过'), (yonggong.cases.life.State['REFUSED'], '不予办理'), (yonggong.cases.life.State['VOIDED'], '已作废'), (yonggong.cases.life.State['REVOKED'], '已撤销')], max_length=10, verbose_name='审核状态')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('dispatcher_code', models.CharField(max_length=18, verbose_name='劳务派遣单位统一社会信用代码')),
                ('dispatcher', models.CharField(max_length=120, verbose_name='劳务派遣单位')),
                ('job', models.CharField(max_length=60, verbose_name='岗位工作')),
                ('start_on', models.DateField(verbose_name='派遣起始日期')),
                ('end_on', models.DateField(verbose_name='派遣结束日期')),
                ('filed_on', models.DateField(verbose_name='备案日期')),
                ('carried_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None, verbose_name='承继')),
                ('agency', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='送审机构')),
                ('replaces', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='contracts.posting', verbose_name='原备案')),
                ('roster', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='名册')),
                ('user_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用工单位')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.worker', verbose_name='劳动者')),
            ],
            options={
                'verbose_name': '被派遣劳动者用工备案',
                'indexes': [models.Index(fields=['region_code', '-case'], name='posting_in_region'), models.Index(fields=['filed_on'], name='posting_filed')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('worker', 'user_unit'), name='posting_one_pending'), models.CheckConstraint(condition=models.Q(('end_on__gte', models.F('start_on'))), name='posting_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='Succession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='承继日期')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='contracts.contract')),
                ('from_employer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer', verbose_name='原用人单位')),
                ('to_employer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer', verbose_name='承继单位')),
            ],
            options={
                'verbose_name': '合同承继',
                'constraints': [models.UniqueConstraint(fields=('contract', 'cause'), name='succession_once')],
            },
        ),
        migrations.CreateModel(
            name='OfficeEnding',
            fields=[
                ('contract', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='office_ending', serialize=False, to='contracts.contract')),
                ('ended_on', models.DateField(verbose_name='解除（终止）日期')),
                ('reason', models.CharField(max_length=500, verbose_name='依据')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('evidence', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
            ],
            options={
                'verbose_name': '部门登记的终止',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='office_ending_has_reason')],
            },
        ),
    ]
