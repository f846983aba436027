"""Numbers, rates, money and dates, from what is printed to what is meant."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gov_ie.assembly import numbers


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("86条", 86), ("0件", 0), ("2 名", 2), ("1,234条", 1234), ("1，234条", 1234), ("12,345,678次", 12345678), ("８６条", 86), ("１，２３４条", 1234), ("007件", 7),
        ("10余项", 10), ("１０余项", 10), ("200多条", 200), ("近300条", 300), ("约40件", 40), ("30几次", 30),
        ("1.2万条", 12000), ("1.2万余条", 12000), ("3万多条", 30000), ("10余万次", 100000), ("2百余条", 200), ("5千份", 5000), ("1.5亿次", 150000000), ("231.8万条", 2318000),
        ("一次", 1), ("两个", 2), ("十条", 10), ("十二件", 12), ("二十条", 20), ("三十六条", 36), ("十余件", 10), ("一百零五条", 105), ("一百五十余条", 150), ("一千二百条", 1200), ("两千零六份", 2006),
        ("三万一千四百条", 31400), ("一万二千三百余条", 12300), ("五千余份", 5000), ("三十余万人次", 300000), ("二十万", 200000), ("一亿两千万", 120000000), ("〇件", 0), ("零件", 0), ("叁拾陆条", 36), ("贰佰件", 200),
        ("二三四条", 234), ("5.5条", None), ("半数", None), ("若干条", None), ("", None), (f"{'9' * 400}条", None), ("99999999999999999条", None), (f"{'九' * 400}条", None), ("1000000000000000条", 10**15),
    ],
)  # fmt: skip
def test_counts(printed: str, value: int | None) -> None:
    assert numbers.count(printed) == value


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("48.65%", 48.65), ("100%", 100), ("0%", 0), ("３０％", 30), ("３０．５％", 30.5), ("12.5 %", 12.5), ("1,200%", 1200), ("3.2‰", 0.32),
        ("百分之百", 100), ("百分之三十", 30), ("百分之三十五", 35), ("百分之四点五", 4.5), ("百分之零点八", 0.8), ("百分之九十八点二五", 98.25), ("百分之99.5", 99.5), ("百分之一百", 100), ("百分之十", 10),
    ],
)  # fmt: skip
def test_percentages(printed: str, value: float) -> None:
    assert numbers.percent(printed) == pytest.approx(value)


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("0元", 0), ("300 元", 300), ("1,200元", 1200), ("12.4元", 12.4), ("3.5万元", 35000), ("２０万元", 200000), ("20余万元", 200000), ("8013万元", 80130000), ("1.2亿元", 120000000),
        ("三万元", 30000), ("二十万元", 200000), ("五千余元", 5000), ("零元", 0), ("0.07万元", 700), ("一万五千元", 15000), ("2千元", 2000), ("3百万元", 3000000), ("元", None),
    ],
)  # fmt: skip
def test_money(printed: str, value: float | None) -> None:
    assert numbers.money(printed) == value


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("2013年12月31日", "2013-12-31"), ("2013年1月1日", "2013-01-01"), ("2013 年 1 月 1 日", "2013-01-01"), ("2013年\n1月1日", "2013-01-01"), ("２０１３年１２月３１日", "2013-12-31"), ("2016年1月20号", "2016-01-20"),
        ("2016-03-08", "2016-03-08"), ("2016-3-8", "2016-03-08"), ("2016/3/8", "2016-03-08"), ("2016.03.08", "2016-03-08"), ("２０１６．０３．０８", "2016-03-08"),
        ("2008年5月", "2008-05"), ("2008年5月份", "2008-05"), ("2013年底", "2013"), ("2013年", "2013"), ("2010年7月中旬", "2010-07"), ("2012年3月底", "2012-03"),
        ("二〇一四年三月二日", "2014-03-02"), ("二○一五年十二月三十一日", "2015-12-31"), ("二零一六年一月二十日", "2016-01-20"), ("二〇一〇年十月", "2010-10"), ("二O一二年二月九日", "2012-02-09"), ("二〇二〇年一月三十日", "2020-01-30"),
        ("12月31日", None), ("2013年13月1日", None), ("2013年2月32日", None), ("去年底", None), ("", None), ("0013年1月1日", None),
    ],
)  # fmt: skip
def test_dates(printed: str, iso: str | None) -> None:
    assert numbers.iso_date(printed) == iso


@pytest.mark.parametrize(("printed", "iso"), [("12月31日", "2013-12-31"), ("3月", "2013-03"), ("八月五日", "2013-08-05"), ("2014年1月2日", "2014-01-02"), ("年底", None)])
def test_dates_without_a_year_take_the_one_given(printed: str, iso: str | None) -> None:
    assert numbers.iso_date(printed, year=2013) == iso


@pytest.mark.parametrize(("printed", "iso"), [("2013年2月30日", None), ("2015年2月29日", None), ("2016年2月29日", "2016-02-29"), ("2014年11月31日", None), ("2013-02-30", None)])
def test_days_that_no_calendar_has(printed: str, iso: str | None) -> None:
    assert numbers.iso_date(printed) == iso


@pytest.mark.parametrize(
    ("printed", "year"),
    [("2013年", 2013), ("2013年度", 2013), ("2013 年度", 2013), ("２０１３年", 2013), ("二〇一三年", 2013), ("二○○九年度", 2009), ("二零一零年", 2010), ("二O一二年", 2012), ("2013", 2013), ("本年度", None), ("1888年", None), ("13年", None)],
)
def test_years(printed: str, year: int | None) -> None:
    assert numbers.year_of(printed) == year


def _spoken(value: int) -> str:
    """A number below 100 million in Chinese words, as a clerk writes it."""
    digits = "零一二三四五六七八九"

    def section(n: int) -> str:
        words, zero = "", False
        for scale, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
            digit, n = divmod(n, scale)
            if digit:
                words += ("零" if zero and words else "") + digits[digit] + name
                zero = False
            else:
                zero = True
        return words

    high, low = divmod(value, 10_000)
    if not high:
        return section(low) or "零"
    return section(high) + "万" + (("零" if low < 1000 else "") + section(low) if low else "")


@given(st.integers(0, 99_999_999))
def test_a_number_in_words(value: int) -> None:
    assert numbers.count(_spoken(value) + "条") == value


@given(st.integers(0, 10**9), st.sampled_from(["条", "件", " 件", "余条", "人次"]))
def test_a_number_in_figures_of_any_width_and_grouping(value: int, measure: str) -> None:
    full = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert {numbers.count(form + measure) for form in (str(value), f"{value:,}", full)} == {value}


@given(st.integers(0, 999_999), st.sampled_from([("万元", 10**4), ("亿元", 10**8), ("元", 1)]))
def test_money_in_units(cents: int, unit: tuple[str, int]) -> None:
    assert numbers.money(f"{cents / 100:.2f}{unit[0]}") == pytest.approx(cents * unit[1] / 100)


@given(st.dates(min_value=date(1990, 1, 1), max_value=date(2099, 12, 31)))
def test_a_day_in_every_form(day: date) -> None:
    forms = (f"{day.year}年{day.month}月{day.day}日", f"{day.year}-{day.month:02}-{day.day:02}", f"{day.year} 年 {day.month} 月 {day.day} 日", f"{day.year}/{day.month}/{day.day}")
    assert {numbers.iso_date(form) for form in forms} == {day.isoformat()}


@given(st.text(st.sampled_from("0123456789０１三十百千万亿两〇零余多.,，%％元条 年月日-/"), max_size=10))
def test_nothing_makes_it_fall(text: str) -> None:
    value = numbers.count(text)
    assert value is None or value >= 0
    for parse in (numbers.percent, numbers.money):
        amount = parse(text)
        assert amount is None or amount >= 0
    iso = numbers.iso_date(text)
    assert iso is None or len(iso) in (4, 7, 10)
