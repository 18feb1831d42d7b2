"""Posts in which nothing private stands: everyday talk that touches the words a detector listens for."""

from base import Rng, Text, part_of
from frames import ALL, LANGS, UNSPACED, filler, surround


def build(cases):
    rng = Rng("talk")
    for lang in LANGS:
        for line in ALL[lang]["prose"]:
            part = part_of(f"{lang}/prose/{line}")
            gap = "" if lang in UNSPACED else " "
            for shape in range(3):
                text = Text([line])
                if shape == 1:
                    text = Text(
                        [filler(rng, lang, part), rng.pick([gap, "\n", "\n\n"]), line, "\n", filler(rng, lang, part)]
                    )
                elif shape == 2:
                    mates = [x for x in ALL[lang]["prose"] if part_of(f"{lang}/prose/{x}") == part and x != line] or [
                        line
                    ]
                    text = surround(rng, Text([line + rng.pick([gap, "\n"]), rng.pick(mates)]), lang, part)
                cases.add(part, "prose", lang, "prose.talk", *text.finish())
