"""Web pages of every make: the report's text, its tables cell by cell, the encoding found out, the page around it left out."""

from __future__ import annotations

import base64
import codecs
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gov_ie.errors import ReadError
from gov_ie.reading.content import Content
from gov_ie.reading.web.html import MAX_BYTES, MAX_TAGS, read_html
from gov_ie.reading.web.html_table import MAX_COLUMNS

TITLE = "云溪县粮食局2019年政府信息公开工作年度报告"
PROSE = "我局全年通过门户网站主动公开政府信息47条，内容涉及储备粮管理、粮食质量检测、应急供应等方面，较上年增长二成。"


def _read(markup: str | bytes) -> Content:
    content = read_html(markup if isinstance(markup, bytes) else markup.encode(), name="page.html")
    for grid in content.tables:
        assert content.text[grid.start : grid.end].endswith("\n")
        assert [content.text[c.start : c.end] for c in grid.cells] == [c.text for c in grid.cells]
    return content


def _text(markup: str) -> str:
    return _read(markup).text


def _cells(markup: str) -> list[list[str]]:
    """The only table, row by row; a span as ``text rows×columns``."""
    (grid,) = _read(markup).tables
    return [[c.text if (c.rows, c.columns) == (1, 1) else f"{c.text} {c.rows}×{c.columns}" for c in row] for row in grid.rows()]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>一、概述</p><p>公开86条。</p>", "一、概述\n公开86条。\n"),
        ("<div>一、概述<p>公开86条。</p>另有3条。</div>", "一、概述\n公开86条。\n另有3条。\n"),
        ("<p>第一行<br>第二行<br/><br />第三行</p>", "第一行\n第二行\n第三行\n"),
        ("<h2>一、概述</h2>公开<b>86</b><span>条</span>。", "一、概述\n公开86条。\n"),
        ("<p>全年\n  主动公开\n政府信息</p>", "全年主动公开政府信息\n"),
        ("<p>see\n the   page</p>", "see the page\n"),
        ("<p>&nbsp;&nbsp;&nbsp;&nbsp;一、概述</p>", "    一、概述\n"),
        ("<p>　　公开86条。</p>", "　　公开86条。\n"),
        ("<p>公\u200b开\ufeff86条</p>", "公开86条\n"),
        ("<p>贯彻&lt;条例&gt;，&amp;lt;不再解&#x8BD1;</p>", "贯彻<条例>，&lt;不再解译\n"),
        ("<ol><li>公开</li><li>申请</li></ol>", "1. 公开\n2. 申请\n"),
        ("<ol start=3><li>公开<li><p>申请</p><li value=9>复议</ol>", "3. 公开\n4. 申请\n9. 复议\n"),
        ("<ol><li>（一）公开</li><li>2.申请</li></ol>", "（一）公开\n2.申请\n"),
        ("<ul><li>公开</li><li>申请</li></ul>", "公开\n申请\n"),
        ("<pre>一、概述\n    公开86条。\n</pre>", "一、概述\n    公开86条。\n"),
        ("<p>没有<font color=red>关上<p>的标签<div>也<span>读", "没有关上\n的标签\n也读\n"),
        ("<p>可见<!-- 注释 --><script>var a='<p>脚本</p>'</script><style>p{}</style><noscript>无脚本</noscript><template>模板</template></p>", "可见\n"),
        ("<p>可见</p><p style='color:red; display : none'>藏</p><p hidden>藏</p><p style='visibility:hidden'>藏</p>", "可见\n"),
        ("<form><p>整页都在表单里</p><input value=甲><button>提交</button><select><option>乙</select></form>", "整页都在表单里\n"),
        ("只有文字，没有标签", "只有文字，没有标签\n"),
        ("<p><![if !supportLists]>一、<![endif]>概述<o:p>&nbsp;</o:p></p>", "一、概述\n"),
        ("<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>甲<br/>乙</p><div/>丙</body></html>", "甲\n乙\n丙\n"),
        ("<!DOCTYPE html SYSTEM 'file:///etc/hostname'><p>甲</p>", "甲\n"),
        ("<html><body><p>甲</p><html><head><title>贴入</title></head><body><p>乙</p></body></html><p>丙</p></body></html><p>丁</p>", "甲\n乙\n丙\n丁\n"),
        ("<div style='display:none'><p>由脚本显示的正文，占了全页</p></div><p>页脚</p>", "由脚本显示的正文，占了全页\n页脚\n"),
    ],
)
def test_markup_becomes_lines(markup: str, text: str) -> None:
    assert _text(markup) == text


