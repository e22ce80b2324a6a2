import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('supervision', '0001_initial'), ('supervision', '0002_orders_looks_plans'), ('supervision', '0003_recusals')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('contracts', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Gathered',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.BigIntegerField(default=0)),
            ],
            options={
                'verbose_name': '线索比对进度',
            },
        ),
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='文书编号')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('office', models.CharField(max_length=100, verbose_name='发出机关')),
                ('wrong', models.CharField(max_length=1000, verbose_name='存在的问题')),
                ('wanted', models.CharField(max_length=500, verbose_name='改正要求')),
                ('grounds', models.JSONField(verbose_name='依据')),
                ('correct_by', models.DateField(verbose_name='改正期限')),
                ('state', models.CharField(choices=[('issued', '待送达'), ('served', '待改正'), ('replied', '待复查'), ('corrected', '已改正'), ('refused', '拒不改正，移送查处'), ('withdrawn', '已撤销')], default='issued', max_length=10, verbose_name='状态')),
                ('issued_at', models.DateTimeField(verbose_name='发出时间')),
                ('served_how', models.CharField(blank=True, choices=[('direct', '直接送达'), ('left', '留置送达'), ('post', '邮寄送达'), ('electronic', '电子送达'), ('public', '公告送达')], default='', max_length=10, verbose_name='送达方式')),
                ('served_on', models.DateField(null=True, verbose_name='送达日期')),
                ('received_by', models.CharField(blank=True, default='', max_length=100, verbose_name='收件人')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束时间')),
            ],
            options={
                'verbose_name': '责令限期改正',
            },
        ),
        migrations.CreateModel(
            name='Trait',
            fields=[
                ('contract', models.OneToOneField(db_constraint=False, on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='contracts.contract')),
                ('phone', models.BinaryField(max_length=18, null=True, verbose_name='手机号摘要')),
                ('monthly_pay', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='月工资')),
            ],
            options={
                'verbose_name': '线索比对数据',
            },
        ),
        migrations.CreateModel(
            name='Clue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('unfiled', '登记未备案'), ('insured', '参保未备案'), ('late', '逾期备案'), ('shared_phone', '多人共用手机号'), ('minimum_pay', '工资均为最低标准'), ('same_address', '多户地址相同'), ('dates', '日期不合常理')], max_length=12, verbose_name='线索类型')),
                ('subject', models.CharField(max_length=80)),
                ('credit_code', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('reason', models.CharField(max_length=500, verbose_name='发现的情况')),
                ('figure', models.IntegerField(verbose_name='涉及数目')),
                ('rows', models.JSONField(default=list)),
                ('state', models.CharField(choices=[('new', '待核查'), ('dismissed', '已排除'), ('taken_up', '已处置')], default='new', max_length=10, verbose_name='状态')),
                ('found_on', models.DateField(verbose_name='发现日期')),
                ('seen_on', models.DateField(verbose_name='最近一次发现')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='核查时间')),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='核查意见')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核查人')),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer', verbose_name='用人单位')),
            ],
            options={
                'verbose_name': '监督检查线索',
                'indexes': [models.Index(fields=['region_code', 'state', '-id'], name='clue_in_region')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'subject'), name='clue_once'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at__isnull', True), ('decided_by__isnull', True), ('state', 'new')), models.Q(('decided_by__isnull', False), ('state__in', ['dismissed', 'taken_up']), ('decided_at__isnull', False)), _connector='OR'), name='clue_decided_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'dismissed'), _negated=True), models.Q(('opinion', ''), _negated=True), _connector='OR'), name='clue_dismissed_says_why')],
            },
        ),
        migrations.CreateModel(
            name='InsuredFigure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credit_code', models.CharField(max_length=18, verbose_name='统一社会信用代码')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('people', models.IntegerField(verbose_name='参保人数')),
                ('as_of', models.DateField(verbose_name='截至日期')),
                ('at', models.DateTimeField(verbose_name='载入时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '参保人数',
                'constraints': [models.CheckConstraint(condition=models.Q(('people__gte', 0)), name='insured_figure_not_negative'), models.UniqueConstraint(fields=('credit_code', 'as_of', 'people'), name='insured_figure_once')],
            },
        ),
        migrations.CreateModel(
            name='Look',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='事由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer')),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker')),
            ],
            options={
                'verbose_name': '监察查阅',
                'constraints': [models.CheckConstraint(condition=models.Q(('employer__isnull', True), ('worker__isnull', True), _connector='XOR'), name='look_at_one'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='look_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Looked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='日期')),
                ('kind', models.CharField(choices=[('unfiled', '登记未备案'), ('insured', '参保未备案'), ('late', '逾期备案'), ('shared_phone', '多人共用手机号'), ('minimum_pay', '工资均为最低标准'), ('same_address', '多户地址相同'), ('dates', '日期不合常理')], max_length=12)),
                ('stem', models.CharField(max_length=4, verbose_name='盟市')),
            ],
            options={
                'verbose_name': '线索查找进度',
                'constraints': [models.UniqueConstraint(fields=('on', 'kind', 'stem'), name='looked_once')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('order', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='notice', serialize=False, to='supervision.order', verbose_name='责令改正')),
                ('pdf_sealed', models.BinaryField()),
                ('digest', models.CharField(max_length=64, verbose_name='文件摘要')),
            ],
            options={
                'verbose_name': '责令限期改正通知书',
            },
        ),
        migrations.AddField(
            model_name='order',
            name='clue',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='supervision.clue'),
        ),
        migrations.AddField(
            model_name='order',
            name='employer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位'),
        ),
        migrations.AddField(
            model_name='order',
            name='issued_by',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.CreateModel(
            name='Defaulter',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('reason', models.CharField(max_length=500, verbose_name='列入理由')),
                ('entered_at', models.DateTimeField(verbose_name='列入时间')),
                ('removal', models.CharField(blank=True, default='', max_length=500, verbose_name='移出理由')),
                ('removed_at', models.DateTimeField(null=True, verbose_name='移出时间')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='defaults', to='registry.employer')),
                ('entered_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('removed_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='supervision.order')),
            ],
            options={
                'verbose_name': '拒不改正名单',
                'indexes': [models.Index(fields=['region_code', '-id'], name='defaulter_in_region')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('removed_at__isnull', True)), fields=('employer',), name='defaulter_listed_once'), models.CheckConstraint(condition=models.Q(models.Q(('removal', ''), ('removed_at__isnull', True), ('removed_by__isnull', True)), models.Q(('removed_at__isnull', False), ('removed_by__isnull', False), models.Q(('removal', ''), _negated=True)), _connector='OR'), name='defaulter_removed_whole'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='defaulter_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Penalty',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('decision_number', models.CharField(max_length=60, verbose_name='决定书文号')),
                ('kind', models.CharField(choices=[('warning', '警告'), ('fine', '罚款'), ('other', '其他')], max_length=8, verbose_name='种类')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='罚款金额（元）')),
                ('decided_on', models.DateField(verbose_name='决定日期')),
                ('ground', models.CharField(max_length=300, verbose_name='依据')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer')),
                ('order', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='penalties', to='supervision.order')),
            ],
            options={
                'verbose_name': '处罚记录',
                'constraints': [models.UniqueConstraint(fields=('employer', 'decision_number'), name='penalty_recorded_once'), models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('kind', 'fine')), models.Q(models.Q(('kind', 'fine'), _negated=True), ('amount__isnull', True)), _connector='OR'), name='penalty_fine_has_amount')],
            },
        ),
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=100, verbose_name='计划名称')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('conditions', models.JSONField(verbose_name='抽取范围')),
                ('told', models.CharField(max_length=500, verbose_name='抽取范围说明')),
                ('wanted', models.IntegerField(verbose_name='抽取户数')),
                ('each', models.SmallIntegerField(default=2, verbose_name='每户监察员人数')),
                ('population', models.JSONField(verbose_name='抽取对象')),
                ('inspectors', models.JSONField(verbose_name='监察员名单')),
                ('excluded', models.JSONField(verbose_name='回避')),
                ('seed', models.CharField(max_length=64, verbose_name='随机种子')),
                ('digest', models.CharField(max_length=64, verbose_name='抽取依据摘要')),
                ('at', models.DateTimeField(verbose_name='抽取时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '双随机检查计划',
                'indexes': [models.Index(fields=['region_code', '-id'], name='plan_in_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('each__gt', 0), ('wanted__gt', 0)), name='plan_draws_some')],
            },
        ),
        migrations.CreateModel(
            name='Inspection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('position', models.IntegerField(verbose_name='抽取次序')),
                ('inspectors', models.JSONField(verbose_name='监察员')),
                ('names', models.CharField(max_length=200, verbose_name='监察员姓名')),
                ('result', models.CharField(choices=[('open', '待检查'), ('fine', '未发现问题'), ('told', '当场指导改正'), ('ordered', '责令限期改正'), ('passed_on', '移送查处'), ('not_found', '不在登记地址，无法联系')], default='open', max_length=10, verbose_name='检查结果')),
                ('inspected_on', models.DateField(null=True, verbose_name='检查日期')),
                ('found', models.CharField(blank=True, default='', max_length=1000, verbose_name='检查情况')),
                ('recorded_at', models.DateTimeField(null=True, verbose_name='登记时间')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer')),
                ('recorded_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='inspections', to='supervision.plan')),
            ],
            options={
                'verbose_name': '双随机检查',
                'indexes': [models.Index(fields=['region_code', '-id'], name='inspection_in_region')],
                'constraints': [models.UniqueConstraint(fields=('plan', 'employer'), name='inspection_drawn_once'), models.CheckConstraint(condition=models.Q(models.Q(('inspected_on__isnull', True), ('recorded_at__isnull', True), ('result', 'open')), models.Q(models.Q(('result', 'open'), _negated=True), ('recorded_at__isnull', False), ('recorded_by__isnull', False), ('inspected_on__isnull', False), models.Q(('found', ''), _negated=True)), _connector='OR'), name='inspection_recorded_whole')],
            },
        ),
        migrations.CreateModel(
            name='Recusal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='回避理由')),
                ('declared_at', models.DateTimeField(verbose_name='申报时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='结束时间')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer', verbose_name='用人单位')),
                ('inspector', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='监察员')),
            ],
            options={
                'verbose_name': '回避申报',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('inspector', 'employer'), name='recusal_declared_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='recusal_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='Reply',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(max_length=1000, verbose_name='改正情况')),
                ('at', models.DateTimeField(verbose_name='提交时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
                ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='replies', to='supervision.order')),
            ],
            options={
                'verbose_name': '改正情况回复',
                'constraints': [models.CheckConstraint(condition=models.Q(('said', ''), _negated=True), name='reply_says_something')],
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(choices=[('clue', '线索'), ('order', '责令改正'), ('defaulter', '拒不改正名单'), ('penalty', '处罚记录'), ('plan', '检查计划'), ('inspection', '检查'), ('recusal', '回避申报')], max_length=10, verbose_name='对象')),
                ('key', models.BigIntegerField(verbose_name='编号')),
                ('act', models.CharField(max_length=30, verbose_name='事项')),
                ('said', models.CharField(blank=True, default='', max_length=1000, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('evidence', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
            ],
            options={
                'verbose_name': '监督检查记录',
                'indexes': [models.Index(fields=['thing', 'key', 'id'], name='act_on_thing')],
            },
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(fields=['region_code', '-id'], name='order_in_region'),
        ),
        migrations.AddIndex(
            model_name='order',
            index=models.Index(condition=models.Q(('state__in', ['issued', 'served', 'replied'])), fields=['correct_by'], name='order_running'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['issued', 'withdrawn']), models.Q(('served_on__isnull', False), models.Q(('served_how', ''), _negated=True), models.Q(('received_by', ''), _negated=True)), _connector='OR'), name='order_served_says_how'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['corrected', 'refused', 'withdrawn']), ('ended_at__isnull', True), _connector='XOR'), name='order_ended_has_time'),
        ),
        migrations.AddConstraint(
            model_name='order',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('wrong', ''), _negated=True), models.Q(('wanted', ''), _negated=True)), name='order_says_what_is_wrong'),
        ),
    ]
