"""Reports annotated beforehand: what the pipeline's spans become, which come first, the files; and finished annotations brought back."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from gov_ie.cli import Target, Tool
from gov_ie.corpus.formats import FORMATS, Task
from gov_ie.corpus.lint import lint_text
from gov_ie.corpus.markup import AnnotatedText, format_marked, parse
from gov_ie.corpus.preannotate import Preannotated, certainty, import_finished, own_labels, preannotate, write_preannotated
from gov_ie.errors import GovIEError, ReadError
from gov_ie.reading import Source, from_text, read_all

REPORT = "平川县水利局2013年政府信息公开工作年度报告\n一、主动公开情况\n2013年，我局主动公开政府信息86条。\n二、存在问题\n更新不够及时。\n平川县水利局\n2014年3月5日\n"


def _marked(found: Preannotated | ReadError) -> str:
    assert isinstance(found, Preannotated)
    return format_marked(found.task.content.text, found.task.content.annotations)


def _reading(doc: Doc, **groups: list[tuple[str, str, float]]) -> Callable[[str], Doc]:
    """A pipeline that gives this document, with span groups of ``(words, label, score)``."""
    for key, rows in groups.items():
        doc.spans[key] = [doc.char_span(at := doc.text.index(words), at + len(words), label=label) for words, label, _ in rows]
        doc.spans[key].attrs["scores"] = np.array([score for *_, score in rows], dtype="f")
    return lambda text: doc


TEXT = "甲局收到申请12件，没有收取费用，网站公开3条。"


@pytest.mark.parametrize(
    ("ents", "groups", "marked", "left_out"),
    [
        ([("ORG", "甲局"), ("COUNT", "12件")], {"facts": [("12件", "received", 0.9)]}, "{ORG 甲局}收到申请{COUNT:received 12件}，没有收取费用，网站公开3条。", 0),
        ([], {"facts": [("没有收取费用", "no_fees_charged", 0.9)]}, "甲局收到申请12件，{NULL:fees_charged 没有收取费用}，网站公开3条。", 0),
        ([("COUNT", "3条")], {"names": [("网站", "CHANNEL", 0.9)], "facts": [("3条", "channel", 0.8)]}, "甲局收到申请12件，没有收取费用，{CHANNEL 网站}公开{COUNT:channel 3条}。", 0),
        ([("ORG", "甲局")], {"names": [("甲局", "CHANNEL", 0.9)], "units": [("甲局", "MEASURE", 0.1)]}, "{MEASURE {CHANNEL {ORG 甲局}}}收到申请12件，没有收取费用，网站公开3条。", 0),
        # of two labels that cross, the surer one stays
        ([("ORG", "网站")], {"units": [("费用，网", "MEASURE", 0.4)], "ents": [("网站", "ORG", 0.7)]}, "甲局收到申请12件，没有收取费用，{ORG 网站}公开3条。", 1),
        ([("ORG", "网站")], {"units": [("费用，网", "MEASURE", 0.8)], "ents": [("网站", "ORG", 0.7)]}, "甲局收到申请12件，没有收取{MEASURE 费用，网}站公开3条。", 1),
        # a role without its figure says nothing
        ([("ORG", "12件")], {"facts": [("12件", "received", 0.9)]}, "甲局收到申请{ORG 12件}，没有收取费用，网站公开3条。", 0),
        ([], {"sections": [("甲局", "applications", 0.9)]}, TEXT, 0),
    ],
    ids=["figure", "denial", "name", "nested", "crossing, unit dropped", "crossing, entity dropped", "no figure", "other group"],
)  # fmt: skip
def test_what_spans_become(tagged: Callable[..., Doc], ents: list, groups: dict[str, Any], marked: str, left_out: int) -> None:
    (found,) = preannotate([from_text(TEXT, name="甲局.txt")], _reading(tagged(TEXT, ents), **groups))  # type: ignore[arg-type]
    assert _marked(found) == marked
    assert isinstance(found, Preannotated)
    assert (found.task.name, found.left_out, found.source) == ("甲局", left_out, "甲局.txt")


@pytest.mark.parametrize(
    ("scores", "expected"),
    [([], 0.0), ([0.5], 0.5), ([0.9, 0.2], 0.2), ([1.0] * 9 + [0.1], 0.1), ([1.0] * 18 + [0.2, 0.4], 0.3), ([1.0] * 40, 1.0)],
)
def test_certainty_is_that_of_the_doubtful_tenth(scores: list[float], expected: float) -> None:
    assert certainty(scores) == pytest.approx(expected)


@given(st.lists(st.floats(0, 1), min_size=1))
def test_certainty_lies_between_the_lowest_and_the_mean(scores: list[float]) -> None:
    assert min(scores) - 1e-9 <= certainty(scores) <= np.mean(scores) + 1e-9


def test_the_doubts_of_every_group_count(tagged: Callable[..., Doc]) -> None:
    for key in ("ents", "names", "units", "facts"):
        (found,) = preannotate([from_text(TEXT)], _reading(tagged(TEXT), **{key: [("甲局", "x", 0.25)]}))  # type: ignore[arg-type]
        assert isinstance(found, Preannotated)
        assert found.task.certainty == 0.25


def test_one_score_a_label_as_spacy_kept_them_once(tagged: Callable[..., Doc]) -> None:
    nlp = _reading(doc := tagged(TEXT), units=[("甲局", "MEASURE", 0.5)])
    doc.spans["units"].attrs["scores"] = np.array([[0.1, 0.6, 0.3]], dtype="f")
    (found,) = preannotate([from_text(TEXT)], nlp)  # type: ignore[arg-type]
    assert isinstance(found, Preannotated)
    assert found.task.certainty == pytest.approx(0.6)


def test_a_text_too_long_and_a_file_that_cannot_be_read(tagged: Callable[..., Doc], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"")
    long, empty = preannotate([Source("文" * 200_001, name="长"), *read_all([tmp_path])], _reading(tagged(TEXT)))  # type: ignore[arg-type]
    assert isinstance(long, ReadError)
    assert str(long).startswith("长: 200001 characters")
    assert isinstance(empty, ReadError)
    assert "a.txt" in str(empty)


def _report(name: str, sure: float) -> Preannotated:
    return Preannotated(Task(name, parse("{ORG 甲局}\\{1\\}"), sure), 2, f"in/{name}.txt")


def test_the_least_certain_come_first(tmp_path: Path) -> None:
    written = write_preannotated([_report("甲", 0.9), _report("乙/#丙", 0.2), _report("??", 0.5)], tmp_path / "new" / "out")
    assert [r.task.name for r in written] == ["001-乙-丙", "002-report", "003-甲"]
    assert sorted(p.name for p in (tmp_path / "new" / "out").iterdir()) == ["001-乙-丙.txt", "002-report.txt", "003-甲.txt", "index.csv"]
    assert (tmp_path / "new" / "out" / "003-甲.txt").read_text(encoding="utf-8") == "{ORG 甲局}\\{1\\}"
    with (tmp_path / "new" / "out" / "index.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert next(iter(csv.DictReader(stream))) == {"name": "001-乙-丙", "certainty": "0.2000", "labels": "1", "left_out": "2", "source": "in/乙/#丙.txt"}


def test_the_work_of_an_earlier_run_is_not_written_over(tmp_path: Path) -> None:
    write_preannotated([_report("甲", 0.9)], tmp_path / "out")
    with pytest.raises(GovIEError, match="no empty folder"):
        write_preannotated([_report("甲", 0.9)], tmp_path / "out")
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(GovIEError, match="no empty folder"):
        write_preannotated([], tmp_path / "file")
    with pytest.raises(GovIEError, match="no such format; choose markup, label-studio"):
        write_preannotated([], tmp_path / "new", to="conll")


def test_import_writes_all_or_nothing(tmp_path: Path) -> None:
    def line(name: str, *labels: list) -> str:
        return json.dumps({"text": "甲局\r\n12件", "label": labels, "name": name}) + "\n"

    source = tmp_path / "in.jsonl"
    source.write_text(line("甲", [0, 2, "ORG"]) + line("乙", [0, 2, "OFFICE"]), encoding="utf-8")
    with pytest.raises(GovIEError, match=r"in\.jsonl:2: 乙: offset 0: the project knows no label 'OFFICE'"):
        import_finished([source], tmp_path / "out", source="doccano")
    assert not (tmp_path / "out").exists()
    source.write_text(line("甲", [0, 2, "ORG"]) + line("甲"), encoding="utf-8")
    with pytest.raises(GovIEError, match="two reports are called '甲'"):
        import_finished([source], tmp_path / "out", source="doccano")
    source.write_text(line("甲", [0, 2, "ORG"]), encoding="utf-8")
    assert import_finished([source], tmp_path / "out", source="doccano") == ([tmp_path / "out" / "甲.txt"], [])
    assert (tmp_path / "out" / "甲.txt").read_bytes().decode("utf-8") == "{ORG 甲局}\r\n12件"
    with pytest.raises(GovIEError, match=r"甲\.txt: is there already"):
        import_finished([source], tmp_path / "out", source="doccano")
    with pytest.raises(GovIEError, match="no such format"):
        import_finished([source], tmp_path / "out", source="markup")


def test_labels_of_ones_own_are_those_named_beside_the_reports(tmp_path: Path) -> None:
    (tmp_path / "in.jsonl").write_text(json.dumps({"text": "云溪发布上线", "label": [[0, 4, "PLATFORM"]], "name": "甲"}), encoding="utf-8")
    (tmp_path / "train").mkdir()
    with pytest.raises(GovIEError, match="knows no label 'PLATFORM'"):
        import_finished([tmp_path / "in.jsonl"], tmp_path / "train", source="doccano")
    (tmp_path / "labels.json").write_text('{"PLATFORM": "a platform by its name"}', encoding="utf-8")
    ((path,), _) = import_finished([tmp_path / "in.jsonl"], tmp_path / "train", source="doccano")
    assert path.read_text(encoding="utf-8") == "{PLATFORM 云溪发布}上线"


def test_the_command_names_the_formats_there_are() -> None:
    assert [tool.value for tool in Tool] == list(FORMATS)
    assert [target.value for target in Target] == ["markup", *FORMATS]


def test_the_trained_pipeline_annotates(trained: Language) -> None:
    (found,) = preannotate([from_text(REPORT)], trained)
    marked = _marked(found)
    assert "{COUNT:disclosed 86条}" in marked
    assert "{PROBLEM 更新不够及时}" in marked
    assert parse(marked).text == from_text(REPORT).tidied.text
    assert [f.message for f in lint_text(marked) if f.level == "error"] == []
    assert own_labels(trained) == []


def test_statistics_tables_are_left_to_their_readers(trained: Language) -> None:
    example = Path(__file__).parents[1] / "examples" / "form.txt"
    (source,) = read_all([example])
    assert isinstance(source, Source)
    (found,) = preannotate([source], trained)
    assert isinstance(found, Preannotated)
    assert 0 < len(found.task.content.text) < len(source.tidied.text)


# --- the commands


def _run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "gov_ie.cli", *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)


def test_annotate_correct_import(model_folder: Path, tmp_path: Path) -> None:
    """The way of a user: tasks for a tool, one of them corrected there, and back."""
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "a.txt").write_text(REPORT, encoding="utf-8")
    (reports / "b.txt").write_bytes(b"")
    done = _run("annotate", reports, "-o", tmp_path / "tasks", "--to", "prodigy", "--model", model_folder)
    assert done.returncode == 1  # for b.txt
    assert [line for line in done.stderr.splitlines() if "b.txt" in line] != []
    assert "Traceback" not in done.stderr
    path = tmp_path / "tasks" / "tasks.jsonl"
    (record,) = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    record["spans"] = [span for span in record["spans"] if span["label"] == "COUNT:disclosed"]
    path.write_text(json.dumps({**record, "answer": "accept"}) + "\n" + json.dumps({**record, "meta": {"name": "other"}, "answer": "ignore"}) + "\n", encoding="utf-8")

    done = _run("import", tmp_path / "tasks", "-o", tmp_path / "mine", "--from", "prodigy")
    assert done.returncode == 0
    assert "other: left out: its answer is “ignore”" in done.stderr
    (report,) = (tmp_path / "mine").iterdir()
    assert report.name == "001-a.txt"
    content = parse(report.read_text(encoding="utf-8"))
    assert content == AnnotatedText(record["text"], content.annotations)
    assert [(content.text[a.start : a.end], a.label, a.roles) for a in content.annotations] == [("86条", "COUNT", ("disclosed",))]

    again = _run("import", tmp_path / "tasks", "-o", tmp_path / "mine", "--from", "prodigy")
    assert again.returncode == 2
    assert "is there already" in again.stderr
    full = _run("annotate", reports, "-o", tmp_path / "tasks", "--model", model_folder)
    assert full.returncode == 2
    assert "no empty folder" in full.stderr


@pytest.mark.parametrize("words", [("annotate", "a.txt"), ("annotate", "a.txt", "-o", "out", "--to", "conll"), ("import", "a.txt", "-o", "out"), ("import", "a.txt", "-o", "out", "--from", "markup")])
def test_wrong_usage(words: tuple[str, ...], tmp_path: Path) -> None:
    done = _run(*words)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
