from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ('accounts', '0010_looked_up_persons'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accessentry',
            name='kind',
            field=models.CharField(choices=[('sign_in', '登录'), ('sign_in_failed', '登录失败'), ('sign_out', '退出'), ('personal', '查看个人信息'), ('export', '导出'), ('download', '下载材料'), ('account', '账号与权限变更'), ('sources', '核对政策数据'), ('items', '事项维护'), ('broken', '数据校验不符'), ('codes', '查询单位登记'), ('people', '查询人员登记')], max_length=16, verbose_name='类别'),
        ),
        migrations.AlterField(
            model_name='signinfailure',
            name='account',
            field=models.BinaryField(max_length=18, verbose_name='账号（摘要）'),
        ),
    ]
