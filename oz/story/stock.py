# ruff: noqa: E501 - one sentence, one line
"""Every sentence the game has of its own: refusals, default answers, questions, help.

Data only, with ``str.format`` fields, so that all of it can be read in one place, and translated. `{the}`
is the thing with its article, `{The}` the same at the start of a sentence, `{who}`/`{Who}` a character,
`{second}`/`{Second}` the indirect object. `{is}`, `{has}`, `{does}`, `{was}`, `{s}`, `{es}`, `{it}` and
`{them}` agree with the thing, those with a 2 (`{is2}`) with the indirect object.
"""

from __future__ import annotations

from oz.tongue import _

# --- not understood ---------------------------------------------------------------------------------

NOTHING_TYPED = _("Nothing said, nothing done. (`help` tells what can be typed.)")
TOO_LONG = _("That is more than one breath holds. Shorter, please.")
TOO_MANY = _("That is a long errand. The first of it is done; say the rest again.")
UNKNOWN_VERB = _("“{word}” is not a verb I know.")
UNKNOWN_VERB_MEANT = _("“{word}” is not a verb I know. Did you mean “{meant}”?")
UNKNOWN_NOUN = _("I do not know the word “{word}”.")
UNKNOWN_NOUN_MEANT = _("I do not know the word “{word}”. Did you mean “{meant}”?")
UNSEEN = _("You can see no {what} here.")
SUCH_THING = _("such thing")
NOT_FOLLOWED = _("I understand “{verb}”, but not the rest of it.")
NOT_FOLLOWED_HELP = _("I understood that only as far as “{part}”.")
WHICH = _("Which {what} do you mean, {options}?")
THE_ONE = _("{which} one")
WHICH_SPELL = _("Which spell do you mean, {options}?")
WHAT = _("What do you want to {phrase}?")
WHOM = _("Whom do you want to {phrase}?")
WHAT_WITH_IT = _("What do you want to do with {the}?")
TOO_FEW = _("You can see only {count} of those.")
ONE_AT_A_TIME = _("One thing at a time, for that.")
PRONOUN = _("It is not clear what “{word}” stands for.")
PRONOUN_GONE = _("What you call “{word}” is no longer here.")
GONE = _("{The} {is} not in sight any more.")
NO_AGAIN = _("There is nothing yet to do again.")
NO_OOPS = _("There is no word to put right.")
OOPS_WHAT = _("Say the word as well: `oops lantern`.")
NOTHING_LOOSE = _("There is nothing here that could be picked up.")
NOTHING_HELD = _("You carry nothing.")
NOTHING_IN = _("There is nothing in {second} to take.")
NOTHING_CHOSEN = _("That leaves nothing.")

# --- implied ----------------------------------------------------------------------------------------

FIRST_TAKING = _("(first taking {the})")
FIRST_OPENING = _("(first opening {the})")
TO_WHOM = _("(to {who})")

# --- looking ----------------------------------------------------------------------------------------

NOTHING_SPECIAL = _("{The} {is} just what the name says.")
NOBODY_SPECIAL = _("{The} look{s} back at you.")
YOURSELF = _("yourself")
WAY_NAME = _("the {name}")
SELF = _(
    "Dorothy Gale, of Kansas. A blue-and-white gingham dress, a good deal of dust, "
    "and a mind to go home."
)
SELF_HOLDING = _("You carry {things}.")
ARE, IS = _("are"), _("is")
LIE_HERE = _("There {are} {things} here.")
IS_HERE = _("{Who} {are} here.")
WITH_YOU = _("{Who} {are} with you.")
IN_IT = _("In {the}: {things}.")
ON_IT = _("On {the}: {things}.")
HAS = _("{Who} {has} {things}.")
IS_CLOSED = _("{The} {is} closed.")
IS_OPEN_EMPTY = _("{The} {is} open, and empty.")
EMPTY = _("There is nothing in {the}.")
SEARCHED = _("You look {the} over, and find nothing that was not plain before.")
SEARCHED_PERSON = _("One does not go through the pockets of {who}.")
UNDER = _("Under {the} is what holds {them} up.")
LOOK_WAY = _("{Way}: {what}.")
LOOK_NO_WAY = _("Nothing to the {way} that leads anywhere.")
LOOK_VERTICAL = {"up": _("Above you: nothing one could climb to."), "down": _("Below you: the ground, doing its work."),
                 "in": _("There is nothing here to look into."), "out": _("You are as far out as one gets here.")}  # fmt: skip
