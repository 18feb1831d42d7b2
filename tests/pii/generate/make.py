"""Writes open.jsonl and held.jsonl beside the corpus; the same source always gives the same bytes."""

import json
import pathlib
import sys

import disguised
import lookalike
import nouns
import plain
import talk
from base import Cases

OUT = pathlib.Path(__file__).parent.parent


def rows():
    cases = Cases()
    plain.build(cases)
    disguised.build(cases)
    lookalike.build(cases)
    nouns.build(cases)
    talk.build(cases)
    return cases.rows


def lines(part):
    return "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in part)


def main():
    out = pathlib.Path(sys.argv[1]) if len(sys.argv) > 1 else OUT
    for part, content in rows().items():
        (out / f"{part}.jsonl").write_text(lines(content), encoding="utf-8")


if __name__ == "__main__":
    main()
