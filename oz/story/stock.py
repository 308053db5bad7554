# ruff: noqa: E501 - one sentence, one line
"""Every sentence the game has of its own: refusals, default answers, questions, help.

Data only, with ``str.format`` fields, so that all of it can be read in one place, and translated. `{the}`
is the thing with its article, `{The}` the same at the start of a sentence, `{who}`/`{Who}` a character,
`{second}`/`{Second}` the indirect object. `{is}`, `{has}`, `{does}`, `{was}`, `{s}`, `{es}`, `{it}` and
`{them}` agree with the thing, those with a 2 (`{is2}`) with the indirect object.
"""

from __future__ import annotations

# --- not understood ---------------------------------------------------------------------------------

NOTHING_TYPED = "Nothing said, nothing done. (`help` tells what can be typed.)"
TOO_LONG = "That is more than one breath holds. Shorter, please."
TOO_MANY = "That is a long errand. The first of it is done; say the rest again."
UNKNOWN_VERB = "“{word}” is not a verb I know."
UNKNOWN_VERB_MEANT = "“{word}” is not a verb I know. Did you mean “{meant}”?"
UNKNOWN_NOUN = "I do not know the word “{word}”."
UNKNOWN_NOUN_MEANT = "I do not know the word “{word}”. Did you mean “{meant}”?"
UNSEEN = "You can see no {what} here."
NOT_FOLLOWED = "I understand “{verb}”, but not the rest of it."
NOT_FOLLOWED_HELP = "I understood that only as far as “{part}”."
WHICH = "Which {what} do you mean, {options}?"
WHICH_SPELL = "Which spell do you mean, {options}?"
WHAT = "What do you want to {phrase}?"
WHOM = "Whom do you want to {phrase}?"
WHAT_WITH_IT = "What do you want to do with {the}?"
TOO_FEW = "You can see only {count} of those."
ONE_AT_A_TIME = "One thing at a time, for that."
PRONOUN = "It is not clear what “{word}” stands for."
PRONOUN_GONE = "What you call “{word}” is no longer here."
GONE = "{The} {is} not in sight any more."
NO_AGAIN = "There is nothing yet to do again."
NO_OOPS = "There is no word to put right."
OOPS_WHAT = "Say the word as well: `oops lantern`."
NOTHING_LOOSE = "There is nothing here that could be picked up."
NOTHING_HELD = "You carry nothing."
NOTHING_IN = "There is nothing in {second} to take."
NOTHING_CHOSEN = "That leaves nothing."

# --- implied ----------------------------------------------------------------------------------------

FIRST_TAKING = "(first taking {the})"
FIRST_OPENING = "(first opening {the})"
TO_WHOM = "(to {who})"

# --- looking ----------------------------------------------------------------------------------------

NOTHING_SPECIAL = "{The} {is} just what the name says."
NOBODY_SPECIAL = "{The} look{s} back at you."
SELF = "Dorothy Gale, of Kansas. A blue-and-white gingham dress, a good deal of dust, and a mind to go home."
SELF_HOLDING = "You carry {things}."
LIE_HERE = "There {are} {things} here."
IS_HERE = "{Who} {are} here."
WITH_YOU = "{Who} {are} with you."
IN_IT = "In {the}: {things}."
ON_IT = "On {the}: {things}."
HAS = "{Who} {has} {things}."
IS_CLOSED = "{The} {is} closed."
IS_OPEN_EMPTY = "{The} {is} open, and empty."
EMPTY = "There is nothing in {the}."
SEARCHED = "You look {the} over, and find nothing that was not plain before."
SEARCHED_PERSON = "One does not go through the pockets of {who}."
UNDER = "Under {the} is what holds {them} up."
LOOK_WAY = "{Way}: {what}."
LOOK_NO_WAY = "Nothing to the {way} that leads anywhere."
LOOK_VERTICAL = {"up": "Above you: nothing one could climb to.", "down": "Below you: the ground, doing its work.",
                 "in": "There is nothing here to look into.", "out": "You are as far out as one gets here."}  # fmt: skip
WAY_OPEN = "{The} lead{s} {way}."
WAY_OPEN_TO = "{The} lead{s} {way}, to {room}."
NOT_READABLE = "There is nothing written on {the}."
LISTEN = "Nothing you have not been hearing all along."
LISTEN_THING = "Nothing from {the} that the silence does not say as well."
LISTEN_PERSON = "{Who} {is} not saying anything just now."
SMELL = "The air smells of air."
SMELL_THING = "You smell {the}. It is much as one would suppose."
SMELL_PERSON = "{Who} would rather that you did not."

CARRYING = "You are carrying:"
CARRYING_NOTHING = "Your hands are empty, and so are your pockets."

# --- taking and putting -----------------------------------------------------------------------------

