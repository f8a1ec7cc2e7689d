"""Generations are built beside the live one, flip at once, carry vectors over, and two are kept."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from knowledge.documents import retire_missing
from knowledge.entry_store import load_entries
from knowledge.generations import building_lock, generation_folder, index_folder, live_generation, load_indexed_rows
from knowledge.indexing import VECTORS_FILE, build_generation, needs_building
from knowledge.snapshot import open_snapshot
from knowledge.units import RowKind, load_rows
from storage.database import open_store, transaction
from tests.knowledge.conftest import Small
from tests.knowledge.corpus import NOW, STARTER, add_document, make_document, write_starter
from tests.knowledge.hashing_embedder import HashingEmbedder


def test_entries_are_indexed_by_question_variants_and_answer(small: Small) -> None:
    built = small.build()
    rows = load_indexed_rows(small.store, built.generation.number)
    mine = [row.kind for row in rows if row.unit == "notice"]
    assert mine == [RowKind.QUESTION] * 4 + [RowKind.ANSWER]
    assert built.embedded == built.generation.size == len(rows)


def test_a_passage_is_indexed_below_its_title_and_headings(small: Small) -> None:
    add_document(small.store, make_document("评议办法"), ["评议会要有三分之二的代表参加。"])
    (row,) = (row for row in load_rows(small.store) if row.kind is RowKind.PASSAGE)
    assert row.text == "评议办法\n正文\n评议会要有三分之二的代表参加。"


def test_nothing_is_built_when_nothing_changed(small: Small) -> None:
    first = small.build()
    again = small.build()
    assert (again.changed, again.generation) == (False, first.generation)


def test_only_what_is_new_is_embedded_and_the_rest_is_carried_over(small: Small) -> None:
    first = small.build()
    old = np.load(generation_folder(small.store.data_dir, first.generation.number) / VECTORS_FILE)
    small.embedder.embedded.clear()
    add_document(small.store, make_document("新办法"), ["第一条 先救急。"])
    second = small.build()
    assert small.embedder.embedded == ["新办法\n正文\n第一条 先救急。"]
    assert (second.embedded, second.carried) == (1, first.generation.size)
    new = np.load(generation_folder(small.store.data_dir, second.generation.number) / VECTORS_FILE)
    assert np.array_equal(new[: len(old)], old)


def test_another_model_carries_nothing_over(small: Small) -> None:
    small.build()
    other = HashingEmbedder(dimension=48, model_id="hashing-2")
    assert needs_building(small.store, other, starter=small.starter)
    built = build_generation(small.store, other, now=NOW, starter=small.starter)
    assert (built.carried, built.generation.model_id) == (0, "hashing-2")


def test_a_change_of_what_a_document_says_of_itself_makes_a_generation_without_embedding(small: Small) -> None:
    document = make_document("办法")
    add_document(small.store, document, ["第一条"])
    small.build()
    add_document(small.store, replace(document, number="另一号"), ["第一条"])
    built = small.build()
    assert (built.changed, built.embedded) == (True, 0)


def test_the_live_number_flips_and_two_generations_are_kept(small: Small) -> None:
    numbers = []
    for name in ("甲", "乙", "丙"):
        add_document(small.store, make_document(name), [name * 5])
        numbers.append(small.build().generation.number)
        live = live_generation(small.store)
        assert live is not None
        assert live.number == numbers[-1]
    folders = sorted(int(path.name) for path in index_folder(small.store.data_dir).iterdir() if path.name.isdigit())
    assert folders == numbers[1:]
    assert load_indexed_rows(small.store, numbers[0]) == []


def test_a_reader_goes_on_with_the_old_generation_while_a_new_one_goes_live(small: Small) -> None:
    snapshot = small.snapshot()
    add_document(small.store, make_document("新"), ["新内容"])
    small.build()
    query = small.embedder.embed_queries(["公示要贴几天？"])[0]
    assert snapshot.units[snapshot.groups[snapshot.dense.search(query, k=1).rows[0]]] == "notice"


def test_a_failed_build_leaves_the_live_generation_and_no_litter(small: Small) -> None:
    live = small.build().generation
    add_document(small.store, make_document("坏"), ["坏"])

    class Broken(HashingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> npt.NDArray[np.float32]:
            raise RuntimeError(f"no memory for {len(texts)} texts")

    with pytest.raises(RuntimeError, match="no memory"):
        build_generation(small.store, Broken(), now=NOW, starter=small.starter)
    assert live_generation(small.store) == live
    assert [path.name for path in index_folder(small.store.data_dir).iterdir() if path.is_dir()] == [str(live.number)]


def test_a_folder_left_by_a_killed_build_is_replaced(small: Small) -> None:
    number = small.build().generation.number
    leftover = generation_folder(small.store.data_dir, number + 1)
    leftover.mkdir()
    (leftover / "half").write_text("x")
    add_document(small.store, make_document("新"), ["新"])
    small.build()
    assert not (leftover / "half").exists()
    assert (leftover / VECTORS_FILE).exists()


def test_a_deleted_index_folder_is_built_again(small: Small) -> None:
    small.build()
    shutil.rmtree(index_folder(small.store.data_dir))
    assert needs_building(small.store, small.embedder, starter=small.starter)
    assert small.build().changed


def test_progress_tells_how_much_is_done(small: Small) -> None:
    seen: list[tuple[int, int]] = []
    build_generation(
        small.store,
        small.embedder,
        now=NOW,
        starter=small.starter,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert seen[-1][0] == seen[-1][1] > 0
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)


def test_a_new_edition_of_the_bundled_entries_is_noticed(small: Small) -> None:
    small.build()
    assert not needs_building(small.store, small.embedder, starter=small.starter)
    write_starter(small.starter, STARTER.replace("不少于5天", "不少于7天"))
    assert needs_building(small.store, small.embedder, starter=small.starter)
    small.build()
    assert any("不少于7天" in entry.answer for entry in load_entries(small.store))


def test_a_retired_document_is_no_longer_found_even_before_the_next_generation(small: Small) -> None:
    document = make_document("旧办法")
    add_document(small.store, document, ["旧办法的内容"])
    generation = small.build().generation
    with transaction(small.store):
        retire_missing(small.store, folder="资料", present=set(), now=NOW)
    snapshot = open_snapshot(small.store, generation, exact_limit=10)
    assert None in snapshot.standings


def test_another_process_builds_and_this_one_sees_it(small: Small, key: bytes) -> None:
    small.build()
    add_document(small.store, make_document("另一个进程"), ["另一个进程写的"])
    script = (
        "import sys; from pathlib import Path; from datetime import UTC, datetime;"
        "from storage.database import open_store; from knowledge.indexing import build_generation;"
        "from tests.knowledge.hashing_embedder import HashingEmbedder;"
        "store = open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]));"
        "built = build_generation(store, HashingEmbedder(), now=datetime.now(UTC), starter=Path(sys.argv[3]));"
        "print(built.generation.number)"
    )
    arguments = [str(small.store.data_dir), key.hex(), str(small.starter)]
    done = subprocess.run([sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True)
    live = live_generation(small.store)
    assert live is not None
    assert live.number == int(done.stdout)
    query = small.embedder.embed_queries(["另一个进程写的"])[0]
    snapshot = open_snapshot(small.store, live, exact_limit=0)
    found = snapshot.dense.search(query, k=1)
    assert snapshot.rows[found.rows[0]].kind is RowKind.PASSAGE


def test_builders_take_turns(small: Small, key: bytes) -> None:
    with building_lock(small.store.data_dir):
        script = (
            "import sys; from pathlib import Path; from knowledge.generations import building_lock;"
            "lock = building_lock(Path(sys.argv[1])); lock.__enter__(); print('in')"
        )
        other = subprocess.Popen(
            [sys.executable, "-c", script, str(small.store.data_dir)], stdout=subprocess.PIPE, text=True
        )
        with pytest.raises(subprocess.TimeoutExpired):
            other.wait(timeout=2)
    assert other.communicate(timeout=60)[0].strip() == "in"


def test_a_second_store_of_the_same_folder_sees_the_generation(small: Small, key: bytes) -> None:
    number = small.build().generation.number
    live = live_generation(open_store(small.store.data_dir, key))
    assert live is not None
    assert live.number == number
