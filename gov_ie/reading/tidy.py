"""Tidying of wrapped lines, scanned spacing and page furniture, with a map back to the text that was read.

One pass over the lines of a text decides which line ends are real (paragraphs) and which are wraps; blanks between Chinese characters
and digits go, as do page numbers that stand in the middle of a sentence.  Every character that is kept remembers its offset in the
original, so nothing is searched for afterwards.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

TERMINAL = "。！？；!?;：:…"
_LINE = re.compile(r"[^\n\r\f\v\x85\u2028\u2029]+")
_WIDE_GAP = re.compile(r"(?:\u3000[ \u00a0\t]*){2,}|[ \u00a0\t]*\u3000[ \u00a0]{2,}")
_DROPPED = re.compile(r"^#{1,6}[ \t]+|\*\*|\[bookmark:[^\]\n]{0,40}\]|&nbsp;|[\u200b-\u200f\ufeff\u00ad\u2060]")
_PAGE = re.compile(
    r"\s*(?:[-—–－‐·~〜～]{1,3}\s*[\d０-９]{1,3}\s*[-—–－‐·~〜～]{1,3}|第\s*[\d０-９]{1,3}\s*页\s*[,，/]?\s*(?:[共/]\s*[\d０-９]{1,3}\s*页)?|[\d０-９]{1,3}\s*/\s*[\d０-９]{1,3})\s*"
)
_BARE_NUMBER = re.compile(r"\s*\d{1,3}\s*")
ENUMERATOR = re.compile(
    r"(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十\d０-９]{1,3}\s*[）)]|[一二三四五六七八九十]{1,2}\s*[）)]"
    r"|[一二三四五六七八九十]{1,2}是|第[一二三四五六七八九十]{1,2}[，、,：:]|[\d０-９]{1,2}\s*[、.．)）](?!\d(?!\d{3}年))|[①-⑳⑴-⒇⒈-⒛❶-❿]|[●▲■◆◇★▪•·○□※]\s*|[\-\*]\s*(?=\D)|#+\s)"
)
_KEY_VALUE = re.compile(r"[\u4e00-\u9fff \u3000]{2,10}[：:]")
_FURNITURE = re.compile(
    r"(?:当前位置|您(?:现在)?的位置|首页\s*[>»→/|-]|发布(?:时间|日期|机构|单位)|发文|索引号|信息来源|来\s*源|作者|责任编辑|编辑|浏览|点击|阅读次数|字\s*体|字\s*号|打印|关闭|分享|扫一扫|上一篇|下一篇|【|主办|承办|版权|ICP|备案)"
)
_SIGNATURE = re.compile(r"\s*(?:[\u4e00-\u9fff]{2,30}(?:府|局|厅|委|处|办|会|院|校|中心|所|队|室|站|社|镇|乡|街道)|[\d〇○一二三四五六七八九十０-９\s]{2,}年.{1,12}日)\s*")
_TITLE_TAIL = re.compile(r"(?:[\d〇○零一二三四五六七八九０-９]{4}\s?年?度?)?\s?(?:政府信息公开|政务公开|信息公开)?(?:工作)?(?:情况)?(?:年度)?(?:工作)?(?:报告|年报)(?:[（(][^）)]{1,10}[）)])?")
_WHOLE_TITLE = re.compile(r"[^。，；：,;:]{4,60}(?:报告|年报|总结)(?:[（(][^）)]{1,10}[）)])?")
_HAN = r"\u2e80-\u2fdf\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_CJK = re.compile(rf"[{_HAN}\u3000-\u303f\uff00-\uffef‘’“”…—·○●]")
_SPACED_NUMBER = re.compile(r"(?<![\d.])\d{1,4}(?: \d{1,4})+(?= ?[年月日号条件份次人个名项篇场期万亿元余多家宗例起部批类%％])")
_BLANKS = " \t\u00a0\u3000\u2002\u2003\u2009"


@dataclass(frozen=True)
class Tidied:
    """A tidied text; ``offsets[i]`` is where its character ``i`` stands in the original."""

    text: str
    offsets: tuple[int, ...]

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The stretch ``text[start:end]`` as offsets into the original (``start < end``)."""
        return self.offsets[start], self.offsets[end - 1] + 1

    def inverse(self) -> dict[int, int]:
        """Offset in the original → offset here, for the characters that were kept."""
        return {there: here for here, there in enumerate(self.offsets)}


@dataclass
class _Line:
    start: int
    end: int
    body: str
    blank_before: bool
    indented: bool
    hard_before: bool  # a paragraph break that no look at the words can undo


def tidy(text: str, *, paragraphs: bool = False) -> Tidied:
    """Tidy ``text``: real paragraphs end in one ``\\n``; wraps, blanks inside words and page numbers in mid-sentence are gone.

    Args:
        text: as it was read.
        paragraphs: whether its file marks paragraphs; then a line goes on in the next one only where a mark or the width of all lines shows it.
    """
    lines = _lines(text)
    width = _wrap_width(lines)
    kept: list[int] = []
    previous: _Line | None = None
    for index, line in enumerate(lines):
        if previous is not None and not _continues(previous, line, lines, index, width, paragraphs=paragraphs):
            kept.append(-(previous.end) - 1)
        kept.extend(_characters(text, line))
        previous = line
    offsets: list[int] = []
    chars: list[str] = []
    for entry in kept:
        if entry < 0:
            offsets.append(min(-entry - 1, max(len(text) - 1, 0)))
            chars.append("\n")
        else:
            offsets.append(entry)
            chars.append(" " if text[entry] in _BLANKS else text[entry])
    return Tidied("".join(chars), tuple(offsets))


