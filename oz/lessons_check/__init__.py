"""``oz lessons check``: everything that a well-formed campaign can still get wrong.

`oz.campaign` refuses what is malformed. Here the lessons are looked at as a player and as a
teacher would: are the answers right and the mistakes known (`answers`), can everything be reached
and finished (`roads`, `walk`), can what the prose names be looked at (`nouns`), is nothing asked
before it was taught (`taught`), have the small questions one answer (`cards`), and does every file
belong (`files`). Runs programs only through the crucible.
"""

from oz.lessons_check.check import check_cards, check_lessons

__all__ = ["check_cards", "check_lessons"]
