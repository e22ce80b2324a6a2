import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('documents', '0001_initial'), ('documents', '0002_kinds_declare_papers'), ('documents', '0003_results_of_items'), ('documents', '0004_keyed_digests')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=30, unique=True, verbose_name='编号')),
                ('kind', models.CharField(max_length=20, verbose_name='类别')),
                ('heading', models.CharField(blank=True, db_default='', default='', max_length=100, verbose_name='标题')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('row_count', models.PositiveIntegerField(verbose_name='人数')),
                ('page_count', models.PositiveIntegerField(verbose_name='页数')),
                ('pdf_sealed', models.BinaryField()),
                ('digest', models.CharField(max_length=64, verbose_name='文件摘要')),
                ('made_at', models.DateTimeField(verbose_name='生成时间')),
                ('applicant', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.party')),
                ('employer', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位')),
                ('made_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='生成人')),
            ],
            options={
                'verbose_name': '文书',
                'indexes': [models.Index(fields=['employer', 'kind', '-id'], name='document_of_employer'), models.Index(fields=['region_code', '-id'], name='document_in_region'), models.Index(condition=models.Q(('applicant__isnull', False)), fields=['applicant', '-id'], name='document_of_applicant')],
                'constraints': [models.CheckConstraint(condition=models.Q(('row_count__gt', 0)), name='document_not_empty'), models.CheckConstraint(condition=models.Q(('employer__isnull', False), ('applicant__isnull', False), _connector='OR'), name='document_is_somebodys')],
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('position', models.PositiveIntegerField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='papers', to='cases.case')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='entries', to='documents.document')),
            ],
            options={
                'verbose_name': '文书条目',
                'constraints': [models.UniqueConstraint(fields=('case', 'kind'), name='entry_case_once_per_kind')],
            },
        ),
    ]
