import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('annual', '0001_initial'), ('annual', '0002_survey')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='SurveyPost',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField(verbose_name='调查年度')),
                ('job', models.CharField(max_length=60, verbose_name='岗位名称')),
                ('post_kind', models.CharField(blank=True, default='', max_length=2, verbose_name='岗位类别')),
                ('persons', models.IntegerField(verbose_name='人数')),
                ('lowest', models.BigIntegerField(verbose_name='最低年工资报酬')),
                ('average', models.BigIntegerField(verbose_name='平均年工资报酬')),
                ('highest', models.BigIntegerField(verbose_name='最高年工资报酬')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='survey_posts', to='cases.case')),
                ('employer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位')),
            ],
            options={
                'verbose_name': '薪酬调查岗位',
            },
        ),
        migrations.CreateModel(
            name='DraftRows',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=8, verbose_name='表')),
                ('position', models.SmallIntegerField(verbose_name='次序')),
                ('count', models.SmallIntegerField(verbose_name='行数')),
                ('sealed', models.BinaryField(verbose_name='内容（加密）')),
                ('draft', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='annual_rows', to='cases.draft')),
            ],
            options={
                'verbose_name': '年度备案表草稿',
                'constraints': [models.UniqueConstraint(fields=('draft', 'table', 'position'), name='draft_rows_once')],
            },
        ),
        migrations.CreateModel(
            name='FiledRows',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('table', models.CharField(max_length=8, verbose_name='表')),
                ('position', models.SmallIntegerField(verbose_name='次序')),
                ('count', models.SmallIntegerField(verbose_name='行数')),
                ('sealed', models.BinaryField(verbose_name='内容（加密）')),
                ('number', models.SmallIntegerField(verbose_name='版本号')),
                ('case', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='annual_rows', to='cases.case')),
            ],
            options={
                'verbose_name': '年度备案表',
                'constraints': [models.UniqueConstraint(fields=('case', 'number', 'table', 'position'), name='filed_rows_once')],
            },
        ),
        migrations.CreateModel(
            name='Return',
            fields=[
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='annual_return', serialize=False, to='cases.case')),
                ('kind', models.CharField(max_length=20, verbose_name='事项')),
                ('year', models.SmallIntegerField(verbose_name='年度')),
                ('employer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位')),
            ],
            options={
                'verbose_name': '年度填报',
                'indexes': [models.Index(fields=['employer', 'kind', 'year'], name='return_of_employer')],
                'constraints': [models.CheckConstraint(condition=models.Q(('year__gte', 1990), ('year__lte', 2100)), name='return_year_likely')],
            },
        ),
        migrations.CreateModel(
            name='SurveyAsked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.SmallIntegerField(verbose_name='调查年度')),
                ('due_on', models.DateField(verbose_name='填报期限')),
                ('at', models.DateTimeField(verbose_name='列入时间')),
                ('by', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='列入人')),
                ('employer', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位')),
            ],
            options={
                'verbose_name': '薪酬调查单位',
                'constraints': [models.UniqueConstraint(fields=('employer', 'year'), name='survey_asked_once')],
            },
        ),
    ]