@pytest.mark.parametrize(
    ("markup", "cells"),
    [
        ("<table><tr><td>规章</td><td>3</td></tr></table>", [["规章", "3"]]),
        ("<table><tbody><tr><th>项目<th>数量<tr><td>规章<td></table>", [["项目", "数量"], ["规章", ""]]),
        ("<table><td>规章</td><td>3</td><tr><td>许可</td><td>4</td></tr></table>", [["规章", "3"], ["许可", "4"]]),
        ("<table><tr><td colspan=2>第一项</td></tr><tr><td>规章</td><td>3</td></tr></table>", [["第一项 1×2"], ["规章", "3"]]),
        ("<table><tr><td rowspan=2>结果</td><td>维持</td></tr><tr><td>纠正</td></tr></table>", [["结果 2×1", "维持"], ["纠正"]]),
        ("<table><tr><td><p>本年新<br />制作数量</p></td><td><p>1</p><p>&nbsp;</p></td></tr></table>", [["本年新制作数量", "1"]]),
        ("<table><tr><td>总&nbsp;&nbsp;计</td><td>&nbsp;</td></tr></table>", [["总计", ""]]),
        ("<table><tr><td colspan='0' rowspan='-3'>甲</td><td colspan='100%'>乙</td></tr></table>", [["甲", "乙"]]),
        ("<table><tr><td colspan=1000 rowspan=9999>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>", [["甲 2×1"], ["乙", "丙"]]),
        ("<table><tr><td colspan=5000>甲</td></tr><tr><td>乙</td><td>丙</td></tr></table>", [["甲 1×2"], ["乙", "丙"]]),
        ("<table><tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr></table>", [["甲 2×1", "1"], ["2"]]),
        ("<table><tr><td>甲<table><tr><td>注</td></tr></table></td><td>1</td></tr></table>", [["甲注", "1"]]),
        ("<table><form><tr><td>甲</td><td>1</td></tr></form></table>", [["甲", "1"]]),
        ("<table><tr><td>甲</td><td>1</td></tr><tr><td>乙</td><td style='display:none'>x</td><td>2</td></tr></table>", [["甲", "1"], ["乙", "2"]]),
    ],
)
def test_tables_become_grids(markup: str, cells: list[list[str]]) -> None:
    assert _cells(markup) == cells


def test_a_cell_below_a_merged_one_keeps_its_column() -> None:
    (grid,) = _read("<table><tr><td rowspan=2>甲</td><td colspan=2>乙</td></tr><tr><td>1</td><td>2</td></tr></table>").tables
    assert [(c.text, c.row, c.column) for c in grid.cells] == [("甲", 0, 0), ("乙", 0, 1), ("1", 1, 1), ("2", 1, 2)]
    assert grid.width == 3


