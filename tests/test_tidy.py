"""Tidying: wraps, blanks and page furniture go, paragraphs stay, and every character knows where it came from."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.reading.tidy import tidy

BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009"


@pytest.mark.parametrize(
    ("text", "tidied"),
    [
        pytest.param("主动公开信息86条。", "主动公开信息86条。", id="nothing to do"),
        pytest.param("", "", id="empty"),
        pytest.param(" \n\u3000\n\t", "", id="blanks alone"),
        pytest.param("公开 86 条信息", "公开86条信息", id="blanks between Chinese and digits"),
        pytest.param("2 0 1 3 年 共 公 开 1 2 8 条", "2013年共公开128条", id="letter-spaced scan"),
        pytest.param("网址 www.pc.gov.cn 可 查", "网址www.pc.gov.cn可查", id="blanks around latin"),
        pytest.param("Open Data Day活动", "Open Data Day活动", id="blanks between latin words stay"),
        pytest.param("86 %", "86%", id="blank before the per cent sign"),
        pytest.param("\u3000\u3000一、概述\n\u3000\u3000全年公开86条。", "一、概述\n全年公开86条。", id="indented paragraphs"),
        pytest.param("公开86条。\r\n收到9件。\r\n", "公开86条。\n收到9件。", id="windows line ends"),
        pytest.param("公开86条。\n\n\n收到9件。", "公开86条。\n收到9件。", id="blank lines"),
        pytest.param("公开86条。\n&nbsp;\n收到9件。", "公开86条。\n收到9件。", id="a line of residue alone"),
        pytest.param("全年召开专题会议并研究部署政府信息公开重点任务，形成纪要\n&nbsp;&nbsp;一、概述", "全年召开专题会议并研究部署政府信息公开重点任务，形成纪要\n一、概述", id="an enumerator behind residue"),
        pytest.param("\ufeff公开\u200b86条", "公开86条", id="invisible characters"),
        pytest.param("公开[bookmark: _Toc12]86条", "公开86条", id="bookmarks"),
        pytest.param("通过门户网站、\n政务微博公开86条。", "通过门户网站、政务微博公开86条。", id="a line that ends in a comma goes on"),
        pytest.param("依据《中华人民共和国\n政府信息公开条例》编制。", "依据《中华人民共和国政府信息公开条例》编制。", id="an open 《 goes on"),
        pytest.param("本报告由综述、主动公开、依申请公开等部分组成，数据截止到年\n底。", "本报告由综述、主动公开、依申请公开等部分组成，数据截止到年底。", id="a long line without a closing mark goes on"),
        pytest.param("局里成立了领导小组，由主要负责人任组长，办公室承担日常\n- 3 -\n事务，逐月通报。", "局里成立了领导小组，由主要负责人任组长，办公室承担日常事务，逐月通报。", id="page number in mid-sentence"),
        pytest.param("局里成立了领导小组，由主要负责人任组长，办公室承担日常\n第 3 页 共 8 页\n事务，逐月通报。", "局里成立了领导小组，由主要负责人任组长，办公室承担日常事务，逐月通报。", id="page x of y"),
        pytest.param("局里成立了领导小组，由主要负责人任组长，办公室承担日常\n3\n事务性工作，逐月通报。", "局里成立了领导小组，由主要负责人任组长，办公室承担日常事务性工作，逐月通报。", id="bare page number in mid-sentence"),
        pytest.param("一、概述\n（一）主动公开情况\n全年公开86条。", "一、概述\n（一）主动公开情况\n全年公开86条。", id="headings stand alone"),
        pytest.param("存在以下问题：\n一是更新不及时。\n二是形式单一。", "存在以下问题：\n一是更新不及时。\n二是形式单一。", id="enumerators open lines"),
        pytest.param("全年公开86条。\u3000\u3000\u3000收到申请9件。", "全年公开86条。\n收到申请9件。", id="a wide gap is a paragraph"),
        pytest.param("特此报告。\n平川县水利局\n2014年3月5日", "特此报告。\n平川县水利局\n2014年3月5日", id="signature"),
        pytest.param("地址：平川县人民路1号\n邮编：330000\n电话：0799-6660123", "地址：平川县人民路1号\n邮编：330000\n电话：0799-6660123", id="captions"),
    ],
)
def test_tidied(text: str, tidied: str) -> None:
    assert tidy(text).text == tidied


def test_wrapped_at_an_even_width() -> None:
    sentence = "我局高度重视政府信息公开工作，把它作为转变职能、改进作风、服务群众的一项重要内容来抓，调整充实了领导小组，明确了分管领导和责任科室，定期研究部署，全年召开专题会议3次，举办培训班2期，参训人员57人次，有力推动了各项任务的落实，群众满意度继续提高"
    wrapped = "\n".join(sentence[i : i + 28] for i in range(0, len(sentence), 28))
    assert tidy(wrapped + "。\n下一步继续努力。").text == sentence + "。\n下一步继续努力。"


@pytest.mark.parametrize(
    ("text", "words", "original"),
    [
        ("公开 8 6 条。", "86条", "8 6 条"),
        ("通过门户网站、\n政务微博公开。", "门户网站、政务微博", "门户网站、\n政务微博"),
        ("\u3000\u3000二〇一三年 十二月", "二〇一三年十二月", "二〇一三年 十二月"),
        ("😀公开\u200b86条", "公开86条", "公开\u200b86条"),
    ],
)
def test_a_stretch_knows_its_place_in_the_original(text: str, words: str, original: str) -> None:
    tidied = tidy(text)
    at = tidied.text.index(words)
    start, end = tidied.original(at, at + len(words))
    assert text[start:end] == original


_TEXTS = st.lists(
    st.one_of(
        st.sampled_from(["\n", "\r\n", "\n\n", "\f", "\u2028", " ", "  ", "\u3000\u3000", "\t", "&nbsp;", "\u200b", "\ufeff", "- 3 -", "第 2 页", "[bookmark: a]", "12", "2 0 1 3 年"]),
        st.sampled_from(["一、概述", "（一）公开情况", "一是", "公开信息86条", "，", "。", "《条例", "》", "：", "😀", "８６", "www.a.gov.cn", "平川县水利局", "全年共召开专题会议并研究部署政府信息公开的各项重点工作任务"]),
        st.text(max_size=4),
    ),
    max_size=25,
).map("".join)


@given(_TEXTS)
def test_every_character_comes_from_its_offset(text: str) -> None:
    tidied = tidy(text)
    assert len(tidied.text) == len(tidied.offsets)
    for char, offset in zip(tidied.text, tidied.offsets, strict=True):
        if char == "\n":
            assert 0 <= offset < len(text)
        elif char == " ":
            assert text[offset] in BLANKS
        else:
            assert text[offset] == char


@given(_TEXTS)
def test_offsets_increase(text: str) -> None:
    offsets = tidy(text).offsets
    assert all(a < b for a, b in itertools.pairwise(offsets))


@given(_TEXTS)
def test_paragraphs_hold_something_and_have_no_blank_edges(text: str) -> None:
    tidied = tidy(text).text
    if tidied:
        for paragraph in tidied.split("\n"):
            assert paragraph.strip(BLANKS) == paragraph != ""


@given(_TEXTS)
def test_no_letter_is_lost_beside_page_numbers_and_residue(text: str) -> None:
    """Chinese characters are never dropped, but for those of a page number's own line."""
    lost = set(range(len(text))) - set(tidy(text).offsets)
    gone = [text[i] for i in sorted(lost) if "\u4e00" <= text[i] <= "\u9fff"]
    assert set(gone) <= set("第页共")


@given(_TEXTS)
def test_inverse_undoes_the_offsets(text: str) -> None:
    tidied = tidy(text)
    back = tidied.inverse()
    assert all(back[there] == here for here, there in enumerate(tidied.offsets))


def test_where_the_file_marks_paragraphs_a_long_line_without_a_closing_mark_is_one() -> None:
    lines = "完善公开目录，按月更新机构职能、领导分工等栏目内容并留存记录\n二次核对后由办公室统一发布。"
    assert tidy(lines).text == lines.replace("\n", "")
    assert tidy(lines, paragraphs=True).text == lines
