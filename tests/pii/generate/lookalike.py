"""Look-alikes: texts in which something has the shape of a private value and nothing private stands.

Templates are in lookalikes/*.txt: a line `# family n=120 not=card,ssn` opens a family, then one `lang|template` a line.
"""

import re

from base import Rng, Text, part_of
from frames import HERE, surround
from look_values import expand

KINDS = ["email", "card", "ssn", "phone", "iban", "password", "secret", "ip"]


def families():
    """Yields family, how many cases, the kinds it must not be taken for, and its templates."""
    for path in sorted((HERE / "lookalikes").glob("*.txt")):
        current = None
        for line in path.read_text(encoding="utf-8").splitlines():
            head = re.fullmatch(r"# ([a-z0-9_]+) n=(\d+) not=(\S+)", line)
            if head:
                if current:
                    yield current
                kinds = KINDS if head[3] == "*" else head[3].split(",")
                current = (head[1], int(head[2]), kinds, [])
            elif line.strip():
                current[3].append(line)
        if current:
            yield current


def build(cases):
    for family, n, kinds, templates in families():
        rng = Rng("lookalike." + family)
        full = "look_alike." + family
        added = 0
        for i in range(n * 6):
            if added == n:
                break
            lang, template = templates[i % len(templates)].split("|", 1)
            part = part_of(f"{family}/{lang}/{template}")
            text = expand(rng, template, part)
            made = Text([text])
            if rng.chance(0.4):
                made = surround(rng, made, lang, part)
            added += cases.add(part, "look_alike", lang, full, *made.finish(), None if kinds == KINDS else kinds)
