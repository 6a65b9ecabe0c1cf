"""The one writer of the change table, and the guards around it."""

from django.db import migrations

RECORD_CHANGE = """
CREATE FUNCTION core_record_change(name text, operation text, before jsonb, after jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    old_values jsonb := before;
    new_values jsonb := after;
BEGIN
    IF operation = 'UPDATE' THEN
        -- Only the columns that differ are kept.
        SELECT jsonb_object_agg(key, before -> key), jsonb_object_agg(key, after -> key)
        INTO old_values, new_values
        FROM jsonb_object_keys(after) AS key
        WHERE before -> key IS DISTINCT FROM after -> key;
        IF new_values IS NULL THEN
            RETURN;
        END IF;
    END IF;
    INSERT INTO core_change (at, by_id, "table", "row", action, old, new, reason)
    VALUES (
        clock_timestamp(),
        nullif(current_setting('namndverk.by', true), '')::bigint,
        name,
        (coalesce(after, before) ->> 'id')::bigint,
        lower(operation),
        old_values,
        new_values,
        coalesce(current_setting('namndverk.reason', true), '')
    );
END
$$;
REVOKE ALL ON FUNCTION core_record_change(text, text, jsonb, jsonb) FROM PUBLIC;
"""

APPEND_ONLY = """
CREATE FUNCTION core_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the history is only added to' USING ERRCODE = 'integrity_constraint_violation';
END
$$;
CREATE TRIGGER history_stays BEFORE UPDATE OR DELETE ON core_change
    FOR EACH ROW EXECUTE FUNCTION core_refuse_change();
"""

# What should never have entered can be erased: that it stood there remains, its content does not.
ERASE = """
CREATE FUNCTION core_erase_change(wanted bigint, why text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    ALTER TABLE core_change DISABLE TRIGGER history_stays;
    UPDATE core_change SET old = NULL, new = NULL, reason = why WHERE id = wanted;
    ALTER TABLE core_change ENABLE TRIGGER history_stays;
END
$$;
REVOKE ALL ON FUNCTION core_erase_change(bigint, text) FROM PUBLIC;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]

    operations = [
        migrations.RunSQL(RECORD_CHANGE, "DROP FUNCTION core_record_change"),
        migrations.RunSQL(
            APPEND_ONLY, "DROP TRIGGER history_stays ON core_change; DROP FUNCTION core_refuse_change"
        ),
        migrations.RunSQL(ERASE, "DROP FUNCTION core_erase_change"),
    ]
