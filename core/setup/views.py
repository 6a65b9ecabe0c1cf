"""The pages of kept rows: an index, a list with a form for one more, a row, and what it means to remove it."""

from itertools import groupby

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.generic import View

from core.collisions import Collided, choose
from core.setup import services
from core.setup.forms import EndForm


class OfSetup(View):
    """Lets in who keeps rows here."""

    setup_pages = None
    template_name = ""

    def dispatch(self, request, *args, **kwargs):
        self.owner = self.setup_pages.owner(request.user)
        if self.owner is None:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def show(self, status=200, **context):
        pages = self.setup_pages
        known = {"setup": pages, "owner": self.owner, "index": pages.url(""), "crumb": pages.crumb}
        return render(self.request, self.template_name, known | context, status=status)


class Index(OfSetup):
    """What can be set up."""

    template_name = "core/setup/index.html"

    def get(self, request):
        pages = self.setup_pages
        shown = [*pages.listings.values(), *pages.years(self.owner)]
        listed = [(one, pages.url("list", one.key)) for one in shown]
        return self.show(listed=listed)


class OfListing(OfSetup):
    """A kind of row, and where its list is."""

    @cached_property
    def listing(self):
        found = self.setup_pages.find(self.kwargs["listing"])
        if found is None:
            raise Http404
        return found

    @cached_property
    def list_url(self):
        return self.setup_pages.url("list", self.kwargs["listing"])

    @cached_property
    def row(self):
        return get_object_or_404(self.listing.rows(self.owner), pk=self.kwargs["pk"])

    @cached_property
    def all_rows(self):
        """The rows as they were before anything was changed."""
        return list(self.listing.rows(self.owner))

    def form_for(self, row, data=None):
        if self.listing.form is None:
            return None
        form = self.listing.form(data, instance=row, owner=self.owner)
        if self.listing.is_ordered and (beside := self.beside(row)):
            form.ask_where(beside, self.listing.name)
        return form

    def beside(self, row):
        """Return the rows that a row may be put after. Of a new one nobody knows yet in which group it will be."""
        group = self.listing.group
        if row.pk is None:
            return [] if any(group(one) for one in self.all_rows) else self.all_rows
        return [one for one in self.all_rows if group(one) == group(row)]

    def siblings(self, row):
        """Return the rows that a row is ordered among."""
        group, rows = self.listing.group(row), self.listing.rows(self.owner)
        return rows.filter(pk__in=[one.pk for one in rows if self.listing.group(one) == group])

    def save(self, form):
        """Save the row of a form that holds; return whether it could be, else the form says why not."""
        if not form.is_valid():
            return False
        listing = self.listing
        order = {}
        if listing.is_ordered:
            last = max((row.position for row in self.all_rows), default=0)
            order = {"siblings": self.siblings, "last": last}
        try:
            with transaction.atomic():
                services.keep(form, **order, by=self.request.user)
        except IntegrityError:
            form.add_error(form.unique_field, _("There is one of that name or number already."))
            return False
        messages.success(self.request, _("“%s” is saved.") % listing.name(form.instance))
        return True

    def show(self, status=200, **context):
        known = {"listing": self.listing, "key": self.kwargs["listing"], "list_url": self.list_url}
        if self.listing.has_preview:
            known["preview_url"] = self.setup_pages.url("preview", self.kwargs["listing"])
        return super().show(status, **known | context)


