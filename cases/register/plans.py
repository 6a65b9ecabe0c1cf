"""Plans: documents that promise actions, and what became of the plan before."""

from django.contrib.contenttypes.models import ContentType

from cases.register.models import Action, Document
from committee.models import Period

PLANS = "register.action_plan"
FOLLOWS_UP = "register.action_follow_up"


def promises(document: Document) -> bool:
    """Whether the document lists actions of its own."""
    return any(section.block == PLANS for section in document.sections.all())


def looks_back(document: Document) -> bool:
    """Whether the document says what became of the actions of the plan before."""
    return any(section.block == FOLLOWS_UP for section in document.sections.all())


def plan_before(document: Document) -> Document | None:
    """Return the plan that this one follows: by the same template, of the period before, its newest edition."""
    subject = document.subject
    if not isinstance(subject, Period):
        return None
    found = Document.objects.filter(
        template=document.template_id,
        case__body=document.case.body_id,
        subject_type=ContentType.objects.get_for_model(Period),
        subject_id__in=Period.objects.beside(subject, "previous").values("pk"),
    )
    before = found.select_related("case").order_by("-edition", "-pk").first()
    # What is secret is not retold in what is not.
    hidden = before is not None and before.is_under_secrecy and not document.is_under_secrecy
    return None if hidden else before


def actions_before(document: Document) -> list[Action]:
    """Return what the plan before promised, in its order; empty when there is none."""
    return actions_of(plan_before(document))


def actions_of(plan: Document | None) -> list[Action]:
    return list(Action.objects.of(plan).select_related("responsible")) if plan else []
