"""The formats of annotation tools: what is written, what is read, what is refused, and that nothing is lost on the way there and back."""

from __future__ import annotations

import json
import tempfile
import zlib
from pathlib import Path
from xml.etree import ElementTree

import pytest
import spacy
from hypothesis import assume, given
from hypothesis import strategies as st
from spacy.tokens import DocBin

from gov_ie.corpus.formats import FORMATS, LeftOut, Task, read_tasks
from gov_ie.corpus.formats.flat import FLAT_LABELS, Flat, annotate, flatten
from gov_ie.corpus.formats.label_studio import labelling_config
from gov_ie.corpus.formats.tasks import digest
from gov_ie.corpus.markup import AnnotatedText, Annotation, format_marked, parse
from gov_ie.errors import AnnotationError
from gov_ie.labels import ENTITY_LABELS, FIGURE_LABELS, NAME_LABELS, NULL_LABEL, ROLES, UNIT_LABELS

SAMPLE = "{MEASURE 😀{ORG 平川县水利局}收到申请{COUNT:received 12件}}，{NULL:reviews,lawsuits 无复议、诉讼}。"
TEXT = "😀平川县水利局收到申请12件，无复议、诉讼。"
TASK = Task("水利局", parse(SAMPLE), 0.5)


def _write(form: str, folder: Path, *tasks: Task, own: tuple[str, ...] = ()) -> None:
    FORMATS[form].write(tasks, folder, own)
    if form == "label-studio":  # what an annotator does who agrees with every prediction
        path = folder / "tasks.json"
        records = json.loads(path.read_text(encoding="utf-8"))
        for record in records:
            record["annotations"] = record.pop("predictions")
        path.write_text(json.dumps(records), encoding="utf-8")


def _read(form: str, *paths: Path, own: tuple[str, ...] = ()) -> dict[str, str]:
    """The finished tasks as ``{name: marked-up text}``."""
    return {item.name: format_marked(item.content.text, item.content.annotations) for item in read_tasks(paths, FORMATS[form], own) if isinstance(item, Task)}


# --- there and back

_PLAIN = st.text(st.sampled_from("公开信息86条，。 \r\n\t　{}\\nORG:;“》８😀𠮷é\u2028\x85"), min_size=1, max_size=6) | st.text(
    st.characters(exclude_categories=["Cs"]), min_size=1, max_size=4
)
_ROLES = st.lists(st.sampled_from(ROLES), max_size=2, unique=True).map(tuple)
_LABELS = st.one_of(
    st.tuples(st.sampled_from([*UNIT_LABELS, *NAME_LABELS, *ENTITY_LABELS]), st.just(())), st.tuples(st.sampled_from([*FIGURE_LABELS, NULL_LABEL]), _ROLES)
)
_TREES = st.recursive(_PLAIN, lambda inner: st.tuples(_LABELS, st.lists(inner, min_size=1, max_size=3)), max_leaves=12)


@st.composite
def annotated_texts(draw: st.DrawFn) -> AnnotatedText:
    """Texts with nested and adjacent labels of the project; no label twice over the same stretch."""
    text: list[str] = []
    found: list[Annotation] = []

    def walk(node) -> None:  # type: ignore[no-untyped-def]
        if isinstance(node, str):
            text.extend(node)
            return
        (label, roles), children = node
        start, at = len(text), len(found)
        for child in children:
            walk(child)
        if not any((a.start, a.end, a.label) == (start, len(text), label) for a in found[at:]):
            found.insert(at, Annotation(start, len(text), label, roles))

    for node in draw(st.lists(_TREES, max_size=4)):
        walk(node)
    return AnnotatedText("".join(text), tuple(found))


def _brat_can_show(content: AnnotatedText) -> bool:
    return not any(content.text[i] in "\r\n" for a in content.annotations for i in (a.start, a.end - 1))


