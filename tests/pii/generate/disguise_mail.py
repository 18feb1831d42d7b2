"""Ways to hide an e-mail address. Each takes the random source, the local part and the domain and gives the text."""

import glyphs

# at-word(s) and dot-word(s) as people write them in each language
AT_DOT = {
    "en": (["at", "AT", "at sign"], ["dot", "DOT", "dot"]),
    "de": (["at", "ät", "Klammeraffe"], ["punkt", "Punkt", "dot"]),
    "fr": (["arobase", "arobase", "at"], ["point", "point"]),
    "es": (["arroba", "ARROBA"], ["punto", "punto"]),
    "pt": (["arroba"], ["ponto"]),
    "it": (["chiocciola", "at"], ["punto"]),
    "nl": (["apenstaartje", "at"], ["punt"]),
    "pl": (["małpa", "małpka"], ["kropka"]),
    "tr": (["et", "kuyruklu a"], ["nokta"]),
    "ru": (["собака", "собачка"], ["точка"]),
    "uk": (["равлик", "собака"], ["крапка"]),
    "sv": (["snabel-a", "at"], ["punkt"]),
    "vi": (["a còng"], ["chấm"]),
    "zh": (["艾特", "at"], ["点"]),
    "ja": (["アットマーク", "アット"], ["ドット"]),
    "ko": (["골뱅이"], ["닷", "점"]),
    "ar": (["آت"], ["نقطة", "دوت"]),
    "hi": (["एट"], ["डॉट"]),
}


def at_words(lang):
    def make(rng, local, domain):
        at, dot = rng.pick(AT_DOT[lang][0]), rng.pick(AT_DOT[lang][1])
        if at.isupper() and lang == "en":
            dot = "DOT"
        local = local.replace(".", f" {dot} ") if rng.chance(0.4) else local
        return f"{local} {at} {domain.replace('.', f' {dot} ')}"

    return make


def bracketed(rng, local, domain):
    left, right = rng.pick(["[]", "[]", "()", "()", "{}", "<>", "«»", "--", "__", "**"])
    at = (
        rng.pick(["at", "at", "AT", "At", "ät", "@", "arroba", "chiocciola"])
        if left not in "-_*"
        else rng.pick(["at", "AT"])
    )
    dot = "." if rng.chance(0.3) else rng.pick(["dot", "DOT", "dot", "."] if at.isascii() else ["punkt", "dot"])
    gap = rng.pick(["", " ", ""])
    at = f"{gap}{left}{at}{right}{gap}"
    dot = "." if dot == "." and rng.chance(0.5) else f"{gap}{left}{dot}{right}{gap}"
    return local + at + domain.replace(".", dot)


def at_sign_words(rng, local, domain):
    dot = rng.pick([".", " dot ", " (dot) "])
    return (
        local
        + rng.pick([" (at sign) ", " at-sign ", " [at sign] ", "(at-sign)", " <at sign> "])
        + domain.replace(".", dot)
    )


def spaced(rng, local, domain):
    at = rng.pick([" @ ", " @ ", "  @  ", " (@) ", "(@)", "[@]", " @", "@ "])
    dot = rng.pick([".", ".", " . ", " (.) ", "(.)", "[.]"]) if at not in (" @", "@ ") else "."
    return local + at + domain.replace(".", dot)


def fullwidth(rng, local, domain):
    pick = rng.below(5)
    if pick == 0:
        return local + "＠" + domain
    if pick == 1:
        return local + "＠" + domain.replace(".", rng.pick(["．", "。", "｡"]))
    if pick == 2:
        return local + "@" + domain.replace(".", rng.pick(["．", "。"]))
    if pick == 3:
        return local + "﹫" + domain
    return (glyphs.letters(local, "fullwidth") + "＠" + glyphs.letters(domain, "fullwidth")).replace(".", "．")


def zero_width(rng, local, domain):
    what = rng.pick(glyphs.ZERO_WIDTH) if rng.chance(0.6) else glyphs.ZERO_WIDTH
    if rng.chance(0.3):
        mark = rng.pick(glyphs.ZERO_WIDTH)
        return local + mark + "@" + mark + domain
    return glyphs.sprinkle(rng, local + "@" + domain, what)


def entities(rng, local, domain):
    at = rng.pick(["&#64;", "&commat;", "&#x40;", "&#064;", "&#X40;"])
    dot = rng.pick([".", "&#46;", "&period;", "&#x2e;"])
    if rng.chance(0.25):
        return "".join(f"&#{ord(ch)};" for ch in local + "@" + domain)
    return local + at + domain.replace(".", dot)


