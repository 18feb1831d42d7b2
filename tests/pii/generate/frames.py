"""Reads the sentence frames and puts them into the surroundings of a forum or chat post.

A frame file has sections by kind. A leading `~` marks a frame without a word that names the kind.
"""

import pathlib
import re

from base import Text, for_part, part_of

HERE = pathlib.Path(__file__).parent
LANGS = ["en", "de", "fr", "es", "pt", "it", "nl", "pl", "tr", "ru", "uk", "sv", "vi", "zh", "ja", "ko", "ar", "hi"]
UNSPACED = ("zh", "ja")
NAMES = {
    "ru": ["Оксана", "Пётр", "Лена", "Ильдар"],
    "uk": ["Олена", "Тарас", "Марія", "Іван"],
    "zh": ["小王", "李娜", "张伟", "陈静"],
    "ja": ["佐藤", "田中", "美咲", "健太"],
    "ko": ["민준", "서연", "지훈", "유진"],
    "ar": ["سارة", "عمر", "ليلى", "حسن"],
    "hi": ["प्रिया", "रवि", "अनीता", "अमित"],
}
LATIN_NAMES = [
    "Anna",
    "Marek",
    "Sofia",
    "Omar",
    "Lena",
    "Diego",
    "Elif",
    "Kofi",
    "Giulia",
    "Sanne",
    "Tuan",
    "Ingrid",
    "Noah",
]


def load(path):
    """Sections of a frame file."""
    out, name = {}, None
    for line in path.read_text(encoding="utf-8").splitlines():
        if re.fullmatch(r"\[[a-z]+\]", line):
            name = line[1:-1]
            out[name] = []
        elif line.strip():
            out[name].append(line)
    return out


ALL = {lang: load(HERE / "frames" / f"{lang}.txt") for lang in LANGS}


class Frame:
    """A sentence with a place for a value: language, kind, whether a word for the kind stands in it, and its part."""

    def __init__(self, lang, kind, line):
        self.worded = not line.startswith("~")
        self.lang, self.kind, self.text = lang, kind, line.lstrip("~")
        self.part = part_of(f"{lang}/{kind}/{self.text}")


def frames(kind, langs=None, worded=None):
    out = []
    for lang in langs or LANGS:
        out += [Frame(lang, kind, line) for line in ALL[lang].get(kind, [])]
    return [f for f in out if worded is None or f.worded == worded]


def name(rng, lang):
    return rng.pick(NAMES.get(lang, LATIN_NAMES))


def clings(edge, neighbour):
    """Whether a letter outside ASCII at a value's edge runs into a letter of the sentence."""
    return edge.isalpha() and not edge.isascii() and neighbour.isalpha()


def fits(text):
    """Whether every value's edge is clear to a reader: no letters that could belong to it stand next to it."""
    segs = text.segments
    for i, seg in enumerate(segs):
        if isinstance(seg, str):
            continue
        before = segs[i - 1][-1:] if i and isinstance(segs[i - 1], str) else ""
        after = segs[i + 1][:1] if i + 1 < len(segs) and isinstance(segs[i + 1], str) else ""
        first, last = seg.text[0], seg.text[-1]
        if clings(first, before) or clings(last, after):
            return False
        if first in "\"'" and before in tuple("\"'`=("):
            return False
        if not last.isalnum() and last.isascii() and after and after not in ' \n"`|”」':
            return False
        if (before.isascii() and before.isalnum()) or (after.isascii() and after.isalnum()):
            return False
    return True


def fill(frame, rng, value):
    """The frame with its value and a name."""
    text = Text.from_frame(frame.text, {"v": value})
    return text.map_text(lambda s: s.replace("{name}", name(rng, frame.lang)))


def typo(rng, sentence):
    """Swaps or drops a letter inside one longer word."""
    words = sentence.split(" ")
    long = [i for i, w in enumerate(words) if len(w) > 4 and w.isalpha()]
    if not long:
        return sentence
    i = rng.pick(long)
    w, at = words[i], rng.between(1, len(words[i]) - 3)
    words[i] = w[:at] + w[at + 1] + w[at] + w[at + 2 :] if rng.chance(0.6) else w[:at] + w[at + 1 :]
    return " ".join(words)


def filler(rng, lang, part):
    line = rng.pick(for_part(ALL[lang]["fill"], part))
    if rng.chance(0.15):
        line = typo(rng, line)
    return line.lower() if rng.chance(0.15) and lang != "tr" else line


def surround(rng, text, lang, part):
    """Puts sentences around a text, then now and then a quote mark, a list or small letters."""
    whole = "".join(s if isinstance(s, str) else s.text for s in text.segments)
    block = "\n" in whole or whole[:1] in ">|-*#[`{1" or whole.startswith("http")
    joint = "\n" if block else ("" if lang in UNSPACED else " ")
    shape = rng.below(20)
    told = []

    def say():
        for _ in range(9):
            line = filler(rng, lang, part)
            if line.lower() not in told:
                break
        told.append(line.lower())
        return line

    if 9 <= shape < 13:
        text = text.plus(before=say() + rng.pick([joint, joint, "\n", "\n\n"]))
    elif 13 <= shape < 16:
        text = text.plus(after=rng.pick(["\n", "\n\n"] if block or not closed(whole) else [joint, "\n"]) + say())
    elif 16 <= shape < 19:
        text = text.plus(before=say() + "\n\n", after="\n\n" + say())
    elif shape == 19:
        text = text.plus(before=f"{say()} {say()}\n\n{say()}\n", after=f"\n\n{say()}\n{say()}")
    multi = any(not isinstance(s, str) and "\n" in s.text for s in text.segments)
    dress = rng.below(25)
    if dress == 0 and not multi:
        return text.map_text(lambda s: s.replace("\n", "\n> ")).plus(before="> ")
    if dress in (1, 2) and lang not in ("tr", "zh", "ja", "ko", "ar", "hi") and "](" not in whole and "{" not in whole:
        return text.map_text(str.lower)
    if dress == 3 and not block:
        return text.plus(before=rng.pick(["- ", "* ", "1. ", "• ", "@mods "]))
    return text


def closed(whole):
    return whole.rstrip()[-1:] in ".!?。？！,，)…"
