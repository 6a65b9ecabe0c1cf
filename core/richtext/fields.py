from copy import deepcopy

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_prose_editor.fields import ProseEditorField, ProseEditorFormField

from core.formats import number
from core.richtext.clean import Tangled, sanitise
from core.richtext.editor import EXTENSIONS

MOST_CHARACTERS = 600_000

NUL = _("The text contains a NUL character, which cannot be stored. Remove it and save again.")
TOO_LONG = _(
    "The text is too long: %(length)s characters of at most %(most)s. Divide it into several sections."
)
TANGLED = _(
    "The formatting of the text is nested too deeply to be stored. Paste it again as text without formatting."
)


def as_stored(html: str) -> str:
    """Return HTML as a field of rich text stores it, or say in a ValidationError why it cannot."""
    refuse(html)
    try:
        html = sanitise(html)
    except Tangled:
        raise ValidationError(TANGLED, code="tangled") from None
    refuse(html)
    return html


def refuse(text: str) -> None:
    if "\0" in text:
        raise ValidationError(NUL, code="nul")
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(
            TOO_LONG, code="too_long", params={"length": number(len(text)), "most": number(MOST_CHARACTERS)}
        )


class RichTextFormField(ProseEditorFormField):
    def __init__(self, *args, **kwargs):
        kwargs.setdefault("config", {"extensions": deepcopy(EXTENSIONS)})
        kwargs["sanitize"] = as_stored
        super().__init__(*args, **kwargs)


class RichTextField(ProseEditorField):
    """HTML of our schema and nothing else, by whatever way it came: form, service, import or bulk update.

    For migrations it is a plain TextField. Database expressions are not looked into.
    """

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("extensions", deepcopy(EXTENSIONS))
        kwargs["sanitize"] = as_stored
        super().__init__(*args, **kwargs)

    def get_prep_value(self, value):
        value = super().get_prep_value(value)
        return value if value is None else as_stored(value)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": RichTextFormField} | kwargs)