WAY_OPEN = _("{The} lead{s} {way}.")
WAY_OPEN_TO = _("{The} lead{s} {way}, to {room}.")
NOT_READABLE = _("There is nothing written on {the}.")
LISTEN = _("Nothing you have not been hearing all along.")
LISTEN_THING = _("Nothing from {the} that the silence does not say as well.")
LISTEN_PERSON = _("{Who} {is} not saying anything just now.")
SMELL = _("The air smells of air.")
SMELL_THING = _("You smell {the}. It is much as one would suppose.")
SMELL_PERSON = _("{Who} would rather that you did not.")

CARRYING = _("You are carrying:")
CARRYING_NOTHING = _("Your hands are empty, and so are your pockets.")

# --- taking and putting -----------------------------------------------------------------------------

TAKEN = _("Taken.")
TAKEN_FROM = _("You take {the} from {second}.")
HAVE_ALREADY = _("You have {the} already.")
NOT_PORTABLE = _("{The} stay{s} where {it} {is}.")
TAKE_PERSON = _("{Who} go{es} where {it} like{s}.")
TAKE_WAY = _("{The} {is} for going through. (Try `go {way}`.)")
THEIRS = _("{The} belong{s} to {second}. One would have to ask.")
DROPPED = _("Dropped.")
NOT_HELD = _("You do not have {the}.")
NOT_IN_THERE = _("{The} {is} not there.")
PUT_IN = _("You put {the} in {second}.")
PUT_ON = _("You put {the} on {second}.")
PUT_IN_ITSELF = _("{The} {is} as far inside as {it} will go already.")
PUT_LOOP = _("That cannot be: {second} would be in {the}, and {the} in {second}.")
NO_ROOM_IN = _("Things do not go into {second}.")
NO_ROOM_ON = _("You would only have to pick {the} up again. You keep it.")
PUT_PERSON = _("{Second} is not a cupboard. (Try `give`.)")
ALREADY_THERE = _("{The} {is} there already.")
GIVE_SELF = _("You have it already.")
GIVE_THING = _("{Second} {has2} no use for presents.")
GIVE_NO = _("{Second} look{s2} at {the}, and leave{s2} {them} with you.")
SHOW_NO = _("{Second} look{s2} at {the}, and say{s2} nothing that helps.")
SHOW_THING = _("{Second} cannot see.")
THROW = _("{The} land{s} not far off.")
THROW_AT = _("{The} hit{s} {second}, and fall{s} down. Nothing else happens.")
THROW_PERSON = _("{Second} {has2} done nothing to deserve it.")
NOT_WEARABLE = _("{The} would not fit.")
TAKE_OFF = _("You are not wearing {the}.")

# --- doing things to things -------------------------------------------------------------------------

OPENED = _("You open {the}.")
CLOSED = _("You close {the}.")
OPEN_ALREADY = _("{The} {is} open already.")
CLOSED_ALREADY = _("{The} {is} closed already.")
NOT_OPENABLE = _("{The} {does} not open.")
NOT_CLOSABLE = _("{The} {does} not close.")
USE = _("Use {the} how? A plainer verb would do it: `open`, `read`, `give`, `put` …")
USE_ON = _("You try {the} on {second}. Nothing comes of it.")
USE_SPELL = _("There is a spell to be cast here. (Type `cast`.)")