@pytest.mark.parametrize("form", FORMATS)
@given(content=annotated_texts())
def test_there_and_back_nothing_is_lost(form: str, content: AnnotatedText) -> None:
    assume(form != "brat" or _brat_can_show(content))
    with tempfile.TemporaryDirectory() as folder:
        _write(form, Path(folder), Task("甲", content), Task("乙.1", parse("{ORG 乙局}\r\n")))
        assert _read(form, Path(folder)) == {"甲": format_marked(content.text, content.annotations), "乙.1": "{ORG 乙局}\r\n"}


@given(content=annotated_texts())
def test_flat_labels_and_back(content: AnnotatedText) -> None:
    flats = flatten(Task("甲", content))
    assert annotate("甲", content.text, flats) == content
    assert {f.label for f in flats} <= set(FLAT_LABELS)


@given(content=annotated_texts())
def test_the_order_of_a_flat_list_decides_nothing_but_ties(content: AnnotatedText) -> None:
    flats = flatten(Task("甲", content))
    back = annotate("甲", content.text, sorted(flats, key=lambda f: (f.label, f)))
    assert {(a.start, a.end, a.label, frozenset(a.roles)) for a in back.annotations} == {(a.start, a.end, a.label, frozenset(a.roles)) for a in content.annotations}
    assert parse(format_marked(back.text, back.annotations)).text == content.text


@pytest.mark.parametrize("form", FORMATS)
def test_the_reports_of_the_corpus_come_back_as_they_are(form: str, tmp_path: Path) -> None:
    files = sorted((Path(__file__).parents[1] / "annotations" / "dev").glob("*.txt"))[:6]
    marked = {file.stem: file.read_bytes().decode("utf-8") for file in files}
    _write(form, tmp_path, *(Task(name, parse(text)) for name, text in marked.items()))
    assert _read(form, tmp_path) == {name: format_marked(parse(text).text, parse(text).annotations) for name, text in marked.items()}


@pytest.mark.parametrize("form", FORMATS)
def test_a_label_of_ones_own_is_kept_where_it_is_named(form: str, tmp_path: Path) -> None:
    task = Task("甲", parse("{PLATFORM 云溪发布}上线"))
    _write(form, tmp_path, task, own=("PLATFORM",))
    assert _read(form, tmp_path, own=("PLATFORM",)) == {"甲": "{PLATFORM 云溪发布}上线"}
    with pytest.raises(AnnotationError, match="offset 0: the project knows no label 'PLATFORM'"):
        _read(form, tmp_path)
    with pytest.raises(AnnotationError, match="甲: offset 0: the project knows no label 'PLATFORM'"):
        FORMATS[form].write([task], tmp_path, ())


# --- what is written


def test_label_studio_writes(tmp_path: Path) -> None:
    FORMATS["label-studio"].write([TASK], tmp_path, ())
    (record,) = json.loads((tmp_path / "tasks.json").read_text(encoding="utf-8"))
    assert record["data"] == {"text": TEXT, "name": "水利局", "text_sha256": digest(TEXT)}
    (prediction,) = record["predictions"]
    assert (prediction["model_version"], prediction["score"]) == ("gov_ie", 0.5)
    assert prediction["result"][1] == {"id": "1-2", "from_name": "label", "to_name": "text", "type": "labels", "value": {"start": 2, "end": 8, "text": "平川县水利局", "labels": ["ORG"]}}
    assert [(r["value"]["start"], r["value"]["end"], *r["value"]["labels"]) for r in prediction["result"]] == [
        (0, 15, "MEASURE"),
        (2, 8, "ORG"),
        (12, 15, "COUNT:received"),
        (16, 22, "NULL:reviews"),
        (16, 22, "NULL:lawsuits"),
    ]


def test_label_studio_knows_every_label_in_the_interface() -> None:
    view = ElementTree.fromstring(labelling_config(["PLATFORM"]))
    assert [label.get("value") for label in view.iter("Label")] == [*FLAT_LABELS, "PLATFORM"]
    (text,) = view.iter("Text")
    assert (text.get("value"), text.get("granularity")) == ("$text", "symbol")


