"""Lesson packs of other distributions: really installed ones, found, played and refused."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from oz.campaign.packs import NoPack, name_of, packs, root_of
from oz.cli import main

GOOD = Path(__file__).with_name("good")


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Path]]:
    """Puts a distribution with a pack where Python finds it, as an installer would."""
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    made: list[str] = []

    def place(name: str, code: str = "", entry: str = "") -> Path:
        module = f"pack_{name}"
        made.append(module)
        package = site / module
        shutil.copytree(GOOD, package / "lessons")
        (package / "__init__.py").write_text(code, "utf-8")
        info = site / f"oz_{name}-1.2.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: oz-{name}\nVersion: 1.2\n")
        (info / "entry_points.txt").write_text(f"[oz.lessons]\n{name} = {module}{entry}\n")
        return package / "lessons"

    yield place
    for module in made:
        sys.modules.pop(module, None)


def run(capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main(list(args))
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


def test_a_package_is_found_by_its_name(install: Callable[..., Path]) -> None:
    lessons = install("snow")
    assert [(p.name, p.distribution, p.version) for p in packs() if p.name == "snow"] == [
        ("snow", "oz-snow", "1.2")
    ]
    assert root_of("snow") == lessons
    assert name_of(lessons) == "pack_snow"


def test_a_function_may_give_the_folder(install: Callable[..., Path]) -> None:
    code = "from pathlib import Path\ndef here():\n    return Path(__file__).parent / 'lessons'\n"
    assert root_of("ice") if install("ice", code, ":here") else None


@pytest.mark.parametrize(
    ("code", "entry", "says"),
    [
        ("raise RuntimeError('the snow has melted')", "", "the snow has melted"),
        ("here = 7", ":here", "neither a package nor a function"),
        ("def here():\n    return '/nowhere'", ":here", "no campaign.toml"),
        ("", ":gone", "cannot be opened"),
    ],
)
def test_what_cannot_be_had_is_said(
    install: Callable[..., Path], code: str, entry: str, says: str
) -> None:
    install("mud", code, entry)
    with pytest.raises(NoPack, match=says):
        root_of("mud")


def test_a_name_that_nobody_has_is_refused_with_those_there_are(
    install: Callable[..., Path], capsys: pytest.CaptureFixture[str]
) -> None:
    install("snow")
    code, _, err = run(capsys, "list", "--lessons", "slush")
    assert code == 2
    assert "no folder and no lesson pack 'slush'" in err
    assert "'snow'" in err


def test_a_pack_for_another_format_is_refused_clearly(
    install: Callable[..., Path], capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    top = install("snow") / "campaign.toml"
    top.write_text(top.read_text("utf-8").replace("format = 1", "format = 99", 1), "utf-8")
    code, out, _ = run(capsys, "lessons", "packs", "--json")
    (told,) = [pack for pack in json.loads(out)["packs"] if pack["name"] == "snow"]
    assert (code, told["spells"]) == (0, 0)
    assert "format 99" in told["error"]
    code, _, err = run(capsys, "lessons", "play", "snow", "--saves", str(tmp_path / "saves"))
    assert code == 1
    assert "format 99" in err
    assert "Traceback" not in err
    assert not (tmp_path / "saves").exists()


def test_a_pack_is_played_in_a_journey_of_its_own(
    install: Callable[..., Path],
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    install("snow")
    lines = tmp_path / "lines"
    lines.write_text("look\nquit\n")
    saves = tmp_path / "saves"
    (saves / "dorothy").mkdir(parents=True)
    with lines.open() as typed:
        monkeypatch.setattr(sys, "stdin", typed)
        code, out, _ = run(capsys, "lessons", "play", "snow", "--plain", "--saves", str(saves))
    assert code == 0
    assert "itchen" in out
    assert (saves / "pack_snow" / "journey.sqlite3").is_file()
    assert not (saves / "dorothy" / "journey.sqlite3").exists()
    code, out, _ = run(capsys, "list", "--lessons", "snow", "--json")
    assert json.loads(out)["stages"][0]["id"] == "kansas"