def _lines(text: str) -> list[_Line]:
    """The lines that hold something, cut at wide gaps of ideographic blanks as well; page numbers between them are left out."""
    lines: list[_Line] = []
    end_before = 0
    for match in _LINE.finditer(text):
        cuts = [match.start()]
        for gap in _WIDE_GAP.finditer(match.group()):
            cuts += [match.start() + gap.start(), match.start() + gap.end()]
        cuts.append(match.end())
        for piece, (start, end) in enumerate(zip(cuts[::2], cuts[1::2], strict=True)):
            raw = text[start:end]
            body = _DROPPED.sub("", raw).strip(_BLANKS)
            if not body:
                continue
            blank = len(re.findall(r"\r\n|[\n\r\f]", text[end_before:start])) > 1
            indented = piece > 0 or raw[:1] == "\u3000" or raw[:2] == "  "
            lead = len(raw) - len(raw.lstrip(_BLANKS))
            lines.append(_Line(start + lead, start + len(raw.rstrip(_BLANKS)), body, blank, indented, piece > 0))
            end_before = end
    return [line for i, line in enumerate(lines) if not _is_page_number(lines, i)]


def _is_page_number(lines: list[_Line], index: int) -> bool:
    """A page number stands alone on its line, dressed as one, or bare between two halves of a sentence."""
    body = lines[index].body
    if _PAGE.fullmatch(body):
        return True
    if not _BARE_NUMBER.fullmatch(body) or not 0 < index < len(lines) - 1:
        return False
    before, after = lines[index - 1].body, lines[index + 1].body
    return bool(len(before) >= 15 and before[-1] not in TERMINAL and re.search(rf"[{_HAN}，、,]$", before) and re.match(rf"[{_HAN}]{{4}}", after))


def _wrap_width(lines: list[_Line]) -> int:
    """The width at which the text was wrapped, or 0: many lines that end in mid-sentence are about equally long."""
    open_ended = [len(line.body) for line in lines if line.body[-1] not in TERMINAL and 12 <= len(line.body) <= 70]
    if len(open_ended) < 4:
        return 0
    counts = Counter(open_ended)
    around = {w: sum(counts[w + d] for d in (-2, -1, 0, 1, 2)) for w in counts}
    width = max(around, key=lambda w: (around[w], w))
    longer = sum(len(line.body) > width + 4 for line in lines)
    return width if around[width] >= max(3, 0.25 * len(open_ended)) and longer <= 0.15 * len(lines) else 0


def looks_like_heading(body: str) -> bool:
    """A short line that is numbered, or ends without a mark, and holds no clause."""
    return len(body) <= 40 and bool(ENUMERATOR.match(body)) and not re.search(r"[。；，,;]", body)


def _continues(before: _Line, line: _Line, lines: list[_Line], index: int, width: int, *, paragraphs: bool) -> bool:
    """Whether ``line`` goes on with the sentence that ``before`` began."""
    if line.hard_before or before.body[-1] in TERMINAL or ENUMERATOR.match(line.body):
        return False
    if "\t" in before.body or "\t" in line.body or before.body[0] == "|" or line.body[0] == "|":
        return False
    if _FURNITURE.match(line.body) or _FURNITURE.match(before.body) or _KEY_VALUE.match(line.body):
        return False
    if before.body[-1] in "，、,（(《“":
        return True
    if index <= 8 and _WHOLE_TITLE.fullmatch(before.body):
        return False
    if re.search(r"[\u4e00-\u9fff]", before.body) is None or (re.search(r"[\u4e00-\u9fff]", line.body) is None and len(line.body) < 4):
        return False
    open_bracket = before.body.count("《") > before.body.count("》") or before.body.count("（") > before.body.count("）")
    if open_bracket and not line.blank_before:
        return True
    if line.indented and (line.body[0] != "，"):
        return False
    if width and len(before.body) >= width - 3:
        if looks_like_heading(before.body) and len(before.body) < width - 1:
            return False
        return not (_SIGNATURE.fullmatch(line.body) and index >= len(lines) - 3)
    if index <= 4 and "报告" not in before.body and _TITLE_TAIL.fullmatch(line.body):
        return True
    if looks_like_heading(before.body) or _SIGNATURE.fullmatch(line.body) or _SIGNATURE.fullmatch(before.body):
        return False
    return not paragraphs and len(before.body) >= 25 and bool(re.search(r"[，。；、]", before.body)) and bool(re.search(rf"[{_HAN}\d]$", before.body))


def _characters(text: str, line: _Line) -> list[int]:
    """Offsets of the characters of a line that are kept: no residue, no blanks beside Chinese characters or inside spaced numbers."""
    body = text[line.start : line.end]
    dropped = {line.start + i for m in _DROPPED.finditer(body) for i in range(*m.span())}
    for match in _SPACED_NUMBER.finditer(body):
        dropped.update(line.start + match.start() + i for i, c in enumerate(match.group()) if c == " ")
    kept: list[int] = []
    for at in range(line.start, line.end):
        if at in dropped:
            continue
        if text[at] in _BLANKS:
            if not kept or text[kept[-1]] in _BLANKS:
                continue
            after = next((i for i in range(at + 1, line.end) if i not in dropped and text[i] not in _BLANKS), None)
            if after is None:
                continue
            wide = after - at > 3 or text[at] == "\t"
            if not wide and (_CJK.match(text[kept[-1]]) or _CJK.match(text[after]) or text[after] in "%.,;:)" or text[kept[-1]] in "("):
                continue
        kept.append(at)
    return kept
