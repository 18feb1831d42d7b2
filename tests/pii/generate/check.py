"""Checks the corpus: format, offsets, spans, identifiers, checksums, counts, parts, and make.py giving the same bytes.

Exits with 1 and says what is wrong. `check.py --write` also writes the tables of ../README.md anew.
"""

import collections
import json
import pathlib
import re
import sys

import cards
import iban
import make
from lookalike import KINDS

HERE = pathlib.Path(__file__).parent.parent
CLASSES = ["plain", "disguised", "look_alike", "prose"]
MIN_POSITIVE, MIN_LOOKALIKE, MIN_LANGS, MIN_FAMILY = 6000, 6000, 12, 20
MAX_BYTES = 6_000_000
MARK = "## Counts\n\n"
problems = []


def wrong(row, why):
    problems.append(f"{row['id']}: {why}")


def check_spans(row):
    raw, last = row["text"].encode(), 0
    for span in row["spans"]:
        start, end = span["start"], span["end"]
        if not 0 <= start < end <= len(raw):
            return wrong(row, "span empty or outside the text")
        if start < last:
            return wrong(row, "spans overlap or are out of order")
        last = end
        try:
            value = raw[start:end].decode()
            raw[:start].decode()
        except UnicodeDecodeError:
            return wrong(row, "span not on character boundaries")
        if value != value.strip():
            wrong(row, "span begins or ends with a space")
        if span["kind"] not in KINDS:
            wrong(row, "unknown kind " + span["kind"])
        if "within" in span and not span["within"][0] <= start < end <= span["within"][1] <= len(raw):
            wrong(row, "within does not hold the span")
        if row["class"] == "plain":
            check_value(row, span["kind"], value)
    return None


def check_value(row, kind, value):
    """Plain values must be what they are called."""
    digits = re.sub(r"\D", "", value)
    if kind == "card" and not (12 <= len(digits) <= 19 and cards.luhn_ok(digits)):
        wrong(row, "card number does not check")
    if kind == "card" and digits in cards.TEST_NUMBERS:
        wrong(row, "published test number as a positive")
    if kind == "ssn" and len(digits) != 9:
        wrong(row, "social security number without nine digits")
    if kind == "iban" and not iban.valid(re.sub(r"[^A-Za-z0-9]", "", value).upper()):
        wrong(row, "IBAN does not check")
    if kind == "email" and value.count("@") != 1:
        wrong(row, "address without one @")


def check_row(row):
    for key, kind in (("id", str), ("text", str), ("class", str), ("lang", str), ("family", str), ("spans", list)):
        if not isinstance(row.get(key), kind):
            return wrong(row, f"field {key}")
    if row["class"] not in CLASSES:
        wrong(row, "unknown class")
    if (row["class"] in ("plain", "disguised")) != bool(row["spans"]):
        wrong(row, "a positive without a span, or a negative with one")
    if "not" in row and (row["spans"] or not set(row["not"]) < set(KINDS)):
        wrong(row, "not: on a positive, unknown kind, or all kinds (then it is left away)")
    check_spans(row)
    return None


def check_parts(parts):
    """No case, no labelled value and hardly a family in one part only."""
    seen, texts, values, families = set(), set(), {}, collections.defaultdict(collections.Counter)
    for part, rows in parts.items():
        for row in rows:
            if row["id"] in seen or row["text"] in texts:
                wrong(row, "identifier or text twice")
            seen.add(row["id"])
            texts.add(row["text"])
            families[row["family"]][part] += 1
            raw = row["text"].encode()
            for span in row["spans"]:
                value = raw[span["start"] : span["end"]].decode("utf-8", "replace")
                if values.setdefault(value, part) != part:
                    wrong(row, "labelled value in both parts")
    for family, count in families.items():
        if len(count) < 2:
            problems.append(f"family {family}: only in one part")
        if sum(count.values()) < MIN_FAMILY:
            problems.append(f"family {family}: fewer than {MIN_FAMILY} cases")
    held, total = len(parts["held"]), len(parts["held"]) + len(parts["open"])
    if not 0.28 < held / total < 0.39:
        problems.append(f"held part is {held / total:.2f} of all")