PLAIN = {
    "push": _("{The} stay{s} as {it} {was}."),
    "pull": _("{The} {does} not give."),
    "turn": _("{The} {does} not turn."),
    "touch": _("{The} feel{s} the way {it} look{s}."),
    "taste": _("You touch {the} with the tip of your tongue. That was enough."),
    "eat": _("{The} {is} not food."),
    "drink": _("You are not thirsty."),
    "wave": _("You wave {the}. The air is moved, and nothing else."),
    "knock": _("You knock on {the}. Nobody opens."),
    "attack": _("{The} {has} done nothing to you, and you leave it at that."),
    "break": _("{The} {is} of more use whole."),
    "cut": _("You have nothing that would cut {the}."),
    "tie": _("There is nothing to tie {the} with."),
    "untie": _("{The} {is} not tied."),
    "burn": _("Nothing here burns today."),
    "clean": _("{The} {is} a little cleaner. It does not show."),
    "oil": _("{The} {has} no joints that creak."),
    "fill": _("{The} hold{s} what {it} hold{s}."),
    "dig": _("You have no spade, and the ground has no secret."),
    "blow": _("You blow. {The} {does} not mind."),
    "write": _("Writing is done at the desk of a spell here. (Type `cast` where one is offered.)"),
    "wake": _("{The} {is} not asleep."),
    "kiss": _("{The} {is} not kissed often, and {does} not know what to say."),
    "follow": _("{The} {is} not going anywhere."),
    "climb": _("{The} {is} nothing to climb."),
    "jump": _("You jump. The ground is still there."),
    "sleep": _("You are not tired enough for {the}."),
    "sit": _("You sit for a moment, and get up again."),
    "swim": _("There is not enough of {the} to swim in."),
    "buy": _("{The} {has} no price on {them}."),
    "call": _("{The} {does} not come when called."),
    "laugh": _("You laugh. It does no harm."),
    "dance": _("A few steps, no music."),
    "thank": _("{The} accept{s} it in silence."),
    "bye": _("You say goodbye to {the}, and stay."),
    "sing": _("You sing a line or two to {the}."),
}
"""Default answers of verbs that do nothing by themselves, with an object."""

PERSON = {
    "push": _("{Who} stay{s} where {it} {is}."),
    "pull": _("{Who} come{s} along for a step, out of politeness, and go{es} back."),
    "turn": _("{Who} {has} turned quite enough today."),
    "touch": _("{Who} let{s} you, and wait{s} for a reason."),
    "taste": _("{Who} would not hear of it."),
    "eat": _("{Who} {is} not food."),
    "attack": _("{Who} {has} done nothing to deserve it."),
    "break": _("{Who} {is} whole, and may stay so."),
    "knock": _("{Who} {is} not a door."),
    "wave": _("You wave. {Who} see{s} it."),
    "kiss": _("{Who} {is} surprised, and {does} not wipe it off."),
    "follow": _("{Who} {is} standing still. So are you."),
    "climb": _("{Who} {is} not a tree."),
    "wake": _("{Who} {is} awake."),
    "thank": _("{Who} nod{s}."),
    "praise": _("{Who} {is} pleased, and look{s} away."),
    "bye": _("{Who} nod{s}. You stay a moment longer."),
    "laugh": _("{Who} look{s} round to see what was funny."),
    "dance": _("{Who} {does} not dance, or not today."),
    "sing": _("{Who} listen{s} to the end."),
    "buy": _("{Who} {is} not for sale."),
    "call": _("{Who} {is} right here."),
    "burn": _("Certainly not."),
    "cut": _("Certainly not."),
    "tie": _("{Who} would only ask why."),
    "clean": _("{Who} step{s} back."),
    "oil": _("{Who} {does} not creak."),
    "use": _("{Who} {is} not a tool. (Try `talk to` or `ask … about …`.)"),
    "blow": _("{Who} blink{s}."),
}
"""The same for characters."""

COMPANION = {
    "take": _("{Who} would rather walk."),
    "touch": _("{Who} allow{s} it, for as long as it lasts."),
    "kiss": _("{Who} put{s} up with it."),
    "follow": _("{Who} follow{s} you. You would go in a circle."),
    "call": _("{Who} {is} beside you."),
    "thank": _("{Who} take{s} it as said."),
    "praise": _("{Who} {has} known it for some time."),
}
"""For characters who walk with Dorothy."""

