import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('batch', '0001_initial'), ('batch', '0002_approvals'), ('batch', '0004_notices'), ('batch', '0005_rows_aside'), ('batch', '0006_bulk_decisions')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Batch',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30, verbose_name='业务类型')),
                ('state', models.CharField(choices=[('waiting', '排队中'), ('reading', '正在读取'), ('asking', '待确认'), ('filing', '正在校验并提交'), ('done', '已完成'), ('refused', '文件未受理'), ('cancelled', '已取消'), ('undone', '已撤回'), ('halted', '处理中断')], default='waiting', max_length=10, verbose_name='状态')),
                ('region_code', models.CharField(max_length=6, verbose_name='行政区划')),
                ('file_name', models.CharField(max_length=120, verbose_name='文件名')),
                ('key', models.UUIDField(verbose_name='提交凭据')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('filed_on', models.DateField(verbose_name='备案日期')),
                ('total_rows', models.PositiveIntegerField(default=0, verbose_name='总行数')),
                ('next_row', models.PositiveIntegerField(default=0, verbose_name='已处理行数')),
                ('filed_rows', models.PositiveIntegerField(default=0, verbose_name='成功行数')),
                ('bad_rows', models.PositiveIntegerField(default=0, verbose_name='失败行数')),
                ('attempts', models.PositiveSmallIntegerField(db_default=0, default=0)),
                ('message', models.CharField(blank=True, default='', max_length=500, verbose_name='说明')),
                ('notices', models.JSONField(db_default=[], default=list, verbose_name='读取说明')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='确认时间')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='开始时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('expected_at', models.DateTimeField(blank=True, null=True, verbose_name='预计完成时间')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.agency', verbose_name='送审机构')),
                ('blob', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.blob')),
                ('confirmed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='确认人')),
                ('counter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='registry.agency', verbose_name='代录机构')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.employer', verbose_name='用人单位')),
                ('filed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('mends', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mended_by', to='batch.batch')),
            ],
            options={
                'verbose_name': '批次',
                'indexes': [models.Index(fields=['employer', '-id'], name='batch_of_employer'), models.Index(fields=['region_code', '-id'], name='batch_in_region')],
                'constraints': [models.UniqueConstraint(fields=('filed_by', 'key'), name='batch_once'), models.CheckConstraint(condition=models.Q(('filed_rows__lte', models.F('next_row'))), name='batch_filed_within_read')],
            },
        ),
        migrations.CreateModel(
            name='BadRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='行号')),
                ('cells_sealed', models.TextField()),
                ('problems', models.JSONField(default=list)),
                ('mended', models.BooleanField(default=False, verbose_name='已修正')),
                ('aside', models.BooleanField(db_default=False, default=False, verbose_name='不再处理')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='bad', to='batch.batch')),
                ('mended_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='mended_rows', to='batch.batch', verbose_name='修正批次')),
            ],
            options={
                'verbose_name': '失败行',
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='bad_row_once'), models.CheckConstraint(condition=models.Q(('mended_in__isnull', True), ('mended', True), _connector='OR'), name='bad_row_mended_in')],
            },
        ),
        migrations.CreateModel(
            name='BulkDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('decision', models.CharField(choices=[('approve', '审核通过'), ('return', '审核不通过')], max_length=8, verbose_name='决定')),
                ('state', models.CharField(choices=[('asked', '待确认'), ('running', '正在审核'), ('done', '已完成'), ('stopped', '已停止')], default='asked', max_length=8, verbose_name='状态')),
                ('opinion', models.CharField(blank=True, default='', max_length=500, verbose_name='审核意见')),
                ('acknowledged', models.JSONField(default=list, verbose_name='已核对的提示')),
                ('asked_at', models.DateTimeField(verbose_name='发起时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='完成时间')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('total', models.PositiveIntegerField(default=0, verbose_name='待审核件数')),
                ('decided', models.PositiveIntegerField(default=0, verbose_name='已办件数')),
                ('refused', models.PositiveIntegerField(default=0, verbose_name='未办件数')),
                ('next_case', models.BigIntegerField(default=0, verbose_name='下一办件')),
                ('expected_at', models.DateTimeField(blank=True, null=True, verbose_name='预计完成时间')),
                ('batch', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decisions', to='batch.batch')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
            ],
            options={
                'verbose_name': '成批审核',
                'indexes': [models.Index(condition=models.Q(('state__in', ['asked', 'running'])), fields=['state'], name='bulk_open')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('batch',), name='bulk_decision_of_batch_once')],
            },
        ),
        migrations.CreateModel(
            name='Chosen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen', models.DateTimeField(verbose_name='所见版本的提交时间')),
                ('reason', models.CharField(blank=True, db_default='', default='', max_length=500, verbose_name='未办原因')),
                ('bulk', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='chosen', to='batch.bulkdecision')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='cases.case')),
            ],
            options={
                'verbose_name': '成批审核的办件',
                'constraints': [models.UniqueConstraint(fields=('bulk', 'case'), name='chosen_once')],
            },
        ),
        migrations.CreateModel(
            name='RowEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('aside', '不再处理'), ('again', '重新处理')], max_length=5, verbose_name='动作')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='操作人')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='batch.badrow')),
            ],
            options={
                'verbose_name': '失败行办理记录',
                'ordering': ['pk'],
            },
        ),
    ]
