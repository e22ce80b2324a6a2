import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('entitlements', '0001_initial'), ('entitlements', '0002_ended_agreements'), ('entitlements', '0003_interface_keys')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='CollectiveAgreement',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='collective_agreement', serialize=False, to='cases.case')),
                ('sort', models.CharField(max_length=10, verbose_name='种类')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('number', models.CharField(blank=True, default='', max_length=60, verbose_name='审查备案编号')),
                ('signed_on', models.DateField(verbose_name='签订日期')),
                ('start_on', models.DateField(verbose_name='生效日期')),
                ('end_on', models.DateField(verbose_name='期满日期')),
                ('covered', models.IntegerField(verbose_name='覆盖职工人数')),
                ('reviewed_by', models.CharField(blank=True, default='', max_length=80, verbose_name='审查机关')),
                ('reviewed_on', models.DateField(null=True, verbose_name='审查日期')),
                ('ended_on', models.DateField(null=True, verbose_name='提前终止日期')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='collective_agreements', to='registry.employer')),
            ],
            options={
                'verbose_name': '集体合同',
            },
        ),
        migrations.CreateModel(
            name='Declaration',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(choices=[('wages', '工资支付'), ('insurance', '社会保险')], max_length=10, verbose_name='内容')),
                ('file_name', models.CharField(blank=True, default='', max_length=120, verbose_name='文件名')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('added', models.IntegerField(default=0, verbose_name='新增')),
                ('replaced', models.IntegerField(default=0, verbose_name='更正')),
                ('same', models.IntegerField(default=0, verbose_name='重复')),
                ('refused', models.IntegerField(default=0, verbose_name='未采用')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填报人')),
                ('counter', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='declarations', to='registry.employer')),
            ],
            options={
                'verbose_name': '申报',
            },
        ),
        migrations.CreateModel(
            name='InterfaceKey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=18, unique=True)),
                ('program', models.CharField(max_length=50, verbose_name='系统名称')),
                ('at', models.DateTimeField(verbose_name='生成时间')),
                ('used_at', models.DateTimeField(null=True, verbose_name='最近使用')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='停用时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='interface_keys', to='registry.employer')),
            ],
            options={
                'verbose_name': '接口密钥',
            },
        ),
        migrations.CreateModel(
            name='Insured',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('since', models.DateField(verbose_name='参保起始月份')),
                ('pension', models.BooleanField(verbose_name='养老保险')),
                ('medical', models.BooleanField(verbose_name='医疗保险')),
                ('unemployment', models.BooleanField(verbose_name='失业保险')),
                ('injury', models.BooleanField(verbose_name='工伤保险')),
                ('maternity', models.BooleanField(verbose_name='生育保险')),
                ('base', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='缴费基数')),
                ('declaration', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entitlements.declaration')),
                ('employer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer')),
                ('replaced_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entitlements.declaration')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker', verbose_name='劳动者')),
            ],
            options={
                'verbose_name': '参加社会保险',
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_by__isnull', True)), fields=('employer', 'worker', 'since'), name='insured_once_a_month')],
            },
        ),
        migrations.CreateModel(
            name='WagePaid',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('span', models.CharField(choices=[('month', '按月'), ('year', '按年')], max_length=5, verbose_name='周期')),
                ('begins_on', models.DateField(verbose_name='所属期')),
                ('gross', models.DecimalField(decimal_places=2, max_digits=12, verbose_name='应发工资')),
                ('net', models.DecimalField(decimal_places=2, max_digits=12, null=True, verbose_name='实发工资')),
                ('paid_on', models.DateField(null=True, verbose_name='发放日期')),
                ('declaration', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entitlements.declaration')),
                ('employer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.employer')),
                ('replaced_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='entitlements.declaration')),
                ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.worker', verbose_name='劳动者')),
            ],
            options={
                'verbose_name': '工资支付',
                'constraints': [models.UniqueConstraint(condition=models.Q(('replaced_by__isnull', True)), fields=('employer', 'begins_on', 'span', 'worker'), name='wage_once_a_period'), models.CheckConstraint(condition=models.Q(('gross__gte', 0)), name='wage_not_negative')],
            },
        ),
    ]
