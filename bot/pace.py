"""A pace for senders: who posts too fast waits a little, nobody's words are thrown away."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Final

_REMEMBERED: Final = 10_000


@dataclass
class Pace:
    """Hands out slots per sender: *burst* at once, then one every *every* seconds."""

    burst: int
    every: float
    _next: dict[str, float] = field(default_factory=dict)

    def reserve(self, sender: str, *, now: float, longest: float) -> float | None:
        """Return the seconds until the sender's next slot, 0 while the burst lasts.

        None says that the wait would be over *longest*; then no slot is taken and the sender may come again.
        """
        slot = max(self._next.get(sender, -math.inf), now - self.burst * self.every) + self.every
        if slot - now > longest:
            return None
        self._remember(sender, slot, now)
        return max(0.0, slot - now)

    def _remember(self, sender: str, slot: float, now: float) -> None:
        if len(self._next) >= _REMEMBERED:
            idle = now - self.burst * self.every
            self._next = {known: at for known, at in self._next.items() if at > idle}
        self._next[sender] = slot
