"""Plots: what is drawn, what is left as a gap, and which letters it is written in."""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest

from gov_ie.errors import GovIEError
from gov_ie.report import Report

pytest.importorskip("matplotlib")

from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gov_ie import plots, series
from gov_ie.plots import fonts

A, B = "平川县水利局", "砚溪县教育局"
Plot = Callable[..., Axes]
EVERY = pytest.mark.parametrize("plot", [plots.over_time, plots.outcomes, plots.applicants, plots.proceedings, plots.failed_checks])


def made(body: str | None, year: int | None, form: str | None = None, **fields: Any) -> Report:
    origins = {"tables": {"by": "form", "label": form}} if form else {}
    return Report.model_validate({"organization": {"name": body}, "year": year, "origins": origins, **fields})


def received(natural_person: int, enterprise: int | None, total: int) -> dict[str, Any]:
    row = {"natural_person": natural_person, "enterprise": enterprise, "research": 0, "public_interest": 0, "legal_service": 0, "other": 0, "total": total}
    return {"applications": {"received": {key: value for key, value in row.items() if value is not None}}}


def checks(*results: bool) -> list[dict[str, Any]]:
    return [{"rule": "a = b", "left": 1, "right": 1 if ok else 2, "ok": ok} for ok in results]


@pytest.fixture
def panel() -> list[Report]:
    """Two bodies; of 2015 and 2017 none reports."""
    return [
        made(A, 2013, disclosure={"total": 86}, applications={"handled": 4, "granted": 3, "refused": 1}, reviews={"total": 0}, checks=checks(True)),
        made(A, 2014, disclosure={"total": None}, applications={"handled": 4, "granted": 3}, reviews={"total": 3, "upheld": 1}),
        made(B, 2014, disclosure={"total": 0}, applications={"handled": 0, "granted": 0}, reviews={"total": None}),
        made(A, 2016, "2019", disclosure={"total": 120}, tables=received(3, 1, 4), applications={"handled": 6, "granted": 1, "other": 5}, reviews={"total": 2, "upheld": 1, "corrected": 1}, checks=checks(True, False, True)),
        made(B, 2016, "2019", disclosure={"total": 30}, tables=received(2, None, 9), checks=checks(True)),
        made(B, 2018, "2021", disclosure={"total": 40}, tables=received(0, 0, 0), applications={"handled": 0, "granted": 0, "other": 0}, checks=checks(False)),
    ]  # fmt: skip


def written(ax: Axes) -> str:
    """Draw the figure, and give all that is written in it."""
    from matplotlib.text import Text

    assert isinstance(ax.figure, Figure)
    ax.figure.savefig(io.BytesIO(), format="png", dpi=40)
    return "\n".join(text.get_text() for text in ax.figure.findobj(Text) if isinstance(text, Text) and text.get_visible())


def bars(ax: Axes) -> dict[str, dict[int, float]]:
    """Label → year → height of every bar."""
    from matplotlib.container import BarContainer

    found = {}
    for container in ax.containers:
        assert isinstance(container, BarContainer)
        found[str(container.get_label())] = {round(bar.get_x() + bar.get_width() / 2): round(bar.get_height(), 3) for bar in container}
    return found


def lines(ax: Axes) -> dict[str, dict[int, float | None]]:
    """Label → year → value of every line, gaps as ``None``."""
    return {str(line.get_label()): {int(x): None if y != y else float(y) for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)} for line in ax.lines}  # type: ignore[arg-type]


# What is drawn


def test_lines_are_broken_where_nothing_is_stated(panel: list[Report]) -> None:
    ax = plots.over_time(panel)
    found = lines(ax)
    assert found[A] == {2013: 86, 2014: None, 2015: None, 2016: 120, 2017: None, 2018: None}
    assert found[B] == {2013: None, 2014: 0, 2015: None, 2016: 30, 2017: None, 2018: 40}
    assert list(found["report does not state it"]) == [2014]
    assert "n = 2 bodies, 6 reports, 5 state it" in written(ax)
    assert ax.get_ylabel() == "Pieces disclosed in the year"
    assert ax.get_ylim()[0] == 0


def test_sums_say_of_how_many_they_are(panel: list[Report]) -> None:
    ax = plots.over_time(panel, summed=True)
    (heights,) = bars(ax).values()
    assert heights == {2013: 86, 2014: 0, 2016: 150, 2018: 40}
    assert [label.get_text() for label in ax.get_xticklabels()] == ["2013\nn = 1", "2014\nn = 1", "2015\nn = 0", "2016\nn = 2", "2017\nn = 0", "2018\nn = 1"]


def test_many_bodies_are_thin_lines_with_their_median() -> None:
    ax = plots.over_time([made(f"第{i}县水利局", 2013 + year, disclosure={"total": i * 10 if i % 5 else None}) for i in range(1, 10) for year in (0, 1)])
    assert lines(ax)["median of the bodies that state it"] == {2013: 50.0, 2014: 50.0}
    assert len(ax.lines) == 9 + 2


