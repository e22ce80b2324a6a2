import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import yonggong.cases.life
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('cases', '0001_initial'), ('cases', '0002_first_filed_on'), ('cases', '0003_alter_case_counter_alter_case_decided_by_and_more'), ('cases', '0004_search_indexes'), ('cases', '0005_few_among_many'), ('cases', '0006_mending'), ('cases', '0007_event_blocks'), ('cases', '0008_with_employer'), ('cases', '0009_steps'), ('cases', '0010_versions'), ('cases', '0011_set_by_kinds'), ('cases', '0012_joint_cases'), ('cases', '0013_assign_and_transfer'), ('cases', '0014_joint_phase'), ('cases', '0015_participants'), ('cases', '0016_form_versions'), ('cases', '0017_item_versions'), ('cases', '0018_applicant'), ('cases', '0019_drafts_of_tabs'), ('cases', '0020_unit_of_case'), ('cases', '0021_version_by_the_event'), ('cases', '0022_held_decisions'), ('cases', '0023_revocations'), ('cases', '0024_marks_and_notes'), ('cases', '0025_keyed_digests'), ('cases', '0026_consequences'), ('cases', '0027_opinion_templates'), ('cases', '0028_moves'), ('cases', '0029_sharing'), ('cases', '0030_counter_work'), ('cases', '0031_events_of_cases'), ('cases', '0032_carried_drafts'), ('cases', '0033_materials_reused')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Blob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('content', models.BinaryField()),
                ('size', models.PositiveIntegerField()),
            ],
            options={
                'verbose_name': '文件内容',
            },
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=66, verbose_name='业务类型')),
                ('state', models.CharField(choices=[(yonggong.cases.life.State['DRAFT'], '草稿'), (yonggong.cases.life.State['PENDING'], '未审核'), (yonggong.cases.life.State['APPROVED'], '审核通过'), (yonggong.cases.life.State['RETURNED'], '审核不通过'), (yonggong.cases.life.State['REFUSED'], '不予办理'), (yonggong.cases.life.State['VOIDED'], '已作废'), (yonggong.cases.life.State['REVOKED'], '已撤销')], default=yonggong.cases.life.State['DRAFT'], max_length=10, verbose_name='审核状态')),
                ('phase', models.CharField(blank=True, choices=[(yonggong.cases.life.Phase['ACCEPTING'], '待受理'), (yonggong.cases.life.Phase['ACCEPTED'], '已受理'), (yonggong.cases.life.Phase['PAUSED'], '暂停计时'), (yonggong.cases.life.Phase['HANDLING'], '办理中'), (yonggong.cases.life.Phase['PUBLICITY'], '公示中'), (yonggong.cases.life.Phase['WAITING'], '办理中'), (yonggong.cases.life.Phase['MENDING'], '待补正'), (yonggong.cases.life.Phase['DONE'], '办结'), (yonggong.cases.life.Phase['NOT_ACCEPTED'], '不予受理'), (yonggong.cases.life.Phase['REJECTED'], '不予批准'), (yonggong.cases.life.Phase['WITHDRAWN'], '已撤回'), (yonggong.cases.life.Phase['REVOKED'], '已撤销')], db_default='', default='', max_length=12, verbose_name='环节')),
                ('frequent', models.BooleanField(db_default=False, default=False, verbose_name='常办业务')),
                ('exclusive', models.BooleanField(db_default=False, default=False, verbose_name='同类只办一件')),
                ('subject_name', models.CharField(max_length=130, verbose_name='办理对象')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('finding_count', models.SmallIntegerField(db_default=0, default=0, verbose_name='合规提示数')),
                ('subject', models.BigIntegerField(blank=True, null=True, verbose_name='业务对象')),
                ('filed_at', models.DateTimeField(blank=True, null=True, verbose_name='提交时间')),
                ('first_filed_on', models.DateField(blank=True, null=True, verbose_name='首次提交日期')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='办理期限')),
                ('due_by_law_on', models.DateField(blank=True, null=True, verbose_name='法定办理期限')),
                ('statutory_due_on', models.DateField(blank=True, null=True, verbose_name='法定备案期限')),
                ('late_days', models.PositiveIntegerField(default=0, verbose_name='逾期备案天数')),
                ('decided_as', models.BigIntegerField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审核时间')),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='审核意见')),
                ('batch', models.BigIntegerField(blank=True, null=True, verbose_name='批次')),
                ('batch_row', models.PositiveIntegerField(blank=True, null=True, verbose_name='批次行号')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('acting_agency', models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='办理机构')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.agency', verbose_name='送审机构')),
                ('applicant', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='registry.party', verbose_name='申请人')),
                ('assigned_to', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='受理人')),
                ('counter', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='代录机构')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('filed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('parent', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='cases.case', verbose_name='联办件')),
                ('unit', models.ForeignObject(from_fields=['applicant'], null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='cases', to='registry.employer', to_fields=['id'])),
            ],
            options={
                'verbose_name': '办件',
            },
        ),
        migrations.CreateModel(
            name='FormVersion',
            fields=[
                ('id', models.BigIntegerField(primary_key=True, serialize=False)),
                ('name', models.CharField(max_length=80, verbose_name='表单')),
                ('sha256', models.CharField(max_length=64, unique=True, verbose_name='摘要')),
                ('description', models.JSONField(verbose_name='表单内容')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='启用时间')),
            ],
            options={
                'verbose_name': '表单版本',
            },
        ),
        migrations.CreateModel(
            name='Draft',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='draft', serialize=False, to='cases.case')),
                ('data', models.JSONField(default=dict, verbose_name='草稿内容')),
                ('revision', models.IntegerField(db_default=1, default=1, verbose_name='修订号')),
                ('tab', models.CharField(blank=True, db_default='', default='', max_length=40, verbose_name='窗口')),
                ('saved_at', models.DateTimeField(auto_now=True, verbose_name='保存时间')),
                ('carried_by', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), null=True, size=None, verbose_name='承继')),
            ],
            options={
                'verbose_name': '草稿',
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='move', serialize=False, to='cases.case')),
                ('from_region', models.CharField(max_length=6, verbose_name='原行政区划')),
                ('to_region', models.CharField(max_length=6, verbose_name='现行政区划')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('undone_at', models.DateTimeField(null=True, verbose_name='转回时间')),
                ('applicant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.party', verbose_name='申请人')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('from_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_away', to='registry.agency', verbose_name='原送审机构')),
                ('to_agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves_here', to='registry.agency', verbose_name='现送审机构')),
                ('undone_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人')),
            ],
            options={
                'verbose_name': '送审机构变更',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at__isnull', True), ('undone_by__isnull', True)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='move_undone_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Consequence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('was', models.CharField(blank=True, default='', max_length=10, verbose_name='原状态')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consequence_of', to='cases.case')),
                ('cause', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consequences', to='cases.case')),
            ],
            options={
                'verbose_name': '随办结果',
            },
        ),
        migrations.CreateModel(
            name='ItemVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=66, verbose_name='事项编码')),
                ('number', models.SmallIntegerField(verbose_name='版本号')),
                ('region_code', models.CharField(blank=True, default='', max_length=6, verbose_name='适用地区')),
                ('holds_from', models.DateField(blank=True, null=True, verbose_name='启用日期')),
                ('title', models.CharField(max_length=200, verbose_name='事项名称')),
                ('content', models.JSONField(verbose_name='事项内容')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('at', models.DateTimeField(verbose_name='生效登记时间')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审定人')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟定人')),
            ],
            options={
                'verbose_name': '事项版本',
                'constraints': [models.UniqueConstraint(fields=('key', 'number'), name='item_version_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='item_version_numbered_from_one'), models.CheckConstraint(condition=models.Q(('proposed_by__isnull', True), models.Q(('approved_by__isnull', False), models.Q(('approved_by', models.F('proposed_by')), _negated=True)), _connector='OR'), name='item_version_approved_by_another')],
            },
        ),
        migrations.CreateModel(
            name='ItemProposal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=66, verbose_name='事项编码')),
                ('region_code', models.CharField(blank=True, default='', max_length=6, verbose_name='适用地区')),
                ('holds_from', models.DateField(verbose_name='启用日期')),
                ('title', models.CharField(max_length=200, verbose_name='事项名称')),
                ('content', models.JSONField(verbose_name='事项内容')),
                ('sha256', models.CharField(max_length=64, verbose_name='摘要')),
                ('reason', models.CharField(max_length=500, verbose_name='修改说明')),
                ('state', models.CharField(choices=[('waiting', '待审定'), ('approved', '已审定'), ('declined', '未采纳'), ('withdrawn', '已撤回')], default='waiting', max_length=10, verbose_name='状态')),
                ('proposed_at', models.DateTimeField(verbose_name='拟定时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审定时间')),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='审定意见')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审定人')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟定人')),
                ('version', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='proposal', to='cases.itemversion')),
            ],
            options={
                'verbose_name': '事项修改',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='item_proposal_decided_when'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'approved'), _negated=True), ('version__isnull', False), _connector='OR'), name='item_proposal_approved_is_a_version')],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='item_version',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.itemversion', verbose_name='事项版本'),
        ),
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='材料')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=40, verbose_name='类型')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True)),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='cases.blob')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='materials', to='cases.case')),
                ('taken_from', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('uploaded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '材料',
                'constraints': [models.UniqueConstraint(fields=('case', 'name'), name='material_once_per_case')],
            },
        ),
        migrations.CreateModel(
            name='Note',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('text', models.CharField(max_length=500, verbose_name='内容')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='cases.case')),
            ],
            options={
                'verbose_name': '内部备注',
            },
        ),
        migrations.CreateModel(
            name='OpinionTemplate',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', models.CharField(max_length=12, verbose_name='名称')),
                ('text', models.CharField(max_length=300, verbose_name='意见内容')),
                ('place', models.SmallIntegerField(verbose_name='顺序')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinion_templates', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '常用意见',
                'ordering': ['place', 'pk'],
                'constraints': [models.UniqueConstraint(fields=('user', 'word'), name='opinion_template_word_once')],
            },
        ),
        migrations.CreateModel(
            name='Participant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('user_unit', '用工单位'), ('agent', '代理人'), ('other_side', '对方当事人'), ('third', '第三人')], max_length=12, verbose_name='身份')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='participants', to='cases.case')),
                ('party', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.party', verbose_name='当事人')),
            ],
            options={
                'verbose_name': '参与人',
                'constraints': [models.UniqueConstraint(fields=('case', 'party', 'role'), name='participant_once')],
            },
        ),
        migrations.CreateModel(
            name='Revocation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('applicant', models.BigIntegerField()),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('reason', models.CharField(max_length=500, verbose_name='撤销原因')),
                ('asked_as', models.BigIntegerField(blank=True, null=True)),
                ('asked_at', models.DateTimeField(verbose_name='申请时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('agreed', models.BooleanField(blank=True, null=True, verbose_name='同意撤销')),
                ('decided_as', models.BigIntegerField(blank=True, null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='决定时间')),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='决定意见')),
                ('asked_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='revocations', to='cases.case')),
                ('decided_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='决定人')),
                ('evidence', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
                ('filed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '撤销审核',
                'indexes': [models.Index(fields=['region_code', '-id'], name='revocation_in_region'), models.Index(fields=['decided_at'], name='revocation_decided')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed__isnull', True)), fields=('case',), name='revocation_one_open'), models.UniqueConstraint(condition=models.Q(('agreed', True)), fields=('case',), name='revocation_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='revocation_has_reason'), models.CheckConstraint(condition=models.Q(models.Q(('agreed__isnull', True), ('decided_at__isnull', True), ('decided_by__isnull', True)), models.Q(('agreed__isnull', False), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('opinion', ''), _negated=True)), _connector='OR'), name='revocation_decided_has_who_when_why'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='revocation_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by', models.F('filed_by')), _negated=True), models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('filed_by')), _negated=True), _connector='OR')), name='revocation_by_no_filer'), models.CheckConstraint(condition=models.Q(models.Q(('asked_as__isnull', True), models.Q(('asked_as', models.F('applicant')), _negated=True), _connector='OR'), models.Q(('decided_as__isnull', True), models.Q(('decided_as', models.F('applicant')), _negated=True), _connector='OR')), name='revocation_by_no_party')],
            },
        ),
        migrations.CreateModel(
            name='SharedMaterial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=40, verbose_name='材料')),
                ('provider', models.CharField(max_length=200, verbose_name='共享来源')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='shared_materials', to='cases.case')),
            ],
            options={
                'verbose_name': '共享取得的材料',
                'constraints': [models.UniqueConstraint(fields=('case', 'name'), name='shared_material_once_per_case')],
            },
        ),
        migrations.CreateModel(
            name='Sharing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('automatic', models.BooleanField(default=False, verbose_name='自动分派')),
                ('at', models.DateTimeField(verbose_name='分派时间')),
                ('taken_back_at', models.DateTimeField(null=True, verbose_name='收回时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sharings', to='registry.agency')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('taken_back_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '分派',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at__isnull', True), ('taken_back_by__isnull', True)), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False)), _connector='OR'), name='sharing_taken_back_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='SharedCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('to', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('sharing', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.sharing')),
            ],
            options={
                'verbose_name': '分派的办件',
                'constraints': [models.UniqueConstraint(fields=('sharing', 'case'), name='shared_case_once')],
            },
        ),
        migrations.CreateModel(
            name='SharingRule',
            fields=[
                ('agency', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='sharing_rule', serialize=False, to='registry.agency')),
                ('at', models.DateTimeField(verbose_name='设置时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '自动分派',
            },
        ),
        migrations.CreateModel(
            name='StandIn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('until_on', models.DateField(verbose_name='结束日期')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='提前结束时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stand_ins', to='registry.agency')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('reviewer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='leaves', to=settings.AUTH_USER_MODEL, verbose_name='请假审核员')),
                ('stand_in', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stands_in', to=settings.AUTH_USER_MODEL, verbose_name='代班审核员')),
            ],
            options={
                'verbose_name': '请假代班',
                'constraints': [models.CheckConstraint(condition=models.Q(('reviewer', models.F('stand_in')), _negated=True), name='stand_in_is_another'), models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='stand_in_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='stand_in_ended_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('round', models.SmallIntegerField(verbose_name='轮次')),
                ('position', models.SmallIntegerField(verbose_name='次序')),
                ('key', models.CharField(max_length=24, verbose_name='环节')),
                ('kind', models.CharField(max_length=16, verbose_name='环节类型')),
                ('opened_at', models.DateTimeField(verbose_name='开始时间')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='承诺期限')),
                ('due_by_law_on', models.DateField(blank=True, null=True, verbose_name='法定期限')),
                ('acted_at', models.DateTimeField(blank=True, null=True, verbose_name='办理时间')),
                ('outcome', models.CharField(blank=True, default='', max_length=8, verbose_name='结果')),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='意见')),
                ('data', models.JSONField(default=dict, verbose_name='办理内容')),
                ('acted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='办理机构')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='cases.case')),
                ('filed_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '办理环节',
                'constraints': [models.UniqueConstraint(condition=models.Q(('acted_at__isnull', True)), fields=('case',), name='step_one_open'), models.UniqueConstraint(fields=('case', 'round', 'position'), name='step_once_a_round'), models.CheckConstraint(condition=models.Q(models.Q(('acted_at__isnull', True), ('acted_by__isnull', True), ('outcome', '')), models.Q(('acted_at__isnull', False), ('acted_by__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='step_done_has_who_when_how'), models.CheckConstraint(condition=models.Q(('acted_by__isnull', True), models.Q(('acted_by', models.F('filed_by')), _negated=True), _connector='OR'), name='step_done_by_another'), models.UniqueConstraint(condition=models.Q(('kind__in', ['review', 'second_review', 'approve', 'decide'])), fields=('case', 'round', 'acted_by'), name='step_judged_by_different_people')],
            },
        ),
        migrations.CreateModel(
            name='Pause',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('began_on', models.DateField(verbose_name='开始日期')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='结束日期')),
                ('left', models.JSONField(default=dict, verbose_name='剩余期限')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='pauses', to='cases.step')),
            ],
            options={
                'verbose_name': '暂停计时',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_on__isnull', True)), fields=('step',), name='pause_one_open'), models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('began_on')), _connector='OR'), name='pause_ends_after_it_began')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField()),
                ('outcome', models.CharField(blank=True, default='', max_length=60)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '提交凭据',
                'constraints': [models.UniqueConstraint(fields=('user', 'key'), name='submission_once')],
            },
        ),
        migrations.CreateModel(
            name='Version',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.SmallIntegerField(verbose_name='版本号')),
                ('data', models.JSONField(verbose_name='填报内容')),
                ('findings', models.JSONField(default=list, verbose_name='合规提示')),
                ('judged_on', models.DateField(verbose_name='判定日期')),
                ('at', models.DateTimeField(verbose_name='提交时间')),
                ('by', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='cases.case')),
                ('counter', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='代录机构')),
                ('form', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.formversion')),
                ('taken_from', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.version')),
            ],
            options={
                'verbose_name': '填报版本',
                'constraints': [models.UniqueConstraint(fields=('case', 'number'), name='version_once'), models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='version_numbered_from_one')],
            },
        ),
        migrations.AddField(
            model_name='case',
            name='current',
            field=models.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.version', verbose_name='现行版本'),
        ),
        migrations.CreateModel(
            name='MovedCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('move', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='cases.move')),
            ],
            options={
                'verbose_name': '随转办件',
                'constraints': [models.UniqueConstraint(fields=('move', 'case'), name='moved_case_once')],
            },
        ),
        migrations.CreateModel(
            name='ConflictingDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('tab', models.CharField(max_length=40, verbose_name='窗口')),
                ('data', models.JSONField(default=dict, verbose_name='草稿内容')),
                ('saved_at', models.DateTimeField(verbose_name='保存时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='conflicting_drafts', to='cases.case')),
            ],
            options={
                'verbose_name': '未采用的草稿',
                'constraints': [models.UniqueConstraint(fields=('case', 'tab'), name='conflicting_once_a_tab')],
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('action', models.CharField(max_length=10, verbose_name='操作')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='意见')),
                ('changes', models.JSONField(default=list, verbose_name='变更内容')),
                ('marked', models.JSONField(db_default=[], default=list, verbose_name='标记的项目')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='cases.case')),
            ],
            options={
                'verbose_name': '办理记录',
                'indexes': [django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['id', 'at'], name='event_at', pages_per_range=32), models.Index(fields=['case', 'at'], include=('id',), name='event_of_case')],
            },
        ),
        migrations.CreateModel(
            name='HeldDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(max_length=10, verbose_name='决定')),
                ('step', models.BigIntegerField(blank=True, null=True)),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='意见')),
                ('marked', models.JSONField(db_default=[], default=list, verbose_name='标记的项目')),
                ('answers', models.JSONField(default=dict, verbose_name='办理内容')),
                ('seen', models.DateTimeField(verbose_name='所见版本的提交时间')),
                ('took', models.BooleanField(default=False)),
                ('decided_at', models.DateTimeField(verbose_name='作出时间')),
                ('carry_out_at', models.DateTimeField(verbose_name='生效时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('failure', models.CharField(blank=True, default='', max_length=500, verbose_name='未能生效的原因')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='held_decisions', to='cases.case')),
            ],
            options={
                'verbose_name': '待生效的决定',
                'constraints': [models.UniqueConstraint(condition=models.Q(('failure', '')), fields=('case',), name='held_decision_once'), models.CheckConstraint(condition=models.Q(('carry_out_at__gte', models.F('decided_at'))), name='held_decision_not_before_made')],
            },
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state', 'pending')), fields=['acting_agency', 'due_on', 'id'], name='case_queue'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('acting_agency', models.F('agency')), _negated=True), fields=['acting_agency'], name='case_elsewhere'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['applicant', '-id'], name='case_of_applicant'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('counter__isnull', False)), fields=['-id'], name='case_at_counter'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['draft', 'returned'])), fields=['applicant', 'state', '-updated_at'], name='case_with_applicant'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('frequent', False)), fields=['kind', 'applicant', '-id'], name='case_of_few'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['region_code'], name='case_in_region'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['filed_at', 'id'], name='case_filed'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['subject_name'], name='case_subject', opclasses=['text_pattern_ops']),
        ),
        migrations.AddIndex(
            model_name='case',
            index=django.contrib.postgres.indexes.BrinIndex(autosummarize=True, fields=['due_on', 'statutory_due_on'], name='case_days', pages_per_range=32),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('late_days__gt', 0)), fields=['applicant'], include=('late_days', 'filed_at', 'state', 'region_code'), name='case_late_applicant'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('late_days__gt', 0)), fields=['region_code'], name='case_late_region'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('late_days__gt', 0)), fields=['agency'], name='case_late_agency'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('decided_at__isnull', False)), fields=['decided_at'], name='case_decided'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('decided_by__isnull', False)), fields=['decided_by', 'decided_at'], name='case_decider'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['returned', 'voided'])), fields=['region_code'], name='case_turned_region'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['returned', 'voided'])), fields=['agency'], name='case_turned_agency'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('state__in', ['returned', 'voided'])), fields=['applicant'], name='case_turned_applicant'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('parent__isnull', False)), fields=['parent'], name='case_of_joint'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(condition=models.Q(('batch__isnull', False)), fields=['batch'], name='case_of_batch'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'pending', 'approved', 'returned', 'refused', 'voided', 'revoked'])), name='case_state_known'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'draft'), models.Q(('acting_agency__isnull', False), ('agency__isnull', False), ('filed_at__isnull', False)), _connector='OR'), name='case_filed_has_time_and_agency'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['approved', 'returned', 'refused', 'revoked']), _negated=True), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='case_decided_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('filed_by')), _negated=True), _connector='OR'), name='case_decided_by_another'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.CheckConstraint(condition=models.Q(('decided_as__isnull', True), models.Q(('decided_as', models.F('applicant')), _negated=True), _connector='OR'), name='case_decided_by_no_party'),
        ),
        migrations.AddConstraint(
            model_name='case',
            constraint=models.UniqueConstraint(condition=models.Q(('exclusive', True), ('state__in', ['draft', 'pending', 'returned'])), fields=('applicant', 'kind'), name='case_one_open_where_exclusive'),
        ),
    ]
