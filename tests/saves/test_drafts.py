"""Drafts are real files: whatever another program wrote there is read, and nothing is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from oz.saves import SavesError, drafts


@pytest.fixture
def starter(tmp_path):
    path = tmp_path / "starter.py"
    path.write_text("stones = ...\n")
    return path


@pytest.fixture
def path(tmp_path):
    (tmp_path / "spells").mkdir()
    return tmp_path / "spells" / "first-stones.py"


def kept(path):
    return [p.read_bytes() for p in sorted((path.parent / drafts.KEPT).glob("*"))]


def test_a_first_look_makes_the_draft_from_the_starter(path, starter):
    draft = drafts.read(path, starter)
    assert draft.text == "stones = ...\n"
    assert path.read_bytes() == starter.read_bytes()


def test_what_is_written_is_read(path, starter):
    seen = drafts.read(path, starter).digest
    written = drafts.write(path, "stones = 7  # sieben Stück\n", seen)
    assert written.kept is None
    assert drafts.read(path, starter) == drafts.Draft(
        path, "stones = 7  # sieben Stück\n", written.digest, faithful=True
    )
    assert not list(path.parent.glob(".writing-*"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a = 1\r\nb = 2\r\n", "a = 1\nb = 2\n"),
        (b"\xef\xbb\xbfa = 1\n", "a = 1\n"),
        (b"\xef\xbb\xbfa = 1\r\n", "a = 1\n"),
        (b"if a:\n\tb = 1\n", "if a:\n\tb = 1\n"),
        (b"# -*- coding: latin-1 -*-\na = '\xe9'\n", "# -*- coding: latin-1 -*-\na = 'é'\n"),
        (b"# coding: cp1252\na = '\x80'\n", "# coding: cp1252\na = '€'\n"),
    ],
)
def test_other_editors_ways_are_kept(path, starter, data, text):
    path.write_bytes(data)
    draft = drafts.read(path, starter)
    assert (draft.text, draft.faithful) == (text, True)
    drafts.write(path, text + "c = 3\n", draft.digest)
    newline = b"\r\n" if b"\r\n" in data else b"\n"
    assert path.read_bytes() == data + b"c = 3" + newline
    assert not kept(path)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a = '\xe9'\n", "a = 'é'\n"),
        (b"a = 1\rb = 2\r\n", "a = 1\nb = 2\n"),
        (b"# coding: klingon\na = 1\n", "# coding: klingon\na = 1\n"),
        (b"# coding: utf-8\n\xff\xfe\n", "# coding: utf-8\nÿþ\n"),
        (bytes(range(256)), None),
    ],
)
def test_bytes_that_cannot_be_held_are_kept_beside(path, starter, data, text):
    path.write_bytes(data)
    draft = drafts.read(path, starter)
    if text is not None:
        assert draft.text == text
    assert path.read_bytes() == data
    written = drafts.write(path, draft.text + "\nc = 3\n", draft.digest)
    assert path.read_bytes().decode("utf-8").rstrip().endswith("c = 3")
    if not draft.faithful:
        assert kept(path) == [data]
        assert written.kept is not None
        assert not written.conflict


def test_a_letter_that_the_declared_encoding_lacks(path, starter):
    path.write_bytes(b"#!/usr/bin/python\n# coding: latin-1\na = '\xe9'\n")
    draft = drafts.read(path, starter)
    drafts.write(path, draft.text + "b = '√'\n", draft.digest)
    text = path.read_bytes().decode("utf-8")
    assert text == "#!/usr/bin/python\n# coding: utf-8\na = 'é'\nb = '√'\n"
    assert drafts.read(path, starter).text == text


def test_a_megabyte(path, starter):
    text = "x = 'yellow brick road'\n" * (1 << 20 >> 4)
    assert len(text) > 1 << 20
    drafts.write(path, text, None)
    assert drafts.read(path, starter).text == text


def test_far_too_large_is_left_alone(path, starter):
    with path.open("wb") as file:
        file.truncate(drafts.LARGEST + 1)
    with pytest.raises(SavesError, match="larger than 16 MB"):
        drafts.read(path, starter)
    with pytest.raises(SavesError, match="larger than 16 MB"):
        drafts.write(path, "a = 1\n", None)
    assert path.stat().st_size == drafts.LARGEST + 1


def test_a_folder_in_its_place_is_said(path, starter):
    path.mkdir()
    with pytest.raises(SavesError, match="cannot be read"):
        drafts.read(path, starter)


def test_when_both_sides_changed_neither_is_lost(path, starter):
    seen = drafts.read(path, starter).digest
    path.write_text("theirs = 1\n")
    written = drafts.write(path, "mine = 1\n", seen)
    assert written.conflict
    assert written.kept.read_text() == "theirs = 1\n"
    assert path.read_text() == "mine = 1\n"


def test_the_same_change_on_both_sides_is_no_conflict(path, starter):
    seen = drafts.read(path, starter).digest
    path.write_text("same = 1\n")
    assert not drafts.write(path, "same = 1\n", seen).conflict
    assert not kept(path)


def test_kept_copies_do_not_overwrite_each_other(path):
    names = {drafts.keep(path, data) for data in (b"1", b"2", b"3", b"2")}
    assert len(names) == 3
    assert sorted(kept(path)) == [b"1", b"2", b"3"]


def test_a_link_keeps_pointing_where_it_did(path, starter, tmp_path):
    elsewhere = tmp_path / "project.py"
    elsewhere.write_text("a = 1\n")
    path.symlink_to(elsewhere)
    drafts.write(path, "a = 2\n", drafts.read(path, starter).digest)
    assert path.is_symlink()
    assert elsewhere.read_text() == "a = 2\n"


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_and_survive_an_edit(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("draft")
    path, starter = folder / "a.py", folder / "starter.py"
    path.write_bytes(data)
    draft = drafts.read(path, starter)
    assert drafts.write(path, draft.text, draft.digest).kept is None
    assert path.read_bytes() == data
    drafts.write(path, draft.text + "# more\n", draft.digest)
    again = drafts.read(path, starter)
    assert again.text.replace("utf-8", "") == (draft.text + "# more\n").replace("utf-8", "") or (
        again.faithful
    )
    if not draft.faithful:
        assert kept(path) == [data]
