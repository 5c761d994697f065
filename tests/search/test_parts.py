"""The parts of the index, each against the simplest thing that could do the same."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from pyroaring import BitMap

from talento.services.search.lexicon import Lexicon
from talento.services.search.ranges import Ranges
from talento.services.search.sorted_texts import Unsorted
from talento.services.search.words import MARK, folded_together, words
from tests.search import oracle

letters = st.text(alphabet="abcdeéœß", min_size=1, max_size=9)
anything = st.text(max_size=40)


@settings(max_examples=400, deadline=None)
@given(st.lists(anything.filter(lambda text: MARK not in text), max_size=6))
def test_many_texts_fold_as_one_does(texts):
    together = folded_together(f" {MARK} ".join(texts)).split(MARK)
    assert [one.split() for one in together] == [words(text) for text in texts or [""]]


def test_words_have_no_case_accents_or_punctuation():
    assert words("L'ÉTÉ à Fès, Œuvre—n°2; STRASSE Straße") == [
        "l",
        "ete",
        "a",
        "fes",
        "oeuvre",
        "n",
        "2",
        "strasse",
        "strasse",
    ]
    assert words("أمينة") == words("امينه")
    assert words("𝒜mina 🎬 ﬁlm") == ["amina", "film"]
    assert words("½ ㏂") == ["1", "2", "a", "m"]


@settings(max_examples=400, deadline=None)
@given(st.lists(letters, max_size=30), st.one_of(letters, st.text(alphabet="abcdé", min_size=4, max_size=7)))
def test_a_slip_is_one_letter_more_less_other_or_swapped(known, word):
    lexicon = Lexicon({text: BitMap([place]) for place, text in enumerate(dict.fromkeys(known))})
    expected = {place for place, text in enumerate(dict.fromkeys(known)) if len(word) >= 4 and oracle.slip(word, text)}
    begins = {place for place, text in enumerate(dict.fromkeys(known)) if text.startswith(word)}
    assert set(lexicon.one_slip_from(word)) | begins == expected | begins
    assert set(lexicon.starting_with(word)) == begins


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(anything, st.text(alphabet="ab", min_size=30, max_size=36)), max_size=40), anything)
def test_texts_are_in_order_and_found_by_prefix(texts, prefix):
    texts = [text.replace("\x00", "") for text in texts]
    draft = Unsorted()
    for start in range(0, len(texts), 7):
        part = texts[start : start + 7]
        draft.add([t.encode() for t in part], np.arange(start + 1, start + 1 + len(part), dtype=np.uint32))
    made = draft.sorted()
    expected = sorted((text.encode(), place) for place, text in enumerate(texts, 1))
    assert [(made[place], int(made.ids[place])) for place in range(len(made))] == expected
    assert sorted(made.starting_with(prefix)) == [n for n, text in enumerate(texts, 1) if text.startswith(prefix)]
    assert list(made.equal_to(prefix)) == [n for n, text in enumerate(texts, 1) if text == prefix]
    for place, (text, owner) in enumerate(expected):
        assert made.place_of(text.decode(), owner) == place


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=60), st.integers(-5, 510), st.integers(-5, 510))
def test_ranges_are_exact_at_both_ends(amounts, low, high):
    values = np.array(amounts, np.int64)
    ids = np.arange(1, len(amounts) + 1, dtype=np.uint32)
    ranges = Ranges(values, ids, 100, lambda asked: values[asked.astype(int) - 1])
    assert list(ranges.between(low, high)) == [n for n, amount in enumerate(amounts, 1) if low <= amount < high]
