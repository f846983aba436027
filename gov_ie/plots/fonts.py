"""Labels that can be printed: a font is chosen by the very characters of a label, and where no font has them the label is another one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal, get_args
from weakref import WeakKeyDictionary

from gov_ie.errors import GovIEError
from gov_ie.show.escape import visible

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Language = Literal["en", "zh"]
#: Fonts for simplified characters that are looked at first, since they look well; any other font that has the characters will do.
_PREFERRED = ("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN", "Microsoft YaHei", "PingFang SC", "Hiragino Sans GB", "SimHei", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei")
_PLACE = re.compile(r"(.{2,}?)(特别行政区|自治区|自治州|自治县|自治旗|街道|地区|省|市|州|盟|县|区|旗|镇|乡)|(.+)")
_KEYS: WeakKeyDictionary[Axes, dict[str, str]] = WeakKeyDictionary()


def key(ax: Axes) -> dict[str, str]:
    """The labels of the bodies of a plot and the names that they stand for in the reports; they differ where no font has the characters."""
    return dict(_KEYS.get(ax, {}))


@lru_cache(maxsize=512)
def _characters(path: str) -> frozenset[int]:
    """The characters that a font file has; none of a file that cannot be read, or of a font of placeholders, which draws all Chinese characters alike."""
    from matplotlib.font_manager import get_font

    try:
        glyphs = get_font(path).get_charmap()
    except (OSError, RuntimeError):
        return frozenset()
    alike = glyphs.get(ord("一")) is not None and glyphs.get(ord("一")) == glyphs.get(ord("中"))
    return frozenset() if alike else frozenset(glyphs)


def _files() -> Iterator[str]:
    """The font files that matplotlib knows, those of the user's settings first."""
    from matplotlib import rcParams
    from matplotlib.font_manager import fontManager

    settings: Any = rcParams  # whose keys matplotlib types one by one
    wished = [name for family in settings["font.family"] for name in settings.get(f"font.{family}", [family])]
    ranks = {name: i for i, name in enumerate(dict.fromkeys([*wished, *_PREFERRED]))}
    entries = sorted(fontManager.ttflist, key=lambda e: (ranks.get(e.name, len(ranks)), str(e.weight) not in ("400", "normal", "regular"), e.style != "normal", e.name, e.fname))
    yield from dict.fromkeys(entry.fname for entry in entries)


def find_font(text: str) -> str | None:
    """The file of a font that has every character of a text; ``None`` where there is none. The font that matplotlib would take anyway comes first."""
    from matplotlib.font_manager import FontProperties, fontManager

    needed = {ord(c) for c in text if not c.isspace()}
    usual = str(fontManager.findfont(FontProperties()))
    return next((path for path in (usual, *_files()) if needed <= _characters(path)), None)


def label(en: str, zh: str, language: Language) -> str:
    """The label in the language wished for, in English where no font has the Chinese one.

    Raises:
        GovIEError: ``language`` is another one.
    """
    if language not in get_args(Language):
        raise GovIEError(f"language={language!r}: labels are in 'en' or 'zh'")
    return zh if language == "zh" and find_font(zh) is not None else en


def name_bodies(ax: Axes, bodies: Sequence[str], wanted: Mapping[str, str] | None = None) -> dict[str, str]:
    """A label for each body: that of ``wanted``, its name, its name in pinyin, or its number; no label stands for two bodies."""
    labels: dict[str, str] = {}
    for number, body in enumerate(bodies, 1):
        wished = " ".join(visible((wanted or {}).get(body, body)).split())
        shown = wished if find_font(wished) is not None else romanised(wished)
        labels[body] = shown if shown and shown not in labels.values() else f"{shown} ({number})" if shown else str(number)
    _KEYS[ax] = {shown: body for body, shown in labels.items()}
    return labels


def romanised(name: str) -> str | None:
    """A name in pinyin without tones, ``平川县水利局`` → ``Pingchuan Xian Shuiliju``; ``None`` where pypinyin is missing or has no reading."""
    try:
        from pypinyin import lazy_pinyin
    except ImportError:
        return None
    words = [part for match in _PLACE.finditer(name) for part in match.groups() if part]
    read = ["".join(lazy_pinyin(word, errors="ignore")).encode("ascii", "ignore").decode().strip() for word in words]
    return " ".join(word[:1].upper() + word[1:] for word in read if word) or None


def dress(ax: Axes) -> None:
    """Give every text of a plot a font that has its characters, and print it as it is (``$`` begins no formula)."""
    from matplotlib.text import Text

    for text in {*ax.findobj(Text), *ax.get_xticklabels(), *ax.get_yticklabels()}:
        if "$" in text.get_text():  # not in the labels of ticks that a logarithmic axis will write as powers
            text.set_parse_math(False)
        if text.get_text().isascii():
            continue
        path = find_font(text.get_text())
        if path is not None:
            font = text.get_fontproperties().copy()
            font.set_file(path)
            text.set_fontproperties(font)
