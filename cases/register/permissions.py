"""Who may do what in the register. When a step may be taken is the workflow's business, not ours."""

import rules

from cases.register.models import Action, Attachment, Case, Document, Fact, Section
from committee.models import Role

WRITERS = (Role.Key.CASE_OFFICER, Role.Key.SECRETARY, Role.Key.HEAD, Role.Key.CONTROLLER)
REGISTRARS = (Role.Key.SECRETARY, Role.Key.REGISTRAR)


def body_of(subject):
    """Return the key of the body that the subject belongs to."""
    match subject:
        case Case() | Fact() | Action():
            return subject.body_id
        case Document() | Attachment():
            return subject.case.body_id
        case Section():
            return subject.document.case.body_id
    raise TypeError(subject)


def holds(*roles):
    @rules.predicate(f"holds_{'_or_'.join(roles)}")
    def held(user, subject):
        return user.rights.has_role(body_of(subject), *roles)

    return held


@rules.predicate
def is_case_officer(user, case):
    return case.owner_id == user.pk


@rules.predicate
def is_author(user, document):
    return document.author_id == user.pk


@rules.predicate
def writes_a_section(user, document):
    """Of a report those may write who have a section in it."""
    return document.template.is_report and user.pk in document.writers


@rules.predicate
def owns_its_case(user, subject):
    return subject.case.owner_id == user.pk


@rules.predicate
def may_see_case(user, case):
    return Case.objects.visible_to(user).filter(pk=case.pk).exists()


@rules.predicate
def may_see_document(user, document):
    return Document.objects.visible_to(user).filter(pk=document.pk).exists()


@rules.predicate
def may_see_attachment(user, attachment):
    return Attachment.objects.visible_to(user).filter(pk=attachment.pk).exists()


@rules.predicate
def may_see_action(user, action):
    return Action.objects.visible_to(user).filter(pk=action.pk).exists()


@rules.predicate
def is_responsible(user, action):
    return action.responsible_id == user.pk


@rules.predicate
def answers_for_its_plan(user, action):
    """Whose the plan is follows up what it promises."""
    document = action.document
    return document is not None and user.pk in (document.author_id, document.case.owner_id)


@rules.predicate
def prepares_its_body(user, period):
    return period.body_id in user.rights.drafts


@rules.predicate
def administers_templates(user, municipality):
    """An administrator of a body decides what the municipality's templates are."""
    administered = user.rights.bodies_as(Role.Key.ADMINISTRATOR)
    return any(
        one.pk in administered and one.municipality_id == municipality.pk for one in user.rights.places
    )


writes_here = holds(*WRITERS)
registers_here = holds(*REGISTRARS)

rules.add_perm("register.view_case", may_see_case)
rules.add_perm("register.change_case", is_case_officer | registers_here)
rules.add_perm("register.add_document", (is_case_officer | registers_here | holds(Role.Key.HEAD)))
rules.add_perm("register.view_document", may_see_document)
rules.add_perm("register.write_document", is_author | owns_its_case)
rules.add_perm("register.change_document", is_author | owns_its_case | registers_here | writes_a_section)
rules.add_perm("register.approve_document", holds(Role.Key.HEAD))
rules.add_perm("register.view_attachment", may_see_attachment)
rules.add_perm("register.add_attachment", is_case_officer | registers_here | holds(Role.Key.HEAD))
rules.add_perm("register.view_action", may_see_action)
rules.add_perm(
    "register.advance_action", may_see_action & (is_responsible | answers_for_its_plan | holds(Role.Key.HEAD))
)
rules.add_perm(
    "register.change_action", may_see_action & (is_responsible | answers_for_its_plan | holds(Role.Key.HEAD))
)
rules.add_perm("register.view_actions_of_period", prepares_its_body)
rules.add_perm("register.manage_templates", administers_templates)
