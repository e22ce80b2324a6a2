import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('employers', '0001_claims'), ('employers', '0002_asked'), ('employers', '0003_operators_in_charge'), ('employers', '0004_replaced_by_nobody'), ('employers', '0005_let_in_by_colleague'), ('employers', '0006_claims_seen_at_counters')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Charge',
            fields=[
                ('employer', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='charge', serialize=False, to='registry.employer')),
                ('since', models.DateTimeField(verbose_name='起始时间')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '主经办人',
            },
        ),
        migrations.CreateModel(
            name='AskedFiling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('change', '变更备案'), ('cancel', '注销备案')], max_length=8, verbose_name='应办事项')),
                ('differs', models.JSONField(default=list, verbose_name='不一致的项目')),
                ('since', models.DateField(verbose_name='登记变动日期')),
                ('due_on', models.DateField(verbose_name='应当办理之日')),
                ('asked_at', models.DateTimeField(verbose_name='通知时间')),
                ('settled_at', models.DateTimeField(null=True, verbose_name='办结时间')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='registry.employer', verbose_name='用人单位')),
            ],
            options={
                'verbose_name': '应办备案',
                'indexes': [models.Index(fields=['asked_at'], name='asked_filing_at')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('settled_at__isnull', True)), fields=('employer', 'act'), name='asked_filing_once')],
            },
        ),
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='单位名称')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('state', models.CharField(choices=[('waiting', '待核对'), ('chosen', '已认定'), ('refused', '未认定'), ('withdrawn', '已撤回'), ('replaced', '不再经办')], default='waiting', max_length=10, verbose_name='状态')),
                ('way', models.CharField(choices=[('licence', '营业执照由人社部门核对'), ('certificate', '单位数字证书'), ('feed', '与登记信息和登记手机号核对一致'), ('colleague', '主经办人同意'), ('counter', '窗口核对原件')], default='licence', max_length=12, verbose_name='方式')),
                ('claimed_at', models.DateTimeField(verbose_name='申请时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='核对时间')),
                ('reason', models.CharField(blank=True, default='', max_length=200, verbose_name='理由')),
                ('claimant', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('decided_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核对人')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='registry.employer', verbose_name='用人单位')),
                ('kept', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
                ('licence', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.evidence')),
                ('seen_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='窗口经办人')),
            ],
            options={
                'verbose_name': '单位认领',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('employer', 'claimant'), name='claim_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('decided_by__isnull', True), ('state__in', ['waiting', 'withdrawn'])), models.Q(('decided_at__isnull', False), ('state__in', ['chosen', 'refused', 'replaced']), models.Q(('decided_by__isnull', False), models.Q(('state', 'chosen'), ('way__in', ['certificate', 'feed'])), ('state', 'replaced'), _connector='OR'), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='claim_decided_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'chosen'), _negated=True), ('licence__isnull', False), models.Q(('way', 'licence'), _negated=True), _connector='OR'), name='claim_chosen_has_licence'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('claimant')), _negated=True), name='claim_decided_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('way', 'counter'), _negated=True), ('seen_by__isnull', False), _connector='OR'), name='claim_counter_is_somebodys'), models.CheckConstraint(condition=models.Q(('decided_by', models.F('seen_by')), _negated=True), name='claim_decided_by_no_counter')],
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='邀请时间')),
                ('state', models.CharField(choices=[('waiting', '待接受'), ('accepted', '已接受'), ('declined', '已谢绝'), ('withdrawn', '已撤回')], default='waiting', max_length=10, verbose_name='状态')),
                ('answered_at', models.DateTimeField(null=True, verbose_name='答复时间')),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to=settings.AUTH_USER_MODEL, verbose_name='受邀账号')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='registry.employer')),
            ],
            options={
                'verbose_name': '经办人邀请',
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'waiting')), fields=('employer', 'account'), name='invitation_one_waiting'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'waiting')), models.Q(models.Q(('state', 'waiting'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='invitation_answered_whole'), models.CheckConstraint(condition=models.Q(('by', models.F('account')), _negated=True), name='invitation_of_another'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='invitation_says_why')],
            },
        ),
        migrations.CreateModel(
            name='OperatorChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('appoint', '指定'), ('remove', '撤销'), ('leave', '退出'), ('charge', '主经办改为')], max_length=8, verbose_name='事项')),
                ('reason', models.CharField(max_length=200, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('account', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer')),
            ],
            options={
                'verbose_name': '经办人变更',
                'constraints': [models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='operator_change_says_why'), models.CheckConstraint(condition=models.Q(('by__isnull', True), models.Q(('by', models.F('account')), _negated=True), ('act__in', ['leave', 'charge']), _connector='OR'), name='operator_change_by_another')],
            },
        ),
    ]
