"""The report of a journey, from a real journey: as a page, as text, from the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from oz.campaign import Campaign, load
from oz.cli import main
from oz.report import KeptModel, as_page, as_text, gather
from oz.report.drawing import in_words, svg
from oz.saves import Attempt, Journey
from oz.saves.keepsakes import KeptCurve, KeptPicture
from oz.story import begin, dump, spell_passed

GOOD = Path(__file__).parents[1] / "lessons" / "good"
SPELL = "kansas/first-count"
FALLING = KeptCurve("loss", ((1.0, 2.0), (2.0, 1.0), (3.0, 0.5)))
BEFORE = KeptCurve("loss", ((1.0, 3.0), (2.0, 2.5)), broken=(3,))
PICTURE = KeptPicture("a <digit>", 2, 2, 1, bytes([0, 80, 160, 255]))
CODE = "hens = torch.arange(7)  # <b>seven</b> & no more\n"


@pytest.fixture(scope="module")
def campaign() -> Campaign:
    return load(GOOD)


@pytest.fixture
def folder(tmp_path: Path, campaign: Campaign) -> Iterator[Path]:
    """A journey in which one spell failed once and then passed."""
    world = campaign.world
    state = spell_passed(world, begin(world).state, SPELL).state
    with Journey.open(tmp_path / "dorothy") as journey:
        journey.add_attempt(Attempt(SPELL, "hens = 7", "failed", "off-by-one", 0.1))
        journey.keep(SPELL, 1, False, (BEFORE,))
        journey.add_attempt(Attempt(SPELL, CODE, "passed", None, 0.1))
        journey.keep(SPELL, 2, True, (FALLING, PICTURE))
        journey.add_turn("cast", "", json.dumps(dump(state)), step=True)
        (journey.models / "hens.pt").write_bytes(b"not looked at")
        yield journey.folder


class Page(HTMLParser):
    """What a browser would fetch, and which elements there are."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]
        self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag, f"</{tag}> closes nothing"


def test_the_page_is_whole_and_needs_nothing_beside_it(folder: Path, campaign: Campaign) -> None:
    text = as_page(gather(folder, campaign))
    page = Page(text)
    assert not page.open
    assert "script" not in page.tags
    assert all(address.startswith(("#", "data:image/png;")) for address in page.addresses)
    assert {"svg", "img", "details"} <= set(page.tags)


def test_what_the_player_wrote_is_shown_and_is_no_html(folder: Path, campaign: Campaign) -> None:
    text = as_page(gather(folder, campaign))
    assert "&lt;b&gt;seven&lt;/b&gt; &amp; no more" in text
    assert "a &lt;digit&gt;" in text


def test_attempts_curves_and_mistakes_are_in_both_twins(folder: Path, campaign: Campaign) -> None:
    report = gather(folder, campaign)
    (stage,) = report.stages
    (spell,) = stage.spells
    assert (spell.casts, spell.curves, spell.before) == (2, (FALLING,), (BEFORE,))
    assert spell.mistakes[0][1] == 1
    for text in (as_page(report), as_text(report)):
        assert "began at 2 and ended at 0.5" in text
        assert "2 casts" in text
        assert "hens.pt" in text
        assert campaign.spells[SPELL].title in text


def test_the_models_tensors_are_told_where_they_are_known(folder: Path, campaign: Campaign) -> None:
    report = gather(folder, campaign, {"hens.pt": [("weight", (3, 4)), ("bias", ())]})
    assert report.models == (KeptModel("hens.pt", 13, "", (("weight", (3, 4)), ("bias", ()))),)
    assert "13 numbers in 2 tensors" in as_text(report)
    assert "3 × 4" in as_page(report)


def test_a_new_journey_has_a_report_too(tmp_path: Path, campaign: Campaign) -> None:
    with Journey.open(tmp_path / "toto") as journey:
        report = gather(journey.folder, campaign)
    assert report.stages == ()
    assert "0 of" in as_text(report)
    Page(as_page(report))


@pytest.mark.parametrize(
    "curve",
    [
        KeptCurve("loss", ()),
        KeptCurve("loss", ((1.0, 1.0),), (2,)),
        KeptCurve("loss", ((1.0, 1.0), (1.0, 1.0))),
        KeptCurve("loss", ((1.0, -1.7e308), (2.0, 1.7e308))),
        KeptCurve("loss", ((1.0, 5e-324), (2.0, 1e300)), (7,)),
    ],
)
def test_no_curve_is_too_odd_to_be_told(curve: KeptCurve) -> None:
    assert "NaN" not in svg(curve, (FALLING,))
    assert "nan" not in svg(curve, (FALLING,))
    in_words(curve)


def test_the_command_writes_both_and_says_where(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "models" / "hens.pt").unlink()
    given = ["report", "dorothy", "--json", "--to", str(tmp_path / "out")]
    with pytest.raises(SystemExit) as left:
        main([*given, "--saves", str(tmp_path), "--lessons", str(GOOD)])
    assert left.value.code == 0
    said = json.loads(capsys.readouterr().out)
    assert Path(said["page"]).read_text("utf-8").startswith("<!doctype html>")
    assert "the journey of dorothy" in Path(said["text"]).read_text("utf-8")
