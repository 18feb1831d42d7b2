"""Base of the generators: a small seeded random source, texts built of segments, and the split in two parts.

It knows nothing about kinds or languages. Only `random.Random.random` is used of the standard library's random
numbers, because its sequence is promised to stay the same between Python versions.
"""

import hashlib
import random

SEED = "tact-corpus-1"


class Rng:
    """A seeded source; the same name always gives the same sequence."""

    def __init__(self, name):
        self._r = random.Random(SEED + "/" + name)

    def below(self, n):
        return int(self._r.random() * n)

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def chance(self, p):
        return self._r.random() < p

    def pick(self, items):
        return items[self.below(len(items))]

    def string(self, alphabet, n):
        return "".join(self.pick(alphabet) for _ in range(n))

    def digits(self, n):
        return self.string("0123456789", n)

    def shuffled(self, items):
        out = list(items)
        for i in range(len(out) - 1, 0, -1):
            j = self.below(i + 1)
            out[i], out[j] = out[j], out[i]
        return out


def number_of(text):
    """A stable number for a text, the same in every run."""
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big")


def part_of(template):
    """Which part a template belongs to: one in three is held back."""
    return "held" if number_of("part/" + template) % 3 == 0 else "open"


def for_part(items, part):
    """The members of a list that a part may use, so that constants and fillers are not shared either."""
    if len(items) < 4:
        return items
    mine = [x for x in items if part_of("item/" + str(x)) == part]
    return mine or items


class Value:
    """A value to be labelled. `wide` texts around the core may be covered as well, but need not be."""

    def __init__(self, text, kind, before="", after=""):
        self.text, self.kind, self.before, self.after = text, kind, before, after


class Text:
    """A text as segments: strings and values; strings may be changed freely, values may not."""

    def __init__(self, segments=()):
        self.segments = list(segments)

    @classmethod
    def from_frame(cls, frame, values):
        """Puts values at `{v}`, `{v2}` … of a frame; `\\n` and `\\t` stand for the characters."""
        frame = frame.replace("\\n", "\n").replace("\\t", "\t")
        out = [frame]
        for name, value in values.items():
            mark = "{" + name + "}"
            nxt = []
            for seg in out:
                if not isinstance(seg, str):
                    nxt.append(seg)
                    continue
                pieces = seg.split(mark)
                for i, piece in enumerate(pieces):
                    if i:
                        nxt.append(value)
                    nxt.append(piece)
            out = nxt
        return cls(out)

    def map_text(self, change):
        return Text([change(s) if isinstance(s, str) else s for s in self.segments])

    def plus(self, before="", after=""):
        return Text([before, *self.segments, after])

    def finish(self):
        """The text and its spans in bytes."""
        text, spans = "", []
        for seg in self.segments:
            if isinstance(seg, str):
                text += seg
                continue
            outer = len(text.encode())
            text += seg.before
            start = len(text.encode())
            text += seg.text
            end = len(text.encode())
            text += seg.after
            span = {"start": start, "end": end, "kind": seg.kind}
            if seg.before or seg.after:
                span["within"] = [outer, len(text.encode())]
            spans.append(span)
        return text, spans


class Cases:
    """Collects cases, drops repeated texts, and names them by part and family."""

    def __init__(self):
        self.rows = {"open": [], "held": []}
        self._seen = set()
        self._count = {}

    def add(self, part, cls, lang, family, text, spans, unflagged=None):
        if text in self._seen:
            return False
        self._seen.add(text)
        n = self._count[family] = self._count.get(family, 0) + 1
        row = {"id": f"{family}-{n:04d}", "text": text, "class": cls, "lang": lang, "family": family, "spans": spans}
        if unflagged is not None:
            row["not"] = unflagged
        self.rows[part].append(row)
        return True
