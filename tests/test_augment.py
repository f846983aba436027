"""Variations of annotated reports: labels move with what they label, and nothing else changes."""

from __future__ import annotations

import re
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.corpus.markup import AnnotatedText, Annotation, format_marked, parse
from gov_ie.training.augment import change_width, report_augment, rewrite, swap_bodies, swap_figures
from gov_ie.training.names import full_name, like, office_name, short_name

REPORT = parse(
    "{ORG 平川县水利局}{YEAR 2013年}政府信息公开年度报告\n{MEASURE {ORG 县政府办公室}牵头，{ORG 平川县水利局}召开会议{COUNT:meetings 3次}，印发{REGULATION 《公开指南》}}。\n"
    "公开信息{COUNT:disclosed 86条}，占{PERCENT 48.65%}；收费{MONEY:fees_charged 0元}；收到{COUNT:received 0件}。\n{DATE 2014年3月5日}"
)


def _words(content: AnnotatedText, *labels: str) -> list[str]:
    return [content.text[a.start : a.end] for a in content.of(labels)]


def _shape(content: AnnotatedText) -> list[tuple[str, tuple[str, ...]]]:
    return [(a.label, a.roles) for a in content.annotations]


@pytest.mark.parametrize(
    ("marked", "words", "new", "expected"),
    [
        ("前{ORG 甲局}后", "甲局", "平川县水利局", "前{ORG 平川县水利局}后"),
        ("{ORG 平川县水利局}后{COUNT 3次}", "平川县水利局", "甲", "{ORG 甲}后{COUNT 3次}"),
        ("{MEASURE 由{ORG 甲局}牵头}。", "甲局", "平川县水利局", "{MEASURE 由{ORG 平川县水利局}牵头}。"),
        ("{CHANNEL {ORG 甲局}网站}", "甲局", "平川县水利局", "{CHANNEL {ORG 平川县水利局}网站}"),
        ("{CHANNEL {ORG 甲局}}", "甲局", "平川县水利局", "{CHANNEL {ORG 平川县水利局}}"),
        ("{ORG 甲局}{YEAR 2013年}", "甲局", "丙丁局", "{ORG 丙丁局}{YEAR 2013年}"),
        ("{YEAR 2013年}{ORG 甲局}", "2013", "20", "{YEAR 20年}{ORG 甲局}"),
    ],
)
def test_a_label_keeps_to_its_words(marked: str, words: str, new: str, expected: str) -> None:
    content = parse(marked)
    start = content.text.index(words)
    changed = rewrite(content, [(start, start + len(words), new)])
    assert format_marked(changed.text, changed.annotations) == expected


@given(st.data())
def test_rewriting_keeps_every_label_on_its_text(data: st.DataObject) -> None:
    """Labelled stretches side by side with plain ones; a random choice of the labelled is replaced."""
    pieces = data.draw(st.lists(st.tuples(st.text("公开信息86，。\n", max_size=4), st.text("平川县水利局", min_size=1, max_size=5), st.none() | st.text("甲乙丙😀", min_size=1, max_size=7)), max_size=6))
    text, annotations, changes, expected = "", [], [], []
    for plain, words, new in pieces:
        text += plain
        annotations.append(Annotation(len(text), len(text) + len(words), "ORG"))
        if new is not None:
            changes.append((len(text), len(text) + len(words), new))
        expected.append(words if new is None else new)
        text += words
    if annotations:
        annotations.insert(0, Annotation(annotations[0].start, annotations[-1].end, "MEASURE"))
    changed = rewrite(AnnotatedText(text, tuple(annotations)), changes)
    assert _words(changed, "ORG") == expected
    assert changed.text == "".join(plain + words for (plain, *_), words in zip(pieces, expected, strict=True))
    if annotations:
        assert changed.annotations[0] == Annotation(changed.annotations[1].start, changed.annotations[-1].end, "MEASURE")


@pytest.mark.parametrize("seed", range(12))
def test_bodies_change_alike_through_a_report(seed: int) -> None:
    changed = swap_bodies(REPORT, Random(seed), 1.0)
    first, office, again = _words(changed, "ORG")
    assert first == again != office
    assert first != "平川县水利局" or office != "县政府办公室"
    assert _shape(changed) == _shape(REPORT)
    for label in ("COUNT", "REGULATION", "DATE", "YEAR", "PERCENT", "MONEY"):
        assert _words(changed, label) == _words(REPORT, label)


@pytest.mark.parametrize("seed", range(20))
def test_figures_change_but_noughts_and_measure_words_stay(seed: int) -> None:
    changed = swap_figures(REPORT, Random(seed), 1.0)
    assert _shape(changed) == _shape(REPORT)
    meetings, disclosed, received = _words(changed, "COUNT")
    assert re.fullmatch(r"[1-9]\d?次", meetings)
    assert re.fullmatch(r"[1-9]\d{0,2}条", disclosed)
    assert received == "0件"
    assert _words(changed, "MONEY") == ["0元"]
    assert re.fullmatch(r"[1-9]\d{0,2}\.65%", _words(changed, "PERCENT")[0])
    assert re.fullmatch(r"20\d\d年", _words(changed, "YEAR")[0])
    assert _words(changed, "DATE", "ORG", "REGULATION") == _words(REPORT, "DATE", "ORG", "REGULATION")


def test_width_changes_no_length_and_no_label() -> None:
    changed = change_width(REPORT, Random(0), 1.0)
    assert len(changed.text) == len(REPORT.text)
    assert changed.annotations == REPORT.annotations
    assert _words(changed, "COUNT") == ["３次", "８６条", "０件"]
    assert "," in changed.text
    assert "，" not in changed.text


def test_with_nothing_to_vary_the_report_stays() -> None:
    augment = report_augment(bodies=0, figures=0, width=0)
    seen = {augment(REPORT, Random(seed)).text.replace("2013", "YEAR") for seed in range(3)}
    assert all(re.sub(r"20\d\d年政府", "YEAR年政府", text) == REPORT.text.replace("2013", "YEAR") for text in seen)


def test_the_same_seed_gives_the_same_copies() -> None:
    augment = report_augment()
    first, second = ([augment(REPORT, rng) for _ in range(5)] for rng in (Random(7), Random(7)))
    assert first == second
    assert len({copy.text for copy in first}) > 1


def test_a_copy_can_be_written_and_read_again() -> None:
    augment = report_augment(1.0, 1.0, 0.5)
    for seed in range(20):
        copy = augment(REPORT, Random(seed))
        assert parse(format_marked(copy.text, copy.annotations)) == copy


@pytest.mark.parametrize("make", [full_name, short_name, office_name])
def test_invented_names_are_names(make) -> None:  # type: ignore[no-untyped-def]
    rng = Random(3)
    made = [make(rng) for _ in range(400)]
    assert all(re.fullmatch(r"[\u4e00-\u9fff（）]{2,40}", name) for name in made)
    assert len(set(made)) > 60


@pytest.mark.parametrize("name", ["平川县水利局", "县水利局", "局办公室", "政府信息公开工作领导小组", "云溪镇", "国务院办公厅", "江西省人民政府办公厅"])
def test_another_name_of_the_same_make(name: str) -> None:
    rng = Random(1)
    made = {like(name, rng) for _ in range(50)}
    assert len(made) > 10
    assert all(len(other) >= 2 for other in made)
