"""The pictures of the pages: none is forgotten, and the sheet of all of them is never too heavy to be kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from starlette.applications import Starlette
from starlette.routing import Route

from bench.contact_sheet import LARGEST, SheetTooLargeError, glue
from bench.pictures_plan import NO_PAGES, PLAN

LIMIT_OF_THE_REPOSITORY = 1_000_000


def addresses(app: Starlette) -> set[str]:
    return {route.path for route in app.routes if isinstance(route, Route)}


def test_every_address_is_photographed_or_named_as_no_page(app: Starlette) -> None:
    excused = [path for paths in NO_PAGES.values() for path in paths]
    assert addresses(app) - set(PLAN.values()) - set(excused) == set()


def test_nothing_is_planned_or_excused_that_is_not_there_or_both(app: Starlette) -> None:
    excused = [path for paths in NO_PAGES.values() for path in paths]
    planned = set(filter(None, PLAN.values()))
    assert (planned | set(excused)) - addresses(app) == set()
    assert planned & set(excused) == set()
    assert len(excused) == len(set(excused))


def noise(folder: Path, sizes: list[tuple[int, int]]) -> list[Path]:
    """Write pictures that pack as badly as any."""
    paths = []
    for number, size in enumerate(sizes):
        path = folder / f"phone-{number:03d}-noise.png"
        Image.effect_noise(size, 90).save(path)
        paths.append(path)
    return paths


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.tuples(st.integers(40, 700), st.integers(40, 700)), min_size=1, max_size=12))
def test_the_sheet_keeps_to_its_limit_whatever_the_pictures(tmp_path: Path, sizes: list[tuple[int, int]]) -> None:
    target = tmp_path / "sheet.jpg"
    size = glue(noise(tmp_path, sizes), target, largest=120_000)
    assert size == target.stat().st_size <= 120_000


def test_more_pictures_make_smaller_rows_and_never_a_heavier_sheet(tmp_path: Path) -> None:
    (picture,) = noise(tmp_path, [(90, 185)])
    few, many = tmp_path / "few.jpg", tmp_path / "many.jpg"
    assert glue([picture] * 4, few, largest=200_000) <= 200_000
    assert glue([picture] * 60, many, largest=200_000) <= 200_000
    with Image.open(few) as large, Image.open(many) as small:
        assert large.width == small.width
        assert small.height < 6 * large.height


def test_a_sheet_is_lighter_than_what_the_repository_takes(tmp_path: Path) -> None:
    target = tmp_path / "sheet.jpg"
    glue(noise(tmp_path, [(300, 300)] * 3), target)
    assert target.stat().st_size <= LARGEST < LIMIT_OF_THE_REPOSITORY


def test_what_cannot_fit_is_said_and_not_written(tmp_path: Path) -> None:
    target = tmp_path / "sheet.jpg"
    with pytest.raises(SheetTooLargeError):
        glue(noise(tmp_path, [(400, 400)]), target, largest=500)
    assert not target.exists()
