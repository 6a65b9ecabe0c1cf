import pytest
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.db.migrations.writer import MigrationWriter
from django.utils.translation import override

from core.richtext.fields import MOST_CHARACTERS, RichTextField, RichTextFormField, as_stored
from core.richtext.widgets import editor_labels

NASTY = '<p onclick="x()">Text<script>alert(1)</script> <a href="javascript:x()">länk</a></p>'
HARMLESS = "<p>Text <a>länk</a></p>"


class Paper(models.Model):
    text = RichTextField(blank=True)

    class Meta:
        app_label = "richtext_tests"

    def __str__(self):
        return self.text


@pytest.fixture
def table(transactional_db):
    with connection.schema_editor() as editor:
        editor.create_model(Paper)
    yield
    with connection.schema_editor() as editor:
        editor.delete_model(Paper)


def save(html):
    return Paper.objects.create(text=html).pk


def save_in_bulk(html):
    [paper] = Paper.objects.bulk_create([Paper(text=html)])
    return paper.pk


def update(html):
    pk = save("")
    Paper.objects.filter(pk=pk).update(text=html)
    return pk


def update_in_bulk(html):
    paper = Paper.objects.get(pk=save(""))
    paper.text = html
    Paper.objects.bulk_update([paper], ["text"])
    return paper.pk


@pytest.mark.parametrize("way", [save, save_in_bulk, update, update_in_bulk])
def test_whatever_way_a_text_is_saved_nothing_harmful_comes_with_it(table, way):
    pk = way(NASTY)

    assert Paper.objects.get(pk=pk).text == HARMLESS


def test_full_clean_gives_the_text_as_it_will_be_stored():
    paper = Paper(text=NASTY)

    paper.full_clean()

    assert paper.text == HARMLESS


def test_a_form_gives_the_text_as_it_will_be_stored():
    assert RichTextFormField().clean(NASTY) == HARMLESS
    assert isinstance(Paper._meta.get_field("text").formfield(), RichTextFormField)


def test_an_empty_editor_is_an_empty_text():
    assert as_stored("<p></p>") == ""


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<p>a\0b</p>", "nul"),
        ("å" * (MOST_CHARACTERS + 1), "too_long"),
        ("&" * (MOST_CHARACTERS // 4), "too_long"),
        ("<ul><li>" * 100, "tangled"),
        ("<ul><li>" * (MOST_CHARACTERS // 8), "tangled"),
        ("<p>" + "".join(f"<b id={n}>" for n in range(2000)) + "<p>x" * 2000, "tangled"),
    ],
    ids=["NUL", "long", "long once escaped", "deep", "deeper than a parser bears", "formats without end"],
)
def test_what_cannot_be_stored_is_refused_with_a_reason(html, code):
    field = Paper._meta.get_field("text")
    for refusing in [as_stored, field.get_prep_value, lambda html: field.clean(html, None)]:
        with pytest.raises(ValidationError) as refused:
            refusing(html)

        assert [error.code for error in refused.value.error_list] == [code]


def test_the_reason_names_the_limit():
    with override("en"), pytest.raises(ValidationError, match="600.+001 characters of at most 600.+000"):
        as_stored("a" * 600_001)


def test_what_the_editor_says_of_a_text_that_is_too_large_names_the_same_limit():
    with override("sv"):
        assert "högst 600\u00a0000 tecken" in editor_labels()["tooLarge"]


def test_the_longest_text_is_stored_whole():
    html = f"<p>{'a' * (MOST_CHARACTERS - 7)}</p>"

    assert as_stored(html) == html


def test_for_migrations_the_field_is_a_plain_text():
    written, _imports = MigrationWriter.serialize(RichTextField("text", blank=True))

    assert written == "models.TextField(blank=True, verbose_name='text')"


def test_control_characters_that_no_file_format_bears_are_dropped():
    assert as_stored("<p>a\x0bb&#12;c&#x1f;</p>") == "<p>abc</p>"
    assert as_stored('<p><a href="java&#11;script:x()">a</a></p>') == "<p><a>a</a></p>"
