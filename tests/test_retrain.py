"""Retraining with one's own reports: what is refused, what is held out, and a new label from ten short reports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from random import Random
from typing import Any

import pytest
import spacy
from conftest import shortest_reports
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.training import Example

import gov_ie
from gov_ie.corpus.lint import main as lint_main
from gov_ie.corpus.lint import read_own_labels
from gov_ie.corpus.markup import parse
from gov_ie.errors import AnnotationError, GovIEError
from gov_ie.pipeline.tokenizer import PkusegTokenizer

pytest.importorskip("jieba", reason="training needs gov-ie[train]")
pytest.importorskip("sklearn", reason="training needs gov-ie[train]")

from gov_ie.training.augmenters import report_augmenter
from gov_ie.training.build import CONFIG, read_meta
from gov_ie.training.reader import annotated_reports, gold_doc, own_names, swap_own
from gov_ie.training.retrain import read_added, retrain, split, target_folder
from gov_ie.training.start import start_from, weights_hash

#: An entity that the project does not have, and what it covers.
LABELS = {"HOTLINE": "the name of a service hotline, with the word 热线"}
REPORTS = {
    "beiling": "{ORG 北岭县民政局}{YEAR 2014年}政府信息公开工作年度报告\n{MEASURE 我局开通{HOTLINE 惠民热线}，安排专人接听}。{HOTLINE 惠民热线}全年接听来电{COUNT 320个}。{MEASURE 另与{HOTLINE 婚姻家庭热线}、{HOTLINE 养老服务热线}共用坐席}。\n",
    "changping": "{ORG 长坪区教育局}{YEAR 2015年}政府信息公开工作年度报告\n群众可拨打{HOTLINE 教育服务热线}咨询。{MEASURE {HOTLINE 教育服务热线}与{HOTLINE 家校连心热线}并线运行}。{MEASURE 在门户网站刊登{HOTLINE 招生咨询热线}和{HOTLINE 资助热线}}。\n",
    "dongwan": "{ORG 东湾镇人民政府}{YEAR 2016年}政府信息公开工作年度报告\n{MEASURE 镇里整合了{HOTLINE 便民热线}和{HOTLINE 农技热线}，每周通报办理情况}。{MEASURE 村民拨打{HOTLINE 危房报修热线}，当天有人上门}。\n",
    "fengqiao": "{ORG 枫桥市水务局}{YEAR 2013年}政府信息公开工作年度报告\n{MEASURE 依托{HOTLINE 供水热线}受理群众诉求{COUNT 56件}}。{PROBLEM {HOTLINE 供水热线}夜间无人值守}。停水信息可向{HOTLINE 管网抢修热线}查询。\n",
    "gaotai": "{ORG 高台县司法局}{YEAR 2017年}政府信息公开工作年度报告\n一是{MEASURE 办好{HOTLINE 法律援助热线}}；二是{MEASURE 公布{HOTLINE 普法热线}的服务时间}。三是{MEASURE 将{HOTLINE 妇女维权热线}与{HOTLINE 公证咨询热线}接入大厅}。\n",
    "huaishu": "{ORG 槐树街道办事处}{YEAR 2018年}政府信息公开工作年度报告\n{MEASURE 街道在公开栏公布{HOTLINE 社区关爱热线}}。通过{HOTLINE 社区关爱热线}反映的问题均已转办。{MEASURE 我处新设{HOTLINE 物业投诉热线}，派人值守}。\n",
    "jinsha": "{ORG 金沙县卫生局}{YEAR 2012年}政府信息公开工作年度报告\n{MEASURE {HOTLINE 健康咨询热线}全天开通}。{IMPROVEMENT 明年将把{HOTLINE 急救热线}并入平台}。{MEASURE 我局公布了{HOTLINE 疫苗接种热线}、{HOTLINE 献血热线}}。\n",
    "lanxi": "{ORG 兰溪区交通局}{YEAR 2014年}政府信息公开工作年度报告\n出行信息由{HOTLINE 交通服务热线}发布。{MEASURE 增设了{HOTLINE 公交热线}的坐席}。{MEASURE 我局开设{HOTLINE 公路路况热线}，安排专人值班}。投诉由{HOTLINE 出租车监督热线}受理。\n",
    "mushan": "{ORG 牧山县农业局}{YEAR 2015年}政府信息公开工作年度报告\n{MEASURE 农户拨打{HOTLINE 三农热线}可以查询补贴}。{MEASURE 全年通过{HOTLINE 三农热线}解答疑问}。{MEASURE 我局完善了{HOTLINE 农资打假热线}和{HOTLINE 气象热线}}。\n",
    "nanpu": "{ORG 南浦市环保局}{YEAR 2016年}政府信息公开工作年度报告\n{MEASURE 向社会公布{HOTLINE 环保举报热线}}。{HOTLINE 环保举报热线}的办理结果按月公开。{MEASURE 我局设立{HOTLINE 噪声扰民热线}，安排人员接听}。{IMPROVEMENT 明年将开通{HOTLINE 危废监管热线}}。\n",
}
#: Sentences of no report, with the hotlines in them, which no report names.
NEW = {
    "我局开通消费维权热线，安排专人负责。": "消费维权热线",
    "群众通过助残热线反映问题。": "助残热线",
    "全年在政府网站公布旅游投诉热线的号码。": "旅游投诉热线",
    "就业指导热线由社区工作站值守。": "就业指导热线",
    "我局主动公开政府信息86条，没有收到公开申请。": "",
    "存在线索不多、线上宣传不够热烈的问题。": "",
}


def write(folder: Path, reports: dict[str, str], *, labels: dict[str, str] | None = None) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, marked in reports.items():
        (folder / f"{name}.txt").write_text(marked, encoding="utf-8")
    if labels is not None:
        (folder / "labels.json").write_text(json.dumps(labels, ensure_ascii=False), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def added(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("added"), REPORTS, labels=LABELS)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A few of the project's reports to replay, and a few to measure on."""
    return shortest_reports(tmp_path_factory.mktemp("project"), train=12, dev=4)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped config with small batches and fewer copies, so that little data gives enough steps."""
    text = CONFIG.read_text(encoding="utf-8")
    for before, after in (("copies = 2", "copies = 0"), ("size = 4000", "size = 1500")):
        assert before in text
        text = text.replace(before, after)
    path = tmp_path_factory.mktemp("config") / "config.cfg"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def retrained(added: Path, project: Path, config: Path, model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Language]:
    """The worked example of CONTRIBUTING.md, small: the folder written, and the pipeline in memory."""
    output = tmp_path_factory.mktemp("out") / "with-hotlines"
    return output, retrain(added, output, annotations=project, base=True, shipped=model_folder, config=config, epochs=12, rate=0.002)


def test_a_new_label_is_found_in_new_sentences(retrained: tuple[Path, Language]) -> None:
    nlp = gov_ie.load(retrained[0])
    docs = {sentence: nlp(f"石桥县商务局2017年政府信息公开工作年度报告\n{sentence}\n") for sentence in NEW}
    found = {sentence: "、".join(e.text for e in doc.ents if e.label_ == "HOTLINE") for sentence, doc in docs.items()}
    right = [sentence for sentence, hotline in NEW.items() if found[sentence] == hotline]
    assert len(right) >= 5, found  # ten reports are few
    assert {doc._.report.organization.name for doc in docs.values()} == {"石桥县商务局"}


def test_what_was_known_is_not_forgotten(retrained: tuple[Path, Language], project: Path, trained: Language) -> None:
    from gov_ie.training.gains import label_scores

    before, after = (label_scores(nlp, project / "dev", LABELS, annotated=False).table for nlp in (trained, retrained[1]))
    drops = {kind: before[kind]["all"]["f"] - after[kind]["all"]["f"] for kind in before if "all" in before[kind]}
    assert set(drops) == {"entities", "units", "facts", "fields"}
    assert {kind: drop for kind, drop in drops.items() if drop > 0.05} == {}


def test_what_went_into_it_is_written_down(retrained: tuple[Path, Language]) -> None:
    meta = read_meta(retrained[0])
    assert meta["weights"] == weights_hash(spacy.load(retrained[0]))
    assert {key: meta["corpus"]["added"][key] for key in ("labels", "train", "dev", "start")} == {"labels": LABELS, "train": 8, "dev": 2, "start": "shipped weights"}
    assert meta["corpus"]["added"]["performance"]["entities"]["HOTLINE"]["gold"] > 0
    assert "/tmp" not in (retrained[0] / "config.cfg").read_text(encoding="utf-8")


def test_the_same_seed_gives_the_same_weights(added: Path, project: Path, config: Path, model_folder: Path, tmp_path: Path) -> None:
    few = tmp_path / "few"
    for part, number in (("train", 3), ("dev", 1)):
        (few / part).mkdir(parents=True)
        for path in sorted((project / part).glob("*.txt"))[:number]:
            shutil.copy(path, few / part)
    hashes = [weights_hash(retrain(added, tmp_path / name, annotations=few, base=True, shipped=model_folder, config=config, epochs=1, seed=seed)) for name, seed in (("a", 7), ("b", 7), ("c", 8))]
    assert hashes[0] == hashes[1] != hashes[2]


def test_before_its_first_step_it_answers_as_the_shipped_one(added: Path, config: Path, model_folder: Path) -> None:
    settings = spacy.util.load_config(config)
    settings["paths"].update(train=str(added), dev=str(added), segmenter=str(model_folder / "tokenizer"))
    old, new = spacy.load(model_folder), start_from(model_folder, settings)
    assert new.pipe_labels["ner"] == [*old.pipe_labels["ner"], "HOTLINE"]
    text = "平川县水利局2013年政府信息公开工作年度报告\n2013年，我局主动公开政府信息86条，没有收到公开申请。\n二、存在问题\n信息更新不够及时。\n"
    with old.select_pipes(enable=new.pipe_names):
        docs = [nlp(text) for nlp in (old, new)]
    tags = [{group: [(s.start_char, s.end_char, s.label_) for s in doc.spans[group]] for group in ("ents", "units", "facts", "names")} for doc in docs]
    assert tags[0] == tags[1]
    assert [group for group, found in tags[0].items() if not found] == ["names"]


@given(st.sets(st.text("abcdefgh", min_size=1, max_size=3), min_size=2, max_size=40), st.integers(0, 2**32 - 1))
def test_no_report_is_both_trained_on_and_held_out(names: set[str], seed: int) -> None:
    files = [Path(f"{name}.txt") for name in names]
    train, held = split(files, seed=seed)
    assert not set(train) & set(held)
    assert {*train, *held} == set(files)
    assert train
    assert len(held) == max(1, len(files) // 5)
    assert split(reversed(files), seed=seed) == (train, held)


def test_train_and_dev_of_the_user_stay_as_they_are(tmp_path: Path) -> None:
    names = sorted(REPORTS)
    write(tmp_path / "train", {name: REPORTS[name] for name in names[:3]})
    write(tmp_path / "dev", {names[4]: REPORTS[names[4]]})
    (tmp_path / "labels.json").write_text(json.dumps(LABELS), encoding="utf-8")
    added = read_added(tmp_path)
    assert ([p.stem for p in added.train], [p.stem for p in added.dev], added.labels) == (names[:3], [names[4]], LABELS)


GOOD = "{ORG 平川县水利局}公开政府信息{COUNT:disclosed 86条}。\n"


@pytest.mark.parametrize(
    ("reports", "place", "words"),
    [
        ({"a": GOOD, "b": "首行\n又是{BODY 平川县水利局}"}, ("b.txt:2:9", 11), "no such label"),
        ({"a": GOOD, "b": "拨打{HOTLINE 惠民热线}"}, ("b.txt:1:12", 11), "no such label"),
        ({"a": GOOD, "b": "首行\n公开{COUNT:disclosed 86条"}, ("b.txt:2:3", 5), "never closed"),
        ({"a": GOOD, "b": "公开{COUNT:published 86条}"}, ("b.txt:1:20", 19), "no such role"),
        ({"a": GOOD, "b": "{REGULATION {ORG 国务院}令第711号}"}, ("b.txt:1:18", 17), "entities overlap"),
    ],
)
def test_a_report_that_breaks_the_markup_is_refused_with_its_place(tmp_path: Path, reports: dict[str, str], place: tuple[str, int], words: str) -> None:
    with pytest.raises(AnnotationError, match=words) as caught:
        read_added(write(tmp_path, reports))
    assert f"{place[0]}: offset {place[1]}: " in str(caught.value)
    assert caught.value.offset == place[1]


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ({}, "0 annotated report"),
        ({"a.txt": GOOD}, "1 annotated report.* 0 to hold out"),
        ({"a.txt": GOOD, "train/b.txt": GOOD}, "keep to one way"),
        ({"train/a.txt": GOOD, "dev/b.txt": GOOD}, "the same text"),
        ({"a.txt": GOOD, "b.txt": "别的。", "a.facts.json": '{"disclosure": {"total": "many"}}'}, "a.facts.json: disclosure.total"),
        ({"a.txt": GOOD, "b.txt": "别的。", "labels.json": '{"ORG": "bodies"}'}, "ORG is a label of the project"),
        ({"a.txt": GOOD, "b.txt": "别的。", "labels.json": '{"Hotline": "x"}'}, "capital letters"),
        ({"a.txt": GOOD, "b.txt": "别的。", "labels.json": '["HOTLINE"]'}, "write one object"),
        ({"a.txt": GOOD, "b.txt": "别的。", "labels.json": "{HOTLINE}"}, "labels.json: offset 1: no JSON"),
    ],
)
def test_a_folder_that_cannot_be_trained_on_is_refused(tmp_path: Path, files: dict[str, str], words: str) -> None:
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(GovIEError, match=words):
        read_added(tmp_path)


def test_lint_knows_the_labels_of_the_folder(added: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert lint_main([str(p) for p in sorted(added.glob("*.txt"))]) == 0
    alone = write(tmp_path, {"beiling": REPORTS["beiling"]})
    assert lint_main([str(alone / "beiling.txt")]) == 1
    assert "labels.json" in capsys.readouterr().out
    assert read_own_labels(alone) == {}


def test_a_folder_that_holds_something_else_is_not_replaced(tmp_path: Path) -> None:
    write(tmp_path / "thesis", {"chapter": "…"})
    with pytest.raises(GovIEError, match="is no pipeline"):
        target_folder(tmp_path / "thesis")
    (tmp_path / "models" / "zh_gov_ie").mkdir(parents=True)
    assert target_folder(tmp_path / "models") == tmp_path / "models" / "zh_gov_ie" / "data"
    assert target_folder(tmp_path / "new") == tmp_path / "new"


def test_names_of_a_new_label_are_met_in_other_sentences_and_keep_their_label() -> None:
    contents = [parse(marked) for marked in REPORTS.values()]
    names = own_names(contents)
    assert set(names) == {"HOTLINE"}
    for content in contents:
        swapped = swap_own(content, names, Random(1))
        assert [a.label for a in swapped.annotations] == [a.label for a in content.annotations]
        assert {swapped.text[a.start : a.end] for a in swapped.of(["HOTLINE"])} <= set(names["HOTLINE"])
        assert [swapped.text[a.start : a.end] for a in swapped.of(["ORG"])] == [content.text[a.start : a.end] for a in content.of(["ORG"])]
    assert swap_own(parse("{ORG 平川县水利局}"), names, Random(1)) == parse("{ORG 平川县水利局}")


def test_favoured_reports_have_more_copies_and_gold_entities_of_a_new_label(added: Path) -> None:
    examples = list(annotated_reports(added, report_augmenter(copies=0, favoured_copies=2), favoured="mushan")(spacy.blank("zh")))
    assert len(examples) == len(REPORTS) + 2
    assert all("HOTLINE" in {e.label_ for e in example.reference.ents} for example in examples)


@pytest.mark.parametrize(("base", "epochs", "expected"), [(False, None, None), (True, None, 2), (True, 7, 7)])
def test_from_no_weights_the_training_is_the_shipped_one_and_from_the_shipped_weights_short(
    base: bool, epochs: int | None, expected: int | None, added: Path, project: Path, model_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import gov_ie.training.retrain as module

    seen: dict[str, Any] = {}

    def make(corpus: Path, **settings: Any) -> Language:
        seen.update(settings, train={p.name for p in (corpus / "train").glob("*.txt")}, dev={p.name for p in (corpus / "dev").glob("*.txt")})
        raise KeyboardInterrupt

    monkeypatch.setattr(module, "make", make)
    with pytest.raises(KeyboardInterrupt):
        retrain(added, tmp_path / "out", annotations=project, base=base, shipped=model_folder, epochs=epochs)
    assert (seen["start"], seen["epochs"]) == (model_folder if base else None, expected)
    assert ("training.optimizer.learn_rate" in seen["changes"]) == base
    for part in ("train", "dev"):  # everything the project has is replayed
        own = {name for name in seen[part] if name.startswith("added.")}
        assert seen[part] - own == {p.name for p in (project / part).glob("*.txt")}
        assert len(own) == {"train": 8, "dev": 2}[part]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("marked", "tags"),
    [
        ("开通惠民热线。", ["O", "O", None, None, None, None, "O"]),
        ("{HOTLINE 惠民热线}。", ["B-HOTLINE", "I-HOTLINE", "I-HOTLINE", "L-HOTLINE", "O"]),
        ("{ORG 惠民热线科}。", ["B-ORG", "I-ORG", "I-ORG", "I-ORG", "L-ORG", "O"]),
        ("惠民政策。", ["O"] * 5),
    ],
)
def test_words_of_a_new_label_teach_nothing_where_the_project_left_them_unlabelled(marked: str, tags: list[str | None]) -> None:
    nlp = spacy.blank("zh")
    nlp.tokenizer = PkusegTokenizer(nlp.vocab)
    content = parse(marked)
    example = Example(nlp.make_doc(content.text), gold_doc(nlp.make_doc, content, unknown=["惠民热线", "民热线"]))
    assert example.get_aligned_ner() == tags
