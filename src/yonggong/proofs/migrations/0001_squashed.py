import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('proofs', '0001_bindings')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Challenge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField(max_length=18, unique=True, verbose_name='口令（摘要）')),
                ('session', models.BinaryField(max_length=18, verbose_name='会话（摘要）')),
                ('made_at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '签名口令',
                'indexes': [models.Index(fields=['made_at'], name='challenge_oldest')],
            },
        ),
        migrations.CreateModel(
            name='Binding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('way', models.CharField(choices=[('certificate', '数字证书'), ('provider', '电子社保卡等统一身份认证')], max_length=12, verbose_name='方式')),
                ('digest', models.BinaryField(max_length=18, verbose_name='标识（摘要）')),
                ('shown', models.CharField(max_length=120, verbose_name='标识')),
                ('until', models.DateTimeField(null=True, verbose_name='有效期至')),
                ('bound_at', models.DateTimeField(verbose_name='绑定时间')),
                ('reason', models.CharField(max_length=200, verbose_name='依据')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='解除时间')),
                ('bound_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='绑定人')),
                ('ended_by', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='解除人')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='bindings', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ],
            options={
                'verbose_name': '身份绑定',
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('way', 'digest'), name='binding_open_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='binding_ended_whole'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='binding_says_why'), models.CheckConstraint(condition=models.Q(('way__in', ['certificate', 'provider'])), name='binding_way_known')],
            },
        ),
    ]
