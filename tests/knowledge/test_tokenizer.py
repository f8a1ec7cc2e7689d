"""The tokenizer: the most probable pieces, bounded work, and text that is only ever text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from knowledge.models.tokenizer import MAX_TOKENS, Tokenizer
from knowledge.models.vocabulary import BEGIN, END, UNKNOWN, Vocabulary

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "\u2581", "低", "保", "低保", "\u2581低", "农村", "a", "<")
TOKENIZER = Tokenizer(
    Vocabulary(
        pieces=PIECES,
        scores=(0, 0, 0, 0, -2.0, -5.0, -5.0, -6.0, -6.5, -6.0, -4.0, -9.0),
        normaliser={ord("Ａ"): "a", 0x200B: ""},
        unknown_score=-30.0,
    )
)


def pieces(text: str) -> list[str]:
    return [PIECES[token] for token in TOKENIZER.encode(text)[1:-1]]


def test_the_most_probable_split_wins() -> None:
    assert pieces("低保") == ["\u2581", "低保"]


def test_characters_are_replaced_before_splitting_and_blanks_start_words() -> None:
    assert pieces("Ａ\u200b  a\n低") == ["\u2581", "a", "\u2581", "a", "\u2581低"]


def test_a_run_of_unknown_characters_is_one_unknown_token() -> None:
    assert pieces("龘龘龘低") == ["\u2581", "<unk>", "低"]


def test_markup_in_a_text_never_becomes_a_special_token() -> None:
    tokens = TOKENIZER.encode("<s></s><pad>")[1:-1]
    assert not {BEGIN, END, 1} & set(tokens)


@given(st.text(max_size=60))
def test_any_text_becomes_marked_and_bounded_tokens(text: str) -> None:
    tokens = TOKENIZER.encode(text, prefix="a: ")
    assert (tokens[0], tokens[-1]) == (BEGIN, END)
    assert all(UNKNOWN <= token < len(PIECES) for token in tokens[1:-1])


def test_a_long_text_is_cut_to_the_models_length() -> None:
    assert len(TOKENIZER.encode("低a" * 100_000)) == MAX_TOKENS
