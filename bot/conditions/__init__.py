"""What must be so for everything to work, each named with what follows when it is not."""

from bot.conditions.condition import Condition, House
from bot.conditions.keeping import keeping
from bot.conditions.people import people
from bot.conditions.serving import serving

__all__ = ["Condition", "House", "conditions"]


def conditions(house: House) -> list[Condition]:
    """Return every condition of a house, what is degraded first. Nothing is changed."""
    found = [*keeping(house), *serving(house), *people(house)]
    return sorted(found, key=lambda one: one.good)
