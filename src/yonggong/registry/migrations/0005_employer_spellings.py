from itertools import islice

import django.db.models.deletion
from django.db import migrations, models

from yonggong.codes.pinyin import spellings

LONGEST = 24


def spell(apps, schema_editor):
    """Employers registered before are found by letters too."""
    spelling = apps.get_model('registry', 'EmployerSpelling')
    employers = apps.get_model('registry', 'Employer').objects.values_list('pk', 'name')
    rows = (
        spelling(employer_id=key, letters=letters)
        for key, name in employers.order_by('pk').iterator()
        for letters in sorted({whole[:LONGEST] for whole in spellings(name) if whole})
    )
    while batch := list(islice(rows, 5000)):
        spelling.objects.bulk_create(batch)


class Migration(migrations.Migration):

    dependencies = [
        ('registry', '0004_people'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmployerSpelling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('letters', models.CharField(max_length=24, verbose_name='拼音')),
                ('employer', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='spellings', to='registry.employer')),
            ],
            options={
                'verbose_name': '单位名称拼音',
                'indexes': [models.Index(fields=['letters'], name='employer_spelling', opclasses=['text_pattern_ops'])],
                'constraints': [models.UniqueConstraint(fields=('employer', 'letters'), name='employer_spelling_once')],
            },
        ),
        migrations.RunPython(spell, migrations.RunPython.noop),
    ]
