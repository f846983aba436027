"""Reads the lines of an annex one after the other out of squeezed text, where only its labels, numbers and units show what is what."""

from __future__ import annotations

import re

from gov_ie.forms.annex import annex_form
from gov_ie.tables.annex.columns import Columns, columns_of, header_words
from gov_ie.tables.annex.lines import AMONG, ENUMERATOR, UNITS, Line, Row, number, split_name
from gov_ie.tables.annex.patterns import PROSE, TITLE, footer_pattern, label_pattern, stop_pattern
from gov_ie.tables.annex.squeeze import EMPTY_CELL, Squeezed

_FIGURE = re.compile(r"\d{1,3}(?:[,，]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?")
_MERGED = re.compile(r"(\d+(?:\.\d+)?)[.、．](?=[\u4e00-\u9fff“《])")
_UNIT = re.compile(UNITS)
_BLANK = re.compile(r"[-—－–―]{1,2}|[/／\\]|" + EMPTY_CELL)
_NONE = re.compile("[无零]")
_NOTE = re.compile(r"（[^（）]{0,90}(?:（[^（）]{0,60}）[^（）]{0,60})*）")
_HEAD = re.compile(ENUMERATOR)
_AMONG = re.compile(AMONG)
_WORDS = re.compile(r"(?:“[^“”]{1,30}”|[\u4e00-\u9fffA-Za-z“”\"《》、·：:（）]){1,80}")
_UNKNOWN = re.compile(rf"(.{{1,40}}?(?:数量|数|费用|经费|金额|总额|率))(?:（[^（）]{{0,60}}）)?(?={UNITS})")
_INNER = re.compile(r"（(?:[一二三四五六七八九十]{1,3}|\d{1,2})）|[一二三四五六七八九十]{1,3}、|其中[：:]")
_NUMBERED = re.compile(r"(?:数量?|次数|总数|费用|经费|金额|总额|率|情况)$")

#: Tokens in a row that may come without any line that has a unit or a figure.
_MOST_IDLE = 60