@pytest.mark.parametrize(
    ("markup", "lines", "tables"),
    [
        ("<table><tr><td>一、概述<p>公开3条。</td></tr></table>", ["一、概述", "公开3条。"], 0),
        ("<table><tr><td>一、概述</td></tr><tr><td>公开3条。</td></tr></table>", ["一、概述", "公开3条。"], 0),
        (f"<table><tr><td>{PROSE * 9}</td><td>乙</td></tr></table>", [PROSE * 9, "乙"], 0),
        ("<table><caption>表一</caption><tr><td>规章</td><td>3</td></tr></table>", ["表一", "规章\t3"], 1),
        ("<table>表外<tr><td>规章</td><td>3</td></tr></table>", ["表外", "规章\t3"], 1),
        ("<table role=presentation><tr><td>左</td><td>右</td></tr></table>", ["左", "右"], 0),
        ("<table><tr><td>左<td>前<table><tr><td>规章<td>3</table>后</table>", ["左", "前", "规章\t3", "后"], 1),
        (f"<table><tr><td>项目<td>数<tr><td>规章<td>3<tr><td colspan=2>{PROSE * 2}<tr><td>许可<td>4</table>", ["项目\t数", "规章\t3", PROSE * 2, "许可\t4"], 2),
        ("<table><tr><td>&nbsp;</td><td></td></tr></table>公开", ["公开"], 0),
    ],
)
def test_what_only_lays_out_text_is_read_as_text(markup: str, lines: list[str], tables: int) -> None:
    content = _read(markup)
    assert content.text.split("\n") == [*lines, ""] if not tables else [line for line in content.text.split("\n") if line] == lines
    assert len(content.tables) == tables


_META = '<meta http-equiv="Content-Type" content="text/html; charset=%s">'
_BODY = f"<p>{TITLE}</p><p>{PROSE}䶮</p>"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (_BODY.encode(), "utf-8"),
        (codecs.BOM_UTF8 + _BODY.encode(), "utf-8-sig"),
        (codecs.BOM_UTF16_LE + _BODY.encode("utf-16-le"), "utf-16"),
        ((_META % "gb2312" + _BODY).encode("gb18030"), "gb18030"),
        ((_META % "GBK" + _BODY).encode("gb18030"), "gb18030"),
        (("<meta charset='gb18030'>" + _BODY).encode("gb18030"), "gb18030"),
        (("<?xml version='1.0' encoding='gb2312'?><html>" + _BODY).encode("gb18030"), "gb18030"),
        (_BODY.encode("gb18030"), "gb18030"),
        ((_META % "utf-8" + _BODY).encode("gb18030"), "gb18030"),
        ((_META % "gb2312" + _BODY).encode(), "utf-8"),
        ((_META % "iso-8859-1" + _BODY).encode("gb18030"), "gb18030"),
        ((_META % "no-such-thing" + _BODY).encode(), "utf-8"),
        ((_META % "utf-16" + _BODY).encode(), "utf-8"),
        ((_META % "gbk" + _BODY * 40).encode("gb18030") + b"<p>\xff\xff</p>", "gb18030 (with errors)"),
    ],
    ids=["none", "bom", "utf-16", "gb2312", "gbk", "gb18030", "xml", "undeclared gbk", "says utf-8", "says gb2312", "says latin-1", "unknown", "says utf-16", "broken bytes"],
)
def test_encodings(data: bytes, encoding: str) -> None:
    content = _read(data)
    assert content.encoding == encoding
    assert content.text.startswith(f"{TITLE}\n{PROSE}䶮\n")


def test_big5_that_is_declared() -> None:
    content = _read((_META % "big5" + "<p>政府資訊公開年度報告</p>").encode("big5"))
    assert (content.text, content.encoding) == ("政府資訊公開年度報告\n", "big5hkscs")


