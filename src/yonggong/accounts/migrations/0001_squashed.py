import uuid
import yonggong.catalogue.offices
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('accounts', '0001_initial'), ('accounts', '0002_alter_accessentry_kind'), ('accounts', '0003_departments'), ('accounts', '0004_person'), ('accounts', '0005_managing_items'), ('accounts', '0006_administered_by_two'), ('accounts', '0007_grant_party')]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='User',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                ('username', models.CharField(max_length=40, unique=True, verbose_name='账号')),
                ('name', models.CharField(max_length=50, verbose_name='姓名')),
                ('mobile_sealed', models.CharField(blank=True, default='', max_length=120, verbose_name='手机号（加密）')),
                ('email', models.EmailField(blank=True, default='', max_length=254, verbose_name='电子邮箱')),
                ('state', models.CharField(choices=[('active', '正常'), ('frozen', '冻结'), ('cancelled', '注销')], default='active', max_length=10, verbose_name='状态')),
                ('region_code', models.CharField(blank=True, default='', max_length=6, verbose_name='所属区划')),
                ('must_change_password', models.BooleanField(default=False, verbose_name='须修改初始密码')),
                ('locked_until', models.DateTimeField(blank=True, null=True, verbose_name='锁定至')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='创建时间')),
                ('branch', models.CharField(blank=True, choices=[('create', '系统管理员'), ('grant', '业务管理员'), ('watch', '系统安全员'), ('audit', '业务审计员'), ('business', '业务操作员')], max_length=8, null=True, verbose_name='账号类别')),
                ('session_epoch', models.IntegerField(db_default=0, default=0, verbose_name='会话批次')),
            ],
            options={
                'verbose_name': '账号',
            },
        ),
        migrations.CreateModel(
            name='AccessEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
                ('kind', models.CharField(choices=[('sign_in', '登录'), ('sign_in_failed', '登录失败'), ('sign_out', '退出'), ('personal', '查看个人信息'), ('export', '导出'), ('download', '下载材料'), ('account', '账号与权限变更'), ('sources', '核对政策数据'), ('items', '事项维护'), ('broken', '数据校验不符'), ('codes', '查询单位登记'), ('people', '查询人员登记'), ('keys', '更换密钥'), ('retention', '清理到期数据'), ('unusual', '异常查看')], max_length=16, verbose_name='类别')),
                ('subject', models.CharField(max_length=200, verbose_name='对象')),
                ('key', models.GeneratedField(db_persist=True, expression=models.Func(models.F('subject'), models.Value(' '), models.Value(2), function='split_part'), output_field=models.CharField(max_length=200), verbose_name='对象编号')),
                ('detail', models.CharField(blank=True, default='', max_length=500, verbose_name='说明')),
                ('purpose', models.CharField(blank=True, db_default='', default='', max_length=20, verbose_name='目的')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
            ],
            options={
                'verbose_name': '访问日志',
            },
        ),
        migrations.CreateModel(
            name='AskedAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(choices=[('freeze', '冻结账号'), ('unfreeze', '解冻账号'), ('cancel', '注销账号'), ('unlock', '解除登录锁定'), ('reset', '重置密码'), ('factors', '重置二次验证')], max_length=10, verbose_name='事项')),
                ('reason', models.CharField(max_length=200, verbose_name='原因')),
                ('asked_at', models.DateTimeField(auto_now_add=True, verbose_name='申请时间')),
                ('decided_at', models.DateTimeField(null=True, verbose_name='办理时间')),
                ('agreed', models.BooleanField(null=True, verbose_name='同意')),
            ],
            options={
                'verbose_name': '账号事项申请',
            },
        ),
        migrations.CreateModel(
            name='Authenticator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('secret_sealed', models.CharField(max_length=200, verbose_name='密钥（加密）')),
                ('last_step', models.BigIntegerField(default=0, verbose_name='最近使用的时间步')),
                ('added_at', models.DateTimeField(verbose_name='设置时间')),
            ],
            options={
                'verbose_name': '动态口令',
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('employer_operator', '单位经办人'), ('reviewer', '审核员'), ('bureau_supervisor', '业务主管'), ('counter_clerk', '窗口经办员'), ('inspector', '监察员'), ('system_administrator', '系统管理员'), ('business_administrator', '业务管理员'), ('security_officer', '系统安全员'), ('auditor', '业务审计员')], max_length=30, verbose_name='角色')),
                ('region_code', models.CharField(blank=True, default='', max_length=6, verbose_name='管辖区划')),
                ('department', models.CharField(choices=yonggong.catalogue.offices.departments, default='人社', max_length=8, verbose_name='部门')),
                ('branch', models.GeneratedField(db_persist=True, expression=models.Case(models.When(role='system_administrator', then=models.Value('create')), models.When(role='business_administrator', then=models.Value('grant')), models.When(role='security_officer', then=models.Value('watch')), models.When(role='auditor', then=models.Value('audit')), default=models.Value('business')), output_field=models.CharField(max_length=8), verbose_name='账号类别')),
                ('granted_at', models.DateTimeField(auto_now_add=True, verbose_name='授权时间')),
            ],
            options={
                'verbose_name': '授权',
            },
        ),
        migrations.CreateModel(
            name='Holder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=18, verbose_name='证件号码摘要')),
                ('branch', models.CharField(blank=True, choices=[('create', '系统管理员'), ('grant', '业务管理员'), ('watch', '系统安全员'), ('audit', '业务审计员'), ('business', '业务操作员')], max_length=8, null=True, verbose_name='账号类别')),
            ],
            options={
                'verbose_name': '账号使用人',
            },
        ),
        migrations.CreateModel(
            name='LimitedAct',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('act', models.CharField(max_length=20, verbose_name='事项')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '限次操作',
            },
        ),
        migrations.CreateModel(
            name='OneTimeCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.UUIDField(default=uuid.uuid4, unique=True, verbose_name='编号')),
                ('purpose', models.CharField(max_length=20, verbose_name='用途')),
                ('mobile', models.BinaryField(max_length=18, verbose_name='手机号（摘要）')),
                ('about', models.BinaryField(max_length=18, verbose_name='所涉对象（摘要）')),
                ('code', models.BinaryField(max_length=18, verbose_name='验证码（摘要）')),
                ('goes_out', models.BooleanField(verbose_name='发送')),
                ('outgoing_sealed', models.CharField(blank=True, default='', max_length=800, verbose_name='待发短信（加密）')),
                ('at', models.DateTimeField(verbose_name='申请时间')),
                ('tries', models.IntegerField(default=0, verbose_name='已试次数')),
                ('used_at', models.DateTimeField(null=True, verbose_name='使用时间')),
            ],
            options={
                'verbose_name': '短信验证码',
            },
        ),
        migrations.CreateModel(
            name='OpenSession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('session_key', models.CharField(max_length=40, unique=True, verbose_name='会话')),
                ('mark', models.CharField(max_length=64, verbose_name='会话标记')),
                ('device', models.CharField(max_length=60, verbose_name='设备')),
                ('way', models.CharField(max_length=40, verbose_name='登录方式')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='最近地址')),
                ('started_at', models.DateTimeField(verbose_name='登录时间')),
                ('seen_at', models.DateTimeField(verbose_name='最近使用')),
            ],
            options={
                'verbose_name': '登录设备',
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30, verbose_name='名称')),
                ('credential', models.BinaryField(max_length=1023, unique=True, verbose_name='凭据编号')),
                ('public_key', models.BinaryField(max_length=1024, verbose_name='公钥')),
                ('sign_count', models.BigIntegerField(default=0, verbose_name='使用计数')),
                ('added_at', models.DateTimeField(verbose_name='添加时间')),
                ('used_at', models.DateTimeField(null=True, verbose_name='最近使用')),
            ],
            options={
                'verbose_name': '通行密钥',
            },
        ),
        migrations.CreateModel(
            name='PasswordUsed',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hashed', models.CharField(max_length=128, verbose_name='密码（散列）')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='设置时间')),
            ],
            options={
                'verbose_name': '用过的密码',
            },
        ),
        migrations.CreateModel(
            name='RecoveryCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.BinaryField(max_length=18, verbose_name='恢复码（摘要）')),
                ('used_at', models.DateTimeField(null=True, verbose_name='使用时间')),
            ],
            options={
                'verbose_name': '恢复码',
            },
        ),
        migrations.CreateModel(
            name='SignInFailure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('account', models.BinaryField(max_length=18, verbose_name='账号（摘要）')),
                ('address', models.GenericIPAddressField(null=True, verbose_name='来源地址')),
                ('browser', models.CharField(blank=True, default='', max_length=32, verbose_name='已知浏览器')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '登录失败',
            },
        ),
    ]
