"""``oz export`` and ``oz import``, with real models."""

from __future__ import annotations

import io
import json
import pickle
import zipfile
from pathlib import Path

import pytest

from oz.cli import main
from oz.saves import Journey, journeys
from oz.saves.listing import summary


class Evil:
    """What a pickle runs when it is loaded."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self) -> tuple[object, ...]:
        return open, (str(self.mark), "w")


@pytest.fixture
def saves(tmp_path: Path) -> Path:
    with Journey.open(tmp_path / "saves" / "dorothy") as journey:
        journey.add_turn("look", "A kitchen.", "{}")
    return tmp_path / "saves"


def oz(capsys: pytest.CaptureFixture[str], *args: str | Path) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(arg) for arg in args])
    assert isinstance(left.value.code, int)
    return left.value.code, *capsys.readouterr()


def test_a_journey_is_carried(
    saves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "out.oz"
    code, out, _ = oz(capsys, "export", "dorothy", file, "--saves", saves)
    assert code == 0
    assert str(file) in out
    code, out, _ = oz(capsys, "import", file, "--saves", saves)
    assert code == 0
    assert "The journey 'dorothy 2' is here: 1 turns, 0 attempts." in out
    code, out, _ = oz(capsys, "import", file, "--name", "toto", "--saves", saves, "--json")
    assert json.loads(out)["journey"] == "toto"


def test_a_file_alone_is_no_journey(
    saves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there").mkdir()
    for file in ("away.oz", "there/away"):
        code, out, _ = oz(capsys, "export", file, "--saves", saves)
        assert code == 0
        assert "The journey 'dorothy' is in" in out
        assert (tmp_path / file).is_file()
    code, _, err = oz(capsys, "export", "toto", "--saves", saves)
    assert (code, "There is no journey 'toto'" in err) == (2, True)


def test_a_copy_is_not_played_last_and_counts_its_turns_as_the_listing_does(
    saves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with Journey.open(saves / "dorothy") as journey:
        journey.add_turn("look", "A kitchen.", "{}")
        journey.note(summary=summary(stage="Kansas", room="Kitchen", score=0, max_score=9, turns=1))
    file = tmp_path / "out.oz"
    oz(capsys, "export", "dorothy", file, "--saves", saves)
    _, out, _ = oz(capsys, "import", file, "--saves", saves)
    assert "1 turns" in out
    known = journeys(saves)
    assert [info.name for info in known] == ["dorothy", "dorothy 2"]
    assert known[1].turns == 1


def test_what_stays_behind_is_told_on_both_sides(
    saves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (saves / "dorothy" / "models" / "home.pt2").write_bytes(b"program")
    (saves / "dorothy" / "models" / "notes").write_bytes(b"mine")
    told = "Cast *The silver shoes* there, and it is made again"
    _, out, _ = oz(capsys, "export", "dorothy", tmp_path / "out.oz", "--saves", saves)
    assert "Not in it: 'home.pt2'" in out
    assert told in out
    assert "Not in it: 'notes'" in out
    _, out, _ = oz(capsys, "import", tmp_path / "out.oz", "--saves", saves)
    assert "Not come along: 'home.pt2'. " + told in out


def test_models_that_are_more_than_weights_are_left_out(
    saves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    torch = pytest.importorskip("torch")
    from safetensors.torch import save_file

    models = saves / "dorothy" / "models"
    torch.save({"w": torch.ones(2)}, models / "good.pt")
    (models / "evil.pt").write_bytes(pickle.dumps(Evil(tmp_path / "ran")))
    evil = io.BytesIO()
    torch.save(Evil(tmp_path / "ran"), evil)
    (models / "evil2.pt").write_bytes(evil.getvalue())
    (models / "noise.pt").write_bytes(b"no model at all")
    save_file({"w": torch.ones(2)}, models / "good.safetensors")
    (models / "noise.safetensors").write_bytes(b"no model at all")
    (models / "noise.onnx").write_bytes(b"no model at all")
    oz(capsys, "export", "dorothy", tmp_path / "out.oz", "--saves", saves)
    code, out, _ = oz(
        capsys, "import", tmp_path / "out.oz", "--name", "toto", "--saves", saves, "--json"
    )
    assert code == 0
    said = json.loads(out)
    good = ["good.pt", "good.safetensors"]
    assert said["models"] == good
    assert said["left_out"] == [
        "evil.pt",
        "evil2.pt",
        "noise.onnx",
        "noise.pt",
        "noise.safetensors",
    ]
    assert sorted(path.name for path in (saves / "toto" / "models").iterdir()) == good
    assert not (tmp_path / "ran").exists()


def test_what_cannot_be_done_is_said(
    saves: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert oz(capsys, "export", "--saves", tmp_path / "none")[0] == 2
    assert oz(capsys, "export", "toto", "--saves", saves)[0] == 2
    with zipfile.ZipFile(tmp_path / "bad.oz", "w") as bad:
        bad.writestr("../evil.py", "evil")
    code, _, err = oz(capsys, "import", tmp_path / "bad.oz", "--saves", saves)
    assert code == 1
    assert "has a file in it that no journey has" in err
    assert "Traceback" not in err