ONESELF = {
    "take": _("You are in your own hands as it is."),
    "touch": _("You are all there."),
    "kiss": _("Not even with a mirror."),
    "attack": _("You have troubles enough."),
    "talk": _("You know what you would say."),
    "ask": _("If you knew, you would not have to ask."),
    "tell": _("You have heard it."),
    "wake": _("You have been awake for some time. It only looks like a dream."),
    "eat": _("You are not as hungry as that."),
    "follow": _("You are doing that."),
    "smell": _("Dust, hay, and a little cyclone."),
    "listen": _("Your own breath, quite steady."),
    "search": _("Two pockets. `inventory` tells what is in them."),
}
"""For Dorothy herself."""
ONESELF_ELSE = _("You leave yourself as you are.")

ALONE = {
    "wave": _("You wave. Nobody in particular waves back."),
    "knock": _("There is nothing to knock on."),
    "dig": _("You have no spade, and the ground has no secret."),
    "write": PLAIN["write"],
    "wake": _("You have been awake for some time. It only looks like a dream."),
    "jump": _("You jump. For a moment you are as far from Kansas as before, but higher."),
    "sleep": _("There is too much to see."),
    "sit": _("You sit down, think, and get up again."),
    "stand": _("You are standing."),
    "sing": _("You sing a verse that Aunt Em sings over the washing. It is short."),
    "dance": _("A few steps, no music."),
    "think": _("You think about it. It helps to write it down: `journal`, or `goals`."),
    "pray": _("You wish for it. Then you go on looking."),
    "laugh": _("You laugh. It does no harm."),
    "cry": _("You cry a little, which is soon done, and then look about you."),
    "swim": _("There is not water enough here."),
    "fly": _("You did that once already, with a house."),
    "click": _("You knock your heels together, twice. The third time is for later."),
    "thank": _("You say thank you, to nobody in particular. It is never wasted."),
    "sorry": _("Nothing was broken."),
    "bye": _("You say goodbye, and stay. (`quit` ends the game.)"),
    "call": _("You call. It is heard a long way off, and that is all."),
    "say": _("You have to say something."),
    "climb": _("There is nothing here to climb."),
    "yes": _("Nobody asked."),
    "no": _("Nobody asked."),
    "take-off": _("You keep on what you have on. It is all there is."),
    "question": _("One would have to go and see."),
    "praise": _("It is heard by whoever it was meant for."),
    "home": _("Home is at the end of the road, and this is not the end of it."),
    "whoami": _("Dorothy, from Kansas, on her way back there."),
    "xyzzy": _(
        "You say it, slowly. A hollow voice says: `NameError: name 'xyzzy' is not defined`."
    ),
    "plugh": _("That works in other caves."),
    "swear": _(
        "Aunt Em would say the same, in other words. Something is in the way; `hint` "
        "and `goals` know more."
    ),
    "why": _("That is a question one answers by going on."),
}
"""Default answers of verbs without an object."""

WAIT = (
    _("You wait. Time passes."),
    _("You wait. Nothing hurries."),
    _("You wait a little longer."),
)
SAY = _("You say “{text}”. Nothing answers.")
SAY_TO = _("{Who} hear{s} it, and wait{s} for the rest.")
SAY_WHICH = _("Say its name, and it can be examined.")
WHERE_HAVE = _("You have {the} with you.")
WHERE_HERE = _("{The} {is} here.")
WHERE_IN = _("{The} {is} here, with {second}.")
WHERE_LAST = _("{The} {is} not here. You would look in {room}.")
WHERE_UNKNOWN = _("You have not come across that.")
WHO_AWAY = _("{Who} {is} not here.")
WHO_UNKNOWN = _("You have not met anybody of that name.")
WHAT_ASK = _("{Who} may know something about that. (Try `ask {short} about {topic}`.)")
HERE_ALREADY = _("You are here.")

