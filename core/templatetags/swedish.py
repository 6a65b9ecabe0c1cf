"""The number and date formatter in templates. Built in: no {% load %} needed."""

from django import template
from django.template.defaultfilters import stringfilter

from core import clock, formats

register = template.Library()

register.filter("happened", clock.told)  # a moment that the program wrote: {{ at|happened|iso }}
register.filter("iso", formats.iso)
register.filter("long_date", formats.long_date)
register.filter("weekday_date", formats.weekday_date)
register.filter("short_date", formats.short_date)
register.filter("clock_time", formats.clock_time)
register.filter("and_list", formats.and_list)
register.filter("in_a_sentence", stringfilter(formats.in_a_sentence))
register.filter("count_in_words", formats.count_in_words)
register.filter("number", formats.number)
register.filter("money", formats.money)
