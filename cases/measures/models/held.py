"""SQL that says whether a row belongs to a year whose goals and targets are adopted, for triggers that lock it."""

# What a decision says of a measure in its year; the rest may be put right at any time. As in OF_EDITION.
DECIDED = ("goal", "year", "name", "unit", "direction", "cadence", "target", "is_break")

OF_GOAL = (
    "EXISTS (SELECT 1 FROM measures_adoption a WHERE a.year = COALESCE(NEW.year, OLD.year)"
    " AND a.body_id = COALESCE(NEW.body_id, OLD.body_id))"
)
# Where no decision is just being written in.
OF_EDITION = (
    "(TG_OP <> 'UPDATE' OR (OLD.goal_id, OLD.year, OLD.name, OLD.unit, OLD.direction, OLD.cadence,"
    " OLD.target, OLD.is_break) IS DISTINCT FROM (NEW.goal_id, NEW.year, NEW.name, NEW.unit, NEW.direction,"
    " NEW.cadence, NEW.target, NEW.is_break))"
    " AND EXISTS (SELECT 1 FROM measures_adoption a JOIN measures_measure m ON m.body_id = a.body_id"
    " WHERE a.year = COALESCE(NEW.year, OLD.year) AND m.id = COALESCE(NEW.measure_id, OLD.measure_id))"
    " AND NOT EXISTS (SELECT 1 FROM measures_targetchange c WHERE c.edition_id = COALESCE(NEW.id, OLD.id)"
    " AND c.adoption_id IS NOT NULL AND c.applied_at IS NULL)"
)
OF_THRESHOLD = (
    "EXISTS (SELECT 1 FROM measures_measureedition e JOIN measures_measure m ON m.id = e.measure_id"
    " JOIN measures_adoption a ON a.body_id = m.body_id AND a.year = e.year"
    " WHERE e.id = COALESCE(NEW.edition_id, OLD.edition_id))"
    " AND NOT EXISTS (SELECT 1 FROM measures_targetchange c"
    " WHERE c.edition_id = COALESCE(NEW.edition_id, OLD.edition_id)"
    " AND c.adoption_id IS NOT NULL AND c.applied_at IS NULL)"
)
MESSAGE = "the goals and targets of an adopted year are changed by a decision"