def escapes(rng, local, domain):
    at = rng.pick(["%40", "%40", "\\u0040", "\\x40", "\\u{40}"])
    dot = rng.pick([".", ".", "%2E"]) if at == "%40" else rng.pick([".", "\\u002e"]) if at == "\\u0040" else "."
    return local + at + domain.replace(".", dot)


def markup(rng, local, domain):
    head, tail = domain.split(".", 1)
    return rng.pick(
        [
            lambda: f"{local}<b></b>@{domain}",
            lambda: f"{local}<span>@</span>{domain}",
            lambda: f"{local}@<!-- no spam -->{domain}",
            lambda: f"{local}<i>@</i>{head}<i>.</i>{tail}",
            lambda: f"{local}**@**{domain}",
            lambda: f"{local}`@`{domain}",
            lambda: f"{local}\\@{domain}",
            lambda: f"{local}@{head}\\.{tail}",
            lambda: f"{local}*@*{head}*.*{tail}",
            lambda: f"{local}<!-- -->@<!-- -->{head}<!-- -->.{tail}",
            lambda: f"{local}@{head}<wbr>.{tail}",
            lambda: f"{local}~~@~~{domain}",
            lambda: f'{local}<span class="x"></span>@{domain}',
        ]
    )()


def line_breaks(rng, local, domain):
    head, tail = domain.split(".", 1)
    return rng.pick([f"{local}\n@{domain}", f"{local}@\n{domain}", f"{local}\n@\n{domain}", f"{local}@{head}\n.{tail}"])


def homoglyphs(rng, local, domain):
    """One to four letters of the local part or the domain's first label from Cyrillic or Greek."""
    head, tail = domain.split(".", 1)
    chars = list(local + "@" + head)
    places = [i for i, ch in enumerate(chars) if ch in glyphs.HOMOGLYPHS]
    if not places:
        return None
    for i in rng.shuffled(places)[: rng.between(1, 4)]:
        chars[i] = rng.pick(glyphs.HOMOGLYPHS[chars[i]])
    return "".join(chars) + "." + tail


def styled(rng, local, domain):
    style = rng.pick(["math_bold", "math_sans", "math_mono", "math_bold_italic", "circled", "math_sans_bold"])
    if rng.chance(0.3):
        return glyphs.letters(local, style) + "@" + domain
    return glyphs.letters(local, style) + "@" + glyphs.letters(domain, style)


def nospam(rng, local, domain):
    mark = rng.pick(["NOSPAM", "REMOVETHIS", "nospam", "REMOVE", "no-spam", "DELETE", "ANTISPAM"])
    return rng.pick(
        [
            f"{local}{mark}@{domain}",
            f"{local}-{mark}@{domain}",
            f"{local}@{mark}.{domain}",
            f"{local}.{mark}@{domain}",
            f"{local}[{mark}]@{domain}",
            f"{local}@{mark}-{domain}",
            f"{local}_{mark}_@{domain}",
        ]
    )


def exotic_spaces(rng, local, domain):
    space = rng.pick(glyphs.SPACES)
    return local + space + "@" + space + domain


def letter_spaced(rng, local, domain):
    return " ".join(local + "@" + domain)


def combined(rng, local, domain):
    """Two ways at once."""
    head, tail = domain.split(".", 1)
    return rng.pick(
        [
            lambda: bracketed(rng, glyphs.letters(local, "math_sans"), domain),
            lambda: glyphs.sprinkle(rng, local, glyphs.ZERO_WIDTH, 1, 2)
            + rng.pick(["[at]", "(at)", " (at) "])
            + domain,
            lambda: f"{local} ＠ {head} 。 {tail}",
            lambda: f"{local}&#64;{head} [dot] {tail}",
            lambda: f"{local} [at]\n{head} [dot] {tail}",
            lambda: f"**{local}** (at) **{head}** (dot) **{tail}"[2:],
            lambda: glyphs.letters(local, "fullwidth").replace(".", "．") + f"＠{domain}",
            lambda: f"{local}NOSPAM [at] {domain}",
            lambda: f"{local}\u200b@\u200b{head}&#46;{tail}",
            lambda: f"{local}<b>&#64;</b>{domain}",
        ]
    )()


FREE = {
    "bracketed": bracketed,
    "at_sign_words": at_sign_words,
    "fullwidth": fullwidth,
    "zero_width": zero_width,
    "entities": entities,
    "escapes": escapes,
    "markup": markup,
    "homoglyphs": homoglyphs,
    "styled_letters": styled,
    "nospam": nospam,
    "combined": combined,
}
WORDED = {"spaced": spaced, "line_breaks": line_breaks, "exotic_spaces": exotic_spaces, "letter_spaced": letter_spaced}
