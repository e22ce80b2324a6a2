import django.db.models.deletion
import yonggong.catalogue.offices
import yonggong.registry.parties
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('registry', '0001_initial'), ('registry', '0002_confirmed'), ('registry', '0003_lifelong_digests'), ('registry', '0004_people'), ('registry', '0005_employer_spellings'), ('registry', '0006_doubtful_codes'), ('registry', '0008_departments'), ('registry', '0009_authority'), ('registry', '0010_same_keys'), ('registry', '0011_revocations'), ('registry', '0012_keyed_digests'), ('registry', '0013_registrations'), ('registry', '0014_registered_operators')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evidence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=40, verbose_name='类型')),
                ('digest', models.CharField(max_length=64, verbose_name='校验值')),
                ('content', models.BinaryField(verbose_name='内容（加密）')),
            ],
            options={
                'verbose_name': '证据材料',
            },
        ),
        migrations.CreateModel(
            name='Agency',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, verbose_name='机构名称')),
                ('level', models.CharField(choices=[('province', '省级'), ('prefecture', '市级'), ('county', '县级'), ('community', '社区（乡镇街道）平台')], max_length=12, verbose_name='层级')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('department', models.CharField(choices=yonggong.catalogue.offices.departments, default='人社', max_length=8, verbose_name='部门')),
                ('line', models.CharField(blank=True, choices=yonggong.catalogue.offices.lines, default='', max_length=12, verbose_name='业务线')),
                ('reviews', models.BooleanField(default=True, verbose_name='受理审核')),
                ('telephone', models.CharField(blank=True, default='', max_length=20, verbose_name='联系电话')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='registry.agency')),
            ],
            options={
                'verbose_name': '经办机构',
            },
        ),
        migrations.CreateModel(
            name='Employer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credit_code', models.CharField(max_length=18, unique=True, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('state', models.CharField(choices=[('unfiled', '未备案'), ('filed', '已备案'), ('cancelled', '已注销')], default='unfiled', max_length=10, verbose_name='备案状态')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('organisation_code', models.CharField(blank=True, default='', max_length=10, verbose_name='组织机构代码')),
                ('nature', models.CharField(blank=True, default='', max_length=10, verbose_name='单位性质')),
                ('affiliation', models.CharField(blank=True, default='', max_length=10, verbose_name='隶属关系')),
                ('economic_type', models.CharField(blank=True, default='', max_length=10, verbose_name='单位经济类型')),
                ('industry', models.CharField(blank=True, default='', max_length=10, verbose_name='所属行业')),
                ('legal_representative', models.CharField(blank=True, default='', max_length=50, verbose_name='法定代表人')),
                ('address', models.CharField(blank=True, default='', max_length=200, verbose_name='通讯地址')),
                ('licence_on', models.DateField(blank=True, null=True, verbose_name='领取营业执照日期')),
                ('contact', models.CharField(blank=True, default='', max_length=50, verbose_name='联系人')),
                ('contact_mobile_sealed', models.CharField(blank=True, default='', max_length=120)),
                ('telephone', models.CharField(blank=True, default='', max_length=20, verbose_name='固定电话')),
                ('postcode', models.CharField(blank=True, default='', max_length=6, verbose_name='邮政编码')),
                ('operator', models.CharField(blank=True, default='', max_length=50, verbose_name='经办人')),
                ('operator_mobile_sealed', models.CharField(blank=True, default='', max_length=120)),
                ('operator_document_sealed', models.CharField(blank=True, default='', max_length=120)),
                ('filed_on', models.DateField(blank=True, null=True, verbose_name='初次备案日期')),
                ('cancelled_on', models.DateField(blank=True, null=True, verbose_name='注销日期')),
                ('updated_at', models.DateTimeField(auto_now=True, verbose_name='更新时间')),
                ('agency', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.agency', verbose_name='送审机构')),
            ],
            options={
                'verbose_name': '用人单位',
            },
        ),
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('employer', '单位'), ('person', '个人'), ('agency', '机构')], max_length=8, verbose_name='类别')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('region_code', models.CharField(blank=True, default='', max_length=6, verbose_name='行政区划')),
                ('employer', yonggong.registry.parties.ItsEmployer(from_fields=['id'], null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registry.employer', to_fields=['id'])),
            ],
            options={
                'verbose_name': '当事人',
                'indexes': [models.Index(fields=['name'], name='party_name', opclasses=['text_pattern_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['employer', 'person', 'agency'])), name='party_kind_known')],
            },
        ),
        migrations.AddField(
            model_name='employer',
            name='party',
            field=yonggong.registry.parties.ItsParty(from_fields=['id'], on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registry.party', to_fields=['id']),
        ),
        migrations.CreateModel(
            name='Authority',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('until', models.DateField(blank=True, null=True, verbose_name='有效期至')),
                ('given_at', models.DateTimeField(verbose_name='委托时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='终止时间')),
                ('ended_by', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('given_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
                ('agent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.party', verbose_name='代理人')),
                ('principal', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.party', verbose_name='委托人')),
            ],
            options={
                'verbose_name': '委托代理',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('principal', 'agent'), name='authority_one_open'), models.CheckConstraint(condition=models.Q(('agent', models.F('principal')), _negated=True), name='authority_of_another'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('ended_by__isnull', True)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='authority_ended_has_who_and_when')],
            },
        ),
        migrations.AddField(
            model_name='agency',
            name='party',
            field=yonggong.registry.parties.ItsParty(from_fields=['id'], on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='registry.party', to_fields=['id']),
        ),
        migrations.CreateModel(
            name='Registration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credit_code', models.CharField(max_length=18, unique=True, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('register', models.CharField(choices=[('market', '市场监管'), ('civil', '民政'), ('organs', '编办')], max_length=8, verbose_name='登记部门')),
                ('legal_representative', models.CharField(blank=True, default='', max_length=50, verbose_name='法定代表人')),
                ('representative_digest', models.BinaryField(default=b'', max_length=18, verbose_name='法定代表人证件号码摘要')),
                ('representative_document_sealed', models.CharField(blank=True, default='', max_length=120)),
                ('operator', models.CharField(blank=True, default='', max_length=50, verbose_name='登记联络员')),
                ('operator_digest', models.BinaryField(default=b'', max_length=18, verbose_name='登记联络员证件号码摘要')),
                ('operator_document_sealed', models.CharField(blank=True, default='', max_length=120)),
                ('operator_mobile_sealed', models.CharField(blank=True, default='', max_length=120)),
                ('address', models.CharField(blank=True, default='', max_length=200, verbose_name='住所')),
                ('economic_type', models.CharField(blank=True, default='', max_length=10, verbose_name='经济类型')),
                ('region_code', models.CharField(max_length=6, verbose_name='登记地行政区划')),
                ('registered_on', models.DateField(verbose_name='成立日期')),
                ('state', models.CharField(choices=[('active', '存续'), ('revoked', '吊销'), ('cancelled', '注销')], default='active', max_length=10, verbose_name='登记状态')),
                ('state_on', models.DateField(null=True, verbose_name='吊销、注销日期')),
                ('changed_on', models.DateField(null=True, verbose_name='变更核准日期')),
                ('contact_mobile_sealed', models.CharField(blank=True, default='', max_length=120)),
                ('first_seen_at', models.DateTimeField(verbose_name='首次载入时间')),
                ('seen_at', models.DateTimeField(verbose_name='最近载入时间')),
                ('source', models.CharField(max_length=120, verbose_name='来源')),
            ],
            options={
                'verbose_name': '登记信息',
                'indexes': [models.Index(fields=['region_code', '-id'], name='registration_in_region'), models.Index(fields=['name'], name='registration_name', opclasses=['text_pattern_ops'])],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['active', 'revoked', 'cancelled'])), name='registration_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'active'), ('state_on__isnull', True)), models.Q(models.Q(('state', 'active'), _negated=True), ('state_on__isnull', False)), _connector='OR'), name='registration_over_has_day')],
            },
        ),
        migrations.CreateModel(
            name='RegistrationChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(verbose_name='原登记')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('source', models.CharField(max_length=120, verbose_name='来源')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('registration', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='changes', to='registry.registration')),
            ],
            options={
                'verbose_name': '登记信息变更',
                'constraints': [models.UniqueConstraint(fields=('registration', 'at'), name='registration_change_once')],
            },
        ),
        migrations.CreateModel(
            name='RegistrationFeed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(db_index=True, verbose_name='时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('source', models.CharField(max_length=120, verbose_name='来源')),
                ('added', models.IntegerField(verbose_name='新增')),
                ('changed', models.IntegerField(verbose_name='变动')),
                ('same', models.IntegerField(verbose_name='无变动')),
                ('refused', models.IntegerField(verbose_name='未载入')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='载入人')),
            ],
            options={
                'verbose_name': '登记信息载入',
            },
        ),
        migrations.CreateModel(
            name='Worker',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('document_type', models.CharField(max_length=10, verbose_name='证件类型')),
                ('document_digest', models.BinaryField(max_length=18, verbose_name='证件号码摘要')),
                ('document_sealed', models.CharField(max_length=120, verbose_name='证件号码（加密）')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('sex', models.CharField(blank=True, default='', max_length=1, verbose_name='性别')),
                ('birth_on', models.DateField(blank=True, null=True, verbose_name='出生日期')),
                ('confirmed', models.BooleanField(db_default=False, default=False, verbose_name='已经审核')),
                ('joined_into', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='registry.worker', verbose_name='并入')),
            ],
            options={
                'verbose_name': '劳动者',
                'indexes': [models.Index(condition=models.Q(('joined_into__isnull', False)), fields=['joined_into'], name='worker_joined')],
                'constraints': [models.UniqueConstraint(fields=('document_digest',), name='worker_document_once'), models.CheckConstraint(condition=models.Q(('joined_into__isnull', True), ('confirmed', True), _connector='OR'), name='worker_joined_is_confirmed'), models.CheckConstraint(condition=models.Q(('joined_into__isnull', True), models.Q(('joined_into', models.F('id')), _negated=True), _connector='OR'), name='worker_joined_into_another')],
            },
        ),
        migrations.CreateModel(
            name='PersonHistory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('correct', '更正'), ('join', '并档'), ('approve', '备案审核通过'), ('revoke', '撤销审核')], max_length=10, verbose_name='事项')),
                ('before', models.JSONField(verbose_name='原登记')),
                ('after', models.JSONField(verbose_name='现登记')),
                ('reason', models.CharField(blank=True, default='', max_length=500, verbose_name='原因')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('evidence', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
                ('other', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='history', to='registry.worker')),
            ],
            options={
                'verbose_name': '人员登记变更',
                'constraints': [models.CheckConstraint(condition=models.Q(('act__in', ['approve', 'revoke']), models.Q(('evidence__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='person_history_has_evidence'), models.CheckConstraint(condition=models.Q(('act', 'join'), ('other__isnull', True), _connector='XOR'), name='person_history_joins_another')],
            },
        ),
        migrations.CreateModel(
            name='AgencyItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('item', models.CharField(max_length=66, verbose_name='事项')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='registry.agency')),
            ],
            options={
                'verbose_name': '机构受理事项',
                'constraints': [models.UniqueConstraint(fields=('item', 'agency'), name='agency_item_once')],
            },
        ),
        migrations.CreateModel(
            name='DoubtfulCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credit_code', models.CharField(max_length=18, unique=True, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('evidence', models.CharField(max_length=200, verbose_name='填报人说明的依据')),
                ('stated_at', models.DateTimeField(verbose_name='填报时间')),
                ('state', models.CharField(choices=[('stated', '待核实'), ('confirmed', '已核实'), ('refused', '核实有误')], default='stated', max_length=10, verbose_name='状态')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='核实时间')),
                ('opinion', models.CharField(blank=True, default='', max_length=200, verbose_name='核实依据')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='核实人来源地址')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('stated_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '待核实的信用代码',
                'indexes': [models.Index(fields=['region_code', '-id'], name='doubtful_code_in_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='doubtful_code_has_evidence'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('opinion', ''), ('state', 'stated')), models.Q(('state__in', ['confirmed', 'refused']), ('decided_at__isnull', False), ('decided_by__isnull', False), models.Q(('opinion', ''), _negated=True)), _connector='OR'), name='doubtful_code_decided_says_why')],
            },
        ),
        migrations.CreateModel(
            name='EmployerSpelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letters', models.CharField(max_length=24, verbose_name='拼音')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='registry.employer')),
            ],
            options={
                'verbose_name': '单位名称拼音',
                'indexes': [models.Index(fields=['letters'], name='employer_spelling', opclasses=['text_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('employer', 'letters'), name='employer_spelling_once')],
            },
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(fields=['region_code', '-id'], name='employer_in_region'),
        ),
        migrations.AddIndex(
            model_name='employer',
            index=models.Index(fields=['name'], name='employer_name', opclasses=['text_pattern_ops']),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['unfiled', 'filed', 'cancelled'])), name='employer_state_known'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'unfiled'), ('filed_on__isnull', False), _connector='OR'), name='employer_filed_has_date'),
        ),
        migrations.AddConstraint(
            model_name='employer',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'cancelled'), _negated=True), ('cancelled_on__isnull', False), _connector='OR'), name='employer_cancelled_has_date'),
        ),
        migrations.AddConstraint(
            model_name='agency',
            constraint=models.UniqueConstraint(fields=('region_code', 'name'), name='agency_name_in_region'),
        ),
    ]
