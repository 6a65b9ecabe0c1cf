"""Areas, goals and the scale of ratings, and a year's measures in their order."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cases.measures.models import CouncilGoal, Goal, MeasureEdition, Rating, RatingStep
from cases.measures.setup import forms
from committee.models import TargetArea
from core.setup import Listing


class TargetAreas(Listing):
    key = "target-areas"
    label = gettext_lazy("Target areas")
    help = gettext_lazy("The areas of the council's goals, the same for all committees of the municipality.")
    add_label = gettext_lazy("Add a target area")
    heads = (gettext_lazy("Goals of the council"),)
    form = forms.TargetAreaForm

    def rows(self, owner):
        return owner.municipality.target_areas.prefetch_related("council_goals")

    def new(self, owner):
        return TargetArea(municipality=owner.municipality)

    def name(self, row):
        return f"{row.number} {row.name}"

    def cells(self, row):
        return (len(row.council_goals.all()) or "",)

    def held(self, row):
        goals, assignments = row.council_goals.count(), row.assignments.count()
        said = []
        if goals:
            said.append(
                ngettext("%s goal of the council is in it.", "%s goals of the council are in it.", goals)
                % goals
            )
        if assignments:
            said.append(
                ngettext("%s assignment is in it.", "%s assignments are in it.", assignments) % assignments
            )
        return " ".join(said)


class CouncilGoals(Listing):
    key = "council-goals"
    label = gettext_lazy("Goals of the council")
    help = gettext_lazy("What the committee's goals serve. One that is no longer in force ends with a year.")
    add_label = gettext_lazy("Add a goal of the council")
    form = forms.CouncilGoalForm

    def rows(self, owner):
        goals = CouncilGoal.objects.filter(area__municipality=owner.municipality_id)
        return goals.select_related("area").order_by("area__number", "number")

    def new(self, owner):
        return CouncilGoal()

    def group(self, row):
        return row.area.name

    def held(self, row):
        goals = row.goals.count()
        return (
            ngettext("%s goal of a committee is under it.", "%s goals of committees are under it.", goals)
            % goals
            if goals
            else ""
        )

    def last_year(self, row):
        return forms.last_year_of(row)

    def missing(self, owner):
        if owner.municipality.target_areas.exists():
            return None
        url = reverse("measures:setup-list", args=["target-areas"])
        return _("A goal of the council belongs to a target area."), _("Add target areas"), url


class Scale(Listing):
    key = "scale"
    label = gettext_lazy("Scale of ratings")
    help = gettext_lazy(
        "The municipality's own words for how something is rated, by what is rated and the kind of period."
    )
    add_label = gettext_lazy("Add a step")
    heads = (gettext_lazy("Stands for"), gettext_lazy("Sentence"))
    form = forms.StepForm
    is_ordered = True
    begins_by_post = True

    def rows(self, owner):
        steps = RatingStep.objects.filter(municipality=owner.municipality_id)
        return steps.order_by("level", "kind", "position", "pk")

    def new(self, owner):
        return RatingStep(municipality=owner.municipality)

    def cells(self, row):
        return row.get_standing_display(), row.sentence

    def group(self, row):
        return f"{row.get_level_display()}, {row.get_kind_display()}"

    def held(self, row):
        given = Rating.objects.filter(given=row).count()
        return ngettext("%s rating says it.", "%s ratings say it.", given) % given if given else ""

    def missing(self, owner):
        if RatingStep.objects.filter(municipality=owner.municipality_id).exists():
            return None
        said = _("Begin with the standard scale. From then on it is the municipality's own.")
        return said, _("Begin with the standard scale"), reverse("measures:begin-scale")


class Goals(Listing):
    """The committee's goals of one year."""

    help = gettext_lazy(
        "The committee's goals, each under one of the council's. Other years stay as they are."
    )
    add_label = gettext_lazy("Add a goal")
    heads = (gettext_lazy("Measures"),)
    form = forms.GoalForm
    is_ordered = True

    def __init__(self, year):
        self.year, self.key = year, f"goals-{year}"

    @property
    def label(self):
        return _("Goals of %s") % self.year

    def rows(self, owner):
        goals = Goal.objects.filter(body=owner, year=self.year)
        return goals.for_list().prefetch_related("editions")

    def new(self, owner):
        return Goal(body=owner, year=self.year)

    def cells(self, row):
        return (len(row.editions.all()) or "",)

    def links(self, row):
        return [(_("Add measure"), reverse("measures:measure-create", args=[row.pk]))]

    def group(self, row):
        return str(row.council_goal)

    def held(self, row):
        measures, ratings = row.editions.count(), row.ratings.count()
        said = []
        if measures:
            said.append(ngettext("%s measure is under it.", "%s measures are under it.", measures) % measures)
        if ratings:
            said.append(
                ngettext("It is rated in %s period.", "It is rated in %s periods.", ratings) % ratings
            )
        return " ".join(said)

    def missing(self, owner):
        if CouncilGoal.objects.filter(area__municipality=owner.municipality_id).exists():
            return None
        url = reverse("measures:setup-list", args=["council-goals"])
        return _("The committee's goals serve goals of the council."), _("Add goals of the council"), url

    def offer(self, owner):
        if not Goal.objects.filter(body=owner, year=self.year - 1).exists():
            return None
        url = reverse("measures:continue-year", args=[owner.pk, self.year - 1])
        return _("Take over last year's goals and measures"), url


class Measures(Listing):
    """The measures of one year: their order, and which of them were taken in by mistake."""

    help = gettext_lazy(
        "A measure is added below its goal in the goal tree, and changed on a page of its own."
    )
    heads = (gettext_lazy("Unit"), gettext_lazy("Responsible"))
    is_ordered = True

    def __init__(self, year):
        self.year, self.key = year, f"measures-{year}"

    @property
    def label(self):
        return _("Measures of %s") % self.year

    def rows(self, owner):
        editions = MeasureEdition.objects.filter(measure__body=owner, year=self.year)
        known = editions.select_related("measure", "goal", "responsible")
        return known.order_by("goal__position", "goal", "position", "pk")

    def new(self, owner):
        return None

    def name(self, row):
        return f"{row.measure.number} {row.name}"

    def cells(self, row):
        return row.get_unit_display(), str(row.responsible)

    def group(self, row):
        return row.goal.name

    def edits_at(self, row):
        return reverse("measures:edition-edit", args=[row.pk])

    def held(self, row):
        outcomes, ratings = row.outcomes.count(), row.ratings.count()
        later = MeasureEdition.objects.filter(continues=row).exists()
        said = []
        if outcomes:
            said.append(ngettext("%s outcome is entered.", "%s outcomes are entered.", outcomes) % outcomes)
        if ratings:
            said.append(
                ngettext("It is rated in %s period.", "It is rated in %s periods.", ratings) % ratings
            )
        if later:
            said.append(_("It goes on in a later year."))
        return " ".join(said)

    def loses(self, row):
        return _("Its number %s is not given to another measure.") % row.measure.number
