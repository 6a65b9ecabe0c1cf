from typing import Any

from django.db.models import Max

from cases.measures.models import Assignment
from cases.measures.services.refusing import check_texts
from committee.models import Body, Person
from core.services import service


@service
def give_assignment(body: Body, *, year: int, by: Person, **fields: Any) -> Assignment:
    """Write down an assignment of a year under its next number."""
    Body.objects.select_for_update(of=("self",), no_key=True).get(pk=body.pk)
    check_texts(title=fields["title"], comment=fields.get("comment", ""))
    last = Assignment.objects.filter(body=body, year=year).aggregate(last=Max("number"))["last"] or 0
    return Assignment.objects.create(body=body, year=year, number=last + 1, **fields)


@service
def change_assignment(assignment: Assignment, *, by: Person, **fields: Any) -> Assignment:
    """Change what is said of an assignment; its status moves by its steps."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    check_texts(**{name: str(fields[name]) for name in ("title", "comment") if name in fields})
    for name, value in fields.items():
        setattr(assignment, name, value)
    assignment.save(update_fields=list(fields))
    return assignment
