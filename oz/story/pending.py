"""Answers to what the game asked: which one, what, did you mean, which spell.

The question is kept in `State.pending` as plain data: the command with a gap. An answer fills the
gap and gives a whole command; anything else is a new command.
"""

from __future__ import annotations

from collections.abc import Mapping

from oz.story import placement, stock, verbs
from oz.story.effects import open_spell
from oz.story.game import castable, elsewhere, offers_named
from oz.story.nouns import matching, options_of
from oz.story.parser import Trouble
from oz.story.play import ROOM, WAY, Play
from oz.story.words import COMMA, ORDINALS, bare

_NEVER_MIND = frozenset(
    {
        ("nothing",),
        ("none",),
        ("neither",),
        ("no",),
        ("never", "mind"),
        ("nobody",),
        ("nevermind",),
        ("n",),
        ("cancel",),
        ("forget", "it"),
    }
)
_YES = frozenset({("yes",), ("y",), ("yeah",), ("yep",), ("sure",), ("aye",), ("ok",), ("please",)})
DONE: list[str] = []
"""The answer was all there was to do."""
PROVEN: list[str] = []
"""The same, and it was no small thing: time goes on."""


def remember(play: Play, trouble: Trouble) -> None:
    """Ask, or say, what the parser could not do, and keep what an answer will need."""
    if trouble.thing is not None and trouble.thing in play.world.things:
        play.change(it=trouble.thing)
    if trouble.kind == "say":
        play.refuse(trouble.text)
        return
    pending = {
        "kind": trouble.kind,
        "words": list(trouble.words),
        "at": list(trouble.at),
        "options": list(trouble.options),
        "meant": trouble.meant,
    }
    if trouble.kind == "unknown":
        play.refuse(trouble.text)
        play.change(pending=pending)
    else:
        play.ask(trouble.text, pending)
    play.change(unknown_word=trouble.word)


def _strings(value: object) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _gap(pending: Mapping[str, object]) -> tuple[int, int]:
    at = pending.get("at")
    if isinstance(at, list) and len(at) == 2 and all(isinstance(item, int) for item in at):
        return (at[0], at[1])
    return (0, 0)


def _fill(pending: Mapping[str, object], filling: list[str]) -> list[str]:
    words = _strings(pending.get("words"))
    start, end = _gap(pending)
    return [*words[:start], *filling, *words[end:]]


def answer(play: Play, pending: Mapping[str, object], words: list[str]) -> list[str] | None:
    """The command that `words` complete as an answer to `pending`; `DONE` if the answer was all
    there was to do; `None` if they are a command of their own."""
    said = bare(tuple(words))
    kind = pending.get("kind")
    if said[:1] == ("oops",):
        return None
    if kind == "spell":
        return _answer_spell(play, pending, said)
    if kind == "prove":
        return _answer_prove(play, pending, said)
    if kind == "meant" and (said in _YES or said == (pending.get("meant"),)):
        return _fill(pending, [str(pending.get("meant"))])
    if kind in {"which", "what", "meant"} and said in _NEVER_MIND:
        if said == ("n",) and kind != "meant":
            return None
        play.say(stock.NEVER_MIND)
        return DONE
    if kind == "which":
        return _answer_which(play, pending, said)
    if kind == "what" and not _is_command(play, words):
        return _fill(pending, words)
    return None


def _is_command(play: Play, words: list[str]) -> bool:
    """Whether a reply to 'What do you want to take?' is a new command rather."""
    first = words[0]
    if first not in verbs.verb_words() and first not in verbs.DIRECTION_WORDS:
        return False
    return not matching(play, bare(tuple(words)), play.sight())


def _answer_which(
    play: Play, pending: Mapping[str, object], said: tuple[str, ...]
) -> list[str] | None:
    options = tuple(
        option
        for option in _strings(pending.get("options"))
        if option in play.world.things or option.startswith((WAY, ROOM))
    )
    chosen = _choose(play, said, options)
    if not chosen:
        return None
    if len(chosen) > 1 and said[0] not in {"all", "both", "and"} and "and" not in said:
        names = options_of(play, said, chosen)
        play.ask(
            stock.WHICH.format(
                what=" ".join(w for w in said if w not in {"one", "ones"}), options=names
            ),
            {**pending, "options": list(chosen)},
        )
        return DONE
    filling: list[str] = []
    for option in chosen:
        filling += ["and", f"#{option}"] if filling else [f"#{option}"]
    return _fill(pending, filling)


def _choose(play: Play, said: tuple[str, ...], options: tuple[str, ...]) -> tuple[str, ...]:
    if not options or not said:
        return ()
    if said[0] in {"all", "both"} and len(said) <= 3:
        return options
    ordinal = tuple(word for word in said if word not in {"one", "number"})
    if len(ordinal) == 1 and ordinal[0] in ORDINALS:
        index = ORDINALS[ordinal[0]]
        return options[index : index + 1 or None] if index < len(options) else ()
    found = matching(play, said, options)
    if found or ("and" not in said and COMMA not in said):
        return found
    several: list[str] = []
    part: list[str] = []
    for word in (*said, "and"):
        if word not in {"and", COMMA}:
            part.append(word)
            continue
        one = matching(play, bare(tuple(part)), options) if part else ()
        if part and len(one) != 1:
            return ()
        several.extend(one)
        part = []
    return tuple(dict.fromkeys(several))


def _answer_spell(
    play: Play, pending: Mapping[str, object], said: tuple[str, ...]
) -> list[str] | None:
    options = _strings(pending.get("options"))
    offers = [play.world.offers[spell] for spell in options if spell in play.world.offers]
    ordinal = tuple(word for word in said if word != "one")
    if len(ordinal) == 1 and ordinal[0] in ORDINALS:
        index = ORDINALS[ordinal[0]]
        chosen = offers[index : index + 1 or None] if index < len(offers) else []
    else:
        chosen = offers_named(play, said, offers)
    if len(chosen) != 1:
        return None
    if castable(play, chosen[0]):
        open_spell(play, chosen[0].spell)
    else:
        elsewhere(play, chosen[0])
    return DONE


def _answer_prove(
    play: Play, pending: Mapping[str, object], said: tuple[str, ...]
) -> list[str] | None:
    if said in _YES:
        proven = play.state.proven
        placement.agreed(play, str(pending.get("stage")))
        return DONE if play.state.proven == proven else PROVEN
    if said in _NEVER_MIND:
        play.say(stock.NEVER_MIND)
        return DONE
    return None


def oops(play: Play, pending: Mapping[str, object], words: list[str]) -> list[str] | None:
    """The last line with its unknown word put right; `None` (and it is said why) if there is
    none."""
    if pending.get("kind") not in {"unknown", "meant"}:
        play.refuse(stock.NO_OOPS)
        return None
    meant = str(pending.get("meant") or "")
    right = words[1:] or ([meant] if meant else [])
    if not right:
        play.refuse(stock.OOPS_WHAT)
        play.change(pending=dict(pending))
        return None
    return _fill(pending, right)
