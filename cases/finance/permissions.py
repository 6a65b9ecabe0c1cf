"""Who may do what with money. When is the period's and the budget's business, not ours."""

import rules

from committee.models import Period, Role

STEERS = (Role.Key.CONTROLLER, Role.Key.HEAD)


def body_of(subject):
    """Return the key of the body that a period, a budget or a row of a period belongs to."""
    if hasattr(subject, "body_id"):
        return subject.body_id
    return subject.period.body_id


@rules.predicate
def reads_numbers(user, subject):
    return body_of(subject) in user.rights.drafts


@rules.predicate
def enters_numbers(user, subject):
    return user.rights.has_role(body_of(subject), Role.Key.CONTROLLER)


@rules.predicate
def steers_money(user, subject):
    return user.rights.has_role(body_of(subject), *STEERS)


@rules.predicate
def keeps_tables(user, body):
    return user.rights.has_role(body.pk, Role.Key.CONTROLLER)


rules.add_perm("finance.set_up", keeps_tables)
rules.add_perm("finance.view_period", reads_numbers)
rules.add_perm("finance.enter_amounts", enters_numbers)
rules.add_perm("finance.begin_budget", enters_numbers)
rules.add_perm("finance.adopt_budget", steers_money)


def periods_of(user):
    """Return the periods whose money a person may read: working numbers, not for those who read papers only."""
    return Period.objects.filter(body__in=user.rights.drafts)
