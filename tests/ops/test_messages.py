import shutil

import pytest

from launcher import messages

HEADER = """\
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"""

pytestmark = pytest.mark.skipif(not shutil.which("msgattrib"), reason="gettext is not on this machine")


@pytest.fixture
def catalogue(tmp_path):
    def written(entries):
        path = tmp_path / "django.po"
        path.write_text(f"{HEADER}\n{entries}")
        return path

    return written


def test_a_text_without_swedish_is_found(catalogue):
    path = catalogue('msgid "Meeting"\nmsgstr ""\n\nmsgid "Case"\nmsgstr "Ärende"\n')

    assert messages.untranslated(path) == ['"Meeting"']


def test_a_guess_is_no_translation(catalogue):
    path = catalogue('#, fuzzy\nmsgid "Meetings"\nmsgstr "Sammanträde"\n')

    assert messages.untranslated(path) == ['"Meetings"']


def test_a_text_over_several_lines_is_shown_whole(catalogue):
    path = catalogue('msgid ""\n"One\\n"\n"two"\nmsgstr ""\n')

    assert messages.untranslated(path) == [r'"" "One\n" "two"']


def test_a_whole_catalogue_lacks_nothing(catalogue):
    path = catalogue('msgid "Case"\nmsgstr "Ärende"\n')

    assert messages.untranslated(path) == []
    assert messages.texts(path.with_name("djangojs.po")) == []
