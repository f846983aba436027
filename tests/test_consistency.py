"""What is found in many annotated reports together: one name labelled in two ways, or not everywhere; reports that stand twice."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from gov_ie.corpus.consistency import DUPLICATE, find_inconsistencies, near_duplicates
from gov_ie.corpus.markup import parse
from gov_ie.corpus.reports import AnnotatedReport


def _reports(marked: dict[str, str]) -> list[AnnotatedReport]:
    return [AnnotatedReport(Path(name).stem, Path(name), parse(text)) for name, text in marked.items()]


def _found(marked: dict[str, str]) -> list[str]:
    return [f"{path}:{f.line}:{f.column}: {f.level}: {f.message}" for path, f in find_inconsistencies(_reports(marked))]


#: Nine places of three names, so that a tenth is a tenth of them.
USUAL = {
    f"train/{i}.txt": "{MEASURE {ORG 县政府}召开会议，{ORG 局党组}书记讲话，印发{REGULATION 《政府信息公开指南》}}。\n{ORG 水利部}、{ORG 县政协}、{ORG 县人大}派员，{ORG 司法所}到会，{ORG 党政办}承办。\n"
    for i in range(9)
}


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("按照县政府要求清理文件。", (1, 3), "县政府"),
        ("截至年底，县政府网站公开信息。", (1, 6), "县政府"),
        ("县政府信息公开网发布信息。", (1, 1), "县政府"),
        ("首行\r\n2014年，全县主动公开的信息比上年多，公开工作以县\r\n政府信息公开网为第一平台，凡属主动公开范围的信息，一律在网上公布。", (2, 26), "县政府"),
        ("{MEASURE 局党组书记担任组长}。", (1, 10), "局党组"),
        ("{MEASURE 局党组会同各科室清理文件}。", (1, 10), "局党组"),
        ("县政府各部门均设专人。", (1, 1), "县政府"),
        ("{NULL:reviews 未发生针对县政府的行政复议}。", (1, 20), "县政府"),
        ("在“公开日”当天，党政办发放资料。", (1, 10), "党政办"),
    ],
)
def test_a_name_that_is_labelled_elsewhere_is_missed_here(text: str, place: tuple[int, int], name: str) -> None:
    assert _found({**USUAL, "train/new.txt": text}) == [f"train/new.txt:{place[0]}:{place[1]}: hint: '{name}' is ORG at 9 of 10 places and carries no label here"]


@pytest.mark.parametrize(
    "text",
    [
        "通过{CHANNEL 县政府网站}公开。",  # inside the name of a channel
        "{ORG 平川县政府}召开会议。",  # inside a longer name
        "转发《县政府公报》。",  # a journal
        "全县政府信息公开工作有序推进。",  # 全县 + 政府信息公开
        "一年来，县政府信息公开工作有序推进。",  # may be 县 + 政府信息公开
        "我县政府信息公开工作有了起色。",
        "各县政府均设专人。",
        "以市、县政府网站为主体。",
        "各司法所、基层司法所、乡镇党政办配合。",  # kinds of bodies
        "局党组会专题研究公开工作。",  # a meeting
        "邀请县人大代表评议，办理县政协提案。",
        "水利部门力量薄弱。",  # 水利 + 部门
    ],
)
def test_part_of_a_longer_word_is_no_name(text: str) -> None:
    assert _found({**USUAL, "train/new.txt": text}) == []


def test_a_title_that_is_missed_and_a_name_that_is_seldom_labelled() -> None:
    title = "{REGULATION 政府信息公开条例}施行。\n" * 9
    assert _found({"a.txt": title + "依据政府信息公开条例编制。"}) == ["a.txt:10:3: hint: '政府信息公开条例' is REGULATION at 9 of 10 places and carries no label here"]
    assert _found({"a.txt": "{ORG 便民中心}办事。\n" * 3 + "到便民中心办事。\n"}) == []  # four places
    assert _found({"a.txt": "{ORG 便民中心}办事。\n" * 7 + "到便民中心办事。\n" * 2}) == []  # 7 of 9
    assert _found({"a.txt": "{ORG 市局}办事。\n" * 9 + "到市局办事。\n"}) == []  # two characters are too often part of other words


def test_a_name_of_ones_own_label_is_one_too() -> None:
    assert _found({"a.txt": "拨打{HOTLINE 惠民热线}。\n" * 5 + "惠民热线开通。"}) == ["a.txt:6:1: hint: '惠民热线' is HOTLINE at 5 of 6 places and carries no label here"]


@pytest.mark.parametrize(
    ("first", "second", "finding"),
    [
        ("{ORG 政务之窗}开通，{ORG 政务之窗}更新。", "刊于{REGULATION 政务之窗}。", "b.txt:1:15: hint: '政务之窗' is REGULATION here and ORG at 2 place(s), such as a.txt:1:6"),
        ("{HOTLINE 惠民热线}开通。", "首行\r\n{ORG 惠民\r\n热线}开通。", "b.txt:2:6: hint: '惠民热线' is ORG here and HOTLINE at 1 place(s), such as a.txt:1:10"),
        ("{YEAR 2013年底}完成。", "{DATE 2013年底}完成。", "b.txt:1:7: hint: '2013年底' is DATE here and YEAR at 1 place(s), such as a.txt:1:7"),
        ("电话{PHONE 0795-4620031}。", "传真{FAX 0795-4620031}。", None),  # a number
        ("{ORG 县局}办理。", "{REGULATION 县局}印发。", None),  # two characters
        ("{CHANNEL {ORG 县档案馆}}公开。", "{ORG 县档案馆}收存。", None),
    ],
)
def test_one_surface_under_two_labels(first: str, second: str, finding: str | None) -> None:
    assert _found({"a.txt": first, "b.txt": second}) == ([finding] if finding else [])


# ---------------------------------------------------------------- near-duplicates


def _sentences(kind: str, number: int) -> list[str]:
    """So many sentences of 24 letters that no other kind has; they mean nothing."""
    rng = Random(kind)
    return ["".join(chr(rng.randrange(0x4E00, 0x9F00)) for _ in range(24)) for _ in range(number)]


REPORT = _sentences("one", 16)
OTHER = _sentences("another", 32)
FORM = "信息内容 本年制发件数 本年废止件数 现行有效件数\n规章 0 0 0\n行政规范性文件 3 1 12\n本年处理决定数量\n行政许可 205件\n行政处罚 4\n行政强制 0\n本年收费金额（单位：万元）\n行政事业性收费 0\n"

TITLE = "{REGULATION 《国务院办公厅政府信息与政务公开办公室关于政府信息公开工作年度报告有关事项的通知》}"


def _report(sentences: list[str], tail: str = "") -> str:
    return "\r\n".join(f"{sentence}{number}件。" for number, sentence in enumerate(sentences)) + f"\r\n{tail}"


@pytest.mark.parametrize(
    ("one", "other", "share"),
    [
        (_report(REPORT), _report(REPORT), "100%"),
        (_report(REPORT), "， ".join(f"{s}３ ５ 件" for s in REPORT) + "。", "100%"),  # other figures, marks and lines
        (_report(REPORT), _report(REPORT).replace("件", "份"), "69%"),  # another word after every sentence
        (_report(REPORT), _report(OTHER[:8] + REPORT[:8]), "4"),  # half of it
        (_report(REPORT[:8]), _report(OTHER + REPORT[:8]), "100%"),  # all of a shorter one, in a longer
        (_report(REPORT), _report(OTHER[:13] + REPORT[:3]), None),
        (_report(REPORT, FORM), _report(OTHER, FORM), None),  # the form is the same for all
        (_report(REPORT[:3], TITLE), _report(OTHER[:3], TITLE), None),
        ("政府信息公开工作年度报告", "政府信息公开工作年度报告", None),  # too short to tell
    ],
)
def test_reports_that_share_too_much(one: str, other: str, share: str | None) -> None:
    found = list(near_duplicates(_reports({"annotations/train/a.txt": one, "annotations/dev/b.txt": other})))
    if share is None:
        assert found == []
        return
    [(path, finding)] = found
    assert (path, finding.level) == (Path("annotations/dev/b.txt"), "error")
    assert finding.message.startswith(f"shares {share}")
    assert "annotations/train/a.txt" in finding.message


def test_it_begins_where_the_shared_text_does() -> None:
    [(_, finding)] = near_duplicates(_reports({"train/a.txt": _report(REPORT), "dev/b.txt": _report(OTHER[:2] + REPORT)}))
    assert (finding.line, finding.column) == (3, 1)


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        ("train/a.txt", "dev/b.txt", True),
        ("dev/a.txt", "train/b.txt", True),
        ("train/a.txt", "train/b.txt", False),
        ("dev/a.txt", "more/dev/b.txt", False),
        ("mine/a.txt", "mine/b.txt", True),  # one of them may be held out
        ("mine/a.txt", "annotations/train/b.txt", True),
        ("annotations/dev/a.txt", "mine/b.txt", True),
    ],
)
def test_parts_that_are_compared(one: str, other: str, compared: bool) -> None:
    found = [path for path, _ in near_duplicates(_reports({one: _report(REPORT), other: _report(REPORT)}))]
    assert found == ([Path(one if "dev/" in one else other)] if compared else [])


def test_the_threshold_lies_above_what_the_genre_has_in_common() -> None:
    assert 0.2 <= DUPLICATE <= 0.3


def test_an_issuer_in_both_parts() -> None:
    marked = {"train/a.txt": "{ORG 平川县\r\n水利局}{YEAR 2013年}年报，{ORG 县政府}印发。", "dev/b.txt": "关于\r\n{ORG 平川县水利局}{YEAR 2015年}年报。", "dev/c.txt": "{ORG 县政府}{YEAR 2013年}年报。", "dev/d.txt": "年报。"}
    [line] = _found(marked)
    assert line.startswith("dev/b.txt:2:6: hint: '平川县水利局' issues train/a.txt too")
    assert _found({name.replace("dev", "train"): text for name, text in marked.items()}) == []
    assert _found({name.split("/")[1]: text for name, text in marked.items()}) == []