def test_doccano_writes(tmp_path: Path) -> None:
    FORMATS["doccano"].write([TASK], tmp_path, ())
    assert (tmp_path / "tasks.jsonl").read_text(encoding="utf-8") == (
        f'{{"text": "{TEXT}", "label": [[0, 14, "MEASURE"], [1, 7, "ORG"], [11, 14, "COUNT:received"], [15, 21, "NULL:reviews"], [15, 21, "NULL:lawsuits"]], '
        f'"name": "水利局", "text_sha256": "{digest(TEXT)}"}}\n'
    )
    assert [label["text"] for label in json.loads((tmp_path / "doccano-labels.json").read_text(encoding="utf-8"))] == list(FLAT_LABELS)


def test_prodigy_writes(tmp_path: Path) -> None:
    FORMATS["prodigy"].write([Task("甲", parse("{COUNT:received 12 件}😀"), 0.25)], tmp_path, ())
    (record,) = [json.loads(line) for line in (tmp_path / "tasks.jsonl").read_text(encoding="utf-8").splitlines()]
    assert record == {
        "text": "12 件😀",
        "tokens": [
            {"text": "12", "start": 0, "end": 2, "id": 0, "ws": False},
            {"text": " ", "start": 2, "end": 3, "id": 1, "ws": False},
            {"text": "件", "start": 3, "end": 4, "id": 2, "ws": False},
            {"text": "😀", "start": 4, "end": 5, "id": 3, "ws": False},
        ],
        "spans": [{"start": 0, "end": 4, "label": "COUNT:received", "token_start": 0, "token_end": 2}],
        "meta": {"name": "甲", "certainty": 0.25},
        "text_sha256": digest("12 件😀"),
    }


def test_brat_writes(tmp_path: Path) -> None:
    FORMATS["brat"].write([Task("甲", parse("😀{MEASURE {ORG 平川县水利局}\r\n收到{COUNT:received 12件}}"))], tmp_path, ())
    assert (tmp_path / "甲.txt").read_bytes().decode("utf-8") == "😀平川县水利局\r\n收到12件"
    assert (tmp_path / "甲.ann").read_bytes().decode("utf-8") == "T1\tMEASURE 1 7;9 14\t平川县水利局 收到12件\nT2\tORG 1 7\t平川县水利局\nT3\tCOUNT-received 11 14\t12件\n"
    configuration = (tmp_path / "annotation.conf").read_text(encoding="utf-8")
    assert [part for part in ("[entities]", "[relations]", "[events]", "[attributes]") if part in configuration.splitlines()] == ["[entities]", "[relations]", "[events]", "[attributes]"]
    assert "\nCOUNT\n\tCOUNT-disclosed\n" in configuration


def test_docbin_writes(tmp_path: Path) -> None:
    FORMATS["docbin"].write([TASK], tmp_path, ())
    (doc,) = DocBin().from_disk(tmp_path / "tasks.spacy").get_docs(spacy.blank("zh").vocab)
    assert doc.text == TEXT
    assert [(e.text, e.label_) for e in doc.ents] == [("平川县水利局", "ORG"), ("12件", "COUNT")]
    assert [(s.text, s.label_) for s in doc.spans["sc"]][1:] == [("平川县水利局", "ORG"), ("12件", "COUNT:received"), ("无复议、诉讼", "NULL:reviews"), ("无复议、诉讼", "NULL:lawsuits")]


