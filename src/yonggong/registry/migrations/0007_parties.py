from django.core.management.base import CommandError
from django.db import migrations, models


def begin_anew(apps, schema_editor):
    """Keys that meant an employer, an agency and a worker at once cannot be kept."""
    if apps.get_model('registry', 'Agency').objects.exists():
        raise CommandError(
            '单位、机构和个人改用同一编号序列，已有数据不能沿用。请换用空数据库；'
            '使用内置数据库试用的，删除 var 文件夹（make clean）后重新启动。'
        )


SHARED = [
    'ALTER TABLE registry_{table} ALTER COLUMN id DROP IDENTITY IF EXISTS',
    "ALTER TABLE registry_{table} ALTER COLUMN id SET DEFAULT nextval('registry_party_id_seq')",
]
# Held by the database, for rows written past the models too.
PARTY = (
    'ALTER TABLE registry_{table} ADD CONSTRAINT {table}_is_party FOREIGN KEY (id)'
    ' REFERENCES registry_party (id) DEFERRABLE INITIALLY DEFERRED'
)
STATEMENTS = [
    *(line.format(table=table) for table in ('employer', 'agency', 'worker') for line in SHARED),
    *(PARTY.format(table=table) for table in ('employer', 'agency')),
]


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0006_doubtful_codes'),
    ]

    operations = [
        migrations.CreateModel(
            name='Party',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('employer', '单位'), ('person', '个人'), ('agency', '机构')], max_length=8, verbose_name='类别')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('region_code', models.CharField(blank=True, default='', max_length=6, verbose_name='行政区划')),
            ],
            options={
                'verbose_name': '当事人',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['employer', 'person', 'agency'])), name='party_kind_known')],
            },
        ),
        migrations.RunPython(begin_anew, migrations.RunPython.noop),
        migrations.RunSQL(STATEMENTS, migrations.RunSQL.noop),
    ]
