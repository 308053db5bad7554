"""A report as one HTML file that needs nothing beside it: no script, no font, no address."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from oz import tongue
from oz.markdown import parser
from oz.report.drawing import img, in_words, svg
from oz.report.model import KeptModel, Report, SpellReport, StageReport
from oz.report.text import facts, model_facts, spell_facts
from oz.tongue import _

_STYLE = """
:root { color-scheme: light dark; --ink: #2a2620; --paper: #fbf7ec; --soft: #6d6557;
  --line: #d8cfba; --now: #1f7a4d; --before: #b3a78c; --wrong: #a3341f; --code: #f1ead9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e2d4; --paper: #1b1a17; --soft: #a59c8a;
  --line: #45403a; --now: #63c793; --before: #6b6458; --wrong: #ea8a76; --code: #26241f; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.2rem 4rem; max-width: 46rem; color: var(--ink);
  background: var(--paper); font: 1.05rem/1.6 Georgia, "Iowan Old Style", serif; }
h1 { font-weight: normal; font-size: 2rem; line-height: 1.2; margin: 0 0 .5rem; }
h2 { font-weight: normal; font-size: 1.4rem; border-top: 1px solid var(--line);
  margin: 2.5rem 0 .5rem; padding-top: 1.2rem; }
h2 small, .facts, figcaption, .teaches { color: var(--soft); font-size: .9rem; }
ol.road { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1rem; }
ol.road a { color: inherit; }
details { border: 1px solid var(--line); border-radius: .4rem; margin: .6rem 0;
  padding: .4rem .9rem; }
summary { cursor: pointer; }
pre { background: var(--code); padding: .8rem; overflow-x: auto; font-size: .85rem;
  line-height: 1.45; }
code, pre { font-family: ui-monospace, "DejaVu Sans Mono", monospace; }
svg.curve { width: 100%; height: auto; }
svg text { fill: var(--soft); font: 11px ui-monospace, monospace; }
.axis { fill: none; stroke: var(--line); }
.now { fill: none; stroke: var(--now); stroke-width: 2; }
.before { fill: none; stroke: var(--before); stroke-width: 1; }
.broken { stroke: var(--wrong); stroke-dasharray: 4 3; }
figure { display: inline-block; margin: .5rem 1rem .5rem 0; }
img { image-rendering: pixelated; border: 1px solid var(--line); }
.met { border-left: 3px solid var(--wrong); padding-left: .8rem; margin: .6rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
td, th { text-align: left; padding: .2rem .8rem .2rem 0; border-bottom: 1px solid var(--line); }
@media print { details { break-inside: avoid; } }
"""


def as_page(report: Report) -> str:
    """The whole report as HTML."""
    title = _("{title}: the journey of {journey}")
    title = escape(title.format(title=report.title, journey=report.journey))
    return (
        f'<!doctype html>\n<html lang="{tongue.language()}"><head><meta charset="utf-8"/>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"/>'
        f"<title>{title}</title><style>{_STYLE}</style></head><body>\n"
        f'<h1>{title}</h1>\n<p class="facts">{escape(facts(report))}</p>\n'
        f"{_road(report)}{''.join(map(_stage, _numbered(report)))}{_models(report.models)}"
        "</body></html>\n"
    )


def _numbered(report: Report) -> Iterable[tuple[int, StageReport]]:
    """The stages with the numbers by which the page refers to them."""
    return enumerate(report.stages, start=1)


def _road(report: Report) -> str:
    places = "".join(
        f'<li><a href="#stage-{number}">{escape(stage.title)}</a> '
        f'<span class="facts">{stage.passed}/{stage.of}</span></li>'
        for number, stage in _numbered(report)
    )
    return f'<ol class="road">{places}</ol>\n' if places else ""


def _stage(numbered: tuple[int, StageReport]) -> str:
    number, stage = numbered
    teaches = ", ".join(f"<code>{escape(name)}</code>" for name in stage.teaches)
    met = _("Met here: {teaches}.").format(teaches=teaches)
    met = f'<p class="teaches">{met}</p>' if teaches else ""
    proven = _(", proven by its trial") if stage.proven else ""
    done = _("{passed} of {of} spells").format(passed=stage.passed, of=stage.of)
    return (
        f'<section id="stage-{number}"><h2>{escape(stage.title)} '
        f"<small>{escape(stage.topic)}, {done}{proven}</small></h2>\n"
        f"{''.join(map(_markdown, stage.learned))}"
        f"{met}\n"
        f"{''.join(map(_spell, stage.spells))}</section>\n"
    )


def _spell(spell: SpellReport) -> str:
    told = f'<span class="facts">{escape(spell_facts(spell))}</span>'
    parts = [f"<details><summary>{escape(spell.title)} {told}</summary>"]
    for place, curve in enumerate(spell.curves):
        drawn = svg(curve, spell.before if place == 0 else ())
        parts.append(f"{drawn}<p class='facts'>{escape(in_words(curve))}</p>")
    parts += map(img, spell.pictures)
    for message, count in spell.mistakes:
        often = _("{count} times").format(count=count)
        times = f" <span class='facts'>{often}</span>" if count > 1 else ""
        parts.append(f'<div class="met">{_markdown(message)}{times}</div>')
    if spell.code:
        parts.append(f"<pre><code>{escape(spell.code)}</code></pre>")
    return "".join(parts) + "</details>\n"


def _models(models: tuple[KeptModel, ...]) -> str:
    if not models:
        return ""
    made = _("What was made")
    return f"<section><h2>{made}</h2>\n" + "".join(map(_model, models)) + "</section>\n"


def _model(model: KeptModel) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code></td><td>{' × '.join(map(str, shape)) or _('scalar')}"
        "</td></tr>"
        for name, shape in model.tensors
    )
    head = f"<tr><th>{_('tensor')}</th><th>{_('shape')}</th></tr>"
    table = f"<table>{head}{rows}</table>" if rows else ""
    return (
        f"<details><summary><code>{escape(model.name)}</code> "
        f'<span class="facts">{escape(model_facts(model))}</span></summary>{table}</details>\n'
    )


def _markdown(text: str) -> str:
    # what the player or a lesson wrote is never HTML: the parser knows no such thing
    return str(parser().render(text))