TAKEN = "Taken."
TAKEN_FROM = "You take {the} from {second}."
HAVE_ALREADY = "You have {the} already."
NOT_PORTABLE = "{The} stay{s} where {it} {is}."
TAKE_PERSON = "{Who} go{es} where {it} like{s}."
TAKE_WAY = "{The} {is} for going through. (Try `go {way}`.)"
THEIRS = "{The} belong{s} to {second}. One would have to ask."
DROPPED = "Dropped."
NOT_HELD = "You do not have {the}."
NOT_IN_THERE = "{The} {is} not there."
PUT_IN = "You put {the} in {second}."
PUT_ON = "You put {the} on {second}."
PUT_IN_ITSELF = "{The} {is} as far inside as {it} will go already."
PUT_LOOP = "That cannot be: {second} would be in {the}, and {the} in {second}."
NO_ROOM_IN = "Things do not go into {second}."
NO_ROOM_ON = "You would only have to pick {the} up again. You keep it."
PUT_PERSON = "{Second} is not a cupboard. (Try `give`.)"
ALREADY_THERE = "{The} {is} there already."
GIVE_SELF = "You have it already."
GIVE_THING = "{Second} {has2} no use for presents."
GIVE_NO = "{Second} look{s2} at {the}, and leave{s2} {them} with you."
SHOW_NO = "{Second} look{s2} at {the}, and say{s2} nothing that helps."
SHOW_THING = "{Second} cannot see."
THROW = "{The} land{s} not far off."
THROW_AT = "{The} hit{s} {second}, and fall{s} down. Nothing else happens."
THROW_PERSON = "{Second} {has2} done nothing to deserve it."
NOT_WEARABLE = "{The} would not fit."
TAKE_OFF = "You are not wearing {the}."

# --- doing things to things -------------------------------------------------------------------------

OPENED = "You open {the}."
CLOSED = "You close {the}."
OPEN_ALREADY = "{The} {is} open already."
CLOSED_ALREADY = "{The} {is} closed already."
NOT_OPENABLE = "{The} {does} not open."
NOT_CLOSABLE = "{The} {does} not close."
USE = "Use {the} how? A plainer verb would do it: `open`, `read`, `give`, `put` …"
USE_ON = "You try {the} on {second}. Nothing comes of it."
USE_SPELL = "There is a spell to be cast here. (Type `cast`.)"

PLAIN = {
    "push": "{The} stay{s} as {it} {was}.",
    "pull": "{The} {does} not give.",
    "turn": "{The} {does} not turn.",
    "touch": "{The} feel{s} the way {it} look{s}.",
    "taste": "You touch {the} with the tip of your tongue. That was enough.",
    "eat": "{The} {is} not food.",
    "drink": "You are not thirsty.",
    "wave": "You wave {the}. The air is moved, and nothing else.",
    "knock": "You knock on {the}. Nobody opens.",
    "attack": "{The} {has} done nothing to you, and you leave it at that.",
    "break": "{The} {is} of more use whole.",
    "cut": "You have nothing that would cut {the}.",
    "tie": "There is nothing to tie {the} with.",
    "untie": "{The} {is} not tied.",
    "burn": "Nothing here burns today.",
    "clean": "{The} {is} a little cleaner. It does not show.",
    "oil": "{The} {has} no joints that creak.",
    "fill": "{The} hold{s} what {it} hold{s}.",
    "dig": "You have no spade, and the ground has no secret.",
    "blow": "You blow. {The} {does} not mind.",
    "write": "Writing is done at the desk of a spell here. (Type `cast` where one is offered.)",
    "wake": "{The} {is} not asleep.",
    "kiss": "{The} {is} not kissed often, and {does} not know what to say.",
    "follow": "{The} {is} not going anywhere.",
    "climb": "{The} {is} nothing to climb.",
    "jump": "You jump. The ground is still there.",
    "sleep": "You are not tired enough for {the}.",
    "sit": "You sit for a moment, and get up again.",
    "swim": "There is not enough of {the} to swim in.",
    "buy": "{The} {has} no price on {them}.",
    "call": "{The} {does} not come when called.",
    "laugh": "You laugh. It does no harm.",
    "dance": "A few steps, no music.",
    "thank": "{The} accept{s} it in silence.",
    "bye": "You say goodbye to {the}, and stay.",
    "sing": "You sing a line or two to {the}.",
}
"""Default answers of verbs that do nothing by themselves, with an object."""

