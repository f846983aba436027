"""Variations of annotated reports: labels move with what they label, and nothing else changes."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.training import Example

from gov_ie.corpus.markup import AnnotatedText, Annotation, format_marked, parse
from gov_ie.corpus.reports import tidied_annotations
from gov_ie.errors import GovIEError
from gov_ie.training.augment import change_marks, change_width, swap_bodies, swap_figures
from gov_ie.training.augmenters import report_augmenter
from gov_ie.training.edits import rewrite
from gov_ie.training.names import full_name, like, office_name, short_name
from gov_ie.training.noise import mistake_characters, put_blanks, wrap_lines
from gov_ie.training.reader import annotated_reports

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
    changed = change_marks(change_width(REPORT, Random(0), 1.0), Random(0), 1.0)
    assert len(changed.text) == len(REPORT.text)
    assert changed.annotations == REPORT.annotations
    assert _words(changed, "COUNT") == ["３次", "８６条", "０件"]
    assert "," in changed.text
    assert "，" not in changed.text


@pytest.mark.parametrize(
    ("marked", "total", "parts"),
    [
        ("公开{COUNT:disclosed 86条}，{CATEGORY 机构类}{COUNT:category 36条}、{CATEGORY 其他}{COUNT:category 50条}", ["disclosed"], ["category"]),
        ("答复{COUNT:handled 9件}，其中同意{COUNT:granted 6件}、不存在{COUNT:unavailable 2件}、其他{COUNT:other_outcome 1件}", ["handled"], ["granted", "unavailable", "other_outcome"]),
        ("复议{COUNT:reviews 5件}，维持{COUNT:reviews_upheld 4件}，未结{COUNT:reviews_pending 1件}；共复议{COUNT:reviews 5件}", ["reviews"], ["reviews_upheld", "reviews_pending"]),
    ],
)
def test_a_sum_that_held_holds_in_a_copy(marked: str, total: list[str], parts: list[str]) -> None:
    def figures(content: AnnotatedText, roles: list[str]) -> list[int]:
        return [int(re.match(r"\d+", content.text[a.start : a.end]).group()) for a in content.of(["COUNT"]) if a.roles[0] in roles]  # type: ignore[union-attr]

    content = parse(marked)
    copies = [swap_figures(content, Random(seed), 1.0) for seed in range(20)]
    assert all(set(figures(copy, total)) == {sum(figures(copy, parts))} for copy in copies)
    assert len({copy.text for copy in copies}) > 15


def test_blanks_stand_inside_figures_only() -> None:
    changed = put_blanks(REPORT, Random(2), 1.0)
    assert changed.text != REPORT.text
    assert changed.text.replace(" ", "") == REPORT.text
    assert _shape(changed) == _shape(REPORT)
    assert [w.replace(" ", "") for w in _words(changed, "COUNT", "PERCENT", "MONEY", "YEAR", "DATE")] == _words(REPORT, "COUNT", "PERCENT", "MONEY", "YEAR", "DATE")
    assert not any(w != w.strip() for w in _words(changed, "COUNT", "YEAR"))


@pytest.mark.parametrize("seed", range(8))
def test_wrapped_lines_are_joined_again_with_their_labels(seed: int) -> None:
    long = parse("{ORG 平川县水利局}" + "{MEASURE {ORG 县政府办公室}牵头，认真贯彻落实上级部署，{ORG 平川县水利局}召开会议{COUNT:meetings 3次}，通过门户网站和公开栏向社会公开}；" * 20 + "完。")
    changed = wrap_lines(long, Random(seed), 1.0)
    assert changed.text.count("\n") > 15
    tidied = tidied_annotations(changed)
    assert _shape(tidied) == _shape(long)
    assert _words(tidied, "ORG", "COUNT") == _words(long, "ORG", "COUNT")


def test_mistaken_characters_keep_figures_and_offsets() -> None:
    changed = mistake_characters(REPORT, Random(0), 1.0, rate=1.0)
    assert changed.text != REPORT.text
    assert len(changed.text) == len(REPORT.text)
    assert changed.annotations == REPORT.annotations
    assert _words(changed, "COUNT", "MONEY", "YEAR") == _words(REPORT, "COUNT", "MONEY", "YEAR")


@pytest.mark.parametrize("vary", [put_blanks, wrap_lines, mistake_characters, change_width, change_marks, swap_bodies])
def test_a_share_of_nought_changes_nothing(vary) -> None:  # type: ignore[no-untyped-def]
    assert all(vary(REPORT, Random(seed), 0.0) == REPORT for seed in range(5))


def _examples(folder: Path, *, passes: int = 2, seed: int = 7, shuffle: bool = True, **shares: float) -> list[list[str]]:
    nlp = spacy.blank("zh")
    read = annotated_reports(folder, report_augmenter(seed=seed, **shares), shuffle=shuffle, seed=seed)  # type: ignore[arg-type]
    return [[example.reference.text for example in read(nlp)] for _ in range(passes)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for i in range(4):
        (tmp_path / f"{i}.txt").write_text(format_marked(REPORT.text, REPORT.annotations).replace("公开指南", f"指南{i}"), encoding="utf-8")
    return tmp_path


def test_every_pass_has_the_reports_and_new_copies_of_them(folder: Path) -> None:
    first, second = _examples(folder, copies=3)
    assert len(first) == len(second) == 4 * (1 + 3)
    own = {REPORT.text.replace("公开指南", f"指南{i}") for i in range(4)}
    assert own < set(first)
    assert own < set(second)
    assert len((set(first) | set(second)) - own) > 15
    assert [t for t in first if t in own] != [t for t in second if t in own] or first != second


def test_the_same_seed_gives_the_same_passes(folder: Path) -> None:
    assert _examples(folder) == _examples(folder)
    assert _examples(folder) != _examples(folder, seed=8)


def test_with_nothing_to_vary_only_the_years_change(folder: Path) -> None:
    [seen] = _examples(folder, passes=1, bodies=0, figures=0, width=0, marks=0, blanks=0, wraps=0, mistakes=0)
    assert {re.sub(r"20\d\d年政府", "YEAR年政府", text) for text in seen} == {REPORT.text.replace("公开指南", f"指南{i}").replace("2013年政府", "YEAR年政府") for i in range(4)}


def test_the_augmenter_wants_annotated_reports() -> None:
    nlp = spacy.blank("zh")
    with pytest.raises(GovIEError, match="AnnotatedReports"):
        list(report_augmenter()(nlp, Example(nlp.make_doc("无"), nlp.make_doc("无"))))


def test_a_copy_can_be_written_and_read_again() -> None:
    for seed in range(20):
        rng = Random(seed)
        copy = wrap_lines(put_blanks(change_width(swap_figures(swap_bodies(REPORT, rng, 1.0), rng, 1.0), rng, 0.5), rng, 1.0), rng, 1.0)
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
