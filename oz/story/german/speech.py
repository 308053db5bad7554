# ruff: noqa: E501 - lists of words read best as tables
"""German as the story speaks it: small words, how directions are said, what completion offers."""

from __future__ import annotations

from oz.story.german.lines import DIRECTIONS, LINES
from oz.story.german.names import joined, named, plain
from oz.story.german.typed import typed
from oz.story.speech import Completing, Speech

_SMALL = {
    "und": "and", "sowie": "and", "oder": "or", "dann": "then", "danach": "then", "anschliessend": "then",
    "alles": "all", "alle": "all", "allen": "all", "beide": "both", "beides": "both", "jeden": "each", "jede": "each", "jedes": "each",
    "ausser": "except", "ohne": "except", "ja": "yes", "jawohl": "yes", "jo": "yes", "klar": "yes", "gern": "yes", "gerne": "yes",
    "nein": "no", "nö": "no", "nee": "no", "niemals": "no", "bitte": "", "nichts": "nothing", "keines": "none", "keinen": "none", "keins": "none",
    "niemand": "nobody", "niemanden": "nobody", "niemandem": "nobody", "vergiss": "nevermind", "jetzt": "now", "nun": "now",
    "es": "it", "ihn": "him", "ihm": "him", "ihr": "her", "ihnen": "them", "mich": "me", "mir": "me", "selbst": "myself",
    "nochmal": "again", "nochmals": "again", "wiederhole": "again", "hoppla": "oops", "ups": "oops",
    "erste": "first", "ersten": "first", "erster": "first", "erstes": "first", "zweite": "second", "zweiten": "second", "zweiter": "second",
    "zweites": "second", "dritte": "third", "dritten": "third", "dritter": "third", "drittes": "third", "vierte": "fourth", "vierten": "fourth",
    "letzte": "last", "letzten": "last", "letzter": "last", "letztes": "last",
    "sie": "her|them", "noch einmal": "again", "noch mal": "again", "bis auf": "except", "vergiss es": "nevermind",
    "egal": "nevermind", "mal": "", "doch": "", "einmal": "", "bitte schön": "",
    "zwei": "two", "drei": "three", "vier": "four", "fünf": "five", "sechs": "six", "sieben": "seven",
}  # fmt: skip
"""Empty: left out. ``her|them``: whichever the story has."""

_ARTICLES = frozenset({
    "der", "die", "das", "den", "dem", "des", "ein", "eine", "einen", "einem", "einer", "eines", "etwas",
    "mein", "meine", "meinen", "meinem", "meiner", "dein", "deine", "deinen", "deinem", "deiner",
    "diese", "dieser", "dieses", "diesen", "diesem", "jene", "jener", "jenes", "jenen", "jenem",
    "unser", "unsere", "unseren",
})  # fmt: skip

_BEFORE = {"ins": "in", "im": "in", "hinein": "in", "zu": "to", "zum": "to", "zur": "to", "auf": "on", "aufs": "on",
           "an": "on", "ans": "on", "am": "on", "nach": "at"}  # fmt: skip

_RAW = {
    "antworte": "answer", "antwort": "answer", "mitschrift": "transcript", "zauberbuch": "spellbook",
    "nachschlagen": "reference", "schlag nach": "reference", "nachschlag": "reference",
    "laden": "restore", "lade": "restore", "wiederherstellen": "restore",
}  # fmt: skip

_WAYS = {
    "north": "nach Norden", "south": "nach Süden", "east": "nach Osten", "west": "nach Westen",
    "northeast": "nach Nordosten", "northwest": "nach Nordwesten", "southeast": "nach Südosten",
    "southwest": "nach Südwesten", "up": "hinauf", "down": "hinunter", "in": "hinein", "out": "hinaus",
}  # fmt: skip

_FIRST = (
    "schau",
    "untersuche",
    "inventar",
    "sprich mit",
    "frag",
    "nimm",
    "geh",
    "zauber",
    "hinweis",
    "ziele",
    "wege",
)
_ANY = ("untersuche", "betrachte", "lies", "durchsuche", "berühre", "rieche an", "drück", "zieh", "dreh", "benutze", "öffne",
        "schließe", "koste", "klettere auf", "klopf an", "trink")  # fmt: skip
