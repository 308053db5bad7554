"""A training in lines: its progress, its latest numbers, gradients layer by layer, small curves.

Pure: what was heard (`oz.crucible.training.Heard`), a width and a time go in, `Content` comes out.
Styles are theme variables, and whatever they say is also said by a sign and a word.
"""

from __future__ import annotations

import math

from textual.content import Content

from oz.crucible.model import Progress
from oz.crucible.training import (
    ASCII_BLOCKS,
    BLOCKS,
    Heard,
    Norm,
    broken,
    duration,
    sparkline,
    spoken,
)
from oz.tongue import _

LOW, HIGH = -7, 3
"""Decades at the two ends of a gradient's bar."""
SIGNS = {"exploding": "▲", "vanishing": "▼", "none": "○", "not finite": "‼"}
_ALARMING = ("not finite", "exploding", "vanishing", "none")
_LABELS = {
    "none": _("no gradient"), "exploding": _("exploding"), "vanishing": _("vanishing"),
    "not finite": _("not finite"),
}  # fmt: skip
KINDS = {**_LABELS, "none": _("none")}
"""What may be wrong with gradients, after the word."""
_LIVE = ("grad_norm", "lr", "steps_per_second")
_NAME, _VALUE = 12, 7


def progress(heard: Heard, width: int, now: float, running: str) -> Content:
    """How far it is, as a bar in words, and how long it will take; `running` where nobody says."""
    share, left = heard.share, heard.left(now)
    bars = heard.bars
    if share is None:
        told = " · ".join([running, *(_counted(bar) for bar in bars)])
        return Content.styled(told, "$secondary")
    words = [f"{share:.0%}", *(_counted(bar) for bar in bars)]
    if left is not None:
        words.append(_("about {duration} left").format(duration=duration(left)))
    elif share >= 1.0:
        words.append(_("done"))
    text = " " + " · ".join(words)
    room = max(4, min(30, width - len(text)))
    full = round(share * room)
    return Content.assemble(
        ("━" * full, "$secondary bold"), ("─" * (room - full), "$muted"), (text, "$foreground")
    )


def _counted(bar: Progress) -> str:
    total = _(" of {total:,}").format(total=bar.total) if bar.total else ""
    return f"{bar.label or _('round')} {bar.done:,}{total}"


def numbers(heard: Heard) -> str:
    """The latest numbers in a line, and since when something is no number any more."""
    told = [_("step {step:,}").format(step=heard.step)]
    names = dict.fromkeys((*heard.main, *_LIVE))
    told += [_latest(name, heard.latest[name]) for name in names if name in heard.latest]
    if heard.broke:
        told.append(f"‼ {broken(*heard.broke[0])}")
    return " · ".join(told)


def _latest(name: str, value: float) -> str:
    if name == "steps_per_second":
        return _("{value:.3g} steps/s").format(value=value)
    number = f"{value:.4g}" if math.isfinite(value) else _no_number(value)
    return f"{spoken(name)} {number}"


def _no_number(value: float) -> str:
    return "NaN" if math.isnan(value) else "inf"


def beside(heard: Heard, width: int, height: int, *, ascii_only: bool = False) -> Content | None:
    """What stands beside the curve, in `height` lines: gradients, then the player's own numbers.
    `None` where there is neither."""
    others = heard.others[: max(0, height - 3)]
    rows = min(len(heard.norms), height - len(others) - (2 if others else 1))
    lines = _gradients(heard, width, max(0, rows)) if heard.norms and height >= 3 else []
    if others and lines:
        lines.append(Content(""))
    for name in others:
        lines.append(_small_curve(heard, name, width, ascii_only=ascii_only))
    return Content("\n").join(lines[:height]) if lines else None


def _small_curve(heard: Heard, name: str, width: int, *, ascii_only: bool) -> Content:
    value = f"{heard.latest[name]:>{_VALUE}.4g}" if name in heard.latest else ""
    blocks = ASCII_BLOCKS if ascii_only else BLOCKS
    room = max(4, width - _NAME - len(value) - 2)
    drawn = sparkline(heard.curves[name].values, room, blocks=blocks)
    return Content.assemble(
        f"{_short(spoken(name))} ", (f"{drawn:<{room}}", "$accent"), (f" {value}", "$foreground")
    )


# --- gradients --------------------------------------------------------------------------------


def _gradients(heard: Heard, width: int, rows: int) -> list[Content]:
    """A head, or the alarm in its place, and a bar for each of the layers that have room."""
    alarms = heard.alarms
    worst = next((kind for kind in _ALARMING if kind in alarms), "")
    if worst:
        names = alarms[worst]
        more = _(" and {count} more").format(count=len(names) - 1) if len(names) > 1 else ""
        text = f"{SIGNS[worst]} {_LABELS.get(worst, worst)}: {names[0]}{more}"
        head = Content.styled(text[:width], "$error bold")
    else:
        text = _("gradients, 1e{LOW} to 1e{HIGH}, log scale").format(LOW=LOW, HIGH=HIGH)
        head = Content.styled(text if len(text) <= width else _("gradients, log scale"), "$muted")
    shown = _most_telling(heard, rows)
    lines = [head, *(_bar(name, heard.norms[name], heard.alarm(name), width) for name in shown)]
    if len(shown) < len(heard.norms) and rows > 1:
        left = len(heard.norms) - len(shown) + 1
        lines[-1] = Content.styled(_("… and {left} more layers").format(left=left), "$muted")
    return lines


def _most_telling(heard: Heard, rows: int) -> list[str]:
    """As many layers as there are rows, in the model's order: alarming ones are among them, and
    weights before biases."""
    norms = heard.norms
    if len(norms) <= rows:
        return list(norms)

    def rank(name: str) -> tuple[int, int]:
        alarm = heard.alarm(name)
        urgent = _ALARMING.index(alarm) if alarm else len(_ALARMING)
        return urgent, int(name.endswith("bias"))

    chosen = set(sorted(norms, key=rank)[:rows])
    return [name for name in norms if name in chosen]


def _bar(name: str, norm: Norm, alarm: str, width: int) -> Content:
    room = max(4, width - _NAME - _VALUE - 4)
    sign = SIGNS.get(alarm, " ")
    if math.isfinite(norm.latest):
        drawn, value = _length(norm.latest, room), f"{norm.latest:.1e}"
    else:
        drawn, value = "!" * room, _no_number(norm.latest)
    style = "$error bold" if alarm in {"exploding", "not finite"} else "$secondary"
    style = "$warning" if alarm in {"vanishing", "none"} else style
    return Content.assemble(
        f"{_short(name)} ", (f"{drawn:<{room}}", style), f" {value:>{_VALUE}} ", (sign, style)
    )


def _length(value: float, room: int) -> str:
    """A bar on a log scale, in eighths of a cell; a norm beyond the scale fills it."""
    if value <= 0:
        return ""
    share = (math.log10(value) - LOW) / (HIGH - LOW)
    eighths = round(min(1.0, max(0.0, share)) * room * 8)
    return "█" * (eighths // 8) + " ▏▎▍▌▋▊▉"[eighths % 8].strip()


def _short(name: str) -> str:
    """The end of a name, which tells more than its beginning."""
    return f"{name:<{_NAME}}" if len(name) <= _NAME else "…" + name[-_NAME + 1 :]
