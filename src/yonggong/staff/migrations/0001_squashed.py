import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('staff', '0001_initial')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('cases', '0001_squashed'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Order',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.SmallIntegerField(default=0, verbose_name='行')),
                ('state', models.CharField(choices=[('create', '待创建账号'), ('grant', '待分配权限'), ('done', '已办结')], max_length=8, verbose_name='状态')),
                ('branch', models.CharField(choices=[('create', '系统管理员'), ('grant', '业务管理员'), ('watch', '系统安全员'), ('audit', '业务审计员'), ('business', '业务操作员')], max_length=8, verbose_name='账号类别')),
                ('name', models.CharField(max_length=50, verbose_name='使用人')),
                ('unit', models.CharField(max_length=120, verbose_name='单位')),
                ('post', models.CharField(blank=True, default='', max_length=50, verbose_name='职务')),
                ('rights', models.CharField(blank=True, default='', max_length=1000, verbose_name='申请的权限')),
                ('region_code', models.CharField(max_length=6, verbose_name='所属区划')),
                ('ordered_at', models.DateTimeField(verbose_name='批准时间')),
                ('created_at', models.DateTimeField(null=True, verbose_name='创建时间')),
                ('granted_at', models.DateTimeField(null=True, verbose_name='授权时间')),
                ('account', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='orders', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='registry.agency', verbose_name='机构')),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='cases.case', verbose_name='申请办件')),
                ('created_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='创建人')),
                ('granted_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='授权人')),
            ],
            options={
                'verbose_name': '账号办理',
                'indexes': [models.Index(condition=models.Q(('state', 'done'), _negated=True), fields=['region_code'], name='order_open_in_region')],
                'constraints': [models.UniqueConstraint(fields=('case', 'row'), name='order_once'), models.CheckConstraint(condition=models.Q(models.Q(('account__isnull', True), ('granted_by__isnull', True), ('state', 'create')), models.Q(('account__isnull', False), ('granted_by__isnull', True), ('state', 'grant')), models.Q(('account__isnull', False), ('granted_at__isnull', False), ('granted_by__isnull', False), ('state', 'done')), _connector='OR'), name='order_in_its_state'), models.CheckConstraint(condition=models.Q(('created_by__isnull', True), ('granted_by__isnull', True), models.Q(('created_by', models.F('granted_by')), _negated=True), _connector='OR'), name='order_by_two')],
            },
        ),
    ]
