import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('secrecy', '0001_initial'), ('secrecy', '0003_others')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='UnusualLooking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='日期')),
                ('rule', models.CharField(choices=[('day', '一日查看次数过多'), ('hour', '短时间内大量查看'), ('night', '夜间查看'), ('elsewhere', '查看本机构以外的办件'), ('others', '查看同事办理的办件')], max_length=10, verbose_name='情形')),
                ('count', models.IntegerField(verbose_name='次数')),
                ('most', models.IntegerField(verbose_name='标准')),
                ('found_at', models.DateTimeField(verbose_name='发现时间')),
                ('finding', models.CharField(blank=True, choices=[('work', '属于正常工作'), ('asked', '已要求说明'), ('misuse', '违规查看，已移交处理')], db_default='', default='', max_length=10, verbose_name='核实结果')),
                ('remark', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='核实说明')),
                ('at', models.DateTimeField(null=True, verbose_name='核实时间')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='核实人')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ],
            options={
                'verbose_name': '异常查看',
                'indexes': [models.Index(fields=['-day', '-id'], name='unusual_newest')],
                'constraints': [models.UniqueConstraint(fields=('user', 'day', 'rule'), name='unusual_once'), models.CheckConstraint(condition=models.Q(('rule__in', ['day', 'hour', 'night', 'elsewhere', 'others'])), name='unusual_rule_known'), models.CheckConstraint(condition=models.Q(('count__gte', models.F('most'))), name='unusual_is_many'), models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', True), ('by__isnull', True), ('finding', '')), models.Q(models.Q(('finding', ''), _negated=True), ('at__isnull', False), ('by__isnull', False)), _connector='OR'), name='unusual_finding_whole'), models.CheckConstraint(condition=models.Q(('by', models.F('user')), _negated=True), name='unusual_by_another')],
            },
        ),
    ]
