"""The document templates that a municipality can begin with, as data: a TOML file each, named as its kind.

`kind name label has_cover is_report period_kind` are the template's own fields; each `[[requirements]]` is
something that the law wants (`cases/register/requirements.py`); each `[[section]]` has what `SectionPlan`
has, in order: key and heading, and where they are not the usual level, guidance, block, options,
takes_text, is_numbered, begins_part, is_required, law; and who has it at first (`responsible_role`).
`cases/register/services/templates.py` saves them.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
Plan = dict[str, Any]


@cache
def plans() -> dict[str, Plan]:
    """Return every standard template by its kind, in the order of their names."""
    read = [tomllib.loads(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.toml"))]
    return {plan["kind"]: plan for plan in sorted(read, key=lambda plan: plan["name"])}
