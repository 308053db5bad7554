# ruff: noqa: E501 - a verb's grammar reads best as a table
"""The verbs, their synonyms and their grammars, as data.

A grammar line is words and slots. Words may have alternatives (``take|get|grab``). Slots:

``{thing}``   one thing in sight       ``{things}``  one or several, 'all', lists
``{second}``  the indirect object      ``{place}``   a thing, a way out or a room
``{way}``     a direction              ``{topic}``   any words (a topic, something said)

After a colon a slot says which things are meant rather: ``held``, ``loose`` (not held), ``person``;
``only`` (``{second:only}``) takes nothing but a person, ``mine`` nothing but what Dorothy carries. The parser (`oz.story.parser`) tries lines with
more words of their own first, then in this order. Knows no world and does nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache

from oz.story.speech import SPEECH

DIRECTION_WORDS: dict[str, str] = {
    **SPEECH.directions,
    "n": "north", "north": "north", "northward": "north", "northwards": "north",
    "s": "south", "south": "south", "southward": "south", "southwards": "south",
    "e": "east", "east": "east", "eastward": "east", "eastwards": "east",
    "w": "west", "west": "west", "westward": "west", "westwards": "west",
    "ne": "northeast", "northeast": "northeast",
    "nw": "northwest", "northwest": "northwest",
    "se": "southeast", "southeast": "southeast",
    "sw": "southwest", "southwest": "southwest",
    "u": "up", "up": "up", "upstairs": "up", "upward": "up", "upwards": "up",
    "d": "down", "down": "down", "downstairs": "down", "downward": "down", "downwards": "down",
    "in": "in", "inside": "in", "indoors": "in",
    "out": "out", "outside": "out", "outdoors": "out",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb under its canonical name, which is what rules name."""

    name: str
    lines: tuple[str, ...]
    game: bool = False
    """About the game: takes no turn, and no rule hears of it."""
    held: bool = False
    """Dorothy must carry the direct object: it is taken first, and the player told so."""


_MOVING = "go|walk|run|head|travel|proceed|move"

