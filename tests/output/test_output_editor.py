"""Finding the person's editor, and keeping a text while it is in there."""

import os
import stat
from pathlib import Path

import pytest

from ptrack.errors import PtrackError, UnreadableError, UsageError
from ptrack.output.editor import Draft, edit_file, editor_words
from ptrack.output.texts import text_in

TERMINAL = {"TERM": "xterm"}


def script(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o700)
    return path


def test_visual_goes_before_editor_but_not_on_a_dumb_terminal() -> None:
    said = {"VISUAL": "code --wait", "EDITOR": "ed -p '> '"}
    assert editor_words(TERMINAL | said) == ["code", "--wait"]
    assert editor_words({"TERM": "dumb", **said}) == ["ed", "-p", "> "]
    assert editor_words(said) == ["ed", "-p", "> "]
    assert editor_words(TERMINAL | {"VISUAL": " ", "EDITOR": "ed"}) == ["ed"]


def test_a_path_with_spaces_may_stand_as_it_is_or_in_quotes(tmp_path: Path) -> None:
    editor = script(tmp_path / "My Editor" / "ed it", "exit 0")
    assert editor_words(TERMINAL | {"EDITOR": str(editor)}) == [str(editor)]
    assert editor_words(TERMINAL | {"EDITOR": f"'{editor}' -w"}) == [str(editor), "-w"]
    with pytest.raises(UsageError, match="a quote in it is not closed"):
        editor_words(TERMINAL | {"EDITOR": "'ed"})


def test_without_a_word_the_usual_one_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match="There is no editor here"):
        editor_words(TERMINAL)
    nano = script(tmp_path / "nano", "exit 0")
    assert editor_words(TERMINAL) == [str(nano)]
    with pytest.raises(UsageError, match="This terminal can show no editor"):
        editor_words({"TERM": "dumb"})


def test_the_file_is_its_owner_s_and_goes_only_when_it_is_told_to(tmp_path: Path) -> None:
    draft = Draft(tmp_path, "program-7-", "one\n")
    assert draft.path.parent == tmp_path
    assert stat.S_IMODE(draft.path.stat().st_mode) == 0o600
    assert draft.says("one")
    assert not draft.says("two")
    draft.discard()
    draft.discard()
    assert draft.says("whatever is gone")


def test_where_the_folder_may_not_be_written_another_place_is_taken(tmp_path: Path) -> None:
    draft = Draft(tmp_path / "nowhere", "program-7-", "one\n")
    assert draft.path.read_text() == "one\n"
    draft.discard()


@pytest.mark.parametrize(
    ("does", "error", "said"),
    [
        ("exit 3", PtrackError, "ended with status 3"),
        ("kill -9 $$", PtrackError, "was ended by signal 9"),
        ("printf 'a\\0b' > \"$1\"", UnreadableError, "zero bytes"),
        ("printf '\\377\\376' > \"$1\"", UnreadableError, "no text in UTF-8"),
        ('head -c 1000001 /dev/zero | tr "\\0" x > "$1"', UnreadableError, "far too large"),
        ('rm "$1"', UnreadableError, "cannot be read"),
    ],
)
def test_an_editor_that_fails_is_told_of(
    does: str, error: type[PtrackError], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("VISUAL", str(script(tmp_path / "editor", does)))
    with pytest.raises(error, match=said):
        Draft(tmp_path, "program-7-", "one\n").edit()


def test_an_editor_that_is_not_there_is_told_of(tmp_path: Path) -> None:
    for words in (str(tmp_path / "nothing"), str(tmp_path)):
        with pytest.raises(UsageError, match="cannot be started"):
            edit_file(tmp_path / "x", {"EDITOR": words, **TERMINAL})


def test_what_the_editor_wrote_is_read_whatever_its_line_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("VISUAL", str(script(tmp_path / "editor", "printf '\\357\\273\\277a\\r\\n' > \"$1\"")))
    assert Draft(tmp_path, "program-7-", "one\n").edit() == "a\r\n"


def test_a_text_that_is_none_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="Is a directory"):
        text_in(str(tmp_path))
    (tmp_path / "pipe").write_bytes(b"\0")
    with pytest.raises(UnreadableError, match="zero bytes"):
        text_in(os.fspath(tmp_path / "pipe"))
