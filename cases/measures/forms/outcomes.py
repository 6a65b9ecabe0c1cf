"""What is asked of who reports a measure."""

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from cases.measures.forms.fields import NumberField, StepField, YesNoField, steps_of
from cases.measures.models import Level, MeasureEdition, Outcome
from cases.measures.services import Entry
from cases.measures.states import part_name
from core.forms import CrispyMixin, NoPersonalNumbers
from core.richtext.plain import plain_text

AS_COMPUTED = _("As computed")


class OutcomeForm(NoPersonalNumbers, CrispyMixin, forms.Form):
    """What a measure came to in a period, and how it is rated."""

    forecast = NumberField(
        label=_("Forecast for the full year"),
        required=False,
        help_text=_("Leave it empty to have it computed from the outcome."),
    )
    absent = forms.ChoiceField(
        label=_("No value because"),
        choices=[("", _("There is a value")), *Outcome.Absent.choices],
        required=False,
    )
    absent_reason = forms.CharField(label=_("Why there is no value"), max_length=300, required=False)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Needed when the rating is not what is computed."),
    )
    comment = forms.CharField(
        label=_("Comment"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For colleagues; it is not printed."),
    )  # fmt: skip
    evidence = forms.CharField(label=_("Where the value is from"), max_length=300, required=False)
    correction = forms.CharField(
        label=_("Why it is corrected"),
        max_length=300,
        required=False,
        help_text=_("The measure is marked as ready: a change is marked as corrected."),
    )

    def __init__(self, *args, edition, period, rating=None, outcomes=None, steps=None, **kwargs):
        self.edition, self.period, self.rating = edition, period, rating
        steps = steps_of(period, Level.MEASURE) if steps is None else steps
        outcomes = outcomes or {}
        super().__init__(*args, **kwargs)
        self._add_values(outcomes)
        self._fill(outcomes.get(""))
        if rating and rating.is_ready:
            del self.fields["reason"]
        else:
            self.fields["given"] = StepField(steps, label=_("Rating"), blank=AS_COMPUTED)
            del self.fields["correction"]

    def _add_values(self, outcomes):
        edition = self.edition
        if edition.is_yes_no:
            self.fields["value"] = YesNoField(label=_("Outcome"), required=False)
        else:
            self.fields["value"] = self._number(_("Outcome"))
        if edition.is_fraction:
            self.fields["value"].help_text = _("Only when the numerator and the denominator are not known.")
            self.fields["numerator"] = NumberField(label=edition.numerator, required=False)
            self.fields["denominator"] = NumberField(label=edition.denominator, required=False)
        for number, part in enumerate(edition.part_keys):
            self.fields[f"part_{number}"] = self._number(part_name(part))
            found = outcomes.get(part)
            self.initial[f"part_{number}"] = found.exact if found else None

    def _number(self, label):
        percent = self.edition.unit == MeasureEdition.Unit.PERCENT
        return NumberField(
            label=label, required=False, percent=percent, help_text=self.edition.get_unit_display()
        )

    def _fill(self, outcome):
        for name in (
            "value",
            "numerator",
            "denominator",
            "forecast",
            *"absent absent_reason comment evidence".split(),
        ):
            if outcome and name in self.fields:
                self.initial.setdefault(name, getattr(outcome, name))
        if self.rating:
            self.initial |= {"given": self.rating.given_id, "reason": self.rating.reason}

    @property
    def rows(self):
        fraction = [Row(Column("numerator"), Column("denominator"))] if self.edition.is_fraction else []
        parts = [name for name in self.fields if name.startswith("part_")]
        rated = ["given", "reason"] if "given" in self.fields else ["correction"]
        return (
            *fraction,
            "value",
            *([Row(*(Column(name) for name in parts))] if parts else []),
            "forecast",
            Row(Column("absent"), Column("absent_reason")),
            *rated,
            Row(Column("evidence"), Column("comment")),
        )

    @property
    def entry(self):
        """What was entered for the whole."""
        names = "value numerator denominator forecast absent absent_reason comment evidence".split()
        given = {name: self.cleaned_data[name] for name in names if name in self.cleaned_data}
        if given.get("numerator") is not None:
            given["value"] = None
        return Entry(**given)

    @property
    def parts(self):
        """What was entered for each part."""
        typed = [self.cleaned_data.get(f"part_{number}") for number in range(len(self.edition.part_keys))]
        return {part: Entry(value=value) for part, value in zip(self.edition.part_keys, typed, strict=True)}


class MyMeasureForm(OutcomeForm):
    """One measure for who reports it: the value and three lines. The rest is a click away."""

    lines = forms.CharField(
        label=_("In three lines: why, and what happens next"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("absent", "absent_reason", "comment", "evidence", "forecast"):
            del self.fields[name]
        if self.rating:
            self.initial["lines"] = plain_text(self.rating.analysis)
        if not self.may_enter:
            for name in [*self.fields]:
                if name not in ("lines", "given", "reason", "correction"):
                    del self.fields[name]
        elif self.edition.is_fraction:
            del self.fields["value"]

    @property
    def may_enter(self):
        is_year = self.period.kind == "year"
        return is_year or self.edition.cadence == MeasureEdition.Cadence.EVERY

    @property
    def first_fields(self):
        """What everybody fills in: the value and the lines."""
        parts = [name for name in self.fields if name.startswith("part_")]
        order = ["numerator", "denominator", "value", *parts, "lines", "correction"]
        return [self[name] for name in order if name in self.fields]

    @property
    def rating_fields(self):
        """What is left alone when the computed rating will do."""
        return [self[name] for name in ("given", "reason") if name in self.fields]

    @property
    def is_rating_open(self):
        """Whether the rating has to be seen: it was given, cannot be computed, or something is wrong with it."""
        can_be_computed = self.edition.is_yes_no or self.edition.target is not None
        wrong = self.is_bound and {"given", "reason"} & self.errors.keys()
        return bool(self.initial.get("given") or wrong or not can_be_computed or not self.may_enter)