VERBS: tuple[Verb, ...] = (
    # looking
    Verb("look", ("look|l", "look around|about|here", "where am i", "where are we", "where is this",
                  "look at room|place|surroundings", "examine room|place|surroundings",
                  "x room|place|surroundings")),
    Verb("examine", ("examine|x|inspect|describe|study|watch|observe|see|view|consider|admire {things}",
                     "look at {things}", "look over {thing}", "look {things}", "l {things}", "l at {things}",
                     "check {things}", "check out {thing}", "count {things}", "what about {thing}")),
    Verb("search", ("search|rummage|frisk {thing}", "look in|inside|into|through {thing}",
                    "look on {thing}", "rummage in|through {thing}", "feel in|inside {thing}", "l in {thing}",
                    "look behind {thing}", "what is in|inside|on|under {thing}",
                    "whats in|inside|on|under {thing}", "search in|through|inside {thing}")),
    Verb("look-under", ("look under|underneath|beneath|below {thing}", "search under {thing}")),
    Verb("look-way", ("look {way}", "look to {way}", "look toward|towards {way}")),
    Verb("read", ("read {things}", "read in|from {thing}", "leaf through {thing}")),
    Verb("inventory", ("inventory|i|inv|possessions|belongings", "take inventory", "what am i carrying|holding",
                       "what do i have|carry|hold", "what have i got", "check inventory", "show inventory")),
    Verb("listen", ("listen", "listen to {thing}", "listen for {thing}", "hear {thing}", "hear",
                    "what do i hear")),
    Verb("smell", ("smell|sniff", "smell|sniff {thing}", "what do i smell")),
    # taking and putting
    Verb("take", ("take|get|grab|carry|hold|catch|collect|fetch|steal|snatch|keep {things:loose}",
                  "pick up {things:loose}", "pick {things:loose} up", "pick|gather|pluck {things:loose}",
                  "gather up {things:loose}", "lift {things:loose}", "lift up {things:loose}",
                  "take|get|remove|grab {things:loose} from|off|out {second}",
                  "take|get|remove|grab {things:loose} out of {second}",
                  "get hold of {things:loose}")),
    Verb("drop", ("drop|discard {things:held}", "put|set|lay down {things:held}", "let go of {things:held}",
                  "put|set|lay {things:held} down", "leave {things:mine}", "leave {things:mine} here")),
    Verb("put", ("put|place|insert|stick|set|lay|drop|hide|pour {things:held} in|into|inside {second}",
                 "put|place|set|lay|drop|stick|pour {things:held} on|onto|upon {second}",
                 "put|place|set|lay {things:held} on top of {second}", "add {things:held} to {second}",
                 "put|place|set|hide {things:held} under|behind|beside|near|against {second}"), held=True),
    Verb("give", ("give|hand|offer|return|feed|pay|lend {things:held} to {second:person}",
                  "give|hand|offer|return|pay|lend|feed {second:only} {things:held}",
                  "give back {things:held} to {second:person}",
                  "feed {second:person} with {things:held}"), held=True),
    Verb("show", ("show|present|display {things:held} to {second:person}",
                  "show {second:only} {things:held}")),
    Verb("throw", ("throw|toss|hurl|fling|chuck {things:held}",
                   "throw|toss|hurl|fling|chuck {things:held} at|to|in|into|on|over|against {second}"), held=True),
    Verb("wear", ("wear|don {things:held}", "put on {things:held}", "put {things:held} on",
                  "try on {things:held}", "dress in {things:held}"), held=True),
    Verb("take-off", ("take off {things:held}", "take {things:held} off", "doff|shed {things:held}",
                      "undress")),
    # doing things to things
    Verb("use", ("use|employ|utilise|utilize|operate {thing}", "use|try {thing:held} on|with|against|in {second}",
                 "use {thing}", "try {thing}", "start {thing}")),
    Verb("open", ("open|unfold|uncover|unwrap {things}", "open up {thing}", "open {thing} with {second:held}",
                  "pry open {thing}", "unlock {thing}", "unlock {thing} with {second:held}")),
    Verb("close", ("close|shut|cover {things}", "close up {thing}", "lock {thing}",
                   "lock {thing} with {second:held}")),
    Verb("push", ("push|press|shove|nudge|prod|poke {thing}", "move|shift|slide|budge {thing}",
                  "push|press {thing} with {second:held}", "push on|against {thing}",
                  "push|move|slide {thing} to|in|into|toward|towards|under {second}")),
    Verb("pull", ("pull|drag|tug|yank|haul {thing}", "pull on|at {thing}", "tug at|on {thing}",
                  "pull up|down {thing}")),
    Verb("turn", ("turn|rotate|twist|spin|crank|wind|unscrew|screw {thing}", "turn over|around {thing}",
                  "turn|flip {thing} over|around", "flip {thing}", "turn|switch on|off {thing}",
                  "turn|switch {thing} on|off", "turn to {topic}", "set {thing} to {topic}")),
    Verb("touch", ("touch|feel|pat|pet|stroke|rub|fondle|caress|scratch|tickle|polish {thing}",
                   "touch|rub {thing} with {second:held}", "hug|embrace|cuddle {thing:person}")),
    Verb("taste", ("taste|lick {thing}",)),
    Verb("eat", ("eat|devour|swallow|chew|bite {things:held}",)),
    Verb("drink", ("drink|sip|quaff {thing}", "drink from {thing}")),
    Verb("wave", ("wave|brandish|shake|swing {thing:held}", "wave", "wave at|to {second:person}",
                  "wave|shake {thing:held} at {second}")),
    Verb("knock", ("knock|rap|tap", "knock|rap|tap on|at {thing}", "knock|rap|tap {thing}")),
    Verb("attack", ("attack|hit|kick|punch|fight|strike|slap|beat|hurt|kill|stab|murder|destroy {thing}",
                    "attack|hit|fight|kill|stab|strike {thing} with {second:held}")),
    Verb("break", ("break|smash|crack|crush|snap|wreck|tear|rip|fold|bend {thing}",
                   "break|smash {thing} with {second:held}", "tear up {thing}", "break open {thing}")),
    Verb("cut", ("cut|slice|chop|saw {thing}", "cut|slice|chop {thing} with {second:held}", "cut up|down {thing}")),
    Verb("tie", ("tie|fasten|attach|fix|join {thing} to|with {second}", "tie|fasten {thing}",
                 "tie up {thing}")),
    Verb("untie", ("untie|unfasten|detach|loosen|free|release {thing}",)),
    Verb("burn", ("burn|light|ignite {thing}", "burn|light {thing} with {second:held}",
                  "set fire to {thing}")),
    Verb("clean", ("clean|wash|wipe|dust|sweep|scrub {thing}", "clean|wash|wipe {thing} with {second:held}")),
    Verb("oil", ("oil|grease {thing}", "oil|grease {thing} with {second:held}")),
    Verb("fill", ("fill {thing}", "fill {thing} with|from {second}", "empty {thing}")),
    Verb("dig", ("dig", "dig in {thing}", "dig {thing}", "dig up {thing}", "dig with {thing:held}")),
    Verb("blow", ("blow {thing}", "blow on|in|into|out {thing}", "ring|play {thing}")),
    Verb("write", ("write", "write {topic}", "write on|in {thing}")),
    Verb("wake", ("wake {thing:person}", "wake up {thing:person}", "wake {thing:person} up", "wake up", "wake")),
    # people
    Verb("talk", ("talk|speak|chat|converse to|with {thing:person}", "talk|speak|chat {thing:person}",
                  "greet|hail|address|question|interview {thing:person}", "ask {thing:person}",
                  "talk|speak|chat", "hello|hi|hey|hullo|greetings|howdy", "good morning|day|evening|afternoon",
                  "hello|hi|hey {thing:person}", "say hello|hi to {thing:person}", "say hello|hi",
                  "hello|hi to {thing:person}")),
    Verb("ask", ("ask|question|quiz|consult {thing:person} about|on|concerning|regarding|of {topic}",
                 "ask about {topic}", "ask {thing:person} for {topic}",
                 "talk|speak|chat to|with {thing:person} about {topic}", "talk|speak about {topic}",
                 "discuss {topic} with {thing:person}", "discuss {topic}",
                 "ask {thing:person} what|who|where|why|how|when|whether|if {topic}",
                 "ask what|who|where|why|how {topic}", "consult {thing:person}")),
    Verb("tell", ("tell|inform {thing:person} about|of {topic}", "tell me about {topic}",
                  "tell {thing:person} that {topic}", "tell about {topic}", "explain {topic} to {thing:person}")),
    Verb("order", ("tell|order|command|ask {thing:person} to {topic}",)),
    Verb("topics", ("topics|topic|subjects", "what can i ask", "what can i ask {thing:person}", "topics for {thing:person}"),
         game=True),
    Verb("kiss", ("kiss {thing:person}",)),
    Verb("thank", ("thank {thing:person}", "thanks", "thank you", "thank", "say thanks|thank", "say thank you",
                   "thanks to {thing:person}")),
    Verb("follow", ("follow {thing:person}", "go|walk after {thing:person}", "chase {thing:person}")),
    Verb("call", ("call {thing:person}", "call to {thing:person}", "call for {topic}", "whistle for|at|to {thing:person}",
                  "whistle", "shout at|to|for {thing:person}", "shout|yell|scream|holler|call",
                  "shout|yell|scream {topic}")),
    Verb("say", ("say {topic} to {thing:person}", "say|answer|utter|whisper|mutter {topic}", "say|utter")),
    Verb("yes", ("yes|y|yeah|yep|yup|sure|aye|ok|okay|certainly",)),
    Verb("no", ("no|nope|nay|never",)),
    Verb("sorry", ("sorry|apologise|apologize|pardon", "say sorry", "excuse me")),
    Verb("bye", ("bye|goodbye|farewell", "good bye|night", "say goodbye|bye", "say goodbye|bye to {thing:person}")),
    Verb("buy", ("buy|purchase|order {thing}",)),
    # moving
    Verb("go", ("{way}", f"{_MOVING}|climb|jump|crawl|step|turn {{way}}", f"{_MOVING} to|toward|towards {{way}}",
                "go|walk", "leave|exit", "get out", "go away|back", "back", "go straight|on|ahead",
                "exit|leave {place}", "get out of|from {place}", "go out of {place}", "come|step out of {place}")),
    Verb("enter", ("enter {place}", f"{_MOVING} to|into|in|inside|through|along|across|over|toward|towards|on|onto|by|via|past {{place}}",
                   f"{_MOVING} {{place}}", "go back to {place}", "return to {place}", "visit|cross|approach {place}",
                   "get in|into|on|onto {place}", "come|step in|into|inside|through|on|onto {place}", "follow {place}",
                   "go up|down|out|around {place}", "enter", "board {place}")),
    Verb("climb", ("climb|scale|mount|ascend|descend {thing}",
                   "climb up|down|on|onto|over|in|into|through|out {thing}", "climb", "stand on {thing}")),
    Verb("where", ("where is|are|was {topic}", "wheres {topic}", "find|locate {topic}", "look for {topic}",
                   "search for {topic}", "where can i find {topic}")),
    # oneself
    Verb("wait", ("wait|z|pause|rest", "wait for {topic}", "wait {topic}", "do nothing", "stay", "stay here")),
    Verb("jump", ("jump|hop|leap|skip", "jump over|on|in|into|across|off {thing}", "jump up|down")),
    Verb("sleep", ("sleep|nap|doze", "go to sleep|bed", "sleep on|in {thing}", "take nap", "lie down",
                   "lie on|in {thing}", "lie down on|in {thing}")),
    Verb("sit", ("sit|kneel", "sit down", "sit on|in|at|under|by {thing}", "sit down on|in|at {thing}")),
    Verb("stand", ("stand|rise", "stand up", "get up")),
    Verb("sing", ("sing|hum", "sing {topic}", "sing to {thing:person}")),
    Verb("dance", ("dance", "dance with {thing:person}", "twirl|curtsy|bow", "curtsy|bow to {thing:person}")),
    Verb("think", ("think|ponder|wonder|meditate", "think about|of {topic}", "remember|recall {topic}", "remember")),
    Verb("pray", ("pray|wish", "wish for {topic}", "pray to|for {topic}")),
    Verb("laugh", ("laugh|smile|giggle|grin|chuckle", "laugh|smile at {thing:person}")),
    Verb("cry", ("cry|weep|sob|sigh",)),
    Verb("swim", ("swim|wade|bathe|paddle", "swim|wade in|across|through {thing}")),
    Verb("fly", ("fly|float|soar", "fly {topic}")),
    Verb("click", ("click heels|shoes", "click my heels|shoes", "tap heels|shoes together")),
    Verb("xyzzy", ("xyzzy",)),
    Verb("plugh", ("plugh|plover|abracadabra|hocus|sesame|shazam", "open sesame", "hocus pocus",)),
    Verb("swear", ("damn|bugger|shit|fuck|crap|hell|bastard|bloody|drat|blast|darn|bother",
                   "damn|fuck|bugger|screw|stupid {topic}", "damn you|it", "fuck you|off|this", "shut up")),
    Verb("why", ("why", "why {topic}")),
    Verb("who", ("who is|are|was {topic}", "whos {topic}")),
    Verb("question", ("is|are|am|do|does|did|can|could|will|would|should|has|have|was|were|when|which {topic}",
                      "when|which")),
    Verb("praise", ("good dog|boy|girl|toto", "well done", "praise {thing:person}")),
    Verb("home", ("go home", "home", "return home", "go to kansas", "go back home")),
    Verb("whoami", ("who am i", "what am i")),
    Verb("what", ("what is|are|was {topic}", "whats {topic}", "what does {topic}", "define {topic}",
                  "explain {topic}", "how does {topic}")),
    # spells
    Verb("cast", ("cast|spell|conjure|incant", "cast {topic}", "spell {topic}", "open spell", "open spell {topic}",
                  "cast spell", "cast spell {topic}", "begin|start spell", "open desk", "desk", "try spell",
                  "write spell|code", "write spell {topic}"), game=True),
    Verb("prove", ("prove|placement", "prove it|stage|this|that", "prove i know it|this|that", "prove {topic}"), game=True),
    Verb("spells", ("spells", "list spells", "show spells", "what spells"), game=True),
    Verb("run", ("run|rerun", "run spell|code|draft|program|it", "cast it", "try it", "judge"), game=True),
    Verb("stop", ("stop|cancel|abort|halt", "stop it|run|spell|program"), game=True),
    Verb("show-code", ("show code|draft|spell|program|source", "show my code|draft|spell|program", "code|draft|source",
                       "list code|draft", "look at code|draft", "read code|draft"), game=True),
    Verb("edit", ("edit|editor", "edit spell|code|draft|program", "open editor", "edit in editor", "edit {topic}"), game=True),
    Verb("briefing", ("briefing|task", "read briefing|task", "show briefing|task|goal",
                      "briefing {topic}"), game=True),
    Verb("hint", ("hint|hints|clue|nudge", "give me hint|clue", "next hint", "show hint|hints", "get hint",
                  "help me", "another hint", "i am stuck", "im stuck", "stuck", "show me hint", "hint {topic}"), game=True),
    Verb("solution", ("solution|solutions|spoiler", "show solution|answer", "show model answer", "model answer", "solution {topic}",
                      "give up"), game=True),
    Verb("reset", ("reset", "reset spell|code|draft", "start over spell", "reset {topic}"), game=True),
    Verb("attempts", ("attempts|tries", "show attempts", "my attempts", "attempts {topic}"), game=True),
    Verb("tensors", ("tensors|namespace|variables", "show|list tensors|namespace|variables", "what is left"), game=True),
    # about the game
    Verb("help", ("help|commands|instructions|verbs|manual|h", "how do i play", "how to play", "what can i do",
                  "what can i type", "how do i {topic}", "how {topic}", "help with {topic}", "help {topic}"), game=True),
    Verb("goals", ("goals|goal|objectives|tasks|quests|quest|todo", "what now", "what next", "what should i do",
                   "what do i do", "what do i do now", "where should i go", "now what"), game=True),
    Verb("exits", ("exits|ways|directions", "list exits", "where can i go", "show exits",
                   "which way", "which ways"), game=True),
    Verb("things", ("things|objects|items", "what is here", "whats here", "what can i see", "what do i see",
                    "who is here", "whos here"), game=True),
    Verb("report", ("report", "write report|the report|my report", "show report"), game=True),
    Verb("review", ("review|revise", "review {topic}"), game=True),
    Verb("statistics", ("statistics|stats|figures", "show statistics|stats", "my statistics|stats"), game=True),
    Verb("score", ("score|points|progress", "full score", "show score", "what is my score"), game=True),
    Verb("map", ("map|m", "show map", "look at map", "read map", "check map"), game=True),
    Verb("journal", ("journal|diary|notes|log|j", "read journal|diary|notes", "show journal", "check journal",
                     "journal|diary|notes {topic}"), game=True),
    Verb("about", ("about|info|information", "about game|oz"), game=True),
    Verb("credits", ("credits|acknowledgements|authors|author", "who made this", "who wrote this"), game=True),
    Verb("version", ("version", "what version"), game=True),
    Verb("save", ("save", "save game|journey"), game=True),
    Verb("restore", ("restore|load", "restore game|journey", "load game|journey"), game=True),
    Verb("restart", ("restart", "restart game", "start over|again", "new game", "begin again"), game=True),
    Verb("quit", ("quit|q", "exit game", "quit game", "leave game", "end game", "stop playing"), game=True),
    Verb("undo", ("undo", "undo that|it", "take back", "take that back"), game=True),
    Verb("verbose", ("verbose|long", "verbose mode"), game=True),
    Verb("brief", ("brief|normal", "brief mode"), game=True),
    Verb("superbrief", ("superbrief|short", "superbrief mode"), game=True),
)  # fmt: skip

