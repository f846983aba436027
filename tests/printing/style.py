"""How a form is printed: the choices that differ from report to report, and the words and figures written by them."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_HALF = str.maketrans("（），：", "(),:")
_STRAIGHT = str.maketrans("“”", '""')
_WIDE = str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋")
_ENUMERATOR = re.compile(r"(?:[（(][一二三四五六七][）)]|[一二三四]、|\d[.．、])?")
_NUMERAL = re.compile(r"(\d+)\.")


@dataclass(frozen=True)
class Style:
    """A manner of printing; as it stands without arguments, the form as it was issued.

    Attributes:
        titles: the headings before the tables are printed.
        variants: share of labels (and titles) in another wording that is in use.
        broken: share of labels with blanks or a line end inside.
        numeral: what follows the numeral of a row, ``1.``.
        brackets: ``full`` （） or ``half`` (), commas and colons alike.
        quotes: ``curly`` or ``straight``.
        digits: ``half`` or ``full`` width.
        thousands: counts from 1000 on are printed as ``1,234``.
        empty: what stands in a cell that is empty.
        plus: a rise is printed as ``+3``.
        money: ``bare``, ``万元`` or ``元`` behind an amount whose header names no unit.
        remarks: a column 备注 stands at the right of the table of requests.
        unit: where 单位：件 stands: nowhere (``""``), in a ``line`` before the table, or in its ``head``.
        grid: the columns under proactive disclosure: ``fine`` (equal shares), ``coarse`` (the last one wider), ``crooked`` (headers stand askew over figures), ``ragged`` (empty cells at the end).
        sections: proactive disclosure as ``one`` table, or ``split`` into one for each section, with the heading in it, or ``headed``, with the heading before it.
        own_enumerators: 一、 and 二、 stand in a cell of their own.
        vanish: empty cells leave no trace in plain text (else a blank line, an empty field).
        repeat: headers and the labels of groups are printed again on the next page.
        shaded: section headings are coloured.
    """

    titles: bool = True
    variants: float = 0.0
    broken: float = 0.0
    numeral: str = "."
    brackets: str = "full"
    quotes: str = "curly"
    digits: str = "half"
    thousands: bool = False
    empty: str = ""
    plus: bool = False
    money: str = "万元"
    remarks: bool = False
    unit: str = ""
    grid: str = "fine"
    sections: str = "one"
    own_enumerators: bool = False
    vanish: bool = False
    repeat: bool = False
    shaded: bool = False


PLAIN = Style()


def random_style(seed: int) -> Style:
    """A manner of printing as reports differ: mostly as issued, each liberty taken now and then."""
    rng = random.Random(f"style {seed}")

    def now_and_then(often: Any, *seldom: Any, share: float = 0.3) -> Any:
        return rng.choice(seldom) if rng.random() < share else often

    return Style(
        titles=now_and_then(True, False, share=0.1),
        variants=now_and_then(0.0, 0.2, 0.5),
        broken=now_and_then(0.0, 0.2, 0.6, share=0.4),
        numeral=now_and_then(".", "、", "．"),
        brackets=now_and_then("full", "half"),
        quotes=now_and_then("curly", "straight"),
        digits=now_and_then("half", "full", share=0.1),
        thousands=now_and_then(False, True, share=0.1),
        empty=now_and_then("", "-", "/", "—"),
        plus=now_and_then(False, True),
        money=rng.choice(("万元", "元", "bare")),
        remarks=now_and_then(False, True, share=0.1),
        unit=now_and_then("", "line", "head", share=0.2),
        grid=rng.choice(("fine", "coarse", "crooked", "ragged")),
        sections=now_and_then("one", "split", "headed"),
        own_enumerators=now_and_then(False, True, share=0.2),
        vanish=now_and_then(False, True, share=0.5),
        repeat=now_and_then(False, True, share=0.3),
        shaded=now_and_then(False, True, share=0.3),
    )


class Wording:
    """Writes labels and figures in a style; the same style and random numbers give the same words."""

    def __init__(self, style: Style, rng: random.Random) -> None:
        self.style, self._rng = style, rng

    def marks(self, text: str) -> str:
        """The text with the brackets and quotation marks of the style."""
        text = text.translate(_HALF) if self.style.brackets == "half" else text
        return text.translate(_STRAIGHT) if self.style.quotes == "straight" else text

    def chosen(self, label: str, variants: list[str]) -> str:
        """The label, or another wording of it."""
        return self._rng.choice(variants) if variants and self._rng.random() < self.style.variants else label

    def label(self, label: str, variants: list[str] | None = None, *, enumerator: str = "") -> str:
        """A label as printed: worded, enumerated, marked, and perhaps broken by blanks or a line end."""
        enumerator = _NUMERAL.sub(rf"\g<1>{self.style.numeral}", enumerator)
        text = self.marks(enumerator + self.chosen(label, variants or []))
        return self._break(text) if self._rng.random() < self.style.broken else text

    def _break(self, text: str) -> str:
        """Blanks or a line end behind the enumerator or inside the words, never inside the enumerator."""
        match = _ENUMERATOR.match(text)
        start = match.end() if match else 0
        words = text[start:]
        if len(words) < 2:
            return text
        if len(words) <= 3 or (len(words) <= 6 and self._rng.random() < 0.4):
            return text[:start] + " ".join(words)
        at = start + self._rng.randint(0 if start else 1, len(words) - 1)
        return text[:at] + self._rng.choice((" ", "\n")) + text[at:]

    def count(self, value: int | float | None, *, signed: bool = False) -> str:
        """A count as printed; ``signed``: a rise may carry its sign."""
        if value is None:
            return self.style.empty
        text = f"{value:,}" if self.style.thousands else str(value)
        return self._width(("+" if signed and self.style.plus and value > 0 else "") + text)

    def amount(self, yuan: int | float | None, *, unit: str, head: str) -> str:
        """Money as printed; ``unit``: of a bare figure in this form, ``head``: the header over it."""
        if yuan is None:
            return self.style.empty
        named = "万元" if "万元" in head else "元" if "元" in head else None
        written = named or (unit if self.style.money == "bare" else self.style.money)
        value = Decimal(str(yuan)) / (10000 if written == "万元" else 1)
        text = self._width(f"{value.normalize():f}")
        return text if named or self.style.money == "bare" or not yuan else text + written

    def _width(self, text: str) -> str:
        return text.translate(_WIDE) if self.style.digits == "full" else text
