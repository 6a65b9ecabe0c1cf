"""The addresses of an app's set-up pages."""

from django.urls import path

from core.setup import views
from core.setup.listings import Setup


def urls_of(setup: Setup):
    """Return the addresses of a set-up, to be included below a folder of the app's own."""
    pages = {"setup_pages": setup}
    return [
        path("", views.Index.as_view(**pages), name="setup"),
        path("<slug:listing>/", views.List.as_view(**pages), name="setup-list"),
        path("<slug:listing>/preview/", views.Preview.as_view(**pages), name="setup-preview"),
        path("<slug:listing>/<int:pk>/", views.Row.as_view(**pages), name="setup-row"),
        path("<slug:listing>/<int:pk>/move/", views.Move.as_view(**pages), name="setup-move"),
        path("<slug:listing>/<int:pk>/remove/", views.Remove.as_view(**pages), name="setup-remove"),
    ]
