"""History by trigger: every change of a recorded row, whoever made it and however.

The table is written by one database function only (see migration 0002); the role the program runs
as can read it and nothing else. Who and why come from the transaction, where `act_as` put them.
"""

from collections.abc import Sequence

import pgtrigger
from django.db import connection

RECORD = """
    PERFORM core_record_change(
        TG_TABLE_NAME::text,
        TG_OP::text,
        CASE WHEN TG_OP = 'INSERT' THEN NULL ELSE to_jsonb(OLD){without} END,
        CASE WHEN TG_OP = 'DELETE' THEN NULL ELSE to_jsonb(NEW){without} END
    );
    RETURN NULL;
"""


ANY_CHANGE = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete


def recorded(*, without: Sequence[str] = ()) -> pgtrigger.Trigger:
    """Return the trigger that a model lists in `Meta.triggers` to have its changes kept, but for some columns."""
    return pgtrigger.Trigger(
        name="record_change",
        when=pgtrigger.After,
        operation=ANY_CHANGE,
        func=RECORD.format(without="".join(f" - '{column}'" for column in without)),
    )


def locked(
    name: str, condition: str, message: str, *, on: pgtrigger.Operation = pgtrigger.Update | pgtrigger.Delete
) -> pgtrigger.Trigger:
    """Return a trigger that refuses what is done to rows for which the SQL condition on OLD and NEW holds."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=on,
        func=f"""
            IF {condition} THEN
                RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def act_as(person, reason: str = "") -> None:
    """Name who acts, and why, for the rest of this transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('namndverk.by', %s, true), set_config('namndverk.reason', %s, true)",
            [str(person.pk) if person else "", reason],
        )
