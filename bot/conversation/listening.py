"""Understands a turn. It may read; it changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final

from bot.conversation import buttons
from bot.conversation.children import find_child
from bot.conversation.danger import NO_ALARM, Alarm, find_alarm
from bot.conversation.ear.ear import NO_OPINION, Ear
from bot.conversation.grievance import is_blameless
from bot.conversation.hearing import listen, read
from bot.conversation.lexicon import load_patterns
from bot.conversation.routing import find_route, find_signals, find_whole
from bot.conversation.slots import NOTHING_SAID, Slots, read_slots
from bot.conversation.state import Asking, Place, State
from bot.conversation.understanding import Understanding
from bot.conversation.whereabouts import NOWHERE, find_short_name, place_of
from bot.conversation.words import find_word
from bot.turn import Turn
from cases.actors import Reporter
from cases.officers import officer_of_chat
from knowledge.answer import Asker
from places.gazetteer import Gazetteer
from settings.schema import Settings
from storage.ids import new_id
from storage.store import Store
from storage.times import local_date
from storage.village_codes import VillageCodes, village_codes

_TELLING: Final = 6
_SHORTLY: Final = 14
_SURE: Final = 0.6


def page_address(settings: Settings) -> str:
    """Return the address under which people open our page."""
    web = settings.web
    return web.public_address.rstrip("/") or f"http://{web.host}:{web.port}"


@dataclass(frozen=True)
class Listener:
    """
    Turns turns into understandings, with the settings and the gazetteer at hand.

    ``ear`` hears what the rules have no words for; without one the rules are all there is.
    """

    settings: Settings
    gazetteer: Gazetteer
    ear: Ear | None = None

    @cached_property
    def _codes(self) -> VillageCodes:
        return village_codes(self.settings)

    @property
    def home(self) -> Place | None:
        """The area that this installation serves, None when it is not set or unknown."""
        area = self.gazetteer.by_path(self.settings.area) if self.settings.area else None
        return place_of(self.gazetteer, area.code) if area and area.code else None

    def understand(self, store: Store, turn: Turn, state: State, *, now: datetime) -> Understanding:
        """Return what *turn* means to a chat in *state*."""
        is_officer = officer_of_chat(store, Reporter(turn.channel, turn.chat)) is not None
        return replace(
            self.hear(turn.text or turn.phone or "", state, now=now),
            personal_data=self.carries_personal_data(turn.channel),
            is_officer=is_officer,
            asker=Asker.OFFICER if is_officer else Asker.VILLAGER,
            tap=buttons.parse(turn.button) if turn.button is not None else None,
            village=self._village(turn.start) if turn.start else None,
        )

    def hear(self, said: str, state: State, *, now: datetime) -> Understanding:
        """Return what the words *said* mean to a chat in *state*, whoever says them."""
        heard = listen(said)
        signals = find_signals(heard)
        # What answers our own question may be a name or a place: it is weighed for danger only, if it is long enough.
        freely = state.asking in (Asking.NOTHING, Asking.CALL_PHONE)
        tells = (freely or len(heard) >= _TELLING) and load_patterns("people", "only")["who"].sub("", heard)
        # A set phrase of ours is no cry for help in other words.
        is_set = find_word(heard) is not None or find_whole(heard) is not None
        opinion = self.ear.hear(heard) if self.ear and tells and not is_set else NO_OPINION
        # A short question after another goes on from it: only the rules send it elsewhere, or an ear sure of danger.
        follows = bool(state.questions) and len(heard) <= _SHORTLY and signals.asks_rule
        alarm = opinion.widen(find_alarm(heard), signals, heard) if heard else NO_ALARM
        if follows and 0 < alarm.leaning < _SURE:
            alarm = find_alarm(heard)
        ruled = find_route(heard)
        route = opinion.settle(ruled, signals, blameless=is_blameless(heard)) if freely and not follows else ruled
        today = local_date(now)
        return Understanding(
            now=now,
            today=today,
            fresh=new_id(),
            home=self.home,
            contacts=self.contacts(),
            text=read(said),
            heard=heard,
            word=find_word(heard),
            alarm=alarm,
            child=find_child(heard),
            hush=load_patterns("routes", "wish")["hush"].search(heard) is not None,
            route=route,
            leaning=0.0 if route is ruled else opinion.lanes[route],
            signals=signals,
            slots=self.slots(heard, alarm, state, today=today) if heard else NOTHING_SAID,
        )

    def _village(self, token: str) -> Place | None:
        """Return the place of a poster's code, None for any other code."""
        code = self._codes.read(token)
        return place_of(self.gazetteer, code) if code is not None and code in self.gazetteer else None

    def carries_personal_data(self, channel: str) -> bool:
        """Tell whether names, telephones and stories may travel on *channel*. Our own page and terminal always."""
        section = getattr(self.settings.channels, channel, None)
        return section is None or section.personal_data == "full"

    def contacts(self) -> dict[str, str]:
        """Return the numbers that the county filled in, and the address of our page."""
        numbers: dict[str, str] = self.settings.contacts.model_dump()
        return {**{key: number for key, number in numbers.items() if number}, "page": page_address(self.settings)}

    def slots(self, heard: str, alarm: Alarm, state: State, *, today: date) -> Slots:
        """Return what was said for the report; short village names are looked for where the household lives."""
        drafted = state.draft.place if state.draft else None
        within = drafted or state.home or self.home
        code = within.code if within else None
        slots = read_slots(heard, alarm, today=today, gazetteer=self.gazetteer, within=code)
        if state.asking is not Asking.PLACE or slots.where != NOWHERE:
            return slots
        return replace(slots, where=find_short_name(heard, self.gazetteer, code))
