"""The one way in which lines of the access log go: by the owner's function, which takes nothing that is
younger than three years, whatever it is asked."""

from django.db import migrations

_FORGET = """
CREATE FUNCTION forget_access_entries(before timestamptz) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
    WITH gone AS (
        DELETE FROM accounts_accessentry
         WHERE at < least(before, now() - interval '3 years') RETURNING 1
    )
    SELECT count(*) FROM gone
$$;
REVOKE EXECUTE ON FUNCTION forget_access_entries(timestamptz) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("secrecy", "0001_squashed"),
        ("accounts", "0002_squashed"),
    ]

    operations = [
        migrations.RunSQL(_FORGET, "DROP FUNCTION forget_access_entries(timestamptz)"),
    ]
