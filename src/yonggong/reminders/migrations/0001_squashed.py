import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('reminders', '0001_initial'), ('reminders', '0002_several_employers'), ('reminders', '0003_of_day'), ('reminders', '0004_no_link'), ('reminders', '0005_party')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('registry', '0001_squashed'),
    ]

    operations = [
        migrations.CreateModel(
            name='Progress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('through', models.DateField()),
            ],
            options={
                'verbose_name': '提醒进度',
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(max_length=40, verbose_name='主题')),
                ('on', models.DateField(verbose_name='日期')),
                ('title', models.CharField(max_length=100, verbose_name='标题')),
                ('body', models.TextField(verbose_name='内容')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='生成时间')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('party', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.party')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': '提醒',
                'indexes': [models.Index(fields=['on'], name='message_of_day'), models.Index(condition=models.Q(('read_at__isnull', True)), fields=['user', '-id'], name='message_unread')],
                'constraints': [models.UniqueConstraint(fields=('user', 'topic', 'on', 'party'), name='message_once', nulls_distinct=False)],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=10, verbose_name='渠道')),
                ('claimed_at', models.DateTimeField(verbose_name='开始发送时间')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发出时间')),
                ('failure', models.CharField(blank=True, default='', max_length=200, verbose_name='失败原因')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='reminders.message')),
            ],
            options={
                'verbose_name': '发送记录',
                'constraints': [models.UniqueConstraint(fields=('message', 'channel'), name='delivery_once')],
            },
        ),
    ]
