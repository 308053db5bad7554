"""The lessons read into the model, or refused by file and line.

`load` is the way in. It runs nothing that it reads and imports neither torch nor a screen.
"""

from oz.campaign.faults import Fault, LessonsError
from oz.campaign.load import default_root, load
from oz.campaign.model import FORMAT, Campaign, Reference, StageInfo
from oz.campaign.prose import Passage

__all__ = [
    "FORMAT",
    "Campaign",
    "Fault",
    "LessonsError",
    "Passage",
    "Reference",
    "StageInfo",
    "default_root",
    "load",
]