VERBS = tuple(
    replace(verb, lines=(*verb.lines, *SPEECH.lines.get(verb.name, ()))) for verb in VERBS
)
BY_NAME: dict[str, Verb] = {verb.name: verb for verb in VERBS}


@dataclass(frozen=True, slots=True)
class Slot:
    """A hole in a grammar line."""

    kind: str
    rather: str = ""


Element = frozenset[str] | Slot


@dataclass(frozen=True, slots=True)
class Line:
    """One grammar line, taken apart."""

    verb: str
    elements: tuple[Element, ...]
    spelled: tuple[str, ...]
    """The first alternative of each word; empty strings for slots."""

    @property
    def weight(self) -> int:
        """How many words of its own it has: more is more specific."""
        return sum(not isinstance(element, Slot) for element in self.elements)


def _line(verb: str, text: str) -> Line:
    elements: list[Element] = []
    spelled: list[str] = []
    for part in text.split():
        if part.startswith("{"):
            kind, _, rather = part.strip("{}").partition(":")
            elements.append(Slot(kind, rather))
            spelled.append("")
        else:
            words = part.split("|")
            elements.append(frozenset(words))
            spelled.append(words[0])
    return Line(verb, tuple(elements), tuple(spelled))


@cache
def lines_for(word: str) -> tuple[Line, ...]:
    """The grammar lines that begin with `word`, the most specific first."""
    return _index().get(word, ())


@cache
def _index() -> dict[str, tuple[Line, ...]]:
    found: dict[str, list[Line]] = {}
    for verb in VERBS:
        for text in verb.lines:
            line = _line(verb.name, text)
            first = line.elements[0]
            starts = DIRECTION_WORDS if isinstance(first, Slot) else first
            for word in starts:
                found.setdefault(word, []).append(line)
    return {
        word: tuple(sorted(lines, key=lambda line: -line.weight)) for word, lines in found.items()
    }


@cache
def verb_words() -> frozenset[str]:
    """Every word that a command can begin with."""
    return frozenset(_index()) | {
        "again",
        "g",
        "oops",
        "transcript",
        *SPEECH.raw,
        "answer",
        "reference",
        "broadcast",
        "spellbook",
    }


@cache
def grammar_words() -> frozenset[str]:
    """Every word of any grammar line."""
    words = set(verb_words()) | set(DIRECTION_WORDS)
    for lines in _index().values():
        for line in lines:
            for element in line.elements:
                if not isinstance(element, Slot):
                    words |= element
    return frozenset(words)
