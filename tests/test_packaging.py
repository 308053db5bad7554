"""The wheel: it carries the lessons, and the game works where there is no checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from oz import __version__

ROOT = Path(__file__).resolve().parent.parent
pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("packaging"),  # one wheel and one environment for all
]


def run(*command: str | Path, cwd: Path, **options: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
        **options,  # type: ignore[call-overload]
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", folder, ROOT, cwd=folder)
    (built,) = folder.glob("*.whl")
    return Path(built)


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel, and with what this one has besides Oz."""
    folder = tmp_path_factory.mktemp("installed") / "venv"
    venv.create(folder, with_pip=True)
    bin = folder / ("Scripts" if os.name == "nt" else "bin")
    run(bin / "python", "-m", "pip", "install", "--no-deps", "--no-index", wheel, cwd=folder)
    (site,) = {Path(p) for p in folder.rglob("site-packages")}
    # A plain path: the editable install of the checkout, a .pth file itself, stays out of it.
    (site / "shared.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return bin


def test_the_wheel_carries_all_lessons_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    tracked = run("git", "ls-files", "lessons", cwd=ROOT).stdout.split()
    missing = {f"oz/_{name}" for name in tracked if (ROOT / name).is_file()} - names
    assert not missing
    assert not [name for name in names if "__pycache__" in name or name.startswith("tests")]
    assert any(name.endswith("licenses/LICENSE") for name in names)
    for data in (
        "oz/lessons_check/grammar.toml",
        "oz/tui/app.tcss",
        "oz/crucible/child/explain.toml",
        "oz/crucible/child/explain.de.toml",
        "oz/locale/de/LC_MESSAGES/oz.mo",
    ):
        assert data in names


def test_the_installed_game_lists_its_lessons(installed: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in {"OZ_LESSONS", "PYTHONPATH"}}
    environment["HOME"] = environment["XDG_DATA_HOME"] = str(tmp_path)
    environment.pop("OZ_SAVES", None)
    where = run(installed / "python", "-c", "import oz; print(oz.__file__)", cwd=tmp_path).stdout
    assert str(installed.parent) in where
    assert run(installed / "oz", "--version", cwd=tmp_path).stdout.strip() == f"oz {__version__}"
    told = json.loads(run(installed / "oz", "list", "--json", cwd=tmp_path, env=environment).stdout)
    assert [stage["id"] for stage in told["stages"]][:2] == ["kansas", "munchkins"]
    saves = json.loads(
        run(installed / "oz", "journeys", "--json", cwd=tmp_path, env=environment).stdout
    )
    assert saves["journeys"] == []
    assert saves["saves"].startswith(str(tmp_path))


def test_the_installed_game_plays_in_a_pipe(installed: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k not in {"OZ_LESSONS", "PYTHONPATH"}}
    environment["OZ_SAVES"] = str(tmp_path / "saves")
    played = run(
        installed / "oz", cwd=tmp_path, env=environment, input="look\nexamine table\nquit\n"
    )
    assert "The prairie is one number" in played.stdout
    assert (tmp_path / "saves" / "dorothy" / "journey.sqlite3").is_file()
