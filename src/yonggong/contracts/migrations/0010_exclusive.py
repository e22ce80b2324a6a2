from django.db import migrations, models
from django.utils import timezone

from yonggong import policy

CONTRACTS = """
UPDATE contracts_contract SET exclusive = true FROM registry_employer employer
WHERE full_time AND employer.id = employer_id AND employer.region_code = ANY(%s)
"""
FILINGS = "UPDATE contracts_filing SET exclusive = true WHERE full_time AND region_code = ANY(%s)"


def mark(apps, schema_editor):
    """Until now a second full-time contract was refused everywhere; now where the province says."""
    employers = apps.get_model('registry', 'Employer')
    codes = employers.objects.order_by().values_list('region_code', flat=True).distinct()
    today = timezone.localdate()
    refusing = [code for code in codes if policy.of(code, today).one_full_time_contract]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(CONTRACTS, [refusing])
        cursor.execute(FILINGS, [refusing])


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_with_employer'),
        ('contracts', '0009_confirmed_workers'),
        ('documents', '0001_initial'),
        ('registry', '0002_confirmed'),
    ]

    operations = [
        migrations.AddField(
            model_name='contract',
            name='exclusive',
            field=models.BooleanField(db_default=False, default=False, verbose_name='不得同时另订'),
        ),
        migrations.AddField(
            model_name='filing',
            name='exclusive',
            field=models.BooleanField(db_default=False, default=False, verbose_name='不得同时另订'),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='contract',
            name='contract_one_full_time',
        ),
        migrations.RemoveConstraint(
            model_name='filing',
            name='filing_one_pending_engagement',
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.UniqueConstraint(condition=models.Q(('exclusive', True), ('state', 'active')), fields=('worker',), name='contract_one_exclusive'),
        ),
        migrations.AddConstraint(
            model_name='contract',
            constraint=models.CheckConstraint(condition=models.Q(('exclusive', False), ('full_time', True), _connector='OR'), name='contract_exclusive_is_full_time'),
        ),
        migrations.AddConstraint(
            model_name='filing',
            constraint=models.UniqueConstraint(condition=models.Q(('exclusive', True), ('kind', 'new'), ('state', 'pending')), fields=('worker',), name='filing_one_pending_exclusive'),
        ),
    ]