class List(OfListing):
    """The rows of a kind, and a form for one more."""

    template_name = "core/setup/list.html"

    def get(self, request, listing):
        return self.show_list(self.form_for(self.listing.new(self.owner)))

    def post(self, request, listing):
        form = self.form_for(self.listing.new(self.owner), request.POST)
        if form is None:
            raise Http404
        if self.listing.missing(self.owner) or not self.save(form):
            return self.show_list(form, status=422)
        return redirect(self.list_url)

    def show_list(self, form, status=200):
        rows = [self.line(row) for row in self.all_rows]
        groups = [(name, self.placed(list(held))) for name, held in groupby(rows, lambda one: one["group"])]
        return self.show(
            status,
            form=form,
            groups=groups,
            missing=self.listing.missing(self.owner),
            offer=None if rows else self.listing.offer(self.owner),
        )

    def line(self, row):
        """Return a row as the list shows it."""
        listing, url = self.listing, self.setup_pages.url
        addresses = {name: url(name, self.kwargs["listing"], row.pk) for name in ("row", "move", "remove")}
        addresses["row"] = listing.edits_at(row) or addresses["row"]
        return addresses | {
            "name": listing.name(row),
            "cells": list(zip(listing.heads, listing.cells(row), strict=True)),
            "group": listing.group(row),
            "links": listing.links(row),
            "from_year": getattr(row, "from_year", None),
            "to_year": getattr(row, "to_year", None),
        }

    def placed(self, lines):
        """Mark the first and the last of a group, which have no neighbour on one side."""
        for line in lines:
            line["up"], line["down"] = line is not lines[0], line is not lines[-1]
        return lines


class Row(OfListing):
    """Change one row."""

    template_name = "core/setup/row.html"

    def dispatch(self, request, *args, **kwargs):
        pages = self.setup_pages
        if (found := pages.find(kwargs["listing"])) and found.form is None:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request, listing, pk):
        return self.show_row(self.form_for(self.row))

    def post(self, request, listing, pk):
        name = self.listing.name(self.row)
        form = self.form_for(self.row, request.POST)
        try:
            return redirect(self.list_url) if self.save(form) else self.show_row(form, 422, name)
        except Collided as collided:
            return choose(request, form, collided, back=(self.listing.label, self.list_url))

    def show_row(self, form, status=200, name=""):
        return self.show(status, form=form, name=name or self.listing.name(self.row), row=self.row)


class Move(OfListing):
    """Let a row change places with the one above or below it."""

    http_method_names = ["get", "post"]

    def get(self, request, listing, pk):
        return redirect(self.list_url)

    def post(self, request, listing, pk):
        if not self.listing.is_ordered:
            raise Http404
        beside = self.siblings(self.row)
        services.move(self.row, beside, up="up" in request.POST, by=request.user)
        return redirect(self.list_url)


class Remove(OfListing):
    """Remove a row that holds nothing; one that does can only end."""

    template_name = "core/setup/remove.html"

    def get(self, request, listing, pk):
        return self.ask()

    def post(self, request, listing, pk):
        if "to_year" in request.POST and self.listing.ends:
            return self.end()
        if self.listing.held(self.row):
            return self.ask(status=422)
        try:
            with transaction.atomic():
                services.remove(self.row, by=request.user)
        except ProtectedError:
            return self.ask(status=422, held=_("Something else refers to it."))
        messages.success(request, _("“%s” is removed.") % self.listing.name(self.row))
        return redirect(self.list_url)

    def end(self):
        form = self.end_form(self.request.POST)
        if not form.is_valid():
            return self.ask(form, status=422)
        to_year = form.cleaned_data["to_year"]
        services.end(self.row, to_year=to_year, by=self.request.user)
        told = {"name": self.listing.name(self.row), "year": to_year}
        messages.success(self.request, _("“%(name)s” ends with %(year)s.") % told)
        return redirect(self.list_url)

    def end_form(self, data=None):
        held = self.listing.last_year(self.row)
        return EndForm(data, held=held, initial={"to_year": held})

    def ask(self, form=None, status=200, held=""):
        held = held or self.listing.held(self.row)
        ends = self.listing.ends and held
        return self.show(
            status,
            name=self.listing.name(self.row),
            held=held,
            loses=self.listing.loses(self.row),
            form=(form or self.end_form()) if ends else None,
        )


class Preview(OfListing):
    """Say how a row will look while it is written."""

    http_method_names = ["post"]

    def post(self, request, listing):
        if not self.listing.has_preview:
            raise Http404
        rows = self.listing.rows(self.owner)
        key = request.POST.get("row", "")
        row = rows.filter(pk=key).first() if key.isdecimal() else None
        form = self.form_for(row or self.listing.new(self.owner), request.POST)
        if form.is_valid():
            return HttpResponse(format_html("{}", form.preview()))
        reasons = [reason for errors in form.errors.values() for reason in errors]
        return HttpResponse(format_html('<span class="dim">{}</span>', " ".join(reasons)))
