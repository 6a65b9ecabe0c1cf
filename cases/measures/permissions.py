"""Who may do what with goals and measures. When is the workflow's and the period's business, not ours."""

import rules

from cases.measures.models import Assignment, Goal, MeasureEdition, Rating
from committee.models import Role


def body_of(subject):
    """Return the key of the body that the subject belongs to."""
    match subject:
        case MeasureEdition():
            return subject.measure.body_id
        case Rating():
            return subject.period.body_id
        case Goal() | Assignment():
            return subject.body_id
    return subject.pk if subject._meta.label == "committee.Body" else subject.body_id


@rules.predicate
def prepares(user, subject):
    return body_of(subject) in user.rights.drafts


@rules.predicate
def controls(user, subject):
    return user.rights.has_role(body_of(subject), Role.Key.CONTROLLER)


@rules.predicate
def is_responsible(user, subject):
    return subject.responsible_id == user.pk


@rules.predicate
def writes_rating(user, rating):
    return rating.owner_id == user.pk


@rules.predicate
def leads(user, subject):
    return user.rights.has_role(body_of(subject), Role.Key.HEAD)


rules.add_perm("measures.view_measures", prepares)
rules.add_perm("measures.change_goals", controls)
rules.add_perm("measures.change_edition", controls)
rules.add_perm("measures.enter_outcome", prepares & (is_responsible | controls))
rules.add_perm("measures.import_outcomes", controls)
rules.add_perm("measures.view_rating", prepares)
rules.add_perm("measures.write_rating", prepares & (writes_rating | controls))
rules.add_perm("measures.reopen_rating", controls)
rules.add_perm("measures.view_assignment", prepares)
rules.add_perm("measures.change_assignment", prepares & (is_responsible | controls))
rules.add_perm("measures.drop_assignment", controls | leads)
