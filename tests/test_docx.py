"""Word files: what is printed in the body comes out, in order, tables with their merges; what is no such file is refused with a reason."""

from __future__ import annotations

import io
import sys
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

docx = pytest.importorskip("docx")

from gov_ie.errors import ReadError  # noqa: E402
from gov_ie.reading.content import Content  # noqa: E402
from gov_ie.reading.word import package as docx_package  # noqa: E402
from gov_ie.reading.word.docx import read_docx  # noqa: E402
from gov_ie.reading.word.numbering import formatted  # noqa: E402

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def _relations(*targets: tuple[str, str]) -> str:
    inner = "".join(f'<Relationship Id="r{i}" Type="{RELATIONS}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(targets))
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'


def package(body: str, *, numbering: str = "", styles: str = "", kind: str = "document.main", **more: str) -> bytes:
    """A Word file around the XML of a body; one picture it names is missing, as happens."""
    members = {
        "[Content_Types].xml": f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/{kind}+xml"/></Types>',
        "_rels/.rels": _relations(("officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relations(("image", "media/lost.png"), ("numbering", "numbering.xml"), ("styles", "/word/styles.xml")),
        "word/numbering.xml": f"<w:numbering {SPACES}>{numbering}</w:numbering>",
        "word/styles.xml": f"<w:styles {SPACES}>{styles}</w:styles>",
        **more,
    }
    return archive(members)


def archive(members: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for path, text in members.items():
            file.writestr(path, text)
    return stream.getvalue()


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{r(text)}</w:p>"


def r(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content if content.startswith('<') else p(content)}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def control(content: str) -> str:
    return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


BEGIN, GOES_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def read(body: str, **more: str) -> Content:
    content = read_docx(package(body, **more), name="年报.docx")
    for table in content.tables:
        assert all(content.text[c.start : c.end] == c.text for c in table.cells)
        assert all(table.start <= c.start <= c.end <= table.end for c in table.cells)
    return content


def places(content: Content, table: int = 0) -> list[tuple[Any, ...]]:
    """Text, row, column of each cell, and its spans where it has any."""
    return [(c.text, c.row, c.column, *((c.rows, c.columns) if (c.rows, c.columns) != (1, 1) else ())) for c in content.tables[table].cells]


BOX = f"<w:txbxContent>{p('框中一行')}</w:txbxContent>"
SEEN = '<w:vanish w:val="0"/>'
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (p("一、概述") + p("公开86条。"), "一、概述\n公开86条。\n"),
        (p("　　公开") + p("") + p("  "), "　　公开\n"),
        (f"<w:p>{r('公开')}{r(' ')}{r('86')}{r('条')}</w:p>", "公开 86条\n"),
        ("<w:p><w:r><w:t>第一行</w:t><w:br/><w:t>第二行</w:t><w:tab/><w:t>后</w:t><w:cr/><w:t>末</w:t></w:r></w:p>", "第一行\n第二行\t后\n末\n"),
        ("<w:p><w:r><w:t>工\u00ad作</w:t><w:softHyphen/><w:t>报告</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r></w:p>", "工作报告-1\n"),
        ("<w:p><w:r><w:t>折\n  行\t的</w:t></w:r></w:p>", "折 行 的\n"),
        (f"<w:p>{r('新增')}<w:ins>{r('三')}</w:ins><w:del><w:r><w:delText>两</w:delText></w:r></w:del><w:moveFrom>{r('旧')}</w:moveFrom><w:moveTo>{r('处')}</w:moveTo></w:p>", "新增三处\n"),
        (p("上半句，", "<w:rPr><w:del/></w:rPr>") + p("下半句。"), "上半句，下半句。\n"),
        (p("末句", "<w:rPr><w:del/></w:rPr>"), "末句\n"),
        (f"<w:p>{r('见')}<w:hyperlink>{r('县门户网站')}</w:hyperlink>{r('。')}</w:p>", "见县门户网站。\n"),
        (f"<w:p><w:smartTag><w:smartTagPr/>{r('2018年')}</w:smartTag><w:fldSimple w:instr='PAGE'>{r('3')}</w:fldSimple>{r('月')}</w:p>", "2018年3月\n"),
        (f"<w:p>{FIELD('begin')}<w:r><w:instrText>REF x</w:instrText></w:r>{FIELD('separate')}{r('结果')}{FIELD('end')}{r('。')}</w:p>", "结果。\n"),
        (f"<w:p>{FIELD('begin')}{FIELD('begin')}{FIELD('separate')}{r('条件')}{FIELD('end')}{FIELD('separate')}{r('值')}{FIELD('end')}</w:p>", "值\n"),
        (f"<w:p>{r('甲')}{FIELD('begin')}<w:r><w:instrText>TOC</w:instrText></w:r></w:p>" + p("乙"), "甲\n乙\n"),
        (f"<w:p>{r('明')}{r('暗', '<w:vanish/>')}{r('亮', SEEN)}</w:p>", "明亮\n"),
        (f"<w:p>{r('数')}<w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:commentReference w:id='1'/></w:r><w:commentRangeEnd w:id='1'/>{r('据')}</w:p>", "数据\n"),
        ("<w:p><w:r><w:ruby><w:rt><w:r><w:t>xī</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>淅</w:t></w:r></w:rubyBase></w:ruby><w:t>川</w:t></w:r></w:p>", "淅川\n"),
        ('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t><w:sym w:font="Wingdings" w:char="F0A8"/><w:t>否</w:t><w:sym w:font="Wingdings" w:char="F04A"/></w:r></w:p>', "☑是□否\n"),
        ("<w:p><w:r><w:t>占</w:t></w:r><m:oMath><m:r><m:t>86%</m:t></m:r></m:oMath></w:p>", "占86%\n"),
        (f"<w:p>{r('正文')}<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>{r('在前')}</w:p>{p('后文')}", "正文在前\n框中一行\n后文\n"),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><wps:txbx>{BOX}</wps:txbx></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>",
            "框中一行\n",
        ),
        (f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wpx'/><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>", "框中一行\n"),
        (f"<w:sdt><w:sdtPr/><w:sdtContent>{p('控件中的段落')}<w:sdt><w:sdtContent>{p('里层')}</w:sdtContent></w:sdt></w:sdtContent></w:sdt>", "控件中的段落\n里层\n"),
        (f"<w:p>{r('日期：')}<w:sdt><w:sdtPr/><w:sdtContent>{r('3月')}</w:sdtContent></w:sdt><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{r('单击输入')}</w:sdtContent></w:sdt></w:p>", "日期：3月\n"),
        (p("正文") + "<w:sectPr><w:headerReference w:type='default'/></w:sectPr>", "正文\n"),
    ],
)  # fmt: skip
def test_what_is_printed_in_the_body(body: str, text: str) -> None:
    assert read(body).text == text


def test_paragraphs_and_tables_stand_in_the_order_of_the_body() -> None:
    content = read(p("表前") + tbl(tr(tc("项目"), tc("件数")), tr(tc("受理"), tc("12"))) + p("表后"))
    assert content.text == "表前\n\n项目\t件数\n受理\t12\n\n表后\n"
    assert content.pages == ()


@pytest.mark.parametrize(
    ("table", "cells"),
    [
        (tbl(tr(tc("甲"), tc("")), tr(tc("乙"), tc("0"))), [("甲", 0, 0), ("", 0, 1), ("乙", 1, 0), ("0", 1, 1)]),
        (tbl(tr(tc("总表", span(2)), tc("计")), tr(tc("甲"), tc("乙"), tc("丙"))), [("总表", 0, 0, 1, 2), ("计", 0, 2), ("甲", 1, 0), ("乙", 1, 1), ("丙", 1, 2)]),
        (tbl(tr(tc("类", BEGIN), tc("甲")), tr(tc("", GOES_ON), tc("乙")), tr(tc("旧", GOES_ON), tc("丙"))), [("类", 0, 0, 3, 1), ("甲", 0, 1), ("乙", 1, 1), ("丙", 2, 1)]),
        (tbl(tr(tc("大", BEGIN + span(2)), tc("甲")), tr(tc("", GOES_ON + span(2)), tc("乙"))), [("大", 0, 0, 2, 2), ("甲", 0, 2), ("乙", 1, 2)]),
        (tbl(tr(tc("上", BEGIN), tc("甲")), tr(tc("下", BEGIN), tc("乙")), tr(tc("", GOES_ON), tc("丙"))), [("上", 0, 0), ("甲", 0, 1), ("下", 1, 0, 2, 1), ("乙", 1, 1), ("丙", 2, 1)]),
        (tbl(tr(tc("无头", GOES_ON), tc("甲")), tr(tc("宽", GOES_ON + span(2)), tc("乙"))), [("无头", 0, 0), ("甲", 0, 1), ("宽", 1, 0, 1, 2), ("乙", 1, 2)]),
        (tbl(tr(tc("甲", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), tc("乙")), tr(tc("1"), tc("2"), tc("3"))), [("甲", 0, 0, 1, 2), ("乙", 0, 2), ("1", 1, 0), ("2", 1, 1), ("3", 1, 2)]),
        (tbl(tr(tc("甲"), tc("乙"), properties='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>'), tr(tc("丙"), tc("丁"))), [("甲", 0, 2), ("乙", 0, 3), ("丙", 1, 0), ("丁", 1, 1)]),
        (tbl(tr(tc("甲"), tc("乙")), tr(tc("删"), tc("删"), properties="<w:del/>"), tr(tc("藏"), tc("藏"), properties="<w:hidden/>"), tr(tc("丙"))), [("甲", 0, 0), ("乙", 0, 1), ("丙", 1, 0)]),
        (tbl(control(tr(tc("甲"), control(tc("乙")))), tr(tc("丙"), tc("丁"))), [("甲", 0, 0), ("乙", 0, 1), ("丙", 1, 0), ("丁", 1, 1)]),
        (tbl(tr(tc(p("第一行") + p("") + p("第 2 行")), tc("5")), tr(tc("12\u00ad"), tc("x"))), [("第一行第2行", 0, 0), ("5", 0, 1), ("12", 1, 0), ("x", 1, 1)]),
        (tbl(tr(tc("宽", '<w:gridSpan w:val="x"/>'), tc("甲", '<w:gridSpan w:val="-3"/>')), tr(tc("乙"), tc("丙"))), [("宽", 0, 0), ("甲", 0, 1), ("乙", 1, 0), ("丙", 1, 1)]),
    ],
    ids=["empty cell", "gridSpan", "vMerge", "both", "two merges on end", "merge without a head", "hMerge", "gridBefore", "deleted rows, short row", "content controls", "paragraphs in a cell", "faulty spans"],
)  # fmt: skip
def test_cells_have_their_place(table: str, cells: list[tuple[Any, ...]]) -> None:
    assert places(read(table)) == cells


INNER = tbl(tr(tc("项目"), tc("件数")), tr(tc("受理"), tc("12")))
LONG = "全年召开专题会议研究部署政府信息公开工作，明确责任分工，完善工作制度，按时更新目录和指南，接受社会监督。"


@pytest.mark.parametrize(
    ("table", "text", "tables"),
    [
        (tbl(tr(tc(p("一、概述") + p("公开86条。")))), "一、概述\n公开86条。\n", 0),
        (tbl(tr(tc("一、概述")), tr(tc("公开86条。"))), "一、概述\n公开86条。\n", 0),
        (tbl(tr(tc(p("版面") + INNER), tc(p("右栏")))), "版面\n\n项目\t件数\n受理\t12\n\n右栏\n", 1),
        (tbl(tr(tc(""), tc("仅此一格"))), "仅此一格\n", 0),
        (tbl(tr(tc(LONG), tc(LONG))), LONG + "\n" + LONG + "\n", 0),
        (tbl(tr(tc("项目"), tc("说明"), tc("件数")), tr(tc("甲"), tc(tbl(tr(tc("a"), tc("b")))), tc("1"))), "项目\t说明\t件数\n甲\ta b\t1\n\n", 1),
        (tbl(tr(tc("事项"), tc("做法")), tr(tc("会议"), tc(LONG))), f"事项\t做法\n会议\t{LONG}\n\n", 1),
    ],
    ids=["one cell", "one column", "layout around a table", "one filled cell", "columns of prose", "small table in a table", "prose beside a heading"],
)
def test_tables_for_the_looks_are_prose(table: str, text: str, tables: int) -> None:
    content = read(table)
    assert content.text == text
    assert len(content.tables) == tables


def _level(at: int, kind: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


def _list(*levels: str, abstract: int = 0) -> str:
    return f'<w:abstractNum w:abstractNumId="{abstract}">{"".join(levels)}</w:abstractNum>'


def _num(key: int, abstract: int = 0, more: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{abstract}"/>{more}</w:num>'


REPORT_LEVELS = (_level(0, "chineseCounting", "%1、"), _level(1, "japaneseCounting", "（%2）"), _level(2, "decimal", "%3."), _level(3, "decimalEnclosedCircleChinese", "%4"))


def n(text: str, level: int = 0, key: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>')


@pytest.mark.parametrize(
    ("numbering", "body", "lines"),
    [
        (_list(*REPORT_LEVELS) + _num(1), n("概述") + n("公开", 1) + n("条数", 2) + n("件数", 2) + n("申请", 1) + n("受理", 2) + n("问题") + n("人手", 1) + n("编制", 3),
         ["一、概述", "（一）公开", "1. 条数", "2. 件数", "（二）申请", "1. 受理", "二、问题", "（一）人手", "① 编制"]),
        (_list(*REPORT_LEVELS) + _num(1), n("甲") * 12, [f"{c}、甲" for c in "一 二 三 四 五 六 七 八 九 十 十一 十二".split()]),
        (_list(*REPORT_LEVELS) + _num(1) + _num(2), n("甲") + n("乙", key=2), ["一、甲", "二、乙"]),
        (_list(*REPORT_LEVELS) + _num(1) + _num(2, more='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'), n("甲") + n("乙", key=2) + n("丙", key=2), ["一、甲", "一、乙", "二、丙"]),
        (_list(_level(0, "decimal", "%1"), _level(1, "decimal", "%1.%2"), _level(2, "chineseCounting", "%1.%3", "<w:isLgl/>")) + _num(1), n("甲", 1) + n("乙") + n("丙", 1) + n("丁", 2), ["1.1 甲", "1 乙", "1.1 丙", "1.1 丁"]),
        (_list(_level(0, "decimal", "%1、"), _level(1, "decimal", "%2)", '<w:lvlRestart w:val="0"/><w:suff w:val="nothing"/>')) + _num(1), n("甲") + n("乙", 1) + n("丙") + n("丁", 1), ["1、甲", "1)乙", "2、丙", "2)丁"]),
        (_list(_level(0, "bullet", "\uf06c"), _level(1, "bullet", "-"), _level(2, "none", "附：")) + _num(1), n("甲") + n("乙", 1) + n("丙", 2), ["●甲", "- 乙", "附：丙"]),
        (_list(_level(0, "chineseCounting", "第%1条", '<w:suff w:val="space"/>')) + _num(1, more=f'<w:lvlOverride w:ilvl="0">{_level(0, "upperRoman", "%1")}</w:lvlOverride>') + _num(2), n("甲") + n("乙", key=2), ["I 甲", "第二条 乙"]),
        (_list(*REPORT_LEVELS) + _num(1), n("甲", key=0) + n("乙", key=9) + n("丙"), ["甲", "乙", "一、丙"]),
        (_list(*REPORT_LEVELS) + _num(1), n("旧").replace("<w:pPr>", "<w:pPr><w:rPr><w:del/></w:rPr>") + n("甲") + n("乙"), ["一、旧甲", "二、乙"]),
        (_list(_level(0, "decimal", "%1%1%1", "") .replace("%1%1%1", "x" * 500)) + _num(1), n("甲"), ["x" * 64 + " 甲"]),
    ],
    ids=["report", "twelve", "lists of one kind", "restart", "legal, no higher one yet", "no restart", "bullets", "override", "no list", "deleted end", "overlong"],
)  # fmt: skip
def test_numbers_are_written_as_they_are_printed(numbering: str, body: str, lines: list[str]) -> None:
    assert read(body, numbering=numbering).text.splitlines() == lines


def test_styles_number_and_hide() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="2"><w:basedOn w:val="1"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="loop"><w:basedOn w:val="loop"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="numbering" w:styleId="own"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    link = '<w:abstractNum w:abstractNumId="5"><w:numStyleLink w:val="own"/></w:abstractNum>'
    numbering = _list(_level(0, "chineseCounting", "%1、", '<w:pStyle w:val="1"/>'), _level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="2"/>')) + link + _num(1) + _num(7, 5)
    style = '<w:pStyle w:val="{}"/>'.format
    body = p("概述", style("1")) + p("公开", style("2")) + p("藏", style("loop")) + p("不编", style("1") + '<w:numPr><w:numId w:val="0"/></w:numPr>') + n("问题", key=7)
    assert read(body, numbering=numbering, styles=styles).text.splitlines() == ["一、概述", "（一）公开", "不编", "二、问题"]


def test_a_column_of_automatic_numbers_is_in_the_cells() -> None:
    content = read(tbl(tr(tc(n("")), tc("甲")), tr(tc(n("")), tc("乙"))), numbering=_list(_level(0, "decimal", "%1")) + _num(1))
    assert places(content) == [("1", 0, 0), ("甲", 0, 1), ("2", 1, 0), ("乙", 1, 1)]


@pytest.mark.parametrize(
    ("count", "kind", "printed"),
    [
        (10, "chineseCounting", "十"), (11, "chineseCountingThousand", "十一"), (20, "japaneseCounting", "二十"), (105, "chineseCountingThousand", "一百〇五"), (110, "chineseCounting", "一百一十"),
        (12, "ideographDigital", "一二"), (12, "chineseLegalSimplified", "壹拾贰"), (3, "decimalEnclosedParen", "⑶"), (21, "decimalEnclosedCircle", "21"), (4, "ideographTraditional", "丁"),
        (7, "decimalZero", "07"), (15, "decimalFullWidth", "１５"), (28, "lowerLetter", "bb"), (14, "upperRoman", "XIV"), (5, "somethingNew", "5"), (0, "chineseCounting", "0"), (3, "none", ""),
    ],
)  # fmt: skip
def test_number_forms(count: int, kind: str, printed: str) -> None:
    assert formatted(count, kind) == printed


@given(st.integers(1, 99_999))
def test_chinese_counting_says_the_number(count: int) -> None:
    total = section = digit = 0
    for sign in formatted(count, "chineseCounting"):
        if sign in "十百千":
            section += (digit or 1) * 10 ** ("十百千".index(sign) + 1)
            digit = 0
        elif sign == "万":
            total, section, digit = (section + digit) * 10_000, 0, 0
        else:
            digit = "〇一二三四五六七八九".index(sign)
    assert total + section + digit == count


@st.composite
def merged_grids(draw: st.DrawFn) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """A grid of at least two rows and columns, and rectangles in it that do not meet: row, column, rows, columns."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 5))
    taken: set[tuple[int, int]] = set()
    merged = []
    for _ in range(draw(st.integers(0, 4))):
        row, column = draw(st.integers(0, height - 1)), draw(st.integers(0, width - 1))
        rows, columns = draw(st.integers(1, height - row)), draw(st.integers(1, width - column))
        fields = {(row + i, column + k) for i in range(rows) for k in range(columns)}
        if not fields & taken and len(fields) < height * width:
            taken |= fields
            merged.append((row, column, rows, columns))
    return height, width, merged


@settings(max_examples=25)
@given(merged_grids())
def test_merged_grids_come_back_as_they_were_made(grid: tuple[int, int, list[tuple[int, int, int, int]]]) -> None:
    height, width, merged = grid
    document = docx.Document()
    table = document.add_table(height, width)
    for row, column, rows, columns in merged:
        table.cell(row, column).merge(table.cell(row + rows - 1, column + columns - 1))
    covered = {(row + i, column + k) for row, column, rows, columns in merged for i in range(rows) for k in range(columns)}
    heads = {(row, column): (rows, columns) for row, column, rows, columns in merged}
    expected = []
    for row in range(height):
        for column in range(width):
            if (row, column) in heads or (row, column) not in covered:
                table.cell(row, column).text = f"r{row}c{column}"
                expected.append((f"r{row}c{column}", row, column, *heads.get((row, column), (1, 1))))
    stream = io.BytesIO()
    document.save(stream)
    content = read_docx(stream.getvalue(), name="grid.docx")
    assert {c.text for t in content.tables for c in t.cells} == ({text for text, *_ in expected} if content.tables else set())
    if content.tables:  # else it is one column, written as paragraphs
        assert [(c.text, c.row, c.column, c.rows, c.columns) for c in content.tables[0].cells] == expected
        assert all(content.text[c.start : c.end] == c.text for c in content.tables[0].cells)
    else:
        assert content.text.split() == [text for text, *_ in expected]


@pytest.mark.parametrize(
    ("body", "warning"),
    [
        (p("正文") + "<w:altChunk/>", "embedded in this one"),
        (p("正文") + "<w:p><w:r><w:object><o:OLEObject ProgID='Excel.Sheet.12'/></w:object></w:r></w:p>", "spreadsheet"),
        (p("正文") + "<w:p><w:r><w:object><o:OLEObject ProgID='Equation.3'/></w:object></w:r></w:p>", None),
    ],
)
def test_what_is_left_out_is_warned_of(body: str, warning: str | None) -> None:
    warnings = read(body).warnings
    assert len(warnings) == (warning is not None)
    assert all(warning in w for w in warnings if warning)


def test_a_file_with_macros_is_read_and_they_are_not() -> None:
    assert read(p("正文"), kind="vnd.ms-word.document.macroEnabled.main", **{"word/vbaProject.bin": "Sub AutoOpen()"}).text == "正文\n"


def test_the_strict_form_of_the_format() -> None:
    members = dict(zip(("_rels/.rels", "word/document.xml"), (_relations(("officeDocument", "word/document.xml")), f"<w:document {SPACES}><w:body>{p('严格')}</w:body></w:document>"), strict=True))
    strict = {k: v.replace("schemas.openxmlformats.org/wordprocessingml/2006/main", "purl.oclc.org/ooxml/wordprocessingml/main").replace(RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships") for k, v in members.items()}
    assert read_docx(archive(strict), name="s.docx").text == "严格\n"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
GOOD = package(p("正文"))
ENTITY = '<!DOCTYPE w:document [<!ENTITY a "{}">]>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "is empty"),
        (b"just words", "no Word file"),
        (GOOD[:-60], "cut off"),
        (GOOD[: len(GOOD) // 2], "cut off"),
        (GOOD[:200] + b"\0" * 60 + GOOD[260:], "damaged"),
        (OLE + b"\0" * 600, "old Office file"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
        (b"{\\rtf1}", "rename it to .rtf"),
        (archive({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}), "Excel workbook"),
        (archive({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), "PowerPoint"),
        (archive({"mimetype": "x", "META-INF/manifest.xml": "<a/>"}), "OpenDocument"),
        (archive({"report.txt": "x"}), "ZIP archive"),
        (archive({"word/document.xml": "<w:document"}), "XML"),
        (archive({"word/document.xml": "<a/>"}), "no Word document"),
        (archive({"word/document.xml": ENTITY.format("b") + f"<w:document {SPACES}><w:body>{p('&a;')}</w:body></w:document>"}), "entities"),
        (package(""), "holds no text"),
        (package("<w:p><w:r><w:drawing/></w:r></w:p>"), "holds no text"),
        (package(p("正文"), more=" " * 20_000_000), "would unpack to"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        read_docx(data, name="坏.docx")
    assert str(caught.value).startswith("坏.docx: ")


def test_a_part_is_never_unpacked_beyond_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MAX_PART", 500)
    with pytest.raises(ReadError, match=r"word/document\.xml is larger"):
        read_docx(package(p("字" * 1000)), name="x.docx")


def outcome(data: bytes) -> str:
    """The text, or that the file was refused by name; any other exception is a failure."""
    try:
        return read_docx(data, name="x.docx").text
    except ReadError as error:
        return "refused" if str(error).startswith("x.docx: ") else f"a message without the name: {error}"


def test_nesting_without_end_is_refused_or_read() -> None:
    """Eighty tables in one another go deeper than any page; what must not happen is a crash."""
    body = p("底")
    for _ in range(80):
        body = tbl(tr(tc(body + p(""))))
    assert outcome(package(body)) in ("底\n", "refused")


def test_entities_from_outside_are_not_opened(tmp_path: Any) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("秘密")
    document = f'<!DOCTYPE d [<!ENTITY a SYSTEM "{secret.as_uri()}">]><w:document {SPACES}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>'
    for encoding in ("utf-8", "utf-16"):
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as file:
            file.writestr("word/document.xml", document.encode(encoding))
        with pytest.raises(ReadError, match="entities"):
            read_docx(stream.getvalue(), name="x.docx")


def test_a_missing_library_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("docx", "docx.oxml"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(ReadError, match=r'年报\.docx: .*pip install "gov-ie\[docx\]"'):
        read_docx(GOOD, name="年报.docx")


@given(st.integers(0, len(GOOD) - 1), st.binary(min_size=1, max_size=8))
def test_damage_gives_text_or_a_reason_and_nothing_else(at: int, noise: bytes) -> None:
    assert not outcome(GOOD[:at] + noise + GOOD[at + len(noise) :]).startswith("a message")
