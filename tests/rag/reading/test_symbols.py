import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.facts import facts
from corpus.units import unit_groups
from index.static import ngrams
from rag.pieces import folded
from rag.reading.symbols import FACTS, LABELS, UNKNOWN, Alphabet, labels
from tests.rag.held import ENCODER

VOCABULARY = ENCODER.vocabulary
ALPHABET = Alphabet("燃气，", VOCABULARY)


def test_each_character_has_its_ids() -> None:
    found = ALPHABET.symbols("燃气30日lpg，")
    named = [VOCABULARY.tokens[number - 1] if number else "" for number in found.tokens]
    assert named == ["燃", "气", "30", "30", "日", *["lpg" if "lpg" in VOCABULARY.tokens else ""] * 3, ""]
    pairs = [VOCABULARY.tokens[number - 1] if number else "" for number in found.pairs]
    assert (pairs[0], pairs[3]) == ("燃气", "0日")
    assert pairs[2] == pairs[4] == pairs[8] == ""
    assert found.characters.tolist()[:3] == [UNKNOWN + 1, UNKNOWN + 2, UNKNOWN]


@given(st.text(alphabet="燃气瓶改管30日2024年lpg gas，。（", max_size=40))
def test_the_tokens_are_those_of_the_model(text: str) -> None:
    tokens, pairs = VOCABULARY.placed(folded(text))
    assert len(tokens) == len(pairs) == len(text)
    placed = {VOCABULARY.tokens[number - 1] for number in (*tokens.tolist(), *pairs.tolist()) if number}
    assert placed == set(ngrams(text)) & set(VOCABULARY.tokens)


def test_labels_tell_what_a_character_is_part_of() -> None:
    text = "2024年底前，“瓶改管”完成。（县应急局牵头）"
    found = labels(text, facts(text, years=None, issued=None), unit_groups(text))
    assert found.shape == (len(text), LABELS)
    deadline = 3 * FACTS.index("deadline")
    assert found[:, deadline].tolist() == [1] * 7 + [0] * (len(text) - 7)
    assert np.flatnonzero(found[:, deadline + 1]).tolist() == [0]
    assert np.flatnonzero(found[:, deadline + 2]).tolist() == [6]
    unit = 3 * FACTS.index("unit")
    assert "县应急局" in "".join(text[at] for at in np.flatnonzero(found[:, unit]))
    quoted = found[:, 3 * len(FACTS)]
    assert "".join(text[at] for at in np.flatnonzero(quoted)) == "“瓶改管”"


def test_a_text_without_anything() -> None:
    assert labels("", (), ()).shape == (0, LABELS)
    assert len(ALPHABET.symbols("")) == 0
