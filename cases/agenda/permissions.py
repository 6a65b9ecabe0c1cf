"""Who may do what with the agenda."""

import rules

from cases.agenda.models import AgendaItem
from committee.models import Role


@rules.predicate
def is_secretary_of_item(user, item):
    return user.rights.has_role(item.meeting.body_id, Role.Key.SECRETARY)


@rules.predicate
def is_chair_of_item(user, item):
    return user.rights.has_role(item.meeting.body_id, Role.Key.CHAIR, Role.Key.VICE_CHAIR)


@rules.predicate
def may_see_item(user, item):
    return AgendaItem.objects.visible_to(user).filter(pk=item.pk).exists()


rules.add_perm("agenda.view_item", may_see_item)
rules.add_perm("agenda.change_item", is_secretary_of_item)
rules.add_perm("agenda.word_chairs_proposal", is_chair_of_item | is_secretary_of_item)
