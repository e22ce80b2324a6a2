"""Whether anybody but the job process is at work, told to the application's role too."""

from django.db import migrations

# As the owner of the tables, who sees what the sessions of its own login do; the role that the
# application takes on does not. Where the owner may not see either, the answer is no.
_MAKE = """
CREATE FUNCTION batch_others_at_work(within interval) RETURNS boolean
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog AS $$
    SELECT EXISTS (
        SELECT FROM pg_stat_activity
        WHERE datname = current_database()
          AND backend_type = 'client backend'
          AND application_name <> current_setting('application_name')
          AND (state <> 'idle' OR state_change > clock_timestamp() - within)
    )
$$
"""


class Migration(migrations.Migration):
    replaces = [("batch", "0003_others_at_work")]
    dependencies = [("batch", "0001_squashed")]

    operations = [
        migrations.RunSQL(_MAKE, "DROP FUNCTION batch_others_at_work(interval)"),
    ]
