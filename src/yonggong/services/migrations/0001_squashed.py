import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('services', '0001_records'), ('services', '0002_handling'), ('services', '0003_payments_go_on')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaymentList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='清单编号')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('kind', models.CharField(max_length=80, verbose_name='事项')),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='机构')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
            ],
            options={
                'verbose_name': '支付清单',
                'indexes': [models.Index(fields=['region_code', '-id'], name='payment_list_in_region')],
            },
        ),
        migrations.CreateModel(
            name='Payment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('payee', models.CharField(max_length=100, verbose_name='收款人')),
                ('bank', models.CharField(blank=True, default='', max_length=100, verbose_name='开户银行')),
                ('account_sealed', models.TextField(blank=True, default='', verbose_name='收款账号')),
                ('amount', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='金额')),
                ('state', models.CharField(choices=[('open', '待支付'), ('paid', '已支付'), ('failed', '支付失败')], default='open', max_length=8, verbose_name='状态')),
                ('paid_on', models.DateField(null=True, verbose_name='支付日期')),
                ('voucher', models.CharField(blank=True, default='', max_length=50, verbose_name='凭证号')),
                ('failure', models.CharField(blank=True, default='', max_length=200, verbose_name='失败原因')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('going_on', models.BooleanField(default=False, verbose_name='待进入下一环节')),
                ('held_up', models.CharField(blank=True, default='', max_length=200, verbose_name='未进入下一环节的原因')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('settled_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='载入人')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='cases.step')),
                ('list', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='payments', to='services.paymentlist')),
            ],
            options={
                'verbose_name': '支付',
                'indexes': [models.Index(condition=models.Q(('going_on', True)), fields=['list'], name='payment_going_on'), models.Index(condition=models.Q(('state', 'paid'), models.Q(('held_up', ''), _negated=True)), fields=['step'], name='payment_held_up')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'failed'), _negated=True), fields=('step',), name='payment_once_a_step'), models.CheckConstraint(condition=models.Q(('amount__gt', 0)), name='payment_of_something'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'paid'), _negated=True), ('paid_on__isnull', False), _connector='OR'), name='payment_has_day'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), _negated=True), models.Q(('failure', ''), _negated=True), _connector='OR'), name='payment_failed_says_why'), models.CheckConstraint(condition=models.Q(('going_on', False), models.Q(('settled_by__isnull', False), ('state', 'paid')), _connector='OR'), name='payment_goes_on_by_somebody')],
            },
        ),
        migrations.CreateModel(
            name='Photo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said', models.CharField(blank=True, default='', max_length=100, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='上传时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
                ('evidence', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='photos', to='cases.step')),
            ],
            options={
                'verbose_name': '现场照片',
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('person', '个人'), ('unit', '单位'), ('project', '项目'), ('institution', '机构')], max_length=12, verbose_name='对象类别')),
                ('key', models.CharField(max_length=28, verbose_name='登记事项')),
                ('act', models.CharField(choices=[('begin', '登记'), ('change', '变更'), ('end', '终止'), ('suspend', '暂停'), ('resume', '恢复'), ('issue', '发放'), ('pay', '支付'), ('answer', '答复')], max_length=8, verbose_name='行为')),
                ('thing', models.CharField(blank=True, default='', max_length=120, verbose_name='名称')),
                ('since', models.DateField(verbose_name='自')),
                ('until', models.DateField(null=True, verbose_name='至')),
                ('details', models.JSONField(default=dict, verbose_name='内容')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='cases.case', verbose_name='办件')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.party', verbose_name='登记对象')),
                ('undoes', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='services.record')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.party', verbose_name='单位')),
            ],
            options={
                'verbose_name': '登记记录',
                'indexes': [models.Index(fields=['subject', 'key', 'thing', 'id'], name='record_of_subject'), models.Index(condition=models.Q(('unit__gt', 0)), fields=['unit', '-id'], name='record_of_unit')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=28, verbose_name='登记事项')),
                ('thing', models.CharField(blank=True, default='', max_length=120, verbose_name='名称')),
                ('state', models.CharField(choices=[('in_force', '有效'), ('suspended', '暂停')], max_length=10, verbose_name='状态')),
                ('since', models.DateField(verbose_name='自')),
                ('until', models.DateField(null=True, verbose_name='至')),
                ('record', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='services.record')),
                ('subject', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='standings', to='registry.party', verbose_name='登记对象')),
                ('unit', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.party')),
            ],
            options={
                'verbose_name': '现行登记',
                'indexes': [models.Index(fields=['unit', 'key'], name='standing_of_unit')],
                'constraints': [models.UniqueConstraint(fields=('subject', 'key', 'thing'), name='standing_once'), models.CheckConstraint(condition=models.Q(('state__in', ['in_force', 'suspended'])), name='standing_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('level', models.SmallIntegerField(choices=[(5, '非常满意'), (4, '满意'), (3, '基本满意'), (2, '不满意'), (1, '非常不满意')], verbose_name='评价')),
                ('tags', models.JSONField(default=list, verbose_name='评价内容')),
                ('text', models.CharField(blank=True, default='', max_length=500, verbose_name='文字评价')),
                ('at', models.DateTimeField(verbose_name='评价时间')),
                ('reply_by', models.DateField(null=True, verbose_name='答复期限')),
                ('reply', models.CharField(blank=True, default='', max_length=1000, verbose_name='答复')),
                ('replied_at', models.DateTimeField(null=True, verbose_name='答复时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='评价人')),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='evaluation', to='cases.case')),
                ('replied_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
            ],
            options={
                'verbose_name': '好差评',
                'indexes': [models.Index(condition=models.Q(('level__lte', 2), ('reply', '')), fields=['reply_by'], name='evaluation_to_answer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='evaluation_of_five_levels'), models.CheckConstraint(condition=models.Q(('level__gt', 2), ('reply_by__isnull', False), _connector='OR'), name='evaluation_complaint_has_limit'), models.CheckConstraint(condition=models.Q(('reply', ''), models.Q(('replied_at__isnull', False), ('replied_by__isnull', False)), _connector='OR'), name='evaluation_reply_has_who_when')],
            },
        ),
        migrations.CreateModel(
            name='Extension',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('days', models.SmallIntegerField(verbose_name='延长天数')),
                ('reason', models.CharField(max_length=500, verbose_name='延长理由')),
                ('asked_at', models.DateTimeField(verbose_name='申请时间')),
                ('agreed', models.BooleanField(null=True, verbose_name='是否同意')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='批准时间')),
                ('said', models.CharField(blank=True, default='', max_length=500, verbose_name='批准意见')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='extensions', to='cases.case')),
                ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批准人')),
            ],
            options={
                'verbose_name': '延长办理期限',
                'constraints': [models.UniqueConstraint(condition=models.Q(('agreed__isnull', True), ('agreed', True), _connector='OR'), fields=('case',), name='extension_once'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='extension_by_another'), models.CheckConstraint(condition=models.Q(('days__gt', 0)), name='extension_of_days')],
            },
        ),
        migrations.CreateModel(
            name='Objection',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=1000, verbose_name='异议内容')),
                ('name', models.CharField(max_length=50, verbose_name='异议人')),
                ('phone_sealed', models.TextField(blank=True, default='', verbose_name='联系电话')),
                ('at', models.DateTimeField(verbose_name='提出时间')),
                ('founded', models.BooleanField(null=True, verbose_name='是否成立')),
                ('answer', models.CharField(blank=True, default='', max_length=1000, verbose_name='核实情况')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='核实时间')),
                ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核实人')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('step', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='cases.step')),
            ],
            options={
                'verbose_name': '公示异议',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_by__isnull', True), ('founded__isnull', True)), models.Q(('answered_by__isnull', False), ('founded__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='objection_answered_in_full')],
            },
        ),
    ]
