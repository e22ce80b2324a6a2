import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whom a message is about is a party: an employer or agency by its own key, or a person."""

    dependencies = [
        ('registry', '0010_same_keys'),
        ('reminders', '0004_no_link'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='message_once',
        ),
        migrations.AddField(
            model_name='message',
            name='party',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='registry.party'),
        ),
        migrations.RunSQL(
            'UPDATE reminders_message SET party_id = coalesce(employer_id, agency_id)',
            migrations.RunSQL.noop,
        ),
        # The foreign keys are looked at before the table is changed again.
        migrations.RunSQL('SET CONSTRAINTS ALL IMMEDIATE', 'SET CONSTRAINTS ALL DEFERRED'),
        migrations.RemoveField(
            model_name='message',
            name='employer',
        ),
        migrations.RemoveField(
            model_name='message',
            name='agency',
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(fields=('user', 'topic', 'on', 'party'), name='message_once', nulls_distinct=False),
        ),
    ]
