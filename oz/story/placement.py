"""Proving a stage instead of walking it: what is asked, and what stands once the trial has passed.

Who knows a stage's subject casts its trial at once. What the stage would have brought about stands
then as if it had been played, but nothing counts as done that was not: the spells that were left
out stay to be cast, and give their points only then. Knows `Play` and the effects; no verb, no
screen.
"""

from __future__ import annotations

from oz.story import stock
from oz.story.effects import arrive, carry_out, finish_stage, open_spell, score
from oz.story.events import Voice
from oz.story.model import Placement, Stage, World
from oz.story.play import Play
from oz.story.state import finished_mark

_QUIET = frozenset({"set", "clear", "move", "open", "close"})
"""Effects of a spell that was left out which stand all the same; what would be told, given or
gone to is not."""
_ONCE = frozenset({"arrive", "turn", "pass"})
"""Happenings that come of themselves, and would come too late."""


def asked(play: Play) -> bool:
    """'prove': say what would have to be shown and ask, or say why not; whether that was asked."""
    stage = play.world.stages.get(play.room.stage)
    placement = stage.placement if stage is not None else None
    refused = _refused(play, stage)
    if refused:
        return play.refuse(refused)
    assert stage is not None
    if after(play.world, stage.id) is None:
        return play.refuse(stock.PROVE_LAST.format(stage=stage.title))
    if placement is None:
        return play.refuse(stock.PROVE_NOT.format(stage=stage.title))
    form = stock.PROVE_SHOWN if placement.spell in play.state.passed else stock.PROVE
    question = form.format(
        stage=stage.title,
        topic=stage.topic,
        title=play.world.offers[placement.spell].title,
        proof=play.wording(placement.proof),
    )
    play.ask(question, {"kind": "prove", "stage": stage.id})
    return False


def _refused(play: Play, stage: Stage | None) -> str:
    """Why nothing can be proven here and now; empty where it can."""
    state = play.state
    if play.free:
        return stock.PROVE_ENDED
    if stage is None:
        return stock.PROVE_NOTHING
    if state.desk is not None and state.desk not in state.passed:
        if state.proving is not None:
            return stock.PROVE_THIS
        return stock.PROVE_DESK.format(title=_title(play.world, state.desk))
    front = _front(play)
    if stage.id in state.proven:
        said = stock.PROVE_PROVEN
    elif finished_mark(stage.id) in state.fired or play.done(stage):
        said = stock.PROVE_WALKED
    elif front is not stage:
        said = stock.PROVE_BEHIND
    else:
        return ""
    said = said.format(stage=stage.title)
    if front is not stage and not play.done(front):
        said = f"{said} {stock.PROVE_FRONT.format(stage=front.title)}"
    return said


def _front(play: Play) -> Stage:
    """The last stage that was begun."""
    stages = play.world.stages
    begun = [s for s in stages.values() if f"stage:{s.id}" in play.state.fired]
    return begun[-1] if begun else stages[play.room.stage]


def _title(world: World, spell: str) -> str:
    offer = world.offers.get(spell)
    return offer.title if offer is not None else spell


def after(world: World, stage: str) -> Stage | None:
    """The stage to which the road leads from `stage`."""
    order = list(world.stages.values())
    at = next((n for n, known in enumerate(order) if known.id == stage), len(order))
    return order[at + 1] if at + 1 < len(order) else None


def agreed(play: Play, stage: str) -> None:
    """'yes': open the desk of the trial; one that has passed before has shown what was to show."""
    placement = _placement(play.world, stage)
    if placement is None:
        play.refuse(stock.PROVE_NOTHING)
    elif placement.spell in play.state.passed:
        prove(play, stage)
    else:
        open_spell(play, placement.spell)
        play.change(proving=stage)


def proves(play: Play, spell: str) -> str | None:
    """The stage that `spell` proves if it passes now; `None`: it is cast as any other."""
    stage = play.state.proving
    placement = _placement(play.world, stage) if stage is not None else None
    if placement is None or placement.spell != spell or play.state.desk != spell:
        return None
    return stage


def _placement(world: World, stage: str) -> Placement | None:
    known = world.stages.get(stage)
    # where no stage follows there is nowhere to walk on to, whatever a damaged state says
    return known.placement if known is not None and after(world, stage) is not None else None


def prove(play: Play, stage: str) -> None:
    """The stage is proven: tell it, let stand what it would have brought about, and walk on."""
    placement, following = _placement(play.world, stage), after(play.world, stage)
    assert placement is not None
    assert following is not None
    left_out = [s for s in play.world.stages[stage].spells if s not in play.state.passed]
    play.change(passed=play.state.passed | {placement.spell}, proving=None, pending={})
    if placement.spell in left_out:
        _counts(play, placement.spell)
    play.tell(placement.told)  # what it says may depend on what was really done
    play.change(proven=play.state.proven | {stage})
    _settle(play, stage, left_out)
    carry_out(play, placement.do)
    finish_stage(play, stage)
    arrive(play, following.start)
    play.say(stock.PROVEN.format(stage=play.world.stages[stage].title), Voice.SYSTEM)
    if following.placement is not None and after(play.world, following.id) is not None:
        play.say(stock.PROVEN_HERE_TOO, Voice.CUE)


def _counts(play: Play, spell: str) -> None:
    """What a spell that was really cast gives, wherever that was: its points, what is noted."""
    offer = play.world.offers.get(spell)
    if offer is not None:
        reason = stock.SPELL_REASON.format(title=offer.title)
        score(play, f"spell {spell}", offer.points, reason)
    for rule in play.words.rules_on("pass", thing=spell):
        if play.holds(rule.when):
            carry_out(play, [effect for effect in rule.do if effect.name == "journal"])


def _settle(play: Play, stage: str, spells: list[str]) -> None:
    """What passing `spells` would have left behind, quietly; and what would have happened once has
    happened."""
    for spell in spells:
        for rule in play.words.rules_on("pass", thing=spell):
            if play.holds(rule.when):
                carry_out(play, [effect for effect in rule.do if effect.name in _QUIET])
    past = {rule.id for on in _ONCE for rule in play.words.rules_on(on, stage=stage) if rule.once}
    play.change(fired=play.state.fired | past)


def cast_afterwards(play: Play, spell: str) -> None:
    """A spell that was left out is cast after all: it counts, and is learned; the story has been
    told."""
    play.change(passed=play.state.passed | {spell}, pending={})
    play.say(stock.CAST_AFTERWARDS.format(title=_title(play.world, spell)), Voice.SYSTEM)
    _counts(play, spell)


__all__ = ["after", "agreed", "asked", "cast_afterwards", "prove", "proves"]
