from allauth.account.adapter import DefaultAccountAdapter


class InvitedOnly(DefaultAccountAdapter):
    """Nobody signs up: the administrator invites."""

    def is_open_for_signup(self, request):
        return False
