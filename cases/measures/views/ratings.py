from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.generic import FormView

from cases.measures import services
from cases.measures.forms import RatingForm
from cases.measures.models import Goal, MeasureEdition, Rating
from cases.measures.texts import shown_text
from cases.measures.views.tree import periods_for
from committee.models import TargetArea
from core.views import PostOnly, TakeStep

KINDS = {"measure": MeasureEdition, "goal": Goal, "area": TargetArea}


class RatingDetail(FormView):
    """A rating with its reason and analysis: read by all who prepare, written by who owns it."""

    form_class = RatingForm
    template_name = "measures/rating_detail.html"

    def dispatch(self, request, *args, **kwargs):
        ratings = Rating.objects.visible_to(request.user).with_subject()
        self.rating = get_object_or_404(ratings, pk=kwargs["pk"])
        may_write = request.user.has_perm("measures.write_rating", self.rating)
        self.may_write = may_write and not self.rating.is_ready and self.rating.period.is_open
        if request.method == "POST" and not may_write:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "rating": self.rating}

    def form_valid(self, form):
        try:
            services.write_rating(self.rating, by=self.request.user, **form.cleaned_data)
        except services.Refused as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            return self.form_invalid(form)
        except services.Stale:
            form.add_error(
                None,
                _(
                    "Somebody else has saved this rating meanwhile. Open the page anew in another tab, and compare."
                ),
            )
            return self.form_invalid(form)
        messages.success(self.request, _("Saved."))
        return redirect(self.rating)

    def form_invalid(self, form):
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            rating=self.rating,
            period=self.rating.period,
            may_write=self.may_write,
            text=shown_text(self.rating),
            sentence=self.rating.given.say(self.rating.period.year) if self.rating.given else "",
            steps=Rating.WORKFLOW.open_to(self.request.user, self.rating)
            if self.rating.period.is_open
            else [],
            **kwargs,
        )


class BeginRating(PostOnly):
    """Open the rating of something in a period; begin it where there is none."""

    def get(self, request, *args, **kwargs):
        return redirect("measures:tree", kwargs["period"])

    def post(self, request, period, kind, key):
        period = get_object_or_404(periods_for(request.user), pk=period)
        of = self.thing(period, kind, key)
        rating = Rating.objects.filter(period=period, **services.rated(of)).first()
        if rating is None:
            is_measure = isinstance(of, MeasureEdition)
            permission = "measures.enter_outcome" if is_measure else "measures.change_goals"
            if not request.user.has_perm(permission, of if is_measure else period.body):
                raise PermissionDenied
            rating = self.begin(period, of, of.responsible if is_measure else request.user)
        return redirect(rating or "measures:current")

    def begin(self, period, of, owner):
        try:
            return services.begin_rating(period, of, owner=owner, by=self.request.user)
        except services.Refused as refused:
            messages.warning(self.request, str(refused))
            return None

    def thing(self, period, kind, key):
        if kind == "whole":
            return None
        if kind not in KINDS:
            raise Http404
        mine = {
            "measure": {"measure__body": period.body_id, "year": period.year},
            "goal": {"body": period.body_id, "year": period.year},
            "area": {"municipality": period.body.municipality_id},
        }[kind]
        return get_object_or_404(KINDS[kind], pk=key, **mine)


class RatingStep(TakeStep):
    """Mark a rating as ready, or open it again."""

    model = Rating

    def get_queryset(self):
        return super().get_queryset().with_subject()
