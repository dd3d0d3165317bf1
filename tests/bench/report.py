"""The report: the bars first, then what was found in absolute figures, and on what."""

import json
from pathlib import Path
from typing import Any

from bars import BARS, Bar, Found

MEGA = 1_000_000


def shown(value: float, unit: str) -> str:
    if unit in ("", "rows/s"):
        return f"{value:,.0f} {unit}".strip()
    digits = 2 if unit == "x" or value < 10 else 1
    return f"{value:,.{digits}f} {unit}".replace(" x", " ×")


def holds(got: float, limit: float, least: bool) -> bool:
    return got >= limit if least else got <= limit


def row(bar: Bar, found: Found) -> dict[str, Any]:
    line: dict[str, Any] = {"measure": bar.what, "of": bar.beside, "unit": bar.unit, "must": bar.must or None,
                            "aim": bar.aim, "at_least": bar.least, "got": None, "result": "not measured", "reason": ""}
    if bar.unit == "":
        line["must"] = bar.must
    try:
        got = bar.got(found)
    except (KeyError, ZeroDivisionError, TypeError) as error:
        line["reason"] = str(error.args[0]) if error.args else repr(error)
        measure, failed, why = line["reason"].partition(" FAILED: ")
        if failed:
            line |= {"result": "FAILED", "reason": f"{measure}: {why}"}
        return line
    line["got"] = got
    if line["must"] is not None:
        line["result"] = "pass" if holds(got, bar.must, bar.least) else "MISSED"
        if bar.must:
            line["ratio"] = got / bar.must
    else:
        line["result"] = "reached" if holds(got, bar.aim or 0, bar.least) else "not reached"
    if line["result"] == "pass" and bar.aim is not None and holds(got, bar.aim, bar.least):
        line["result"] = "pass, aim reached"
    return line


def cell(line: dict[str, Any], key: str) -> str:
    if line[key] is None:
        return "–"
    sign = "" if key == "got" else ("≥ " if line["at_least"] else "≤ ")
    if key != "got" and line["unit"] == "" and line[key] == 0:
        sign = ""
    return sign + shown(line[key], line["unit"])


def bar_table(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["| measure | must | aim | got | got / must | result |", "|---|---|---|---|---|---|"]
    for line in rows:
        what = line["measure"] + (f", of {line['of']}" if line["of"] else "")
        ratio = f"{line['ratio']:.2f}" if "ratio" in line else "–"
        why = f": {line['reason']}" if line["reason"] else ""
        lines.append(f"| {what} | {cell(line, 'must')} | {cell(line, 'aim')} | {cell(line, 'got')} | {ratio} | "
                     f"{line['result']}{why.replace('|', '/')} |")
    return lines


def details(name: str, found: dict[str, Any]) -> list[str]:
    head = f"## ({name})" if len(name) == 1 else f"## {name}"
    if "failed" in found:
        said = [*found.get("said", []), *found["trace"], *found["daemon_log"]]
        text = [f"FAILED: {found['failed']}", "", "```", *said, "```"]
        return [head, "", *text, ""]
    return [head, "", "| what | value |", "|---|---|", *flat(found, ""), ""]


def flat(found: dict[str, Any], above: str) -> list[str]:
    lines: list[str] = []
    for key, value in found.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            lines += flat(value, name + ".")
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            lines.append(f"| {name} | {value:,} |")
        else:
            text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            lines.append(f"| {name} | {text[:400].replace('|', '/')} |")
    return lines


def write(folder: Path, about: dict[str, Any], results: dict[str, dict]) -> int:
    """Writes both files; returns how many bars with a must were missed or, among those of measures that ran, could
    not be told."""
    found = Found(results)
    rows = [row(bar, found) for bar in BARS]
    text = ["# Bench", "", *bar_table(rows), "", "## The machine and the settings", "", "| what | value |", "|---|---|",
            *flat(about, ""), ""]
    for name, one in results.items():
        text += details(name, one)
    (folder / "report.md").write_text("\n".join(text), encoding="utf-8")
    document = {"bars": rows, "about": about, "measures": results}
    (folder / "report.json").write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return sum(line["result"] in ("MISSED", "FAILED") for line in rows)