_NAV = "<ul class='nav'>" + "".join(f"<li><a href='/{i}'>{w}</a></li>" for i, w in enumerate("首页 走进云溪 新闻中心 政务公开 互动交流".split())) + "</ul>"
_WHERE = "<div class='where'>当前位置：<a href='/'>首页</a> &gt; <a href='/zw'>政务公开</a> &gt; <a href='/nb'>年报</a></div>"
_SIDE = "<div class='left'><ul>" + "".join(f"<li><a href='/{w}'>云溪县{w}局关于做好有关工作的通知公告</a></li>" for w in "林业 水务 教育 财政".split()) + "</ul></div>"
_INFO = "<div class='info'>发布时间：2020-01-31　来源：云溪县粮食局　浏览：<span id='n'></span>次</div>"
_TOOLS = "<div class='tools'>字体：【<a href='javascript:f(1)'>大</a> <a href='javascript:f(2)'>小</a>】 <a href='javascript:print()'>打印</a></div>"
_NEXT = "<p>上一篇：<a href='/1'>云溪县林业局2018年政府信息公开工作年度报告</a></p><p>下一篇：<a href='/2'>云溪县教育局2019年政府信息公开工作年度报告</a></p>"
_FOOT = "<footer>主办单位：云溪县人民政府办公室　云ICP备00000000号</footer>"
_TABLE = "<table><tr><td colspan=2>第二十条第（一）项</td></tr><tr><td>信息内容</td><td>对外公开总数量</td></tr><tr><td>规章</td><td>2</td></tr></table>"
_SIGNED = "<p align=right>云溪县粮食局</p><p align=right>2020年1月15日</p>"
_TEXT = f"<p>一、总体情况</p><p>{PROSE}</p><p>收到申请3件。</p>{_TABLE}<p>六、其他需要报告的事项</p><p>无。</p>{_SIGNED}"
_LINES = ["一、总体情况", PROSE, "收到申请3件。", "第二十条第（一）项", "信息内容\t对外公开总数量", "规章\t2", "六、其他需要报告的事项", "无。", "云溪县粮食局", "2020年1月15日"]
_DATED = "发布时间：2020-01-31　来源：云溪县粮食局　浏览：次"


def _page(body: str, head: str = f"<title>{TITLE}_云溪县人民政府</title>") -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>"


@pytest.mark.parametrize(
    "body",
    [
        f"{_NAV}<div class=main>{_WHERE}{_SIDE}<div class=c><h1>{TITLE}</h1>{_INFO}{_TOOLS}<div class=TRS_Editor>{_TEXT}</div>{_NEXT}</div></div>{_FOOT}",
        f"<table><tr><td>{_NAV}</td></tr><tr><td><table><tr><td>{_SIDE}</td><td>{_WHERE}<b>{TITLE}</b><br>{_INFO}<font>{_TEXT}</font>{_NEXT}</td></tr></table></td></tr></table>{_FOOT}",
        f"<p>{TITLE}</p>{_INFO}{_TEXT}",
        f"{_NAV}{_WHERE}<table><tr><td>{TITLE}</td></tr><tr><td>{_INFO}</td></tr><tr><td>{_TEXT}</td></tr></table>{_NEXT}{_FOOT}",
        f"<header><a href=/>云溪县</a></header><nav>{_WHERE}</nav><article><header><h1>{TITLE}</h1>{_INFO}</header>{_TEXT.replace(_SIGNED, '')}<footer>{_SIGNED}</footer></article><aside>{_SIDE}</aside>{_FOOT}",
        f"{_NAV}{_WHERE}<h2>{TITLE}</h2>{_INFO}<div>{_TEXT.split('<table>')[0]}</div><div><table>{_TEXT.split('<table>')[1].split('</table>')[0]}</table></div><div>{_TEXT.split('</table>')[1]}</div>{_NEXT}{_FOOT}",
        f"<form><div class='footer'><h1>{TITLE}</h1>{_INFO}{_TEXT}</div></form>",
    ],
    ids=["editor", "tables", "bare paragraphs", "one table", "semantic", "in pieces", "misnamed"],
)
def test_pages_lose_their_furniture_and_nothing_else(body: str) -> None:
    content = _read(_page(body))
    assert [line for line in content.text.split("\n") if line] == [TITLE, _DATED, *_LINES]
    assert len(content.tables) == 1


def test_furniture_that_nothing_marks_is_left_out_where_the_extractor_sees_the_report() -> None:
    side = f"<div class=zuo>{_SIDE}<p>本栏目由云溪县人民政府办公室维护，欢迎提出意见。</p></div>"
    text = f"<p>本报告由云溪县粮食局编制。</p><p>{PROSE}</p><p>{PROSE}</p>{_TEXT}"
    content = _read(_page(f"<div>{side}<div>{_WHERE}<h1>{TITLE}</h1>{_INFO}<div>{text}</div>{_NEXT}</div></div><p>主办单位：云溪县人民政府办公室</p>"))
    assert [line for line in content.text.split("\n") if line] == [TITLE, _DATED, "本报告由云溪县粮食局编制。", PROSE, PROSE, *_LINES]


