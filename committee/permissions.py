"""Who may do what, as far as meetings and bodies go. When is the workflow's business, not ours."""

import rules

from committee.models import Person, Role
from core import clock

STAFF = (Role.Key.SECRETARY, Role.Key.CASE_OFFICER, Role.Key.HEAD, Role.Key.CONTROLLER, Role.Key.REGISTRAR)
PRESIDIUM = (Role.Key.CHAIR, Role.Key.VICE_CHAIR)


@rules.predicate
def is_secretary_of_meeting(user, meeting):
    return user.rights.has_role(meeting.body_id, Role.Key.SECRETARY)


@rules.predicate
def belongs_to_body(user, meeting):
    return meeting.body_id in user.rights.reads


@rules.predicate
def may_read_drafts(user, meeting):
    return meeting.body_id in user.rights.drafts


@rules.predicate
def administers(user, body):
    return user.rights.has_role(body.pk, Role.Key.ADMINISTRATOR, Role.Key.SECRETARY)


@rules.predicate
def controls(user, body):
    return user.rights.has_role(body.pk, Role.Key.CONTROLLER)


@rules.predicate
def controls_body(user, period):
    return user.rights.has_role(period.body_id, Role.Key.CONTROLLER)


def staff_of(body):
    """Return those who are employed to work with the body's cases today; the presidium only reads them."""
    working = body.memberships.current(clock.today()).filter(role__key__in=STAFF)
    return Person.objects.filter(memberships__in=working).distinct()


def kept_by(user, permission):
    """Return the body for which somebody holds a permission: the first one where there are several, or None."""
    return next((body for body in user.rights.places if user.has_perm(permission, body)), None)


rules.add_perm("committee.close_period", controls_body)
rules.add_perm("committee.manage_people", administers)
rules.add_perm("committee.manage_body", administers)
rules.add_perm("committee.plan_periods", administers | controls)
rules.add_perm("committee.view_meeting", belongs_to_body)
rules.add_perm("committee.prepare_meeting", is_secretary_of_meeting)
rules.add_perm("committee.call_meeting", is_secretary_of_meeting)
rules.add_perm("committee.read_draft_agenda", may_read_drafts)
