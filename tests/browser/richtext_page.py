"""A page with nothing but two editors, for tests of the editor itself. These are all its addresses."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template import engines
from django.urls import path

from core.richtext.fields import RichTextFormField

PAGE = """{% load static %}<!doctype html>
<html lang="sv">
  <head>
    <meta charset="utf-8">
    <title>Text</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="htmx-config" content='{"includeIndicatorStyles": false, "allowEval": false}'>
    <link rel="icon" href="{% static 'favicon.svg' %}">
    <link rel="stylesheet" href="{% static 'vendor/bootstrap.min.css' %}">
    <link rel="stylesheet" href="{% static 'css/tokens.css' %}">
    <link rel="stylesheet" href="{% static 'css/base.css' %}">
    <link rel="stylesheet" href="{% static 'css/forms.css' %}">
    <link rel="stylesheet" href="{% static 'css/components.css' %}">
    {% include "core/_richtext_head.html" %}
    <script src="{% static 'vendor/htmx.min.js' %}" defer></script>
  </head>
  <body>
    <main>
      <h1>Text</h1>
      <form method="post" data-autosave-url="/draft/">
        {% csrf_token %}
        <input type="hidden" name="base_version" value="7">
        {{ form.as_div }}
        <label for="clause">Att-sats</label>
        <textarea class="form-control" id="clause" name="clause"></textarea>
        <p><span role="status" data-autosave-state></span></p>
        <button class="btn btn-primary">Spara</button>
      </form>
      <button type="button" class="btn btn-secondary" hx-get="/more/" hx-target="#more">Mer</button>
      <div id="more"></div>
    </main>
    {% include "core/_figure_picker.html" with figures_url="/figures/" %}
    {% include "core/_note_dialog.html" %}
  </body>
</html>
"""

FIGURES = [
    {
        "name": "finance.net",
        "args": {"area": "EB", "period": "this"},
        "label": "Ekonomiskt bistånd, avvikelse",
        "group": "Ekonomi",
        "forms": [
            {"form": "words", "text": "57,7 miljoner kronor"},
            {"form": "tkr", "text": "57\u00a0700 tkr"},
        ],
    },
    {
        "name": "fact.value",
        "args": {"key": "unexecuted.executed", "period": "this"},
        "label": "Verkställda beslut",
        "group": "Ej verkställda beslut",
        "forms": [{"form": "words", "text": "sju"}, {"form": "number", "text": "7"}],
    },
    {"name": "fact.value", "args": {"key": "none"}, "label": "Utan värde", "group": "Ekonomi", "forms": []},
]

drafts: list[dict[str, str]] = []  # what autosave has sent, the newest last
stored: dict[str, str] = {}


class TextForm(forms.Form):
    body = RichTextFormField(label="Brödtext", required=False)
    summary = RichTextFormField(label="Sammanfattning", required=False)


@login_not_required
def page(request):
    form = TextForm(request.POST or None, initial=stored)
    if form.is_valid():
        stored.update(form.cleaned_data)
        form = TextForm(initial=stored)
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": form}, request))


@login_not_required
def more(_request):
    return HttpResponse(TextForm(prefix="more").as_div())


@login_not_required
def figures(_request):
    return JsonResponse({"figures": FIGURES})


@login_not_required
def draft(request):
    drafts.append(request.POST.dict())
    body = request.POST.get("body", "")
    if "UTLOGGAD" in body:
        return redirect(page)
    if "UPPTAGET" in body:
        return JsonResponse({"conflict": "/versions/"}, status=409)
    if "FEL" in body:
        return JsonResponse({"error": "Texten innehåller ett personnummer."}, status=422)
    if "NUMMER" in body:
        return JsonResponse({"saved_at": "14.02", "warning": "Ett personnummer kan inte sparas."})
    return JsonResponse({"saved_at": "14.02"})


urlpatterns = [
    path("", page),
    path("more/", more),
    path("figures/", figures),
    path("draft/", draft),
]
