from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import Document
from rag.candidate import Placed
from rag.copies import copy_of, is_copy
from rag.opened import OpenedPassage
from tests.rag.sample import HashEncoder, Opened, Part, document

DUTY = "1.各单位应当建立隐患排查治理制度，2024年底前完成全部隐患的整改，并将整改情况向主管部门报告。"


def opened(identity: str, words: str, place: str | None = None) -> OpenedPassage:
    held: Document = replace(document(identity, identity, [Part(words, label="1.")]), place=place)
    return Opened.of(held, encoder=HashEncoder()).passages[0]


def test_the_same_words_in_another_document_are_a_copy() -> None:
    assert is_copy(opened("law", DUTY), opened("reissued", DUTY))
    assert is_copy(opened("law", DUTY), opened("reissued", DUTY.replace("各单位", "各级单位")))


@pytest.mark.parametrize(
    "other",
    [
        opened("law", DUTY),
        opened("plan", DUTY, place="襄城县"),
        opened("later", DUTY.replace("2024", "2025")),
        opened("other", "1.学校每月开展一次应急演练，演练记录存档备查，存档期限不少于三年。"),
        opened("longer", DUTY + "逾期不改的，由县级以上应急管理部门责令改正，可以处罚款。"),
    ],
    ids=["its own document", "another place", "another date", "another duty", "a sentence more"],
)
def test_what_is_no_copy(other: OpenedPassage) -> None:
    assert not is_copy(opened("law", DUTY), other)


def test_the_original_is_the_first_chosen() -> None:
    first, second = (Placed(opened(name, DUTY), 0.5) for name in ("first", "second"))
    assert copy_of(Placed(opened("third", DUTY), 0.4), [first, second]) is first
    assert copy_of(Placed(opened("third", "1.每月演练一次。"), 0.4), [first, second]) is None


@given(
    st.text("甲乙丙。，2024年底前", min_size=1, max_size=30),
    st.text("甲乙丙。，2024年底前", min_size=1, max_size=30),
)
def test_copying_is_mutual(one: str, other: str) -> None:
    left, right = opened("one", one + "甲"), opened("other", other + "甲")
    assert is_copy(left, right) == is_copy(right, left)
    assert is_copy(left, opened("third", one + "甲"))
