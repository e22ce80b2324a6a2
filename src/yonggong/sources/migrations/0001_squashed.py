import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('sources', '0001_initial')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='DaysOffNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='文件名称')),
                ('number', models.CharField(max_length=100, verbose_name='文号')),
                ('issued', models.DateField(verbose_name='发文日期')),
                ('file_name', models.CharField(blank=True, default='', max_length=120, verbose_name='文件名')),
                ('content_type', models.CharField(blank=True, default='', max_length=40, verbose_name='类型')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('source', models.CharField(max_length=200, verbose_name='来源')),
                ('off', models.JSONField(verbose_name='放假日期')),
                ('worked', models.JSONField(verbose_name='上班日期')),
                ('blob', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.blob')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '放假安排',
            },
        ),
        migrations.CreateModel(
            name='Confirmation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=200, verbose_name='文件名称')),
                ('number', models.CharField(max_length=100, verbose_name='文号')),
                ('issued', models.DateField(verbose_name='发文日期')),
                ('file_name', models.CharField(blank=True, default='', max_length=120, verbose_name='文件名')),
                ('content_type', models.CharField(blank=True, default='', max_length=40, verbose_name='类型')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('region_code', models.CharField(max_length=6, verbose_name='区划')),
                ('path', models.CharField(max_length=80, verbose_name='项目代码')),
                ('since', models.DateField(verbose_name='起始日期')),
                ('digest', models.CharField(max_length=64)),
                ('what', models.CharField(max_length=120, verbose_name='项目')),
                ('value', models.TextField(verbose_name='规定')),
                ('agency_name', models.CharField(max_length=100, verbose_name='核对单位')),
                ('blob', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.blob')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '政策核对',
                'indexes': [models.Index(fields=['region_code', 'path'], name='confirmation_place')],
            },
        ),
    ]
