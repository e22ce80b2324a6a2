import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('disputes', '0001_disputes')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('contracts', '0001_squashed'),
        ('documents', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='dispute', serialize=False, to='cases.case')),
                ('sort', models.CharField(choices=[('arbitration', '仲裁'), ('mediation', '调解')], max_length=11, verbose_name='类别')),
                ('claimed', models.DecimalField(decimal_places=2, max_digits=14, verbose_name='请求金额')),
                ('accepted_on', models.DateField(null=True, verbose_name='受理日期')),
                ('served_on', models.DateField(null=True, verbose_name='送达被申请人日期')),
                ('answered_on', models.DateField(null=True, verbose_name='答辩日期')),
                ('more_days', models.SmallIntegerField(default=0, verbose_name='延长天数')),
                ('more_reason', models.CharField(blank=True, default='', max_length=200, verbose_name='延长理由')),
                ('ended_on', models.DateField(null=True, verbose_name='结案日期')),
                ('result', models.CharField(blank=True, choices=[('award', '裁决'), ('settled', '仲裁调解'), ('deemed', '按撤回申请处理'), ('agreed', '达成调解协议'), ('failed', '调解终止'), ('refused', '不予受理'), ('withdrawn', '申请人撤回')], default='', max_length=9, verbose_name='结案方式')),
                ('contract', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='contracts.contract', verbose_name='涉争合同')),
                ('employer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='registry.employer', verbose_name='用人单位')),
                ('more_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('worker', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='registry.worker', verbose_name='劳动者')),
            ],
            options={
                'verbose_name': '劳动争议',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_on__isnull', True), ('result', '')), models.Q(('ended_on__isnull', False), models.Q(('result', ''), _negated=True)), _connector='OR'), name='dispute_ended_has_result'), models.CheckConstraint(condition=models.Q(('more_days', 0), models.Q(('more_by__isnull', False), ('more_days__gt', 0), ('more_days__lte', 15), models.Q(('more_reason', ''), _negated=True)), _connector='OR'), name='dispute_more_time_has_reason'), models.CheckConstraint(condition=models.Q(('served_on__isnull', True), ('served_on__gte', models.F('accepted_on')), _connector='OR'), name='dispute_served_once_accepted')],
            },
        ),
        migrations.CreateModel(
            name='Hearing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(verbose_name='开庭时间')),
                ('place', models.CharField(max_length=100, verbose_name='开庭地点')),
                ('arbitrators', models.CharField(max_length=100, verbose_name='仲裁员')),
                ('set_at', models.DateTimeField(verbose_name='通知时间')),
                ('put_off', models.CharField(blank=True, default='', max_length=200, verbose_name='延期理由')),
                ('dispute', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hearings', to='disputes.dispute')),
                ('notice', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='documents.document', verbose_name='开庭通知书')),
                ('set_by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '开庭',
                'indexes': [models.Index(condition=models.Q(('put_off', '')), fields=['at'], name='hearing_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('at__gt', models.F('set_at'))), name='hearing_is_to_come')],
            },
        ),
    ]
