import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('counters', '0001_initial')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='CounterSample',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('since', models.DateField(verbose_name='提交日期起')),
                ('until', models.DateField(verbose_name='提交日期止')),
                ('size', models.IntegerField(verbose_name='抽取件数')),
                ('among', models.IntegerField(verbose_name='总件数')),
                ('seed', models.CharField(max_length=32, verbose_name='随机种子')),
                ('at', models.DateTimeField(verbose_name='抽取时间')),
                ('agency', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='窗口机构')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='抽取人')),
            ],
            options={
                'verbose_name': '窗口抽查',
                'indexes': [models.Index(fields=['region_code', '-id'], name='sample_in_region')],
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gte', 1), ('size__lte', models.F('among'))), name='sample_of_what_there_is'), models.CheckConstraint(condition=models.Q(('since__lte', models.F('until'))), name='sample_of_days')],
            },
        ),
        migrations.CreateModel(
            name='SampledCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('finding', models.CharField(blank=True, choices=[('right', '录入正确'), ('wrong', '录入有误')], db_default='', default='', max_length=5, verbose_name='检查结果')),
                ('remark', models.CharField(blank=True, db_default='', default='', max_length=200, verbose_name='检查说明')),
                ('at', models.DateTimeField(null=True, verbose_name='检查时间')),
                ('agency', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='窗口机构')),
                ('by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='检查人')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
                ('clerk', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('sample', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='counters.countersample')),
            ],
            options={
                'verbose_name': '抽查的办件',
                'constraints': [models.UniqueConstraint(fields=('sample', 'case'), name='sampled_once'), models.CheckConstraint(condition=models.Q(models.Q(('at__isnull', True), ('by__isnull', True), ('finding', '')), models.Q(('finding__in', ['right', 'wrong']), ('at__isnull', False), ('by__isnull', False)), _connector='OR'), name='sampled_finding_whole'), models.CheckConstraint(condition=models.Q(models.Q(('finding', 'wrong'), _negated=True), models.Q(('remark', ''), _negated=True), _connector='OR'), name='sampled_wrong_says_what'), models.CheckConstraint(condition=models.Q(('by', models.F('clerk')), _negated=True), name='sampled_by_another')],
            },
        ),
    ]