def test_of_several_reports_of_a_year_one_is_drawn(panel: list[Report]) -> None:
    again = made(A, 2013, published="2014-06-01", disclosure={"total": 87})
    assert lines(plots.over_time([*panel, again]))[A][2013] == 87


def test_outcomes_count_where_they_are_stated_in_full(panel: list[Report]) -> None:
    ax = plots.outcomes(panel)
    found = bars(ax)
    assert found["granted"] == {2013: 75.0, 2016: round(100 / 6, 3)}
    assert found["refused"] == {2013: 25.0, 2016: 0.0}
    assert found["ended in another way"] == {2013: 0.0, 2016: round(500 / 6, 3)}
    words = written(ax).splitlines()
    assert "4 of 6 reports state the parts in full" in words
    above = [text.get_text() for text in ax.texts if text.get_position()[1] > 100]
    assert above == ["n =", "4", "0", "–", "6", "–", "0"]


def test_applicants_count_where_the_form_adds_up(panel: list[Report]) -> None:
    ax = plots.applicants(panel)
    assert bars(ax)["natural persons"] == {2016: 75.0}
    assert bars(ax)["enterprises"] == {2016: 25.0}
    assert "2 of 6 reports state the parts in full" in written(ax)


def test_cases_by_result(panel: list[Report]) -> None:
    ax = plots.proceedings(panel)
    found = bars(ax)
    assert found["upheld"] == {2013: 0, 2014: 1, 2016: 1}
    assert found["corrected"] == {2013: 0, 2014: 0, 2016: 1}
    assert found["result not stated"] == {2014: 2}
    assert [text.get_text() for text in ax.texts] == ["0", "3", "2"]
    assert [label.get_text() for label in ax.get_xticklabels()][1:3] == ["2014\nn = 1", "2015\nn = 0"]


def test_failed_checks_by_form(panel: list[Report]) -> None:
    ax = plots.failed_checks([*panel, Report(source={"name": "b.txt", "error": "b.txt: the file is empty"})])
    assert [label.get_text() for label in ax.get_yticklabels()] == ["form of 2021", "form of 2019", "no printed tables"]
    assert [text.get_text() for text in ax.texts] == ["100.0 %: 1 / 1  (1 of 1 reports)", "25.0 %: 1 / 4  (1 of 2 reports)", "0.0 %: 0 / 1  (0 of 3 reports)"]


@EVERY
def test_a_frame_does_as_well_as_reports_and_the_axes_may_be_given(plot: Plot, panel: list[Report]) -> None:
    ax = Figure().subplots()
    assert plot(series(panel), ax=ax) is ax
    assert written(ax) == written(plot(iter(panel)))


@EVERY
def test_pyplot_is_left_alone(plot: Plot, panel: list[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", None)
    written(plot(panel))


# What cannot be drawn


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda panel: plots.over_time(panel, "title"), "title: no field of one figure"),
        (lambda panel: plots.over_time(panel, "disclosure.by_channel[].count"), "no field of one figure"),
        (lambda panel: plots.over_time(panel, "disclosure.electronic_rate", summed=True), "rates cannot be summed"),
        (lambda panel: plots.over_time(panel, "complaints"), "complaints: none of 6 reports states it"),
        (lambda panel: plots.over_time([]), "there is no report to plot"),
        (lambda panel: plots.over_time([made(None, 2013)]), "no report states both its body and its year"),
        (lambda panel: plots.over_time(pd.DataFrame({"year": [2013]})), "the frame has no column body"),
        (lambda panel: plots.outcomes([made(A, 2013, applications={"received": 3})]), "none of 1 reports states the parts of applications.handled in full"),
        (lambda panel: plots.applicants([made(A, 2013)]), "there are no shares to plot"),
        (lambda panel: plots.proceedings(panel, "litigation"), "litigation.total: none of 6 reports states it"),
        (lambda panel: plots.proceedings(panel, "appeals"), "'appeals': proceedings are"),
        (lambda panel: plots.failed_checks([made(A, 2013)]), "there are no checks to plot"),
    ],
)
def test_what_cannot_be_drawn_is_said(draw: Callable[[list[Report]], Axes], message: str, panel: list[Report]) -> None:
    with pytest.raises(GovIEError, match=re.escape(message)):
        draw(panel)


@pytest.mark.parametrize("library", ["matplotlib.figure", "pandas"])
def test_a_missing_library_is_asked_for_by_name(library: str, panel: list[Report], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=r"pip install 'gov-ie\[(plots|table)\]'"):
        plots.over_time(panel)


# Fonts


CHINESE = next((entry for entry in font_manager.fontManager.ttflist if {ord(c) for c in A + B} <= fonts._characters(entry.fname)), None)