def test_a_report_of_tables_with_hardly_any_prose() -> None:
    text = f"<p>一、总体情况</p><p>见附表。</p>{_TABLE}<p>三、申请情况</p>{_TABLE}{_TABLE}<p>无。</p>{_SIGNED}"
    content = _read(_page(f"{_NAV}{_WHERE}{_SIDE}<div><h1>{TITLE}</h1>{_INFO}<div>{text}</div>{_NEXT}</div>{_FOOT}"))
    assert len(content.tables) == 3
    assert content.text.startswith(f"{TITLE}\n{_DATED}\n一、总体情况\n见附表。\n")
    assert content.text.endswith("无。\n云溪县粮食局\n2020年1月15日\n")


def test_links_amid_the_report_are_its_own() -> None:
    body = f"<p>{TITLE}</p><p>{PROSE}</p><p><a href='/a'>网上申请入口</a></p><p>{PROSE}</p><p>附件：<a href='/b'>统计表.xls</a></p>"
    assert _text(_page(body)) == f"{TITLE}\n{PROSE}\n网上申请入口\n{PROSE}\n附件：统计表.xls\n"


@pytest.mark.parametrize(
    ("head", "body", "first"),
    [
        (f"<title>{TITLE}_云溪县人民政府</title>", f"<p>{PROSE}</p>", [TITLE, PROSE]),
        (f"<title>公告 - {TITLE}</title>", f"<p>{PROSE}</p>", [TITLE, PROSE]),
        (f"<meta name='ArticleTitle' content='{TITLE}'><meta name='PubDate' content='2020-01-31 09:00'>", f"<p>{PROSE}</p>", [TITLE, "发布日期：2020-01-31 09:00", PROSE]),
        (f"<title>{TITLE}</title><meta name='PubDate' content='2020-02-02'>", f"<h1>{TITLE}</h1>{_INFO}<p>{PROSE}</p>", [TITLE, _DATED, PROSE]),
        ("<title>云溪县人民政府</title>", f"<h1>{TITLE}</h1><p>{TITLE}</p><p>{PROSE}</p>", [TITLE, PROSE]),
    ],
)
def test_title_and_date_stand_once(head: str, body: str, first: list[str]) -> None:
    assert _text(_page(body, head)).split("\n")[:-1] == first


def test_a_page_saved_as_mht() -> None:
    body = base64.encodebytes((_META % "gb2312" + f"<p>{TITLE}</p>{_TABLE}").encode("gb18030"))
    data = b'From: <Saved by a browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\tboundary="=_x"\r\n\r\n--=_x\r\nContent-Type: text/html\r\n'
    content = _read(data + b"Content-Transfer-Encoding: base64\r\n\r\n" + body + b"\r\n--=_x\r\nContent-Type: image/png\r\n\r\nPNG\r\n--=_x--\r\n")
    assert content.text.startswith(TITLE)
    assert (content.encoding, len(content.tables)) == ("gb18030", 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b"  \n ", "no text"),
        (b"<!-- only this -->", "no text"),
        (b"<html><body><script>load()</script></body></html>", "perhaps a script loads it"),
        (b"<frameset><frame src=a></frameset>", "no text"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"x" * (MAX_BYTES + 1), "20 MB"),
        (b"<p>" * (MAX_TAGS + 1), "tags"),
        (b"<table><tr><td>" * 3000 + b"x", "nested too deeply"),
        (b"<p>" + "公开".encode() * 2_000_000, "10 MB"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: image/png\n\nx\n--x--\n", "without an HTML part"),
    ],
    ids=["empty", "blank", "comment", "script", "frames", "pdf", "large", "tags", "deep", "piece", "mht"],
)
def test_what_cannot_be_read_is_refused_with_the_file_and_a_reason(data: bytes, message: str) -> None:
    with pytest.raises(ReadError, match=message) as error:
        read_html(data, name="page.html")
    assert str(error.value).startswith("page.html: ")


