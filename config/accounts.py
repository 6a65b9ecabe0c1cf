"""Logging in and passwords: of allauth's addresses those that are ours to offer.

Who somebody is, and where mail to them goes, is the administrator's to say: nobody signs up or changes their address.
"""

from allauth.account import urls

OFFERED = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # says that it is closed
    "account_reauthenticate",
    "account_change_password",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
}
urlpatterns = [pattern for pattern in urls.urlpatterns if pattern.name in OFFERED]
