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
