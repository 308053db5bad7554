"""Whether stages can be proven: somebody proves each of them, and plays the next one all the same.

Who walks through a stage and who proves it come to the next one with the same company, and find it
as playable. Checked by playing, as in `oz.lessons_check.walk`: each stage is walked to its end from
where those stand who have proven all before it (stages without ``[placement]`` are walked). What
spells keep for later ones is looked up: a file that only a spell in a proven stage keeps, and that
is not its trial, would be missing.
"""

from __future__ import annotations

from collections.abc import Iterator

from oz.campaign import Campaign, Fault
from oz.lessons_check.walk import Walk, go
from oz.story import begin
from oz.story.model import Placement, Stage, World
from oz.story.placement import after, prove
from oz.story.play import Play
from oz.story.state import State


def check(campaign: Campaign) -> list[Fault]:
    """What is missing in the stages' placements."""
    return [*_files(campaign), *_roads(campaign)]


# --- what is kept -----------------------------------------------------------------------------


def _files(campaign: Campaign) -> Iterator[Fault]:
    """Files that later spells use, and that nobody keeps who proves the stage where they are
    made."""
    stages = list(campaign.world.stages.values())
    kept: set[str] = set()
    for number, stage in enumerate(stages):
        own = {name for spell in stage.spells for name in campaign.spells[spell].keep}
        if stage.placement is None:
            kept |= own
            continue
        trial = campaign.spells[stage.placement.spell]
        at = campaign.where(f"placement {stage.id}")
        for name in trial.uses:
            if name not in kept:
                yield Fault(
                    *at, f"'{trial.id}' uses '{name}', which who proves the road so far has not"
                )
        kept |= set(trial.keep)
        later = [spell for known in stages[number + 1 :] for spell in known.spells]
        for name in sorted(own - kept):
            user = next((id for id in later if name in campaign.spells[id].uses), None)
            if user is not None:
                yield Fault(
                    *at,
                    f"'{user}' uses '{name}', which the spell that proves this stage does not keep;"
                    ' name the one that does: spell = "…"',
                )


# --- what can be played -----------------------------------------------------------------------


def _roads(campaign: Campaign) -> Iterator[Fault]:
    world = campaign.world
    state = begin(world).state
    proven = ""
    for stage in world.stages.values():
        at = campaign.where(f"placement {stage.id}" if stage.placement else f"stage {stage.id}")
        following = after(world, stage.id)
        walked = _walked(world, state, stage)
        if proven and not walked.play.done(stage):
            yield Fault(*campaign.where(f"placement {proven}"), _unfinished(walked, stage))
            return
        if following is None:
            if stage.placement is not None:
                yield Fault(*at, "the last stage needs no [placement]: nothing comes after it")
            return
        if stage.placement is None:
            state, proven = walked.state, ""
            continue
        state = _proven(world, state, stage.placement, stage)
        proven = stage.id
        missing = _company(walked.play) - _company(Play(world, state))
        for who in sorted(missing):
            yield Fault(
                *at,
                f"who walks through goes on with '{who}', and who proves it does not: in 'do', put"
                " them where they are met and set what they follow by",
            )


def _walked(world: World, state: State, stage: Stage) -> Walk:
    """A walk through `stage` from `state`, to where the next one begins."""
    following = after(world, stage.id)
    rooms = {*stage.rooms, following.start} if following is not None else set(stage.rooms)

    def through(walked: Walk) -> bool:
        there = following is None or following.start in walked.state.visited
        return there and walked.play.done(stage)

    return go(Walk(world, state, within=frozenset(rooms)), through)


def _unfinished(walked: Walk, stage: Stage) -> str:
    where = walked.world.rooms[walked.state.room].name
    left = [spell for spell in stage.spells if spell not in walked.state.passed]
    what = f", without '{left[0]}'" if left else ""
    return f"who proves this stage does not finish '{stage.title}'; they end in '{where}'{what}"


def _proven(world: World, state: State, placement: Placement, stage: Stage) -> State:
    play = Play(world, state)
    play.change(desk=placement.spell, proving=stage.id)
    prove(play, stage.id)
    return play.state


def _company(play: Play) -> set[str]:
    """Who goes with Dorothy."""
    return {
        who.id
        for who in play.words.characters()
        if play.follows(who) and play.place(who.id) == play.state.room
    }
