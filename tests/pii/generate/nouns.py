"""Look-alikes from a word and a number: "order number: 4539…" and the like in every language.

The words are in frames/nouns.txt, one language a line. Every word appears in three forms; the number has nine to nineteen
digits, and half of those of card length begin like a card and pass Luhn's check.
"""

import cards
from base import Rng, Text, part_of
from frames import HERE, LANGS, surround
from look_values import expand

FORMS = [
    "{w}: {n}",
    "{w} {n}",
    "{w} = {n}",
    "> {w}?\n{n}",
    "- {w}: {n}\n- {w2}: {n2}",
    "({w} {n})",
    "| {w} | {n} |\n| {w2} | {n2} |",
    "{w}:\n{n}",
    "**{w}** {n}",
    "{w} #{n}",
]
SIZES = [9, 9, 10, 12, 13, 14, 15, 16, 16, 16, 19]
NOT = ["card", "ssn", "phone", "iban", "password", "secret"]


def number(rng):
    size = rng.pick(SIZES)
    if size == 9:
        return expand(rng, "{#nine}", "open")
    if size in (15, 16, 19) and rng.chance(0.6):
        start = {15: ["34", "37"], 16: ["4", "51", "6011", "2221", "62", "35"], 19: ["4", "62", "65"]}[size]
        start = rng.pick(start) if size != 16 or rng.chance(0.8) else "36"
        return cards.with_prefix(rng, "3530" if start == "35" else start, size)
    return expand(rng, "{#d:" + str(size) + "}", "open")


def build(cases):
    rng = Rng("nouns")
    for line in (HERE / "frames" / "nouns.txt").read_text(encoding="utf-8").splitlines():
        lang, words = line.split("|")
        words = words.split(",")
        assert lang in LANGS
        for i, word in enumerate(words):
            for form in rng.shuffled(FORMS)[:3]:
                part = part_of(f"nouns/{lang}/{word}")
                other = words[(i + 1) % len(words)]
                text = (
                    form.replace("{w}", word)
                    .replace("{w2}", other)
                    .replace("{n}", number(rng))
                    .replace("{n2}", number(rng))
                )
                made = Text([text])
                if rng.chance(0.3):
                    made = surround(rng, made, lang, part)
                cases.add(part, "look_alike", lang, "look_alike.named_numbers", *made.finish(), NOT)
