"""Positives hidden in the ways people hide them: every disguise over many values, with exact spans."""

import cards
import disguise_mail
import disguise_number
import glyphs
import iban
import mail
import phones
import ssn
from base import Rng, Text, Value, part_of
from frames import frames, surround
from plain import series

# Frames whose value stands inside a link, a table or JSON, where most disguises would not be written.
AWKWARD = ("](mailto", '"cardNumber', '"ssn"', '"itin"', "employee,ssn", "| {v} |", "~- ", "- {v}\\n")
GLUED = {
    "card": [
        "card{v}",
        "CC{v}",
        "visa:{v}",
        "cc#{v}",
        "card#{v} thx",
        "Card:{v}",
        "my card{v} pls",
        "cardno{v}",
        "mastercard={v}",
        "Karte{v}",
        "tarjeta{v}",
        "carte:{v}",
        "карта{v}",
        "卡号{v}",
        "kart{v}",
        "cartão:{v}",
    ],
    "ssn": ["SSN{v}", "ssn:{v}", "SSN#{v}", "ss#{v}", "social{v}", "my ssn={v}", "ssn{v} thx", "SSN-{v}", "itin{v}"],
    "iban": ["IBAN:{v}", "iban={v}", "IBAN#{v}", "acct/IBAN:{v}"],
}


def suitable(kind, worded, langs=None):
    pool = frames(kind, langs, worded if worded else None)
    return [f for f in pool if not any(mark in f.text for mark in AWKWARD)]


def digits_of(kind, rng, frame):
    if kind == "card":
        net = rng.pick(
            ["visa", "mastercard", "mastercard", "visa", "amex", "discover", "mastercard2", "jcb", "unionpay", "diners"]
        )
        while True:
            n = cards.number(rng, net, False)
            if len(n) in (15, 16) or net == "diners":
                return cards.groups(n)
    if kind == "ssn":
        return list(ssn.parts(rng))
    if kind == "phone":
        _, text = phones.number(rng, frame.lang, True)
        return [g for g in text.replace("-", " ").replace(".", " ").split(" ") if g]
    return None


def numbers(cases, kind, n_free, n_worded):
    for table, n, worded in ((disguise_number.FREE, n_free, False), (disguise_number.WORDED, n_worded, True)):
        for name, hide in table.items():
            # Nine hidden digits say nothing without a word beside them.
            langs = [name[6:]] if name.startswith("words_") else None
            pool = suitable(kind, worded or kind == "ssn", langs)

            def make(rng, frame, hide=hide):
                groups = digits_of(kind, rng, frame)
                text = hide(rng, groups)
                return Value(text, kind) if text else None

            series(cases, f"disguised.{kind}.{name}", kind, n, make, pool, "disguised")


STARTS = {"visa": ["4539", "4716", "4929", "4024", "4532"], "mastercard": ["5219", "5336", "5478", "2315", "5185"]}
GLUED_LANG = {"Karte": "de", "tarj": "es", "carte:": "fr", "карта": "ru", "卡号": "zh", "kart{": "tr", "cartão": "pt"}


def glued(cases, kind, n):
    family = f"disguised.{kind}.glued"
    rng = Rng(family)
    for i in range(n):
        shape = GLUED[kind][i % len(GLUED[kind])]
        if kind == "iban":
            text = iban.make(rng, rng.pick(sorted(iban.STRUCTURE)))
        elif kind == "ssn":
            text = rng.pick(["-", "-", ""]).join(ssn.parts(rng, "itin" in shape))
        else:
            network = "visa" if "visa" in shape else "mastercard"
            text = rng.pick(["", " ", "-"]).join(cards.groups(cards.with_prefix(rng, rng.pick(STARTS[network]), 16)))
        part = part_of(shape)
        lang = next((v for k, v in GLUED_LANG.items() if shape.startswith(k)), "en")
        made = surround(rng, Text.from_frame(shape, {"v": Value(text, kind)}), lang, part)
        cases.add(part, "disguised", lang, family, *made.finish())


def mails(cases, n):
    for table, worded in ((disguise_mail.FREE, False), (disguise_mail.WORDED, True)):
        for name, hide in table.items():

            def make(rng, _frame, hide=hide):
                text = hide(rng, *mail.simple(rng))
                return Value(text, "email") if text else None

            series(cases, f"disguised.email.{name}", "email", n, make, suitable("email", worded), "disguised")
    for lang in disguise_mail.AT_DOT:

        def said(rng, _frame, lang=lang):
            return Value(disguise_mail.at_words(lang)(rng, *mail.simple(rng)), "email")

        series(
            cases,
            "disguised.email.at_words",
            "email",
            30 if lang == "en" else 14,
            said,
            suitable("email", True, [lang]),
            "disguised",
        )


IBAN_WAYS = {
    "fullwidth": lambda r, g: glyphs.letters(" ".join(g), "fullwidth"),
    "zero_width": lambda r, g: glyphs.sprinkle(r, r.pick([" ", ""]).join(g), glyphs.ZERO_WIDTH),
    "spaces": lambda r, g: r.pick(glyphs.SPACES).join(g),
    "dashes": lambda r, g: r.pick(glyphs.DASHES).join(g),
    "separators": lambda r, g: r.pick([".", "/", "_", "|", " - ", "·", ", "]).join(g),
    "odd_groups": lambda r, g: r.pick([" ", "-"]).join(iban.groups("".join(g), r.pick([2, 3, 5, 6]))),
    "single_characters": lambda r, g: " ".join("".join(g)),
    "markup": lambda r, g: r.pick(["<wbr>", "<!-- -->", "&nbsp;", "</b> <b>", "` `", "&#32;"]).join(g),
    "line_breaks": lambda r, g: "\n".join(g),
    "brackets": lambda r, g: r.pick([") (", "] [", "}{"]).join(g),
}


def ibans(cases, n):
    countries = ["DE", "FR", "ES", "IT", "NL", "GB", "PL", "BE", "CH", "AT", "PT", "SE", "TR", "UA", "IE", "NO", "SA"]
    words = ("IBAN", "iban", "آيبان")
    pool = [f for f in suitable("iban", True) if any(w in f.text for w in words)]
    for name, hide in IBAN_WAYS.items():

        def make(rng, _frame, hide=hide):
            return Value(hide(rng, iban.groups(iban.make(rng, rng.pick(countries)))), "iban")

        series(cases, f"disguised.iban.{name}", "iban", n, make, pool, "disguised")


def telephones(cases, n):
    free = disguise_number
    ways = {
        "fullwidth": free.fullwidth,
        "zero_width": free.zero_width,
        "spaces": free.spaces,
        "dashes": free.dashes,
        "keycap": free.keycap,
        "arabic_digits": free.in_block("arabic"),
        "words_en": free.words("en"),
        "words_es": free.words("es"),
        "words_de": free.words("de"),
        "words_fr": free.words("fr"),
    }
    for name, hide in ways.items():
        langs = [name[6:]] if name.startswith("words_") else None

        def make(rng, frame, hide=hide):
            groups = digits_of("phone", rng, frame)
            while len(groups) < 2 or not all(g.isdigit() for g in groups):
                groups = digits_of("phone", rng, frame)
            return Value(hide(rng, groups), "phone")

        series(cases, f"disguised.phone.{name}", "phone", n, make, suitable("phone", True, langs), "disguised")


def build(cases):
    mails(cases, 66)
    numbers(cases, "card", 48, 48)
    numbers(cases, "ssn", 42, 42)
    for kind, n in (("card", 64), ("ssn", 60), ("iban", 24)):
        glued(cases, kind, n)
    ibans(cases, 27)
    telephones(cases, 20)