PERSON = {
    "push": "{Who} stay{s} where {it} {is}.",
    "pull": "{Who} come{s} along for a step, out of politeness, and go{es} back.",
    "turn": "{Who} {has} turned quite enough today.",
    "touch": "{Who} let{s} you, and wait{s} for a reason.",
    "taste": "{Who} would not hear of it.",
    "eat": "{Who} {is} not food.",
    "attack": "{Who} {has} done nothing to deserve it.",
    "break": "{Who} {is} whole, and may stay so.",
    "knock": "{Who} {is} not a door.",
    "wave": "You wave. {Who} see{s} it.",
    "kiss": "{Who} {is} surprised, and {does} not wipe it off.",
    "follow": "{Who} {is} standing still. So are you.",
    "climb": "{Who} {is} not a tree.",
    "wake": "{Who} {is} awake.",
    "thank": "{Who} nod{s}.",
    "praise": "{Who} {is} pleased, and look{s} away.",
    "bye": "{Who} nod{s}. You stay a moment longer.",
    "laugh": "{Who} look{s} round to see what was funny.",
    "dance": "{Who} {does} not dance, or not today.",
    "sing": "{Who} listen{s} to the end.",
    "buy": "{Who} {is} not for sale.",
    "call": "{Who} {is} right here.",
    "burn": "Certainly not.",
    "cut": "Certainly not.",
    "tie": "{Who} would only ask why.",
    "clean": "{Who} step{s} back.",
    "oil": "{Who} {does} not creak.",
    "use": "{Who} {is} not a tool. (Try `talk to` or `ask … about …`.)",
    "blow": "{Who} blink{s}.",
}
"""The same for characters."""

COMPANION = {
    "take": "{Who} would rather walk.",
    "touch": "{Who} allow{s} it, for as long as it lasts.",
    "kiss": "{Who} put{s} up with it.",
    "follow": "{Who} follow{s} you. You would go in a circle.",
    "call": "{Who} {is} beside you.",
    "thank": "{Who} take{s} it as said.",
    "praise": "{Who} {has} known it for some time.",
}
"""For characters who walk with Dorothy."""

ONESELF = {
    "take": "You are in your own hands as it is.",
    "touch": "You are all there.",
    "kiss": "Not even with a mirror.",
    "attack": "You have troubles enough.",
    "talk": "You know what you would say.",
    "ask": "If you knew, you would not have to ask.",
    "tell": "You have heard it.",
    "wake": "You have been awake for some time. It only looks like a dream.",
    "eat": "You are not as hungry as that.",
    "follow": "You are doing that.",
    "smell": "Dust, hay, and a little cyclone.",
    "listen": "Your own breath, quite steady.",
    "search": "Two pockets. `inventory` tells what is in them.",
}
"""For Dorothy herself."""
ONESELF_ELSE = "You leave yourself as you are."

ALONE = {
    "wave": "You wave. Nobody in particular waves back.",
    "knock": "There is nothing to knock on.",
    "dig": "You have no spade, and the ground has no secret.",
    "write": PLAIN["write"],
    "wake": "You have been awake for some time. It only looks like a dream.",
    "jump": "You jump. For a moment you are as far from Kansas as before, but higher.",
    "sleep": "There is too much to see.",
    "sit": "You sit down, think, and get up again.",
    "stand": "You are standing.",
    "sing": "You sing a verse that Aunt Em sings over the washing. It is short.",
    "dance": "A few steps, no music.",
    "think": "You think about it. It helps to write it down: `journal`, or `goals`.",
    "pray": "You wish for it. Then you go on looking.",
    "laugh": "You laugh. It does no harm.",
    "cry": "You cry a little, which is soon done, and then look about you.",
    "swim": "There is not water enough here.",
    "fly": "You did that once already, with a house.",
    "click": "You knock your heels together, twice. The third time is for later.",
    "thank": "You say thank you, to nobody in particular. It is never wasted.",
    "sorry": "Nothing was broken.",
    "bye": "You say goodbye, and stay. (`quit` ends the game.)",
    "call": "You call. It is heard a long way off, and that is all.",
    "say": "You have to say something.",
    "climb": "There is nothing here to climb.",
    "yes": "Nobody asked.",
    "no": "Nobody asked.",
    "take-off": "You keep on what you have on. It is all there is.",
    "question": "One would have to go and see.",
    "praise": "It is heard by whoever it was meant for.",
    "home": "Home is at the end of the road, and this is not the end of it.",
    "whoami": "Dorothy, from Kansas, on her way back there.",
    "xyzzy": "You say it, slowly. A hollow voice says: `NameError: name 'xyzzy' is not defined`.",
    "plugh": "That works in other caves.",
    "swear": "Aunt Em would say the same, in other words. Something is in the way; `hint` and `goals` know more.",
    "why": "That is a question one answers by going on.",
}
"""Default answers of verbs without an object."""

