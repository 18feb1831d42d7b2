"""Ways to hide a number. Each takes the groups of digits as usually printed and gives what a reader would black out.

A disguise in `FREE` keeps the usual layout and needs no word beside it; those in `WORDED` are only used with one.
"""

import glyphs

SEP = [" ", "-"]


def in_block(block):
    return lambda rng, groups: glyphs.digits(rng.pick(SEP).join(groups), glyphs.DIGIT_ZEROS[block])


def fullwidth(rng, groups):
    sep = rng.pick([" ", "-", "\uff0d", "\u3000", "\uff0d"])
    return glyphs.digits(sep.join(groups), glyphs.DIGIT_ZEROS["fullwidth"])


def mathematical(rng, groups):
    if rng.chance(0.35):
        return glyphs.circled_digits(rng.pick(SEP).join(groups))
    block = rng.pick([b for b in glyphs.DIGIT_ZEROS if b.startswith("math")])
    return glyphs.digits(rng.pick(SEP).join(groups), glyphs.DIGIT_ZEROS[block])


def keycap(rng, groups):
    cap = rng.pick(glyphs.KEYCAP)
    return rng.pick(SEP).join("".join(d + cap for d in g) for g in groups)


def zero_width(rng, groups):
    what = rng.pick(glyphs.ZERO_WIDTH) if rng.chance(0.6) else glyphs.ZERO_WIDTH
    text = rng.pick(SEP).join(groups)
    return what.join(text) if rng.chance(0.2) and isinstance(what, str) else glyphs.sprinkle(rng, text, what)


def spaces(rng, groups):
    return rng.pick(glyphs.SPACES).join(groups)


def dashes(rng, groups):
    return rng.pick(glyphs.DASHES).join(groups)


def entities(rng, groups):
    pick = rng.below(4)
    if pick == 0:
        return rng.pick(["&nbsp;", "&#45;", "&#x2d;", "&ndash;", "&#8209;", "&thinsp;", "&#160;", "&hyphen;"]).join(
            groups
        )
    text = rng.pick(SEP).join(groups)
    form = rng.pick(["&#{};", "&#x{:x};", "\\u{:04x}"])
    if pick == 1:
        return "".join(form.format(ord(ch)) for ch in text)
    return "".join(form.format(ord(ch)) if ch.isdigit() and rng.chance(0.3) else ch for ch in text)


def markup(rng, groups):
    """Emphasis, code, tags and comments between the groups; the edges stay digits."""
    first, *mid, last = groups
    pick = rng.below(6)
    if pick == 0:
        return "<!-- -->".join(groups) if rng.chance(0.5) else "-<!-- x -->".join(groups)
    if pick == 1:
        mark = rng.pick(["**", "*", "`", "~~"])
        return " ".join([first, *[f"{mark}{g}{mark}" for g in mid], last])
    if pick == 2:
        tag = rng.pick(["b", "i", "span", "em"])
        return " ".join([first, *[f"<{tag}>{g}</{tag}>" for g in mid], last])
    if pick == 3:
        return "\\-".join(groups)
    if pick == 4:
        return rng.pick(["<wbr>", "<b></b>", "<span></span>"]).join(groups)
    return rng.pick(["** **", "`-`", "</b> <b>", "</td><td>"]).join(groups)


def separators(rng, groups):
    return rng.pick(glyphs.SEPARATORS).join(groups)


def odd_groups(rng, groups):
    text, out = "".join(groups), []
    while text:
        size = rng.between(2, 5) if len(text) > 3 else len(text)
        out.append(text[:size])
        text = text[size:]
    return rng.pick([" ", "-", ".", " - "]).join(out) if out != list(groups) else rng.pick([" "]).join("".join(groups))


def single(rng, groups):
    return rng.pick([" ", " ", "-", ", ", ".", "\n", "_", " - "]).join("".join(groups))


def words(lang):
    def make(rng, groups):
        names = list(glyphs.WORDS[lang])
        if lang == "en" and rng.chance(0.3):
            names[0] = "oh"
        mixed = rng.chance(0.2)
        said = [" ".join(d if mixed and rng.chance(0.35) else names[int(d)] for d in g) for g in groups]
        text = rng.pick([" ", " ", ", ", " - ", "\n"]).join(said)
        if rng.chance(0.15):
            text = text.replace(" ", "-") if "\n" not in text and ", " not in text and " - " not in text else text
        return text.upper() if rng.chance(0.1) else text

    return make


def letters(rng, groups):
    """O for 0 and l or I for 1; needs such digits inside."""
    text = rng.pick(["-", " ", "-"]).join(groups)
    if "0" not in text and "1" not in text:
        return None
    zero, one = rng.pick("Oo"), rng.pick("lI")
    return text.replace("0", zero).replace("1", one)


def brackets(rng, groups):
    left, right = rng.pick(["()", "[]", "{}", "（）", "【】"])
    joint = right + rng.pick([" ", "", "-", " "]) + left
    return joint.join(groups)


def line_breaks(rng, groups):
    return rng.pick(["\n", "\n", " \n", "-\n", "\n\n"]).join(groups)


def combined(rng, groups):
    """Two ways at once, in the usual layout."""
    block = rng.pick(["fullwidth", "arabic", "persian", "devanagari", "math_bold", "math_mono"])
    text = glyphs.digits(rng.pick(glyphs.SPACES + glyphs.DASHES + [" ", "-"]).join(groups), glyphs.DIGIT_ZEROS[block])
    return glyphs.sprinkle(rng, text, rng.pick(glyphs.ZERO_WIDTH), 1, 3) if rng.chance(0.5) else text


def scripts(rng, groups):
    """Digits of other scripts, raised and lowered digits, and digits of several kinds mixed."""
    pick = rng.below(5)
    text = rng.pick(SEP).join(groups)
    if pick == 0:
        return text.translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    if pick == 1:
        return text.translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
    if pick == 2:
        return glyphs.digits(text, rng.pick([0x09E6, 0x0E50, 0x0BE6, 0x0C66, 0x0A66, 0x17E0, 0x1040]))
    blocks = list(glyphs.DIGIT_ZEROS.values())
    if pick == 3:
        return "".join(glyphs.digits(ch, rng.pick(blocks)) if rng.chance(0.5) else ch for ch in text)
    return rng.pick(SEP).join(glyphs.digits(g, rng.pick(blocks)) for g in groups)


FREE = {
    "fullwidth": fullwidth,
    "zero_width": zero_width,
    "arabic_digits": in_block("arabic"),
    "persian_digits": in_block("persian"),
    "devanagari_digits": in_block("devanagari"),
    "math_digits": mathematical,
    "keycap": keycap,
    "spaces": spaces,
    "dashes": dashes,
    "combined": combined,
    "other_scripts": scripts,
}
WORDED = {
    "entities": entities,
    "markup": markup,
    "separators": separators,
    "odd_groups": odd_groups,
    "single_digits": single,
    "words_en": words("en"),
    "words_es": words("es"),
    "words_de": words("de"),
    "words_fr": words("fr"),
    "letters_for_digits": letters,
    "brackets": brackets,
    "line_breaks": line_breaks,
}
