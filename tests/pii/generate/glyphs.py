"""Characters that look like or stand for others: digits and letters of other blocks, spaces, dashes, invisible ones."""

ZERO_WIDTH = [
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2060",
    "\ufeff",
    "\u00ad",
    "\u200e",
    "\u200f",
    "\u2061",
    "\u2063",
    "\u202a",
    "\u202c",
    "\u2066",
    "\u2069",
    "\ufe0f",
    "\U000e0020",
]
SPACES = ["\u00a0", "\u2009", "\u2007", "\u202f", "\u3000", "\u2002", "\u2003", "\u2004", "\u2006", "\u2008", "\u205f"]
DASHES = ["\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212", "\ufe63", "\uff0d", "\u2043"]
SEPARATORS = [
    ".",
    "/",
    "_",
    "*",
    "|",
    " . ",
    " / ",
    " | ",
    "·",
    "•",
    ",",
    ", ",
    ":",
    "~",
    "--",
    "=",
    "+",
    "…",
    " - ",
    "\u30fb",
]

DIGIT_ZEROS = {
    "fullwidth": 0xFF10,
    "arabic": 0x0660,
    "persian": 0x06F0,
    "devanagari": 0x0966,
    "math_bold": 0x1D7CE,
    "math_double": 0x1D7D8,
    "math_sans": 0x1D7E2,
    "math_sans_bold": 0x1D7EC,
    "math_mono": 0x1D7F6,
}
LETTER_STYLES = {  # capitals, small letters
    "math_bold": (0x1D400, 0x1D41A),
    "math_sans": (0x1D5A0, 0x1D5BA),
    "math_mono": (0x1D670, 0x1D68A),
    "math_bold_italic": (0x1D468, 0x1D482),
    "fullwidth": (0xFF21, 0xFF41),
    "circled": (0x24B6, 0x24D0),
    "math_sans_bold": (0x1D5D4, 0x1D5EE),
}
HOMOGLYPHS = {  # Cyrillic and Greek letters that look like Latin ones
    "a": "а",
    "c": "с",
    "e": "е",
    "o": "оο",
    "p": "рρ",
    "x": "х",
    "y": "у",
    "i": "і",
    "j": "ј",
    "s": "ѕ",
    "h": "һ",
    "d": "ԁ",
    "v": "ν",
    "u": "υ",
}
KEYCAP = ["\ufe0f\u20e3", "\u20e3"]

WORDS = {
    "en": ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    "es": ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
    "de": ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
    "fr": ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
}


def digits(text, zero):
    """The digits of a text moved to another block."""
    return "".join(chr(zero + int(ch)) if ch.isascii() and ch.isdigit() else ch for ch in text)


def circled_digits(text):
    return "".join("⓪" if ch == "0" else chr(0x2460 + int(ch) - 1) if ch.isdigit() else ch for ch in text)


def letters(text, style):
    """ASCII letters in another style; digits and signs stay unless the style has them."""
    big, small = LETTER_STYLES[style]
    out = ""
    for ch in text:
        if ch.isascii() and ch.isalpha():
            out += chr((big if ch.isupper() else small) + (ord(ch.upper()) - 65))
        elif ch.isdigit() and style == "fullwidth":
            out += chr(0xFF10 + int(ch))
        elif ch.isdigit() and style == "circled":
            out += circled_digits(ch)
        elif ch.isdigit() and style in DIGIT_ZEROS:
            out += chr(DIGIT_ZEROS[style] + int(ch))
        else:
            out += ch
    return out


def sprinkle(rng, text, what, low=1, high=5):
    """Puts one of `what` between characters at a few places, never at the edges."""
    chars = list(text)
    for _ in range(rng.between(low, high)):
        chars.insert(rng.between(1, len(chars) - 1), rng.pick(what) if not isinstance(what, str) else what)
    return "".join(chars)