# --- people -----------------------------------------------------------------------------------------

NOBODY_HERE = _("There is nobody here to talk to.")
NO_ANSWER_THING = _("{The} {does} not answer.")
GREETING = _("{Who} nod{s} to you, and wait{s}.")
DEFAULT_TOPIC = _("{Who} {has} nothing to say about that.")
TOPICS = _("You could ask {who} about {topics}.")
TOPICS_NOBODY = _("There is nothing in particular to ask about here.")
TOPICS_NONE = _("There is nothing in particular to ask {who} about.")
ORDER = _("{Who} listen{s} to the end, and go{es} on as before.")
ORDER_COME = _("{Who} come{s} along anyway.")
ORDER_THING = _("{The} {does} not take orders.")

# --- moving -----------------------------------------------------------------------------------------

NO_WAY = _("There is no way {way} from here.")
NO_WAY_BUT = _("There is no way {way} from here. You can go {ways}.")
NO_WAY_AT_ALL = _("There is no way out of here just now.")
WHICH_WAY = _("Which way? You can go {ways}.")
BLOCKED = _("The way {way} is shut.")
NOT_ENTERABLE = _("{The} {is} nothing one goes into.")
FAR = _("{Room} is some way off. It begins with going {way}.")
FAR_SHUT = _("There is no open way to {room} from here just now.")
CUE_WAYS = _("You can go {ways}.")
CUE_SHUT = _("Shut for now: {ways}.")
CUE_WAY_TO = _("{way} (to {room})")
CUE_WAYS_NONE = _("No way out is open.")
OPENED_WAY = _("The way {way} is open now.")

# --- spells -----------------------------------------------------------------------------------------

CAST_NONE = _("There is no spell to be cast here.")
CAST_NONE_BUT = _("There is no spell to be cast here. You remember one for {room}.")
CAST_UNKNOWN = _("You know no spell of that name. (`spells` lists those of this stage.)")
CAST_ELSEWHERE = _("“{title}” is not cast here, but here: {room}.")
CAST_UNSEEN = _("“{title}” is cast in a place you have not come to yet.")
CAST_NOT_YET = _("“{title}” is cast here, but nothing asks for it yet.")
CAST_AGAIN = _("“{title}” is cast already. This is how you wrote it.")
ENDED = _(
    "The story is told. The road stays open: `cast` and the name of any spell "
    "opens it, wherever you are. `report` writes down the whole journey as a page "
    "to keep."
)
CUE_SPELL = _("A spell can be cast here: “{title}”. (Type `cast`.)")
CUE_SPELL_LEFT = _("“{title}” was left out here, and can still be cast. (Type `cast`.)")
CAST_AFTERWARDS = _(
    "“{title}” is cast after all. The story went on without it and stays as it was "
    "told; what you know counts."
)
SPELL_REASON = _("for casting “{title}”")
FOUND_REASON = _("for finding {the}")
SCORE_REASON = _("for that")

# --- proving a stage ---------------------------------------------------------------------------------

PROVE = _(
    "To prove *{stage}* ({topic}) is to cast its trial, “{title}”, at once. "
    "{proof}\n\nThe desk of the trial would open now. Passing it proves the stage, "
    "and the road goes on where the next one begins; a try that fails costs "
    "nothing, and `leave` closes the desk. What is left out can be cast later, "
    "from anywhere. Open it? (yes or no)"
)
PROVE_SHOWN = _(
    "“{title}” has passed already, and to prove *{stage}* is no more than that. "
    "Walk on to where the next stage begins, and leave out what is left of this "
    "one? It can be cast later, from anywhere. (yes or no)"
)
PROVE_NOT = _("*{stage}* cannot be proven, only walked. `goals` tells what is next.")
PROVE_LAST = _(
    "Nothing comes after *{stage}* that a proof could lead to: the end of the road is "
    "walked. `goals` tells what is next."
)
PROVE_NOTHING = _("There is nothing here that could be proven.")
PROVE_ENDED = _(
    "The story is told, and nothing is left to prove. `cast` and the name of any spell opens it."
)
PROVE_PROVEN = _(
    "*{stage}* is proven already. What was left out there can be cast by name; `spells` lists it."
)
PROVE_WALKED = _("You have walked through *{stage}* to its end. It needs no proof.")
PROVE_BEHIND = _("The road has led on from *{stage}* already, and nothing there waits for a proof.")
PROVE_FRONT = _("`prove` works where the road is still ahead of you, in *{stage}*.")
PROVE_DESK = _("The desk of “{title}” is open. `leave` it first; your draft stays.")
PROVE_THIS = _("This is the proof: `run` casts the draft, and `leave` closes the desk without one.")
PROVEN = _(
    "*{stage}* is proven. What you left out there waits: `cast` and its name opens "
    "it, wherever you are."
)
PROVEN_HERE_TOO = _("(`prove` works in this stage too.)")

