from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.test import override_settings

from core import clock


def test_the_demo_stands_still_on_its_day(settings):
    settings.TODAY = date(2023, 6, 6)

    assert clock.today() == date(2023, 6, 6)


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
def test_without_a_fixed_day_it_is_the_day_of_the_time_zone(settings, zone):
    settings.TODAY = None

    with override_settings(TIME_ZONE=zone):
        assert clock.today() == datetime.now(ZoneInfo(zone)).date()


def test_a_moment_falls_on_the_day_it_is_here():
    after_midnight_here = datetime(2023, 6, 12, 22, 30, tzinfo=ZoneInfo("UTC"))

    assert clock.day_of(after_midnight_here) == date(2023, 6, 13)
    assert clock.day_of(date(2023, 6, 13)) == date(2023, 6, 13)


@pytest.mark.parametrize(
    ("moment", "told"),
    [
        (datetime(2026, 11, 22, 8, 15, tzinfo=ZoneInfo("UTC")), "2023-06-06 09:15"),
        (datetime(2023, 6, 6, 8, 15, tzinfo=ZoneInfo("UTC")), "2023-06-06 10:15"),
        (datetime(2023, 5, 16, 8, 15, tzinfo=ZoneInfo("UTC")), "2023-05-16 10:15"),
    ],
    ids=["after the demo's day", "on it", "before it"],
)
def test_in_the_demo_nothing_is_told_to_have_happened_after_its_day(moment, told, settings):
    settings.TODAY = date(2023, 6, 6)

    assert f"{clock.told(moment):%Y-%m-%d %H:%M}" == told


def test_without_a_fixed_day_a_moment_is_told_as_it_was(settings):
    settings.TODAY = None
    moment = datetime(2026, 11, 22, 8, 15, tzinfo=ZoneInfo("UTC"))

    assert clock.told(moment) == moment
