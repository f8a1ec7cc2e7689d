"""The console over a county's desk: officers of every kind, and cases in the states that a test needs."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page
from starlette.applications import Starlette

from cases.actors import Officer, Role
from cases.officers import all_officers
from settings.schema import Contacts, Settings
from storage.database import transaction
from storage.stores import Stores
from tests.cases.conftest import COUNTY, Desk, appoint, set_up
from tests.e2e.browser import visitor
from tests.web.conftest import Clock
from tests.web.officers.clerk import Clerk
from web.officers.sessions import COOKIE, open_session

PASSWORD = "春风又绿江南岸 2026"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Return settings with the telephones that a notice prints."""
    contacts = Contacts(township="0943-3221234", county_rural_affairs="0943-3225678")
    return settings.model_copy(update={"contacts": contacts})


@pytest.fixture
def desk(stores: Stores, clock: Clock) -> Desk:
    """Return the county's desk; the application's clock stands at its later day."""
    desk = set_up(stores.here(), clock.now)
    appoint(desk.store, clock.now, "高建军", (Role.ADMIN, COUNTY))
    clock.now += timedelta(days=20)
    return desk


@pytest.fixture
def clerk(app: Starlette, desk: Desk, clock: Clock) -> Callable[[str], Clerk]:
    """Return a maker of officers at the console, by what the desk calls them."""
    return lambda who: Clerk(app).sign_in(desk.store, desk.officer(who), now=clock.now)


@pytest.fixture
def village(clerk: Callable[[str], Clerk]) -> Clerk:
    """Return the village's officer at the console."""
    return clerk("village")


def jpeg(width: int = 80, height: int = 60) -> bytes:
    """Return a small photo."""
    out = io.BytesIO()
    Image.new("RGB", (width, height), "#7a9").save(out, "JPEG")
    return out.getvalue()


def admin_of(desk: Desk) -> Officer:
    """Return the county's administrator."""
    return next(one for one in all_officers(desk.store) if one.grants[0].role is Role.ADMIN)


@contextmanager
def sitting(
    browser: Browser, address: str, desk: Desk, who: str, clock: Clock, device: dict[str, Any]
) -> Iterator[Page]:
    """Open a page of a signed-in officer for the block."""
    with transaction(desk.store):
        officer = admin_of(desk) if who == "admin" else desk.officer(who)
        token = open_session(desk.store, officer, device="电脑", now=clock.now)
    with visitor(browser, address, device) as page:
        page.context.add_cookies([{"name": COOKIE, "value": token, "domain": "127.0.0.1", "path": "/desk"}])
        yield page
