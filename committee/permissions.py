"""Who may do what, as far as meetings and bodies go. When is the workflow's business, not ours."""

import rules

from committee.models import Role

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
def controls_body(user, period):
    return user.rights.has_role(period.body_id, Role.Key.CONTROLLER)


rules.add_perm("committee.close_period", controls_body)
rules.add_perm("committee.manage_people", administers)
rules.add_perm("committee.view_meeting", belongs_to_body)
rules.add_perm("committee.prepare_meeting", is_secretary_of_meeting)
rules.add_perm("committee.call_meeting", is_secretary_of_meeting)
rules.add_perm("committee.read_draft_agenda", may_read_drafts)