@pytest.fixture
def no_chinese_font(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine on which matplotlib knows its own font, and one of placeholders."""
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [entry for entry in font_manager.fontManager.ttflist if entry.name == "DejaVu Sans" or "Last" in entry.name])


@EVERY
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.filterwarnings("error")
def test_no_letter_is_missing_without_a_chinese_font(plot: Plot, language: str, panel: list[Report], no_chinese_font: None) -> None:
    assert re.findall("[\u3400-\u9fff]", written(plot(panel, language=language))) == []


@pytest.mark.skipif(CHINESE is None, reason="no font with Chinese characters is installed")
@EVERY
@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.filterwarnings("error")
def test_no_letter_is_missing_with_a_chinese_font(plot: Plot, language: str, panel: list[Report]) -> None:
    words = written(plot(panel, language=language))
    assert bool(re.search("[\u3400-\u9fff]", words)) == (language == "zh" or plot is plots.over_time)


def test_names_are_romanised_and_can_be_looked_up(panel: list[Report], no_chinese_font: None) -> None:
    pytest.importorskip("pypinyin")
    ax = plots.over_time(panel)
    assert plots.key(ax) == {"Pingchuan Xian Shuiliju": A, "Yanxi Xian Jiaoyuju": B}
    assert {"Pingchuan Xian Shuiliju", "Yanxi Xian Jiaoyuju"} <= set(lines(ax))


def test_without_pinyin_names_are_numbered(panel: list[Report], no_chinese_font: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypinyin", None)
    ax = plots.over_time(panel)
    assert plots.key(ax) == {"1": A, "2": B}
    assert {"1", "2"} <= set(lines(ax))


def test_names_may_be_given(panel: list[Report]) -> None:
    ax = plots.over_time(panel, labels={A: "Water Bureau"})
    assert plots.key(ax)["Water Bureau"] == A


def test_an_axis_may_be_made_logarithmic(panel: list[Report]) -> None:
    ax = plots.over_time(panel)
    ax.set_yscale("log")
    written(ax)
    powers = [text for text in ax.get_yticklabels() if "10^" in text.get_text()]
    assert powers
    assert all(text.get_parse_math() for text in powers)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("name", ["平川县$水_利$局", "平川县\u202e水利局", "平川县𰻞局\ue000", "🏛"])
def test_any_name_can_be_drawn(name: str) -> None:
    ax = plots.over_time([made(name, 2013, disclosure={"total": 3})])
    written(ax)
    (shown,) = plots.key(ax)
    assert shown
    assert "\u202e" not in shown


def test_two_bodies_never_have_one_label(no_chinese_font: None) -> None:
    ax = plots.over_time([made(name, 2013, disclosure={"total": 3}) for name in ("江州市水利局", "姜州市水利局")])
    assert sorted(plots.key(ax).values()) == ["姜州市水利局", "江州市水利局"]


@pytest.mark.parametrize(
    ("entries", "text", "found"),
    [
        pytest.param([("a", "Odd Sans", "平川县"), ("b", "SimHei", "平川县")], "平川县", "b", id="one known to look well goes first"),
        pytest.param([("a", "Odd Sans", "平川县"), ("b", "SimHei", "平川")], "平川县", "a", id="but not with a character missing"),
        pytest.param([("a", "SimHei", "平川")], "平川县", None, id="no font"),
        pytest.param([("a", "Odd Sans", "")], "2013", "usual", id="plain digits need none"),
    ],
)
def test_a_font_is_chosen_by_the_characters_of_the_label(entries: list[tuple[str, str, str]], text: str, found: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    has = {"usual": "0123456789", **{path: characters for path, _, characters in entries}}
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [font_manager.FontEntry(fname=path, name=name) for path, name, _ in entries])
    monkeypatch.setattr(font_manager.fontManager, "findfont", lambda *_: "usual")
    monkeypatch.setattr(fonts, "_characters", lambda path: frozenset(map(ord, has[path])))
    assert fonts.find_font(text) == found


def test_a_font_that_draws_all_characters_alike_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    class Placeholders:
        def get_charmap(self) -> dict[int, int]:
            return dict.fromkeys(range(0x20, 0xA000), 7)

    monkeypatch.setattr(font_manager, "get_font", lambda path: Placeholders())
    assert fonts._characters("an invented path of placeholders") == frozenset()


@pytest.mark.parametrize(
    ("name", "pinyin"),
    [("平川县水利局", "Pingchuan Xian Shuiliju"), ("云岫市人民政府", "Yunxiu Shi Renminzhengfu"), ("南江市平川县青石镇人民政府", "Nanjiang Shi Pingchuan Xian Qingshi Zhen Renminzhengfu"), ("水利局", "Shuiliju"), ("🏛", None)],
)
def test_pinyin(name: str, pinyin: str | None) -> None:
    pytest.importorskip("pypinyin")
    assert fonts.romanised(name) == pinyin


@EVERY
def test_a_language_that_labels_are_not_in(plot: Plot, panel: list[Report]) -> None:
    with pytest.raises(GovIEError, match="language='de'"):
        plot(panel, language="de")