# --- about the game ---------------------------------------------------------------------------------

SCORE = _("You have {score} of {total} points, in {turns} {word}.")
GOALS = _("What there is to do:")
GOALS_NONE = _("Nothing presses. Look about, or go on along the road.")
THINGS = _("Here: {things}.")
THINGS_NONE = _("Nothing here that one could carry, and nobody.")
VERBOSE = _("Places are described in full every time.")
BRIEF = _("Places are described in full the first time, and by name after that.")
SUPERBRIEF = _("Places are only named. (`look` still describes them.)")
NO_ABOUT = _("Oz: a story that teaches PyTorch.")
NO_CREDITS = _("The story follows L. Frank Baum's book of 1900.")
SO_FAR = _(
    "The story so far: you have come to **{stage}**, with {score} of {total} "
    "points, in {turns} {word}."
)
SO_FAR_PASSED = _("Spells cast: {count} of {of} in this stage.")
SO_FAR_PROVEN = _("Proven on the way: {stages}.")
SO_FAR_GOAL = _("Next: {goal}")

HELP = _("""\
**How to play.** Say what Dorothy does, in a few words, and press enter.

- Look: `look` (`l`), `examine ledger` (`x ledger`), `search`, `read`, `listen`, `smell`
- Walk: `north` (`n`), `up`, `in` …, or `go to the cellar`. `exits` tells the ways.
- Things: `take`, `drop`, `put egg in basket`, `give egg to aunt em`, `open`, `use`. `inventory` (`i`) tells what you carry.
- People: `talk to aunt em`, `ask her about the scales`, `show egg to henry`. `topics` tells what one could ask.
- Several at once: `take all except the egg, then go north`. `it`, `him`, `her`, `them` and `again` (`g`) work.

**Spells** are PyTorch programs that you write. Where one is wanted the story says so. `cast` opens its \
desk: what is asked, an editor, and a run of the real thing. `run` casts what you wrote, `hint` gives the \
next hint, `show code`, `edit`, `reset`, `solution` and `spells` do what they say. \
`tensors` lists what the last run left behind, `broadcast (3, 1) and (4,)` draws how shapes meet, and `reference torch.arange` looks a name up.

**The game:** `goals`, `map`, `journal`, `spellbook`, `score`, `statistics`, `review`, `report`, `undo`, `oops`, `save`, `restore`, `restart`, `quit`, \
`transcript on`, `brief` or `verbose`, `about`. Nobody dies here, and every step is saved.\
""")

HELP_PROVE = _(
    "Whoever knows the subject of a stage already can `prove` it, by its trial, and walk on."
)

PLAIN_ELSE = _("That would do nothing for {the}.")
PERSON_ELSE = _("{Who} would rather not.")
NOTHING_OBVIOUS = _("Nothing happens that one could see.")
SOMEWHERE_NEW = _("a way you have not gone yet")
TO_WHICH = _("To whom, {people}?")
NOT_IN_ROOM = _("You are not in {room}.")
HERE_IT_IS = _("{The} {is} right here.")
NEVER_MIND = _("Very well.")