@pytest.mark.parametrize(
    ("form", "marked", "message"),
    [
        ("doccano", "一{PERSON 某}", "甲: offset 1: the project knows no label 'PERSON'"),
        ("prodigy", "一{COUNT:sold 3条}", "甲: offset 1: the project knows no label 'COUNT:sold'"),
        ("label-studio", "一{ORG:received 甲局}", "甲: offset 1: the project knows no label 'ORG:received'"),
        ("docbin", "一{ORG {ORG 甲局}}", "甲: offset 1: {ORG …} stands twice"),
        ("doccano", "{COUNT:received,received 3件}", "names a role twice"),
        ("brat", "一{MEASURE 开会\n}", "甲: offset 1: MEASURE begins or ends with a line end"),
    ],
)
def test_what_a_tool_cannot_hold_is_not_written(form: str, marked: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(AnnotationError) as caught:
        FORMATS[form].write([Task("甲", parse(marked))], tmp_path, ())
    assert message in str(caught.value)


# --- what tools write, and what comes of it


def _doccano(**more: object) -> str:
    return json.dumps({"id": 7, "text": "甲局收到12件", "name": "甲", **more}, ensure_ascii=False) + "\n"


def _studio(text: str, *values: tuple[int, int, str | None, str], kind: str = "labels", **more: object) -> str:
    result = [{"id": "x", "from_name": "label", "to_name": "text", "type": kind, "origin": "manual", "value": {"start": s, "end": e, "labels": [label], **({} if words is None else {"text": words})}} for s, e, words, label in values]
    return json.dumps([{"id": 1, "data": {"text": text, "name": "甲"}, "annotations": [{"id": 3, "was_cancelled": False, "result": result}], "predictions": [], **more}], ensure_ascii=False)


def _prodigy(*spans: tuple[int, int, str], **more: object) -> str:
    return json.dumps({"text": "甲局收到12件", "meta": {"name": "甲"}, "spans": [{"start": s, "end": e, "label": label} for s, e, label in spans], "answer": "accept", "_input_hash": 1, **more}, ensure_ascii=False) + "\n"


READ = "{ORG 甲局}收到{COUNT:received 12件}"


@pytest.mark.parametrize(
    ("form", "file", "content", "marked"),
    [
        ("doccano", "all.jsonl", _doccano(label=[[4, 7, "COUNT:received"], [0, 2, "ORG"]]), READ),
        ("doccano", "all.jsonl", _doccano(labels=[[0, 2, "ORG"], [4, 7, "COUNT"], [4, 7, "COUNT:received"]]), READ),
        ("doccano", "all.jsonl", _doccano(entities=[{"id": 1, "label": "ORG", "start_offset": 0, "end_offset": 2}, {"id": 2, "label": "COUNT:received", "start_offset": 4, "end_offset": 7}], relations=[], Comments=[]), READ),
        ("doccano", "all.jsonl", "\ufeff" + _doccano(label=[]), "甲局收到12件"),
        ("label-studio", "export.json", _studio("甲局收到12件", (0, 2, "甲局", "ORG"), (4, 7, "12件", "COUNT:received")), READ),
        ("label-studio", "export.json", _studio("😀甲局", (2, 4, "甲局", "ORG")), "😀{ORG 甲局}"),
        ("label-studio", "export.json", _studio("😀甲局", (1, 3, "甲局", "ORG")), "😀{ORG 甲局}"),
        ("label-studio", "export.json", _studio("😀甲局", (2, 4, None, "ORG")), "😀{ORG 甲局}"),
        ("label-studio", "export.json", _studio("甲\n局", (0, 3, "甲\\n局", "ORG")), "{ORG 甲\n局}"),
        ("prodigy", "out.jsonl", _prodigy((0, 2, "ORG"), (4, 7, "COUNT:received")), READ),
        ("prodigy", "out.jsonl", _prodigy((0, 2, "ORG"), (4, 7, "COUNT:received"), answer="ignore") + _prodigy((0, 7, "MEASURE")), "{MEASURE 甲局收到12件}"),
    ],
)
def test_reads_what_the_tools_write(form: str, file: str, content: str, marked: str, tmp_path: Path) -> None:
    (tmp_path / file).write_bytes(content.encode("utf-8"))
    assert _read(form, tmp_path) == _read(form, tmp_path / file) == {"甲": marked}


@pytest.mark.parametrize(
    ("form", "content", "message"),
    [
        ("doccano", _doccano(label=[[0, 5, "ORG"], [4, 7, "COUNT"]]), "x.jsonl:1: 甲: offset 4: COUNT '12件' crosses ORG '甲局收到1' at 0"),
        ("doccano", _doccano(label=[[0, 2, "公司"]]), "x.jsonl:1: 甲: offset 0: the project knows no label '公司'"),
        ("doccano", _doccano(label=[[0, 2, ["ORG"]]]), "knows no label ['ORG']"),
        ("doccano", "\n" + _doccano(label=[[5, 99, "COUNT"]]), "x.jsonl:2: 甲: offset 5: COUNT from 5 to 99 holds nothing"),
        ("doccano", _doccano(label=[[3, 3, "COUNT"]]), "offset 3: COUNT from 3 to 3 holds nothing"),
        ("doccano", _doccano(label=[["0", 2, "ORG"]]), "a label's offset is '0'"),
        ("doccano", _doccano(label=[[0, "ORG"]]), "and not [start, end, name]"),
        ("doccano", _doccano(label=[], relations=[{"id": 1, "from_id": 1, "to_id": 2, "type": "of"}]), "x.jsonl:1: 甲: relations between labels are not kept"),
        ("doccano", _doccano(label=[[0, 2, "ORG"]], entities=[{"label": "ORG"}]), "under both “label” and “entities”"),
        ("doccano", _doccano(), "none of “label”, “labels”, “entities”"),
        ("doccano", _doccano(label=[], text_sha256=digest("甲局收到11件")), "x.jsonl:1: 甲: the text is not the one that was given out"),
        ("doccano", _doccano(label=[], name="../甲"), "'../甲' cannot be a file's name"),
        ("doccano", _doccano(label=[], name="长" * 99), "cannot be a file's name"),
        ("doccano", '{"text": "甲\\ud83d", "label": []}', "offset 1: half a surrogate pair"),
        ("doccano", '{"text": "甲", "label": [], "name": "\\ud83d"}', "cannot be a file's name"),
        ("doccano", _doccano(label=[]) + "{", "x.jsonl:2: no JSON at character 1"),
        ("doccano", "[]", "x.jsonl:1: an object was expected, not []"),
        ("doccano", '{"label": []}', "no “text” in it"),
        ("label-studio", _studio("甲局乙局", (0, 2, "乙局", "ORG")), "x.json: task 1: 甲: offset 0: the label from 0 to 2 stands beside '乙局'"),
        ("label-studio", _studio("😀甲局", (1, 4, None, "ORG")), "offset 1: the label from 1 to 4"),
        ("label-studio", _studio("甲局", (0, 2, "甲局", "ORG"), kind="relation"), "a result of the type “relation” is not kept"),
        ("label-studio", _studio("甲局", annotations=[{"result": []}, {"result": []}]), "2 annotations of one task"),
        ("label-studio", '[{"id": 1, "text": "甲局", "label": []}]', "not as “JSON-MIN”"),
        ("label-studio", '{"id": 1}', "a list of tasks was expected"),
        ("prodigy", _prodigy((0, 2, "ORG"), relations=[{"head": 0, "child": 1, "label": "of"}]), "x.jsonl:1: 甲: relations between labels are not kept"),
        ("prodigy", _prodigy(tokens=[{"text": "乙", "start": 0, "end": 1, "id": 0}]), "offset 0: the token '乙' is not what the text says there"),
        ("prodigy", _prodigy(text_sha256="0"), "the text is not the one that was given out"),
        ("docbin", "no such thing", "x.spacy: no DocBin of spaCy's"),
    ],
)
def test_refuses_by_file_and_offset(form: str, content: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{FORMATS[form].suffixes[0]}"
    path.write_bytes(content.encode("utf-8"))
    with pytest.raises(AnnotationError) as caught:
        _read(form, path)
    assert message in str(caught.value)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("lines", "marked"),
    [
        ("T1\tORG 0 2\t甲局\n", "{ORG 甲局}\n收到😀12件"),
        ("T1\tORG 0 2\t甲局\r\nT7\tCOUNT-received 6 9\t12件\r\n", "{ORG 甲局}\n收到😀{COUNT:received 12件}"),
        ("T1\tMEASURE 0 2;3 9\t甲局 收到😀12件\nT2\tCOUNT 6 9\t12件\n", "{MEASURE 甲局\n收到😀{COUNT 12件}}"),
        ("", "甲局\n收到😀12件"),
    ],
)
def test_reads_brat(lines: str, marked: str, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes("甲局\n收到😀12件".encode())
    (tmp_path / "甲.ann").write_bytes(lines.encode())
    assert _read("brat", tmp_path) == {"甲": marked}


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ("T1\tORG 0 2;4 6\t甲局 到😀\n", "甲.ann:1: offset 0: ORG is in several pieces, with '\\n收' left out"),
        ("T1\tORG 0 2\t乙局\n", "甲.ann:1: offset 0: the label's words are '乙局', but the text says '甲局'"),
        ("T1\tORG 0 2\t甲局\nT2\tCOUNT 6 9\t12件\nR1\tOf Arg1:T1 Arg2:T2\n", "甲.ann:3: a relation is not kept"),
        ("*\tEquiv T1 T2\n", "甲.ann:1: a relation is not kept"),
        ("E1\tGo:T1\n", "an event is not kept"),
        ("A1\tOld T1\n", "an attribute is not kept"),
        ("T1 ORG 0 2 甲局\n", "is no line of brat's"),
        ("T1\tFirma 0 2\t甲局\n", "knows no label 'Firma'"),
        ("T1\tORG 0 4\t甲局 收\nT2\tYEAR 3 5\t收到\n", "甲.ann: offset 3: YEAR '收到' crosses ORG '甲局\\n收' at 0"),
    ],
)
def test_refuses_what_brat_can_and_the_form_cannot(lines: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes("甲局\n收到😀12件".encode())
    (tmp_path / "甲.ann").write_bytes(lines.encode())
    with pytest.raises(AnnotationError) as caught:
        _read("brat", tmp_path)
    assert message in str(caught.value)


def test_brat_without_its_text(tmp_path: Path) -> None:
    (tmp_path / "甲.ann").write_bytes(b"")
    with pytest.raises(AnnotationError, match=r"甲\.txt: cannot be read"):
        _read("brat", tmp_path)


def test_docbin_from_elsewhere(tmp_path: Path) -> None:
    """Entities alone are read; labels in two places must agree, and other groups are refused."""
    nlp = spacy.blank("zh")

    def stored(**groups: list[tuple[int, int, str]]) -> Path:
        doc = nlp.make_doc("甲局收到三件")
        for key, rows in groups.items():
            spans = [doc.char_span(*row) for row in rows]
            if key == "ents":
                doc.set_ents(spans)
            else:
                doc.spans[key] = spans
        DocBin(docs=[doc]).to_disk(tmp_path / "x.spacy")
        return tmp_path / "x.spacy"

    assert _read("docbin", stored(ents=[(0, 2, "ORG")])) == {"x-001": "{ORG 甲局}收到三件"}
    assert _read("docbin", stored(ents=[(4, 6, "COUNT")], sc=[(4, 6, "COUNT:received")])) == {"x-001": "甲局收到{COUNT:received 三件}"}
    with pytest.raises(AnnotationError, match=r"document 1: x-001: offset 0: ORG stands in doc\.ents but not in"):
        _read("docbin", stored(ents=[(0, 2, "ORG")], sc=[(4, 6, "COUNT")]))
    with pytest.raises(AnnotationError, match=r"labels under doc\.spans\['units'\] are not read"):
        _read("docbin", stored(ents=[(0, 2, "ORG")], units=[(0, 6, "MEASURE")]))


@pytest.mark.parametrize(
    ("form", "content", "why"),
    [
        ("prodigy", _prodigy(answer="reject"), "its answer is “reject”"),
        ("prodigy", _prodigy(answer="ignore"), "its answer is “ignore”"),
        ("label-studio", _studio("甲局", annotations=[]), "nobody has finished it"),
        ("label-studio", _studio("甲局", annotations=[{"was_cancelled": True, "result": []}]), "it was skipped"),
        ("doccano", _doccano(label=[], Comments=["?"]), "its comments are not kept"),
    ],
)
def test_what_is_left_out_is_named(form: str, content: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / f"x{FORMATS[form].suffixes[0]}"
    path.write_bytes(content.encode("utf-8"))
    (left_out,) = [item for item in read_tasks([path], FORMATS[form]) if isinstance(item, LeftOut)]
    assert left_out.why == why
    assert str(path) in left_out.where
    assert left_out.where.endswith("甲")


def test_a_note_in_brat_is_named(tmp_path: Path) -> None:
    (tmp_path / "甲.txt").write_bytes("甲局".encode())
    (tmp_path / "甲.ann").write_bytes("T1\tORG 0 2\t甲局\n#1\tAnnotatorNotes T1\t真的？\n".encode())
    left_out, task = read_tasks([tmp_path], FORMATS["brat"])
    assert left_out == LeftOut(f"{tmp_path / '甲.ann'}:2", "a note is not kept")
    assert isinstance(task, Task)


@pytest.mark.parametrize("form", FORMATS)
def test_a_folder_without_such_files_and_a_path_that_is_none(form: str, tmp_path: Path) -> None:
    with pytest.raises(AnnotationError, match="is --from the right format"):
        _read(form, tmp_path)
    with pytest.raises(AnnotationError, match="no such file or folder"):
        _read(form, tmp_path / "none")


def test_a_label_said_twice_is_one_and_its_roles_come_together() -> None:
    flats = [Flat(0, 3, "COUNT"), Flat(0, 3, "COUNT:received"), Flat(0, 3, "COUNT:received"), Flat(0, 3, "COUNT:handled")]
    assert annotate("x", "12件", flats).annotations == (Annotation(0, 3, "COUNT", ("received", "handled")),)


# --- whatever a file holds, it is read or refused

_ODD = st.none() | st.booleans() | st.integers(-2, 9) | st.just(10**30) | st.sampled_from(["", "ORG", "x" * 300, 0.5, [], {}, [[]], [None], {"text": 1}])


def _places(node: object) -> list[tuple]:  # type: ignore[type-arg]
    """Every ``(container, key)`` in a JSON value."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    return [place for key, child in items for place in [(node, key), *_places(child)]]


@pytest.mark.parametrize("form", ["label-studio", "doccano", "prodigy"])
@given(data=st.data())
def test_a_task_with_an_odd_value_in_it_is_read_or_refused(form: str, data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        _write(form, Path(folder), TASK)
        content = (Path(folder) / f"tasks{FORMATS[form].suffixes[0]}").read_text(encoding="utf-8")
    record = json.loads(content)
    container, key = data.draw(st.sampled_from(_places([record])))
    container[key] = data.draw(_ODD)
    _read_or_refused(form, json.dumps(record).encode("utf-8"))


@pytest.mark.parametrize("form", FORMATS)
@given(content=st.binary(max_size=60))
def test_odd_bytes_are_read_or_refused(form: str, content: bytes) -> None:
    _read_or_refused(form, content)


@given(cut=st.integers(0, 2000), flipped=st.integers(0, 2000))
def test_a_docbin_that_was_cut_or_changed_is_read_or_refused(cut: int, flipped: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        FORMATS["docbin"].write([TASK], Path(folder), ())
        stored = (Path(folder) / "tasks.spacy").read_bytes()
    _read_or_refused("docbin", stored[: cut % len(stored)])
    content = bytearray(zlib.decompress(stored))
    content[flipped % len(content)] ^= 0x55
    _read_or_refused("docbin", zlib.compress(bytes(content)))


def _read_or_refused(form: str, content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"x{FORMATS[form].suffixes[0]}"
        path.with_suffix(".txt").write_bytes("甲局12件".encode())
        path.write_bytes(content)
        message = str(path)
        try:
            marked = _read(form, path)
        except AnnotationError as error:
            marked, message = {}, str(error)
        assert str(path) in message
        assert all(parse(text) for text in marked.values())
