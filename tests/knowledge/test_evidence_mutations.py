"""The checker against falsehoods made of true texts, on a fixed sample of spans that it was not developed on."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from app.evaluation.quality_page import NoMarkersError, write_between
from bench.evidence.counting import Count
from bench.evidence.faithful import load_spans
from bench.evidence.lines import LineFigures, lines_table, load_lines, measure_lines, paraphrased
from bench.evidence.measure import Figures, measure, table
from bench.evidence.mutations import Change, mutations
from bench.evidence.spoken import Half, SpokenFigures, load_spoken, spoken_table
from bench.evidence.trade import Trade, trade_table
from bench.evidence.vouching import refusal
from knowledge.evidence import Care
from knowledge.sentences import sentences_of
from places.gazetteer import load_gazetteer

SAMPLE = 120


@pytest.fixture(scope="module")
def figures() -> Figures:
    return measure(tune=False, most=SAMPLE)


def test_nearly_every_falsehood_is_caught(figures: Figures) -> None:
    for counts in (figures.caught, figures.caught_reworded):
        count = Count.total(counts.values())
        assert count.all == SAMPLE
        assert count.right >= 0.98 * count.all


def test_what_a_template_makes_of_a_sentence_passes(figures: Figures) -> None:
    assert figures.passed_made.right >= 0.95 * figures.passed_made.all


def test_a_text_is_vouched_for_by_one_sentence_or_part_by_part() -> None:
    span, gazetteer = "小学每年1250元；初中每年1500元。\n由学校受理。", load_gazetteer()
    assert refusal("小学一年1250元。", span, gazetteer) == ()
    assert refusal("小学一年1250元。由学校来受理。", span, gazetteer) == ()
    assert refusal("小学一年1500元。由学校来受理。", span, gazetteer) != ()
    assert refusal("小学每年1250元，由学校受理。", span, gazetteer) != ()


@pytest.fixture(scope="module")
def lines() -> LineFigures:
    return measure_lines(load_gazetteer(), tune=False)


def test_most_lines_of_whole_answers_are_shown_and_false_ones_caught(lines: LineFigures) -> None:
    assert lines.shown.right >= 0.7 * lines.shown.all
    caught = Count.total(lines.caught.values())
    assert caught.all >= 300
    assert caught.right >= 0.98 * caught.all
    printed = lines_table(dict.fromkeys(Care, (lines, lines)))
    assert all(fault in printed for fault in lines.caught)


def test_every_sentence_of_an_answer_has_its_line_and_paraphrases_are_paired_with_what_they_are_like() -> None:
    halves = [load_lines(tune=tune) for tune in (True, False)]
    assert not {one.span for one in halves[0]} & {one.span for one in halves[1]}
    assert all(len(one.lines) == len(sentences_of(one.span)) for half in halves for one in half)
    told, sentence, beside = paraphrased(load_spans()[0])[0]
    assert len(set(told) & set(sentence)) > len(set(sentence)) // 2
    assert sentence not in beside


def test_there_are_enough_falsehoods_of_every_kind() -> None:
    draw = random.Random(1)
    spans = load_spans()
    plain = [one for span in spans for text in sentences_of(span.span) for one in mutations(text, span.span, draw)]
    reworded = [one for span in spans for text in span.says for one in mutations(text, span.span, draw)]
    assert len(plain) >= 1000
    assert len(reworded) >= 300
    assert sum(len(span.says) for span in spans) >= 300
    assert {one.change for one in reworded} == set(Change)
    assert all(one.text not in one.span for one in (*plain, *reworded))


def test_no_span_is_in_both_halves_and_the_table_names_every_kind(figures: Figures) -> None:
    halves = [{span.id for span in load_spans() if span.tune is tune} for tune in (True, False)]
    assert not halves[0] & halves[1]
    assert min(map(len, halves)) > 60
    printed = table(figures, figures)
    assert all(f"| {change} |" in printed for change in Change)


def test_a_section_is_replaced_and_a_page_without_one_is_refused(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("前\n<!-- x: begin -->\n旧\n<!-- x: end -->\n后\n", encoding="utf-8")
    write_between("x", ["新"], page=page)
    assert page.read_text(encoding="utf-8") == "前\n<!-- x: begin -->\n\n新\n\n<!-- x: end -->\n后\n"
    with pytest.raises(NoMarkersError):
        write_between("y", ["新"], page=page)


def test_the_spoken_sentences_are_many_and_no_passage_is_in_two_halves() -> None:
    halves = {half: load_spoken(half) for half in Half}
    unseen_at_first = [*halves[Half.OPENED], *halves[Half.BLIND]]
    assert sum(len(span.true) for span in unseen_at_first) >= 150
    assert sum(len(span.false) for span in unseen_at_first) >= 150
    tuned = {span.span for span in halves[Half.TUNE]} | {span.span for span in load_spans()}
    assert not tuned & {span.span for span in unseen_at_first}
    assert not {span.span for span in halves[Half.HARD]} & {span.span for span in halves[Half.HARD_BLIND]}
    assert sum(len(span.false) for half in (Half.HARD, Half.HARD_BLIND) for span in halves[half]) >= 200


def test_spoken_sentences_are_counted_by_what_is_wrong_with_them() -> None:
    count = Count(1, 2)
    spoken = SpokenFigures(1, count, {"条件、对象": count}, {"condition": 1}, ())
    printed = spoken_table(dict.fromkeys(Half, spoken))
    assert "| 条件、对象 | 1/2（50.0%） |" in printed
    assert "条件 1" in printed


def test_the_trade_has_a_row_for_every_degree_of_care(figures: Figures) -> None:
    count = Count(1, 2)
    spoken = SpokenFigures(1, count, {"条件、对象": count}, {}, ())
    rows = trade_table([Trade(care, figures, spoken, spoken) for care in Care]).splitlines()
    assert len([row for row in rows if "1/2（50.0%）" in row]) == len(Care)