WAIT = ("You wait. Time passes.", "You wait. Nothing hurries.", "You wait a little longer.")
SAY = "You say “{text}”. Nothing answers."
SAY_TO = "{Who} hear{s} it, and wait{s} for the rest."
SAY_WHICH = "Say its name, and it can be examined."
WHERE_HAVE = "You have {the} with you."
WHERE_HERE = "{The} {is} here."
WHERE_IN = "{The} {is} here, with {second}."
WHERE_LAST = "{The} {is} not here. You would look in {room}."
WHERE_UNKNOWN = "You have not come across that."
WHO_AWAY = "{Who} {is} not here."
WHO_UNKNOWN = "You have not met anybody of that name."
WHAT_ASK = "{Who} may know something about that. (Try `ask {short} about {topic}`.)"
HERE_ALREADY = "You are here."

# --- people -----------------------------------------------------------------------------------------

NOBODY_HERE = "There is nobody here to talk to."
NO_ANSWER_THING = "{The} {does} not answer."
GREETING = "{Who} nod{s} to you, and wait{s}."
DEFAULT_TOPIC = "{Who} {has} nothing to say about that."
TOPICS = "You could ask {who} about {topics}."
TOPICS_NOBODY = "There is nothing in particular to ask about here."
TOPICS_NONE = "There is nothing in particular to ask {who} about."
ORDER = "{Who} listen{s} to the end, and go{es} on as before."
ORDER_COME = "{Who} come{s} along anyway."
ORDER_THING = "{The} {does} not take orders."

# --- moving -----------------------------------------------------------------------------------------

NO_WAY = "There is no way {way} from here."
NO_WAY_BUT = "There is no way {way} from here. You can go {ways}."
NO_WAY_AT_ALL = "There is no way out of here just now."
WHICH_WAY = "Which way? You can go {ways}."
BLOCKED = "The way {way} is shut."
NOT_ENTERABLE = "{The} {is} nothing one goes into."
FAR = "{Room} is some way off. It begins with going {way}."
FAR_SHUT = "There is no open way to {room} from here just now."
CUE_WAYS = "You can go {ways}."
CUE_SHUT = "Shut for now: {ways}."
CUE_WAY_TO = "{way} (to {room})"
CUE_WAYS_NONE = "No way out is open."
OPENED_WAY = "The way {way} is open now."

# --- spells -----------------------------------------------------------------------------------------

CAST_NONE = "There is no spell to be cast here."
CAST_NONE_BUT = "There is no spell to be cast here. You remember one for {room}."
CAST_UNKNOWN = "You know no spell of that name. (`spells` lists those of this stage.)"
CAST_ELSEWHERE = "“{title}” is not cast here, but here: {room}."
CAST_UNSEEN = "“{title}” is cast in a place you have not come to yet."
CAST_NOT_YET = "“{title}” is cast here, but nothing asks for it yet."
CAST_AGAIN = "“{title}” is cast already. This is how you wrote it."
ENDED = (
    "The story is told. The road stays open: `cast` and the name of any spell opens it, wherever you are. "
    "`report` writes down the whole journey as a page to keep."
)
CUE_SPELL = "A spell can be cast here: “{title}”. (Type `cast`.)"
SPELL_REASON = "for casting “{title}”"
FOUND_REASON = "for finding {the}"
SCORE_REASON = "for that"

# --- about the game ---------------------------------------------------------------------------------

SCORE = "You have {score} of {total} points, in {turns} {word}."
GOALS = "What there is to do:"
GOALS_NONE = "Nothing presses. Look about, or go on along the road."
THINGS = "Here: {things}."
THINGS_NONE = "Nothing here that one could carry, and nobody."
VERBOSE = "Places are described in full every time."
BRIEF = "Places are described in full the first time, and by name after that."
SUPERBRIEF = "Places are only named. (`look` still describes them.)"
NO_ABOUT = "Oz: a story that teaches PyTorch."
NO_CREDITS = "The story follows L. Frank Baum's book of 1900."
SO_FAR = "The story so far: you have come to **{stage}**, with {score} of {total} points, in {turns} {word}."
SO_FAR_PASSED = "Spells cast: {count} of {of} in this stage."
SO_FAR_GOAL = "Next: {goal}"
JOURNAL_EMPTY = "The journal is empty so far."

HELP = """\
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

**The game:** `goals`, `map`, `journal`, `score`, `statistics`, `report`, `undo`, `oops`, `save`, `restore`, `restart`, `quit`, \
`transcript on`, `brief` or `verbose`, `about`. Nobody dies here, and every step is saved.\
"""

PLAIN_ELSE = "That would do nothing for {the}."
PERSON_ELSE = "{Who} would rather not."
NOTHING_OBVIOUS = "Nothing happens that one could see."
SOMEWHERE_NEW = "a way you have not gone yet"
TO_WHICH = "To whom, {people}?"
NOT_IN_ROOM = "You are not in {room}."
HERE_IT_IS = "{The} {is} right here."
NEVER_MIND = "Very well."
