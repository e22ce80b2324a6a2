import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('relations', '0001_registers'), ('relations', '0002_recognitions'), ('relations', '0003_licences_minors_layoffs'), ('relations', '0004_dispatch_reports'), ('relations', '0005_entered_licences')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('contracts', '0001_squashed'),
        ('entitlements', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='DispatchLicence',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('address', models.CharField(max_length=200, verbose_name='住所（经营场所）')),
                ('capital_10k', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='注册资本（万元）')),
                ('premises_area', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='经营场所面积（平方米）')),
                ('valid_from', models.DateField(verbose_name='有效期起')),
                ('valid_until', models.DateField(verbose_name='有效期止')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='许可证编号')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('ended_on', models.DateField(null=True, verbose_name='终止日期')),
                ('ended_how', models.CharField(blank=True, choices=[('cancelled', '注销'), ('withdrawn', '撤销'), ('revoked', '吊销')], default='', max_length=10, verbose_name='终止方式')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='许可机关')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatch_licences', to='registry.employer', verbose_name='劳务派遣单位')),
            ],
            options={
                'verbose_name': '劳务派遣经营许可证',
                'indexes': [models.Index(fields=['region_code', '-id'], name='licence_in_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__gte', models.F('valid_from'))), name='licence_ends_after_begun'), models.CheckConstraint(condition=models.Q(models.Q(('ended_how', ''), ('ended_on__isnull', True)), models.Q(('ended_on__isnull', False), models.Q(('ended_how', ''), _negated=True)), _connector='OR'), name='licence_ended_says_how')],
            },
        ),
        migrations.CreateModel(
            name='EnteredLicence',
            fields=[
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('address', models.CharField(max_length=200, verbose_name='住所（经营场所）')),
                ('capital_10k', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='注册资本（万元）')),
                ('premises_area', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='经营场所面积（平方米）')),
                ('valid_from', models.DateField(verbose_name='有效期起')),
                ('valid_until', models.DateField(verbose_name='有效期止')),
                ('licence', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='entered', serialize=False, to='relations.dispatchlicence')),
            ],
            options={
                'verbose_name': '平台启用前核发的许可证',
            },
        ),
        migrations.CreateModel(
            name='DispatchReport',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='dispatch_report', serialize=False, to='cases.case')),
                ('year', models.IntegerField(verbose_name='年度')),
                ('dispatched', models.IntegerField(verbose_name='被派遣劳动者人数')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dispatch_reports', to='registry.employer')),
            ],
            options={
                'verbose_name': '劳务派遣年度报告',
                'constraints': [models.UniqueConstraint(fields=('employer', 'year'), name='dispatch_report_once_a_year')],
            },
        ),
        migrations.CreateModel(
            name='HarmonyRecognition',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='recognition', serialize=False, to='cases.case')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='认定文号')),
                ('score', models.DecimalField(decimal_places=1, max_digits=6, verbose_name='自评得分')),
                ('in_industrial_park', models.BooleanField(verbose_name='工业园区单位')),
                ('recognised_on', models.DateField(verbose_name='认定日期')),
                ('valid_until', models.DateField(null=True, verbose_name='有效期至')),
                ('withdrawn_on', models.DateField(null=True, verbose_name='撤销日期')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='recognitions', to='registry.employer')),
            ],
            options={
                'verbose_name': '和谐劳动关系单位',
                'constraints': [models.CheckConstraint(condition=models.Q(('valid_until__isnull', True), ('valid_until__gte', models.F('recognised_on')), _connector='OR'), name='recognition_term_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='LayoffReport',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='layoff_report', serialize=False, to='cases.case')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('explained_on', models.DateField(verbose_name='说明情况日期')),
                ('layoff_on', models.DateField(verbose_name='拟裁员日期')),
                ('staff', models.IntegerField(verbose_name='职工总数')),
                ('persons', models.IntegerField(verbose_name='裁员人数')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='layoff_reports', to='registry.employer', verbose_name='用人单位')),
            ],
            options={
                'verbose_name': '经济性裁员报告',
                'indexes': [models.Index(fields=['region_code', '-case'], name='layoff_in_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('layoff_on__gt', models.F('explained_on'))), name='layoff_after_explained')],
            },
        ),
        migrations.CreateModel(
            name='LaidOff',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='laid_off_by', to='contracts.contract')),
                ('report', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='laid_off', to='relations.layoffreport')),
            ],
            options={
                'verbose_name': '被裁减人员',
                'constraints': [models.UniqueConstraint(fields=('report', 'contract'), name='laid_off_once_a_report')],
            },
        ),
        migrations.CreateModel(
            name='LicenceAct',
            fields=[
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('address', models.CharField(max_length=200, verbose_name='住所（经营场所）')),
                ('capital_10k', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='注册资本（万元）')),
                ('premises_area', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='经营场所面积（平方米）')),
                ('valid_from', models.DateField(verbose_name='有效期起')),
                ('valid_until', models.DateField(verbose_name='有效期止')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='licence_act', serialize=False, to='cases.case')),
                ('act', models.CharField(choices=[('申请', '核发'), ('延续申请', '延续'), ('变更申请', '变更'), ('注销', '注销')], max_length=8, verbose_name='事项')),
                ('on', models.DateField(verbose_name='决定日期')),
                ('licence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='acts', to='relations.dispatchlicence')),
            ],
            options={
                'verbose_name': '许可证记录',
            },
        ),
        migrations.CreateModel(
            name='Minor',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='minor', serialize=False, to='cases.case')),
                ('number', models.CharField(max_length=24, unique=True, verbose_name='登记证编号')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('birth_on', models.DateField(verbose_name='出生日期')),
                ('adult_on', models.DateField(verbose_name='年满十八周岁日期')),
                ('begins_on', models.DateField(verbose_name='上岗日期')),
                ('occupation', models.CharField(max_length=60, verbose_name='工种')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='minors', to='registry.employer', verbose_name='用人单位')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='registered_minor', to='registry.worker', verbose_name='未成年工')),
            ],
            options={
                'verbose_name': '未成年工登记',
                'indexes': [models.Index(fields=['region_code', '-case'], name='minor_in_region'), models.Index(fields=['adult_on'], name='minor_adult_on')],
                'constraints': [models.UniqueConstraint(fields=('employer', 'worker'), name='minor_once_an_employer'), models.CheckConstraint(condition=models.Q(('adult_on__gt', models.F('begins_on'))), name='minor_is_minor')],
            },
        ),
        migrations.CreateModel(
            name='HealthCheck',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='cases.case')),
                ('examined_on', models.DateField(verbose_name='检查日期')),
                ('minor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='health_checks', to='relations.minor')),
            ],
            options={
                'verbose_name': '未成年工健康检查',
            },
        ),
        migrations.CreateModel(
            name='SpecialHoursPermit',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='special_hours_permit', serialize=False, to='cases.case')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='批准文号')),
                ('granted_on', models.DateField(verbose_name='批准日期')),
                ('headcount', models.IntegerField(verbose_name='实行人数')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('until_on', models.DateField(verbose_name='截止日期')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='special_hours_permits', to='registry.employer')),
            ],
            options={
                'verbose_name': '特殊工时批准',
                'indexes': [models.Index(fields=['employer', 'until_on'], name='permit_of_employer'), models.Index(fields=['until_on'], name='permit_by_end')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='permit_term_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='PermittedPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(choices=[('averaged', '综合计算工时工作制'), ('flexible', '不定时工作制')], max_length=10, verbose_name='工时制度')),
                ('job', models.CharField(max_length=200, verbose_name='岗位或工种')),
                ('headcount', models.IntegerField(verbose_name='人数')),
                ('cycle', models.CharField(blank=True, default='', max_length=20, verbose_name='计算周期')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('until_on', models.DateField(verbose_name='截止日期')),
                ('permit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='posts', to='relations.specialhourspermit')),
            ],
            options={
                'verbose_name': '特殊工时岗位',
                'constraints': [models.CheckConstraint(condition=models.Q(('until_on__gte', models.F('from_on'))), name='post_term_runs_forward')],
            },
        ),
        migrations.CreateModel(
            name='CollectiveReview',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='collective_review', serialize=False, to='cases.case')),
                ('made', models.BooleanField(default=False, verbose_name='新增登记')),
                ('before_ended_on', models.DateField(null=True, verbose_name='原终止日期')),
                ('scope', models.CharField(max_length=10, verbose_name='适用范围')),
                ('signing', models.CharField(max_length=8, verbose_name='签订类别')),
                ('place', models.CharField(blank=True, default='', max_length=120, verbose_name='区域、行业')),
                ('received_on', models.DateField(verbose_name='收到文本日期')),
                ('reviewed_on', models.DateField(verbose_name='审查日期')),
                ('objected', models.BooleanField(verbose_name='提出异议')),
                ('effective_on', models.DateField(null=True, verbose_name='生效日期')),
                ('agreement', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='review', to='entitlements.collectiveagreement')),
                ('before', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='followed_by', to='entitlements.collectiveagreement')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collective_reviews', to='registry.employer')),
            ],
            options={
                'verbose_name': '集体合同审查',
                'constraints': [models.CheckConstraint(condition=models.Q(('effective_on__isnull', True), ('effective_on__gt', models.F('received_on')), _connector='OR'), name='collective_effective_after_receipt'), models.CheckConstraint(condition=models.Q(('made', False), ('agreement__isnull', False), _connector='OR'), name='collective_made_is_there')],
            },
        ),
        migrations.CreateModel(
            name='LicenceEnding',
            fields=[
                ('licence', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='ending', serialize=False, to='relations.dispatchlicence')),
                ('how', models.CharField(choices=[('cancelled', '注销'), ('withdrawn', '撤销'), ('revoked', '吊销')], max_length=10, verbose_name='方式')),
                ('on', models.DateField(verbose_name='日期')),
                ('ground', models.CharField(max_length=500, verbose_name='事实和依据')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
            ],
            options={
                'verbose_name': '许可证撤销、吊销',
                'constraints': [models.CheckConstraint(condition=models.Q(('ground', ''), _negated=True), name='licence_ending_has_ground')],
            },
        ),
    ]
