"""Who may call the function that writes the history still cannot write what they like into it."""

from django.db import migrations

FROM_TRIGGERS_ONLY = """
CREATE FUNCTION core_refuse_addition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Depth 1 is this trigger, 2 that it was a recorded row's own trigger that wrote.
    IF pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION 'only the triggers write the history' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER history_is_written_by_triggers BEFORE INSERT ON core_change
    FOR EACH ROW EXECUTE FUNCTION core_refuse_addition();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0002_history")]

    operations = [
        migrations.RunSQL(
            FROM_TRIGGERS_ONLY,
            "DROP TRIGGER history_is_written_by_triggers ON core_change; DROP FUNCTION core_refuse_addition",
        ),
    ]
