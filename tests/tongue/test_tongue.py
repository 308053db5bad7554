"""Which language is spoken, and who says so."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest

from oz import tongue

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of its own, no language chosen, and English afterwards."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    for name in ("OZ_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(tongue, "_code", tongue.ENGLISH)
    monkeypatch.setattr(tongue, "_spoken", tongue._spoken)
    return tmp_path


def oz(*args: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "oz", *args], capture_output=True, text=True, check=False,
        cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1", **env},
    )  # fmt: skip


def test_a_chosen_language_is_spoken_and_handed_on(monkeypatch):
    monkeypatch.setenv("OZ_LANGUAGE", "")
    tongue.choose("de")
    assert tongue.language() == "de"
    assert tongue._("Taken.") == "Genommen."
    assert tongue.ngettext("{n} hour", "{n} hours", 2) == "{n} Stunden"
    assert os.environ["OZ_LANGUAGE"] == "de"


def test_what_nobody_speaks_is_english():
    tongue.choose("xx")
    assert (tongue.language(), tongue._("Taken.")) == ("en", "Taken.")


def test_a_language_is_kept_beside_other_settings(own_home):
    settings = own_home / "config" / "oz" / "settings.json"
    assert tongue.kept() == ""
    assert tongue.keep("de")
    assert tongue.kept() == "de"
    settings.write_text(json.dumps({"theme": "light", "language": "de"}), "utf-8")
    assert tongue.keep("en")
    assert json.loads(settings.read_text("utf-8")) == {"theme": "light", "language": "en"}


@pytest.mark.parametrize("broken", ["", "[1]", '{"language": 3}', '{"language": "xx"}', "\x00"])
def test_a_broken_file_of_settings_chooses_nothing(own_home, broken):
    settings = own_home / "config" / "oz" / "settings.json"
    settings.parent.mkdir(parents=True)
    settings.write_text(broken, "utf-8")
    assert tongue.kept() == ""


def test_one_line_is_said_where_the_system_speaks_german(monkeypatch):
    assert tongue.invitation() == ""
    monkeypatch.setenv("LANG", "de_AT.UTF-8")
    assert "--language de" in tongue.invitation()
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert tongue.invitation() == ""


def test_and_not_where_a_language_was_chosen(monkeypatch):
    monkeypatch.setenv("LANG", "de_DE.UTF-8")
    tongue.keep("en")
    assert tongue.invitation() == ""


def test_the_command_line_speaks_the_language_it_is_told():
    assert "Ein Textadventure" in oz("--language", "de", "--help").stdout
    assert "Nennt die Etappen" in oz("list", "--help", "--language=de").stdout
    assert "A text adventure" in oz("--language", "en", "--help", OZ_LANGUAGE="de").stdout
    assert "A text adventure" in oz("--help", LANG="de_DE.UTF-8").stdout


def test_an_unknown_language_is_misuse():
    told = oz("--language", "xx", "--help")
    assert (told.returncode, told.stdout) == (2, "")
    assert "does not speak 'xx'" in told.stderr


def test_the_setting_holds_from_the_next_start():
    tongue.keep("de")
    assert "Ein Textadventure" in oz("--help").stdout


def test_click_says_the_rest_in_it():
    """Its own sentences too, and no word of the lists that the game prints is English."""
    told = oz("--language", "de", "--help").stdout
    for german in ("Aufruf: oz", "Optionen:", "Befehle:", "Diese Hilfe zeigen", "Für alle, die an"):
        assert german in told
    for args, german in (
        (("report", "--nope"), "Keine Option „--nope“."),
        (("watch", "--journey"), "Die Option „--journey“ braucht ein Argument."),
        (("import", "nowhere.oz"), "Datei „nowhere.oz“ gibt es nicht."),
        (("stats", "a", "b"), "Ein Argument zu viel (b)"),
    ):
        done = oz(*args, OZ_LANGUAGE="de")
        assert done.returncode == 2
        assert german in done.stderr
    assert "Usage: oz" in oz("--help").stdout


def test_the_list_and_the_journeys_are_german(own_home):
    saves = str(own_home / "saves")
    oz("play", "d", "--plain", OZ_LANGUAGE="de", OZ_SAVES=saves)
    told = oz("list", OZ_LANGUAGE="de", OZ_SAVES=saves).stdout
    for german in ("(vorhersagen)", "(flicken)", "(zaubern)", "(Kern)", "· noch nicht offen"):
        assert german in told
    assert "predict" not in told
    assert "zuletzt gespielt" in oz("journeys", OZ_LANGUAGE="de", OZ_SAVES=saves).stdout


def test_days_are_told_as_the_language_does(monkeypatch):
    when = datetime(2026, 11, 23, 13, 20)  # noqa: DTZ001 - what a clock on the wall says
    assert tongue.short(when) == "23 Nov 13:20"
    monkeypatch.setenv("OZ_LANGUAGE", "")
    tongue.choose("de")
    assert tongue.short(when) == "23.11. 13:20"