def check_counts(rows):
    classes = collections.Counter(row["class"] for row in rows)
    if classes["plain"] + classes["disguised"] < MIN_POSITIVE:
        problems.append("too few positives")
    if classes["look_alike"] < MIN_LOOKALIKE:
        problems.append("too few look-alikes")
    for cls in CLASSES:
        if len({row["lang"] for row in rows if row["class"] == cls}) < MIN_LANGS:
            problems.append(f"class {cls}: fewer than {MIN_LANGS} languages")
    size = sum(p.stat().st_size for p in HERE.rglob("*") if p.is_file() and not {"__pycache__", "peers"} & set(p.parts))
    if size > MAX_BYTES:
        problems.append(f"{size} bytes are more than {MAX_BYTES}")


def check_same(parts_text):
    for part, rows in make.rows().items():
        if make.lines(rows) != parts_text[part]:
            problems.append(f"{part}.jsonl is not what make.py gives")


def table(rows):
    """The counts as the tables of ../README.md."""
    kinds, parts = collections.defaultdict(collections.Counter), collections.defaultdict(collections.Counter)
    for row in rows:
        parts[row["class"]][row["part"]] += 1
        for span in row["spans"]:
            kinds[span["kind"]][row["class"]] += 1
        for kind in row.get("not", [] if row["spans"] else KINDS):
            kinds[kind]["not " + row["class"]] += 1
    out = ["| class | open | held |", "|---|---|---|"]
    out += [f"| {cls} | {parts[cls]['open']} | {parts[cls]['held']} |" for cls in CLASSES]
    out += [
        "",
        "| kind | spans, plain | spans, disguised | look-alikes of it | talk without it |",
        "|---|---|---|---|---|",
    ]
    for kind in KINDS:
        c = kinds[kind]
        out.append(f"| {kind} | {c['plain']} | {c['disguised']} | {c['not look_alike']} | {c['not prose']} |")
    out += ["", "| language | plain | disguised | look-alikes | talk |", "|---|---|---|---|---|"]
    for lang in sorted({row["lang"] for row in rows}):
        c = collections.Counter(row["class"] for row in rows if row["lang"] == lang)
        out.append(f"| {lang} | {c['plain']} | {c['disguised']} | {c['look_alike']} | {c['prose']} |")
    out += ["", "| family | open | held |", "|---|---|---|"]
    families = collections.defaultdict(collections.Counter)
    for row in rows:
        families[row["family"]][row["part"]] += 1
    out += [f"| {family} | {families[family]['open']} | {families[family]['held']} |" for family in sorted(families)]
    return "\n".join(out) + "\n"


def check_readme(rows, rewrite):
    readme = HERE / "README.md"
    text, made = readme.read_text(encoding="utf-8"), table(rows)
    head = text.split(MARK, 1)[0]
    if rewrite:
        readme.write_text(head + MARK + made, encoding="utf-8")
    elif text != head + MARK + made:
        problems.append("README.md: its tables are not the counts; run check.py --write")


def main():
    parts_text = {part: (HERE / f"{part}.jsonl").read_text(encoding="utf-8") for part in ("open", "held")}
    parts = {part: [json.loads(line) for line in text.split("\n") if line] for part, text in parts_text.items()}
    rows = [dict(row, part=part) for part, content in parts.items() for row in content]
    for row in rows:
        check_row(row)
    check_parts(parts)
    check_counts(rows)
    check_same(parts_text)
    check_readme(rows, "--write" in sys.argv)
    for problem in problems[:40]:
        print(problem, file=sys.stderr)
    print(f"{len(rows)} cases, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
