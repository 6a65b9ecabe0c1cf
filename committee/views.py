from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import cache_control
from django.views.generic import View

from committee.models import Municipality


@method_decorator([login_not_required, cache_control(max_age=3600)], name="dispatch")
class Accent(View):
    """The municipality's colour as a stylesheet of its own, since the policy allows none in the page."""

    def get(self, request, slug):
        municipality = get_object_or_404(Municipality, slug=slug)
        return HttpResponse(f":root{{--brand:{municipality.accent}}}\n", content_type="text/css")
