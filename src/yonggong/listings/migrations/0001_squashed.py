import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [('listings', '0001_initial')]

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='Preference',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('listing', models.CharField(max_length=60, verbose_name='列表')),
                ('columns', models.JSONField(default=list, verbose_name='显示的列')),
                ('page_size', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='每页条数')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='账号')),
            ],
            options={
                'verbose_name': '列表偏好',
                'constraints': [models.UniqueConstraint(fields=('user', 'listing'), name='listing_preference_once'), models.CheckConstraint(condition=models.Q(('page_size__isnull', True), models.Q(('page_size__gte', 1), ('page_size__lte', 200)), _connector='OR'), name='listing_page_size_sane')],
            },
        ),
    ]
