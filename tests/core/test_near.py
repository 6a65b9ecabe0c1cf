"""Typed numbers are held against the register's values: the same in another rounding, or near and otherwise."""

import pytest

from core.near import Register, form_for, numbers_in


def value(label, value, unit, *forms, group="Netto", **args):
    written = [{"form": name, "text": text} for name, text in forms]
    return {
        "name": "a.b",
        "args": args,
        "label": label,
        "group": group,
        "value": value,
        "unit": unit,
        "forms": written,
    }


CHANGE = value(
    "Prognos jämfört med den förra", "19539490", "kr", ("words", "19,5 miljoner kronor"), ("mkr", "19,5 mkr"),
    ("tkr", "19\u00a0539 tkr"), group="Prognos jämfört med den förra",
)  # fmt: skip
LOSS = value(
    "Netto, avvikelse, Barn och unga", "-6111510", "kr",
    ("words", "-6,1 miljoner kronor"), ("absolute", "6,1 miljoner kronor"),
)  # fmt: skip
SHARE = value(
    "Andel utredningar inom lagstadgad tid ökar", "91.5", "percent", ("words", "91,5 procent"), group="Utfall"
)
TARGET = value(
    "Andel utredningar inom lagstadgad tid ökar", "95", "percent", ("words", "95 procent"), group="Målvärden"
)
HOMES = value("Antal hushåll med bistånd", "962", "", ("plain", "962"), group="Volymer")
COST = value("Kostnad per plats, institution", "774", "tkr", ("plain", "774"), group="Nyckeltal")
REGISTER = Register([CHANGE, LOSS, SHARE, TARGET, HOMES, COST, value("Ärende", "SN/2023:1", "")])


def told(sentence, heading=""):
    """Return each number that is known, whether it agrees, and what it would be written as."""
    return [
        (hit.typed.text, hit.agrees, form_for(hit.typed.text, hit.choices[0])[1])
        for hit in REGISTER.find(sentence, heading)
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Sedan den förra prognosen är läget 19,4 mkr bättre.", [("19,4 mkr", False, "19,5 mkr")]),
        ("Sedan den förra prognosen är läget 19,5 mkr bättre.", [("19,5 mkr", True, "19,5 mkr")]),
        ("Prognosen är 19 500 tkr bättre.", [("19 500 tkr", True, "19\u00a0539 tkr")]),
        (
            "Prognosen är 19,5\u00a0miljoner kronor.",
            [("19,5\u00a0miljoner kronor", True, "19,5 miljoner kronor")],
        ),
        (
            "Barn och unga går med ett underskott om 6,2 miljoner kronor.",
            [("6,2 miljoner kronor", False, "6,1 miljoner kronor")],
        ),
        ("Andelen utredningar inom lagstadgad tid är 91 procent.", [("91 procent", False, "91,5 procent")]),
        ("Av utredningar inom lagstadgad tid är målvärdet 95 %.", [("95 %", True, "95 procent")]),
        ("I snitt fick 960 hushåll bistånd.", [("960", False, "962")]),
        ("En plats på institution kostar 774 tkr.", [("774 tkr", True, "774")]),
    ],
)
def test_a_number_with_a_unit_is_known_by_its_value_and_the_words_around_it(sentence, expected):
    assert told(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Kommunen har 962 anställda.",  # another thing is counted
        "Bygget kostar 19,4 mkr.",  # near, but nothing names what is meant
        "Läget är 91 procentenheter bättre än den förra prognosen.",
        "Sedan den förra prognosen, av den 13 juni 2023, är det § 19 och 5 kap. 6 § i SN/2023:00183.",
        "Mått 19 och mål 1:5 står i avsnitt 4.1.2 på sidan 95.",
        "Den förra prognosen var 25 mkr.",  # too far away
        "Åren 2022-23 kr ingenting.",
        "\ufffc och \ufffc mkr, se den förra prognosen.",
    ],
)
def test_what_is_no_value_of_the_register_is_left_alone(sentence):
    assert told(sentence) == []


def test_the_heading_of_its_section_tells_what_a_number_is_about():
    assert told("Avvikelsen är 6,2 miljoner kronor.", "Barn och unga") == [
        ("6,2 miljoner kronor", False, "6,1 miljoner kronor")
    ]


def test_the_value_that_shares_most_words_is_meant():
    [first, second] = [
        hit.choices[0].label
        for sentence in (
            "Målvärdet för utredningar är 95 procent.",
            "Utfallet för utredningar är 91,5 procent.",
        )
        for hit in REGISTER.find(sentence)
    ]

    assert first.startswith("Målvärden")
    assert second.startswith("Utfall")


def test_a_number_is_found_where_it_stands():
    [typed] = numbers_in("Det blev −1 234,5 tkr till slut.")

    assert (typed.text, typed.start, typed.value, typed.step) == ("−1 234,5 tkr", 9, 1_234_500, 100)


def test_a_very_long_sentence_is_looked_through_as_far_as_is_sensible():
    assert told("x " * 100_000 + "Den förra prognosen var 19,4 mkr.") == []