_HELD = ("lege", "gib", "zeig", "wirf", "zieh an", "schwenk", "iss")
_COMPLETING = Completing(
    first=_FIRST,
    offered=(
        *_FIRST, "antworte", "aufgabe", "ausführlich", "beenden", "benutze", "berühre", "bericht", "beweise",
        "broadcast", "danke", "dinge", "dreh", "drück", "durchsuche", "entwurf", "erzähl", "gib", "hilfe", "hoppla",
        "iss", "karte", "klettere auf", "klopf an", "koste", "kurz", "küss", "lauf", "lausche", "lege", "lies",
        "lösung", "mitschrift an", "mitschrift aus", "mitwirkende", "nachschlagen", "neustart", "nochmal", "öffne",
        "punkte", "rieche an", "rückgängig", "sag", "schlaf", "schließe", "schwenk", "setz dich", "sing",
        "speichern", "spring", "statistik", "stopp", "tagebuch", "tensoren", "themen", "trink", "über", "versuche",
        "warte", "wiederholung", "winke", "wirf", "zauberliste", "zeig", "zieh", "zurücksetzen",
    ),
    needs={
        **dict.fromkeys(_ANY, "any"), "nimm": "loose", "hole": "loose", **dict.fromkeys(_HELD, "held"),
        "sprich mit": "person", "frag": "person", "erzähl": "person", "küss": "person",
        "geh": "way", "geh zu": "place", "betrete": "place", "zauber": "spell",
    },
    joins={"gib": " an ", "lege": " in ", "frag": " nach ", "erzähl": " von ", "benutze": " mit ", "zeig": " "},
    talk="sprich mit",
    cast="zauber",
)  # fmt: skip

_ENDINGS = ("n", "en", "s", "es", "m", "em", "r", "er", "e")
_SPELLED = (("ae", "ä"), ("oe", "ö"), ("ue", "ü"))


def _variants(word: str) -> tuple[str, ...]:
    """Other spellings and forms of `word`: umlauts for ``ae``, fewer endings, other ones."""
    spelled = word
    for ascii_, umlaut in _SPELLED:
        spelled = spelled.replace(ascii_, umlaut)
    found = [] if spelled == word else [spelled]
    for form in (word, *found):
        stems = [form.removesuffix(end) for end in _ENDINGS if form.endswith(end) and len(form) > 4]
        found += stems
        found += [f"{stem}{end}" for stem in (form, *stems) for end in ("e", "er", "es", "en", "n")]
    return tuple(dict.fromkeys(form for form in found if form != word))


def _noun_forms(noun: str) -> tuple[str, ...]:
    """Genitive, dative plural."""
    return (f"{noun}s", f"{noun}n") if noun[-1:] not in "sn" else ()


def _adjective_forms(word: str) -> tuple[str, ...]:
    stem = word.removesuffix("e")
    return tuple(f"{stem}{end}" for end in ("", "e", "en", "er", "es", "em"))


def _small_in(line: str) -> str:
    """A grammar line in the words that the parser sees, small words being English by then."""
    return " ".join(
        part
        if part.startswith("{")
        else "|".join(_SMALL.get(word, word) for word in part.split("|"))
        for part in line.split()
    )


GERMAN = Speech(
    name=named,
    plain=plain,
    lines={verb: tuple(map(_small_in, lines)) for verb, lines in LINES.items()},
    directions=DIRECTIONS,
    articles=_ARTICLES,
    small=_SMALL,
    said={"it": "es", "him": "ihn", "her": "sie", "them": "sie"},
    before=_BEFORE,
    raw=_RAW,
    switch={"an": "on", "ein": "on", "aus": "off"},
    ways=_WAYS,
    joined=joined,
    typed=typed,
    variants=_variants,
    noun_forms=_noun_forms,
    adjective_forms=_adjective_forms,
    completing=_COMPLETING,
)