class Reader:
    """Reads lines from one place on, until something comes that no annex prints.

    ``lines`` are the lines read, ``headed`` says that a head of columns or a title came among them.
    """

    def __init__(self, squeezed: Squeezed, columns: Columns, year: int | None) -> None:
        self.s = squeezed
        self.t = squeezed.text
        self.columns = columns
        self.year = year
        self.lines: list[Line] = []
        self.headed = False
        self.row: Row | None = None
        self.arabic = 0
        self.number = 0  # of the line, where a column of its own counts them
        self.strange = 0
        self.idle = 0
        self.reached = 0

    def read(self, at: int) -> int:
        """Read on from ``at``; returns where the last line ends."""
        end = at
        while at < len(self.t):
            self.idle += 1
            step = self._step(at) if self.idle <= _MOST_IDLE else None
            if step is None:
                break
            at = step
            if self.row is None:
                end = at
            elif self.row.pieces:
                end = max(end, self.row.last)
        self.reached = at
        self._flush()
        while self.lines and not (self.lines[-1].known or self.lines[-1].unit or self.lines[-1].figure):
            end = self.s.at(self.lines.pop().first)
        return end

    def _step(self, at: int) -> int | None:
        """Read one token; returns where it ends, or ``None`` where the annex ends."""
        text, row = self.t, self.row
        if text[at] == "∅" or (_BLANK.match(text, at) and row is not None and row.pieces):
            match = _BLANK.match(text, at)
            end = match.end() if match else at + 1
            if row is not None and row.pieces:
                row.figures.append(("", at, end))
                row.last = end
            return end
        words = header_words(self.s, at)
        if words is not None:
            self._flush()
            self.columns = columns_of(words.words, self.year) or self.columns
            self.headed = True
            return words.end
        label = self._label(at)
        if label is not None:
            return self._open(at, label, known=True)
        if stop_pattern().match(text, at):
            return None
        title = TITLE.match(text, at)
        if title:
            self._flush()
            self.headed = True
            return title.end()
        if text[at].isdigit():
            return self._digits(at)
        head = _HEAD.match(text, at)
        if head and head.end() < len(text) and re.match(r"[\u4e00-\u9fff“《]", text[head.end()]):
            return self._enumerate(at, head.end(), head.group())
        among = _AMONG.match(text, at)
        if among and (text[among.end() - 1] in "：:" or self.s.breaks[at] or (row is not None and bool(row.figures))):
            self._flush()
            self.row = Row(at, among=True, last=among.end())
            return among.end()
        if row is not None and row.pieces:
            note = _NOTE.match(text, at)
            if note:
                if not row.figures:
                    row.pieces.append((at, note.end()))
                row.last = note.end()
                return note.end()
            unit = self._unit(at)
            if unit is not None:
                return unit
            none = _NONE.match(text, at)
            if none and not row.figures and self._closed(none.end()):
                row.figures.append(("0", at, none.end()))
                row.last = none.end()
                return none.end()
            if text[at] in "：:" and not row.figures:
                return at + 1
        return self._unknown(at)

    def _closed(self, at: int) -> bool:
        """Whether a token can end here: at a blank, a figure, or where the next line begins."""
        if at >= len(self.t) or self.s.breaks[at] or self.t[at].isdigit() or self.t[at] == EMPTY_CELL:
            return True
        rest = self.t[at : at + 60]
        return bool(_HEAD.match(rest) or _AMONG.match(rest) or _BLANK.match(rest) or _NONE.match(rest) or label_pattern().match(rest) or footer_pattern().match(rest) or TITLE.match(rest) or header_words(self.s, at))

    def _label(self, at: int) -> int | None:
        """Where the known label ends that begins here, if what follows lets it end there."""
        match = label_pattern().match(self.t, at)
        if not match:
            return None
        end = match.end()
        note = _NOTE.match(self.t, end)
        after = note.end() if note else end
        unit = _UNIT.match(self.t, after)
        if self._closed(after) or self.t[after] in "：:" or (unit and self._closed(unit.end())) or (unit and self.t[unit.end()] == "（"):
            return end
        return None

    def _open(self, at: int, end: int, *, known: bool) -> int:
        """A label begins: a new line, unless an enumerator or 其中 opened one that has no label yet."""
        row = self.row
        if row is None or row.pieces:
            self._flush()
            row = self.row = Row(at)
        row.pieces.append((at, end))
        row.last = end
        if known:
            self.strange = 0
        return end

    def _enumerate(self, at: int, end: int, enumerator: str) -> int:
        row = self.row
        if row is not None and row.among and not row.pieces:
            row.enumerator, row.last = enumerator, end
        else:
            self._flush()
            self.row = Row(at, enumerator, last=end)
        digits = enumerator.rstrip("、.．")
        self.arabic = int(digits) if digits.isascii() and digits.isdigit() else 0
        return end

    def _unit(self, at: int) -> int | None:
        """A unit, before the figure or after it."""
        row, match = self.row, _UNIT.match(self.t, at)
        if row is None or not match or not (self._closed(match.end()) or _NOTE.match(self.t, match.end())):
            return None
        if row.unit is not None and (row.figures or row.unit != match.group()):
            return None
        row.unit, row.last = match.group(), match.end()
        return match.end()

    def _digits(self, at: int) -> int | None:
        """A figure, the number of the next line, or both run together."""
        merged = _MERGED.match(self.t, at)
        if merged:
            # blanks inside part the figure from the number of the line that follows
            broken = next((i for i in range(at + 1, merged.end(1)) if self.s.breaks[i]), None)
            if broken is not None:
                return self._figure(at, broken)
            return self._split(at, merged.end(1), merged.end())
        match = _FIGURE.match(self.t, at)
        if match is None:
            return None
        end = next((i for i in range(at + 1, match.end()) if self.s.breaks[i]), match.end())
        if self.columns.numbered and self.t[at:end].lstrip("0") == str(self.number + 1) and self.s.breaks[at] and self._begins(end):
            self.number += 1
            self._flush()
            return end
        return self._figure(at, end)

    def _begins(self, at: int) -> bool:
        """Whether a line begins here."""
        return bool(_HEAD.match(self.t, at) or _AMONG.match(self.t, at) or _WORDS.match(self.t, at)) and not (self._unit_only(at) or _NOTE.match(self.t, at))

    def _unit_only(self, at: int) -> bool:
        unit = _UNIT.match(self.t, at)
        return bool(unit and self._closed(unit.end()))

    def _figure(self, at: int, end: int) -> int | None:
        row = self.row
        if row is None or not row.pieces or len(row.figures) > 20 or end - at > 15:
            return None
        row.figures.append((self.t[at:end], at, end))
        row.last = end
        return end

    def _split(self, at: int, end: int, after: int) -> int | None:
        """Digits and then the mark of an enumerator: how many of them are the figure is told by the number the next line must have."""
        digits, row = self.t[at:end], self.row
        known = label_pattern().match(self.t, after)
        indicator = annex_form().indicator(known.group()) if known else None
        expected = {str(self.arabic + 1)} | ({"1"} if row is not None and row.enumerator and not row.enumerator[0].isdigit() else set())
        printed = indicator.enumerator.rstrip(".") if indicator and indicator.national else ""
        if printed.isdigit():
            expected = expected & {printed} or expected | {printed}
        if row is None or not row.pieces:
            return self._enumerate(at, after, digits + ".") if len(digits) <= 2 else None
        if (row.figures and self.columns.count == 1) or (self.s.breaks[at] and digits in expected):
            return self._enumerate(at, after, digits + ".") if len(digits) <= 2 else None
        fitting = [e for e in expected if digits.endswith(e)]
        splits = {(digits[: len(digits) - len(e)], e) for e in fitting} or {(digits[:-k], digits[-k:]) for k in (1, 2) if k <= len(digits) and digits[-k] != "0"}
        splits = {(figure, e) for figure, e in splits if not figure or self.columns.count > 1 or number(figure, None) is not None}
        if len(splits) != 1:
            row.figures.append((digits, at, end))
            row.readings = max(2, len(splits))
            enumerator = max((e for _, e in splits), key=len, default=digits[-1])
        else:
            ((figure, enumerator),) = splits
            if figure:
                row.figures.append((figure, at, at + len(figure)))
                row.last = at + len(figure)
        return self._enumerate(end - len(enumerator), after, enumerator + ".")

    def _unknown(self, at: int) -> int | None:
        """Words that are no known label: a local indicator, the rest of a label that is broken, a remark, or prose."""
        text, row = self.t, self.row
        match = _WORDS.match(text, at)
        if match is None:
            return None
        end = next((i for i in range(at + 1, match.end()) if self.s.breaks[i]), match.end())
        enumerated = _INNER.search(text, at + 1, end)
        if enumerated:
            end = enumerated.start()
        counted = _UNKNOWN.match(text[at:end] + (text[end : end + 2] if end == match.end() else ""))
        if counted:
            end = at + counted.end(1)
        filled = end < len(text) and not self.s.breaks[end] and (text[end].isdigit() or text[end] == EMPTY_CELL)
        unit = re.search(rf"(?<=[数量费额率])(?:{UNITS})$" if not filled else rf"(?<=..)(?:{UNITS})$", text[at:end])
        if unit:
            end = at + unit.start()
        if row is not None and row.figures and "：" in text[at:end]:
            return None  # a caption, no indicator
        if end - at > 45 or (end < len(text) and (PROSE.match(text, end) or text[end] in "，,")):
            return None
        self.strange += 1
        if self.strange > 6:
            return None
        after = _UNIT.match(text, end)
        filled = end < len(text) and (text[end].isdigit() or text[end] == EMPTY_CELL or (after is not None and self._closed(after.end())))
        if row is not None and row.pieces and row.figures and not filled and self.s.rows[at] == self.s.rows[row.last - 1]:
            return end  # a remark
        if row is not None and row.pieces and not row.figures and row.unit is None and not _NUMBERED.search(text[row.pieces[0][0] : row.pieces[-1][1]]):
            row.pieces.append((at, end))  # a label broken by a blank or line end
            row.last = end
            return end
        return self._open(at, end, known=False)

    def _flush(self) -> None:
        """The line is complete: choose the figure of the reported year's column."""
        row, self.row = self.row, None
        if row is None or not row.pieces:
            return
        name, enumerator, among, noted = split_name("".join(self.t[a:b] for a, b in row.pieces))
        if len(name) < 2 or not re.match(r"[\u4e00-\u9fffA-Za-z“《]", name):
            return
        first, _ = self.s.span(row.first, row.first + 1)
        _, last = self.s.span(row.last - 1, row.last)
        line = Line(name, row.enumerator or enumerator, row.among or among, row.unit or noted, start=first, end=last, first=first, last=last)
        self.lines.append(line)
        if line.unit or row.figures:
            self.strange = self.idle = 0
        printed, readings = self.columns.choose(row.figures)
        if row.readings > 1 or readings > 1:
            line.trouble = f"{max(row.readings, readings)} readings of “{' '.join(f for f, _, _ in row.figures if f)}”"
        elif printed is not None and printed[0]:
            line.figure = printed[0]
            line.start, line.end = self.s.span(printed[1], printed[2])
