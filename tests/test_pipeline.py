"""The trained pipeline as a spaCy pipeline: loaded, streamed, stored, pickled — and every value with its evidence."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from conftest import ANNOTATIONS
from spacy.language import Language
from spacy.tokens import Doc, DocBin

import gov_ie
from gov_ie.corpus.reports import AnnotatedReport, read_annotated
from gov_ie.export.frame import scalar_fields
from gov_ie.labels import ENTITY_LABELS, UNIT_LABELS
from gov_ie.report import Report

DEV = read_annotated(ANNOTATIONS / "dev")
PLAIN = (
    "平川县水利局2013年政府信息公开工作年度报告\n"
    "根据《中华人民共和国政府信息公开条例》，编制本报告。本报告所列数据的统计期限自2013年1月1日起至2013年12月31日止。\n"
    "一、主动公开政府信息情况\n2013年，我局主动公开政府信息86条。\n"
    "二、依申请公开政府信息情况\n2013年，我局共收到政府信息公开申请9件，已全部办结。\n"
    "三、收费及减免情况\n我局未收取任何费用。\n"
    "四、行政复议、行政诉讼情况\n未发生因政府信息公开申请行政复议、提起行政诉讼的情况。\n"
    "五、存在的主要问题\n信息更新不够及时。\n六、改进措施\n下一步，我局将加强培训，提高人员素质。\n"
    "平川县水利局\n2014年3月5日\n"
)
TEXTS = [PLAIN, "", "   \n\n ", "没有汉字以外的东西", "No Chinese here, 42 %.", PLAIN.replace("\n", "\n\n"), "😀" * 30, "86条"]


def _seen(doc: Doc) -> tuple:
    """All that the pipeline says of a text, in a form to compare."""
    spans = {key: [(s.start_char, s.end_char, s.label_) for s in group] for key, group in doc.spans.items()}
    return doc.text, [(e.start_char, e.end_char, e.label_, e.id_) for e in doc.ents], spans, doc._.report


@pytest.fixture(scope="module")
def expected(trained: Language) -> list[tuple]:
    return [_seen(trained(text)) for text in TEXTS]


def test_a_plain_report_is_read(trained: Language) -> None:
    report = trained(PLAIN)._.report
    assert report.title == "平川县水利局2013年政府信息公开工作年度报告"
    assert (report.organization.name, report.year, report.published) == ("平川县水利局", 2013, "2014-03-05")
    assert (report.period.start, report.period.end) == ("2013-01-01", "2013-12-31")
    assert (report.disclosure.total, report.applications.received, report.fees.charged, report.reviews.total, report.litigation.total) == (86, 9, 0, 0, 0)
    assert report.regulations == ["中华人民共和国政府信息公开条例"]
    assert [p.text for p in report.problems] == ["信息更新不够及时"]
    assert report.improvements
    assert report.complaints is None


def test_the_labels_are_those_of_the_guideline(trained: Language) -> None:
    assert set(trained.get_pipe("ner").labels) == set(ENTITY_LABELS)
    doc = trained(PLAIN)
    assert {s.label_ for s in doc.spans["units"]} <= set(UNIT_LABELS)
    assert {e.id_ for e in doc.ents} <= {"", "formal"}
    assert len(doc.spans["sections"]) == 6


def test_texts_without_a_report_give_an_empty_one(trained: Language) -> None:
    assert trained("")._.report == Report()
    other = gov_ie.extract(text="今天天气很好。\n", nlp=trained)
    assert _filled(other) == set()
    assert other.warnings
    with pytest.raises(gov_ie.GovIEError, match="nothing but blanks"):
        gov_ie.extract(text="   \n\n ", nlp=trained)


def test_streamed_in_processes(trained: Language, expected: list[tuple]) -> None:
    assert [_seen(doc) for doc in trained.pipe(TEXTS, batch_size=3)] == expected
    assert [_seen(doc) for doc in trained.pipe(TEXTS, batch_size=3, n_process=2)] == expected


def test_spawned_processes(model_folder: Path, tmp_path: Path) -> None:
    script = tmp_path / "spawned.py"
    script.write_text(
        "import multiprocessing, sys, spacy\n"
        "if __name__ == '__main__':\n"
        "    multiprocessing.set_start_method('spawn')\n"
        "    nlp = spacy.load(sys.argv[1])\n"
        "    texts = [open(sys.argv[2], encoding='utf-8').read()] * 3\n"
        "    print([d._.report.disclosure.total for d in nlp.pipe(texts, n_process=2, batch_size=1)])\n",
        encoding="utf-8",
    )
    (tmp_path / "report.txt").write_text(PLAIN, encoding="utf-8")
    done = subprocess.run([sys.executable, str(script), str(model_folder), str(tmp_path / "report.txt")], capture_output=True, text=True, check=False)
    assert done.stdout.strip() == "[86, 86, 86]", done.stderr[-2000:]


def test_bytes(trained: Language, expected: list[tuple]) -> None:
    other = spacy.util.load_model_from_config(trained.config).from_bytes(trained.to_bytes())
    assert [_seen(other(text)) for text in TEXTS] == expected


def test_disk(trained: Language, expected: list[tuple], tmp_path: Path) -> None:
    trained.to_disk(tmp_path / "pipeline")
    assert [_seen(doc) for doc in spacy.load(tmp_path / "pipeline").pipe(TEXTS)] == expected


def test_pickle(trained: Language, expected: list[tuple]) -> None:
    other = pickle.loads(pickle.dumps(trained))
    assert _seen(other(PLAIN)) == expected[0]
    assert _seen(pickle.loads(pickle.dumps(trained(PLAIN)))) == expected[0]


def test_docbin_keeps_the_report(trained: Language, expected: list[tuple]) -> None:
    stored = DocBin(store_user_data=True, docs=trained.pipe(TEXTS)).to_bytes()
    assert [_seen(doc) for doc in DocBin().from_bytes(stored).get_docs(trained.vocab)] == expected


def test_doc_bytes_keep_the_report(trained: Language, expected: list[tuple]) -> None:
    assert _seen(Doc(trained.vocab).from_bytes(trained(PLAIN).to_bytes())) == expected[0]


def test_the_pipeline_fits_its_own_analysis(trained: Language) -> None:
    assert trained.analyze_pipes()["problems"] == {name: [] for name in trained.pipe_names}


def test_the_shipped_pipeline_is_calibrated(trained: Language) -> None:
    calibration = trained.get_pipe("report").calibration  # type: ignore[attr-defined]
    assert set(calibration) == {"kinds", "default"}
    report = gov_ie.extract(text=PLAIN, nlp=trained)
    assert set(report.confidence) == set(report.evidence)


def _filled(report: Report) -> set[str]:
    """The paths of all values that a report holds."""
    paths = {path for path in scalar_fields() if report.get(path) is not None}
    for path in ("disclosure.by_category", "disclosure.by_channel", "applications.by_channel", "measures", "problems", "improvements"):
        paths |= {f"{path}[{i}].{key}" for i, item in enumerate(report.get(path)) for key, value in item.model_dump().items() if value is not None}
    return paths | {f"regulations[{i}]" for i in range(len(report.regulations))} | set(_cells(report.tables, "tables"))


def _cells(tree: dict[str, Any], path: str) -> Iterator[str]:
    for key, below in tree.items():
        if isinstance(below, dict):
            yield from _cells(below, f"{path}.{key}")
        else:
            yield f"{path}.{key}"


@pytest.fixture(scope="module")
def dev_reports(trained: Language) -> dict[str, Report]:
    return {r.name: gov_ie.extract(text=r.content.text, name=r.name, nlp=trained) for r in DEV}


@pytest.mark.parametrize("annotated", DEV, ids=lambda r: r.name.split("-")[0])
def test_every_value_has_its_evidence(dev_reports: dict[str, Report], annotated: AnnotatedReport) -> None:
    report, text = dev_reports[annotated.name], annotated.content.text
    for path, evidence in report.evidence.items():
        assert 0 <= evidence.start < evidence.end <= len(text), path
        assert evidence.text == text[evidence.start : evidence.end], path
        assert evidence.text.strip() == evidence.text, path
    assert _filled(report) == set(report.evidence)
    assert set(report.confidence) <= set(report.evidence)
    assert all(0 <= value <= 1 for value in report.confidence.values())
    assert Report.model_validate_json(report.model_dump_json()) == report


@pytest.mark.parametrize("annotated", DEV, ids=lambda r: r.name.split("-")[0])
def test_strings_are_copied_from_their_evidence(dev_reports: dict[str, Report], annotated: AnnotatedReport) -> None:
    report = dev_reports[annotated.name]
    for path in ("title", "organization.name", "contact.phone", "contact.address", *(f"measures[{i}].text" for i in range(len(report.measures)))):
        value = report.get(path)
        if value is not None:
            letters = [c for c in "".join(report.evidence[path].text.split()) if "\u4e00" <= c <= "\u9fff" or c.isdigit()]
            kept = iter(letters)
            assert all(c in kept for c in value if "\u4e00" <= c <= "\u9fff" or c.isdigit()), path


def test_line_ends_do_not_change_what_is_read(trained: Language) -> None:
    unix, windows = (gov_ie.extract(text=text, nlp=trained) for text in (PLAIN, PLAIN.replace("\n", "\r\n")))
    keep = set(Report.model_fields) - {"evidence", "source"}
    assert unix.model_dump(include=keep) == windows.model_dump(include=keep)


def test_many_files_keep_their_order_and_name_what_cannot_be_read(trained: Language, tmp_path: Path) -> None:
    for name, data in (("a.txt", PLAIN.encode()), ("b.txt", b""), ("c.txt", PLAIN.encode("gb18030"))):
        (tmp_path / name).write_bytes(data)
    failed: list[str] = []
    for n_process in (1, 2):
        reports = list(gov_ie.extract_many([tmp_path], nlp=trained, n_process=n_process, on_error=lambda file, error: failed.append(file.name)))
        assert [r.source["name"] for r in reports] == ["a.txt", "b.txt", "c.txt"]
        assert [r.disclosure.total for r in reports] == [86, None, 86]
        assert "is empty" in reports[1].source["error"]
        assert reports[2].source["encoding"] == "gb18030"
    assert failed == ["b.txt", "b.txt"]


def test_extract_wants_one_source(trained: Language) -> None:
    with pytest.raises(TypeError):
        gov_ie.extract(nlp=trained)
    with pytest.raises(TypeError):
        gov_ie.extract("a.txt", text=PLAIN, nlp=trained)