def test_tags_nested_beyond_the_parser_lose_no_text() -> None:
    content = _read("<p>前</p>" + "<div><font>" * 20_000 + f"<p>{PROSE}</p>{_TABLE}" + "</font></div>" * 20_000 + "<p>后</p>")
    assert [line for line in content.text.split("\n") if line] == ["前", PROSE, *_LINES[3:6], "后"]
    assert len(content.tables) == 1
    assert "nested" in content.warnings[0]


def test_a_table_beyond_all_measure_is_read_as_text() -> None:
    content = _read("<table><tr>" + "<td>1</td>" * (MAX_COLUMNS + 1) + "</tr></table><p>后</p>")
    assert content.tables == ()
    assert content.text == "\t".join("1" * (MAX_COLUMNS + 1)) + "\n后\n"
    assert "read as text" in content.warnings[0]


def test_pictures_inside_the_page_do_not_count() -> None:
    assert _text(f"<p>{TITLE}<img src='data:image/png;base64,{'A' * 11_000_000}'></p>") == TITLE + "\n"


_WORDS = st.text(st.sampled_from("规章许可处罚总计结果维持（一）、,0123456789 <&\"'"), max_size=8)


@st.composite
def _tables(draw: st.DrawFn) -> list[list[tuple[str, int, int]]]:
    """Rows of (text, rows, columns) that fill a rectangle without gap."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 7))
    free = {(r, c) for r in range(height) for c in range(width)}
    rows: list[list[tuple[str, int, int]]] = []
    for r in range(height):
        rows.append([])
        for c in range(width):
            if (r, c) in free:
                columns = draw(st.integers(1, max(n for n in range(1, width - c + 1) if all((r, c + i) in free for i in range(n)))))
                deep = draw(st.integers(1, height - r))
                free -= {(r + i, c + j) for i in range(deep) for j in range(columns)}
                rows[-1].append((draw(_WORDS), deep, columns))
    return rows


@settings(max_examples=150, deadline=None)
@given(_tables(), st.booleans())
def test_any_table_comes_back_with_its_places(rows: list[list[tuple[str, int, int]]], closed: bool) -> None:
    end = "</td>" if closed else ""
    markup = "".join("<tr>" + "".join(f"<td rowspan={h} colspan='{w}'>{escape(t)}{end}" for t, h, w in row) for row in rows)
    content = _read(f"<p>前言</p><table>{markup}</table><p>后记</p>")
    assert "前言" in content.text
    assert "后记" in content.text
    assert sorted("".join(content.text.split())) == sorted("".join(t for row in rows for t, _, _ in row).replace(" ", "") + "前言后记")
    for grid in content.tables:
        spots = [(r, c) for cell in grid.cells for r in range(cell.row, cell.row + cell.rows) for c in range(cell.column, cell.column + cell.columns)]
        assert len(spots) == len(set(spots)), "cells overlap"
        if max(map(len, rows)) > 1 and any(t.strip() for row in rows for t, _, _ in row):
            assert [(c.rows, c.columns) for c in grid.cells] == [(h, w) for row in rows for _, h, w in row]
            assert set(spots) == {(r, c) for r in range(len(rows)) for c in range(grid.width)}
            assert ["".join(c.text.split()) for c in grid.cells] == ["".join(t.split()) for row in rows for t, _, _ in row]


_PIECES = "<p> </p> <div> </div> <table> </table> <tr> </tr> <td> </td> <br> <ol> <li> <a> </a> <pre> </pre> <nav> </nav> </body> <title> <caption> <form> < & 公开 3条".split()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_PIECES), max_size=40))
def test_broken_markup_still_gives_its_text(pieces: list[str]) -> None:
    markup = "<p>开头</p>" + "".join(pieces)
    assert _text(markup).startswith("开头\n")
    if not {"<title>", "<nav>", "<", "<a>"} & set(pieces):
        assert _text(markup).count("公开") == pieces.count("公开")
