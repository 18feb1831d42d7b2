"""Values that look private and are not: what templates of look-alikes call by name, `{#name}` or `{#name:argument}`."""

import base64
import re

import addresses
import cards
import iban
import keys
import mail
import ssn
from base import for_part

HEX = "0123456789abcdef"
DOCS = [
    "example.com",
    "example.org",
    "example.net",
    "mail.example.com",
    "lists.example.org",
    "shop.example.net",
    "forum.test",
    "nowhere.invalid",
    "host.localhost",
    "corp.invalid",
    "acme.test",
]
PLACE_LOCALS = [
    "user",
    "alice",
    "bob",
    "jane.doe",
    "john.smith",
    "you",
    "name",
    "someone",
    "admin",
    "test",
    "foo",
    "first.last",
]


def luhn(rng, arg):
    """`length` or `length,prefix`."""
    size, _, prefix = arg.partition(",")
    return cards.with_prefix(rng, prefix, int(size))


def pan(rng, _arg):
    """Sixteen digits with a card's beginning; half of them with a right check digit."""
    n = cards.number(
        rng, rng.pick(["visa", "mastercard", "discover", "mastercard2", "jcb", "maestro", "unionpay"]), False
    )
    n = n if len(n) == 16 else cards.with_prefix(rng, n[:6], 16)
    return n if rng.chance(0.5) else n[:-1] + rng.digits(1)


def ean13(rng, prefix):
    body = prefix or rng.pick(
        ["400", "401", "403", "405", "426", "440", "45", "49", "471", "475", "481", "484", "50", "54"]
    )
    body += rng.digits(12 - len(body))
    total = sum(int(d) * (3 if i % 2 else 1) for i, d in enumerate(body))
    return body + str(-total % 10)


def isbn13(rng, _arg):
    n = ean13(rng, rng.pick(["978", "978", "979"]))
    cut = rng.pick([(1, 3, 5), (1, 5, 3), (1, 2, 6), (2, 4, 3)])
    a, b, c = cut
    return "-".join([n[:3], n[3 : 3 + a], n[3 + a : 3 + a + b], n[3 + a + b : 12], n[12]]) if rng.chance(0.7) else n


def isbn10(rng, _arg):
    body = rng.digits(9)
    check = sum(int(d) * (i + 1) for i, d in enumerate(body)) % 11
    check = "X" if check == 10 else str(check)
    return rng.pick(
        [body + check, f"{body[0]}-{body[1:4]}-{body[4:9]}-{check}", f"{body[0]}-{body[1:6]}-{body[6:9]}-{check}"]
    )


def imei(rng, _arg):
    n = cards.with_prefix(rng, rng.pick(["35", "35", "86", "01", "99", "91", "44", "49", "52", "33"]), 15)
    return rng.pick([n, n, f"{n[:2]}-{n[2:8]}-{n[8:14]}-{n[14]}", f"{n[:6]} {n[6:8]} {n[8:14]} {n[14]}"])


def snowflake(rng, _arg):
    """Seventeen to nineteen digits; half of them with a card's beginning and check digit."""
    if rng.chance(0.5):
        return cards.with_prefix(rng, rng.pick(["4", "51", "6011", "62", "35", "2221", "65"]), rng.pick([18, 19, 19]))
    return str(rng.between(10**17, 19 * 10**17))


def milliseconds(rng, _arg):
    while True:
        n = str(rng.between(1262304000000, 1767225600000))
        if rng.chance(0.3) or cards.luhn_ok(n):
            return n


def uuid(rng, _arg):
    if rng.chance(0.4):
        return f"{rng.digits(8)}-{rng.digits(4)}-4{rng.digits(3)}-8{rng.digits(3)}-{rng.digits(12)}"
    h = rng.string(HEX, 32)
    return f"{h[:8]}-{h[8:12]}-4{h[13:16]}-{rng.pick('89ab')}{h[17:20]}-{h[20:]}"


def decimal(rng, _arg):
    n = cards.number(rng, rng.pick(["visa", "mastercard", "discover"]), False)[:16]
    return rng.pick(["0.", "1.", "12.", "-0.", "3."]) + n


def bad_ssn(rng, _arg):
    """Areas that were never issued, outside the taxpayer ranges as well."""
    area = rng.pick(["000", "666", str(rng.between(900, 999)), str(rng.between(900, 999))])
    group = rng.between(1, 49) if area[0] == "9" else rng.between(1, 99)
    return f"{area}-{group:02d}-{rng.between(1, 9999):04d}"


def zero_ssn(rng, _arg):
    a, b, c = ssn.parts(rng)
    return rng.pick([f"{a}-00-{c}", f"{a}-{b}-0000"])


def nine(rng, _arg):
    return "".join(ssn.parts(rng))


def masked(rng, _arg):
    n = cards.number(rng, rng.pick(["visa", "mastercard"]), False)[:16]
    x = rng.pick("Xx*•#")
    return rng.pick(
        [
            f"{x * 4} {x * 4} {x * 4} {n[12:]}",
            f"{n[:4]} {n[4:6]}{x * 2} {x * 4} {n[12:]}",
            f"{n[:6]}{x * 6}{n[12:]}",
            f"{x * 12}{n[12:]}",
            f"{n[:4]}-{x * 4}-{x * 4}-{n[12:]}",
            f"{x * 4}-{x * 4}-{x * 4}-{n[12:]}",
        ]
    )


def test_pan(rng, _arg, part="open"):
    n = rng.pick(for_part(cards.TEST_NUMBERS, part))
    return rng.pick([n, " ".join(cards.groups(n)), "-".join(cards.groups(n))])


def known_ssn(rng, _arg, part="open"):
    return rng.pick(for_part(ssn.PUBLISHED, part))


def doc_mail(rng, _arg, part="open"):
    return rng.pick(PLACE_LOCALS) + rng.pick(["", "", str(rng.between(1, 99))]) + "@" + rng.pick(for_part(DOCS, part))


def bad_iban(rng, _arg):
    """A country's length with check digits that do not hold."""
    n = iban.make(rng, rng.pick(["DE", "FR", "NL", "GB", "ES", "IT"]))
    wrong = f"{(int(n[2:4]) + rng.between(1, 80)) % 97 + 2:02d}"
    out = n[:2] + wrong + n[4:]
    return out if not iban.valid(out) else out[:-1] + str((int(out[-1]) + 1) % 10)


def date(rng, _arg):
    y, m, d = rng.between(1994, 2026), rng.between(1, 12), rng.between(1, 28)
    return rng.pick(
        [
            f"{y}-{m:02d}-{d:02d}",
            f"{d:02d}.{m:02d}.{y}",
            f"{m:02d}/{d:02d}/{y}",
            f"{y}{m:02d}{d:02d}",
            f"{d:02d}-{m:02d}-{y}",
        ]
    )


def clock(rng, _arg):
    return f"{rng.below(24):02d}:{rng.below(60):02d}:{rng.below(60):02d}"


def semver(rng, _arg):
    a, b, c = rng.below(30), rng.below(40), rng.below(60)
    return rng.pick(
        [
            f"{a}.{b}.{c}",
            f"{a}.{b}.{c}.{rng.below(200)}",
            f"{a}.{b}.{c}-rc.{rng.between(1, 9)}",
            f"{a}.{b}.{c}.{rng.digits(4)}",
        ]
    )


def release(rng, _arg):
    return f"{rng.below(30)}.{rng.below(40)}.{rng.below(60)}" + rng.pick(["", "", "", f"-beta.{rng.between(1, 9)}"])


def numbered(rng, arg):
    """`low,high`"""
    low, high = arg.split(",")
    return str(rng.between(int(low), int(high)))


VALUES = {
    "luhn": luhn,
    "pan": pan,
    "ean13": ean13,
    "isbn13": isbn13,
    "isbn10": isbn10,
    "imei": imei,
    "snowflake": snowflake,
    "ms": milliseconds,
    "uuid": uuid,
    "decimal": decimal,
    "bad_ssn": bad_ssn,
    "zero_ssn": zero_ssn,
    "nine": nine,
    "masked": masked,
    "test_pan": test_pan,
    "known_ssn": known_ssn,
    "doc_mail": doc_mail,
    "bad_iban": bad_iban,
    "date": date,
    "clock": clock,
    "semver": semver,
    "release": release,
    "n": numbered,
    "d": lambda r, a: r.string("123456789", 1) + r.digits(int(a) - 1),
    "hex": lambda r, a: r.string(HEX, int(a)),
    "HEX": lambda r, a: r.string(HEX.upper(), int(a)),
    "alnum": lambda r, a: r.string(keys.ALNUM, int(a)),
    "up": lambda r, a: r.string(keys.UP, int(a)),
    "b64": lambda r, a: base64.b64encode(keys.random_bytes(r, int(a))).decode(),
    "imeisv": lambda r, a: r.pick(["3528", "3545", "3589", "8601", "3556"]) + r.digits(12),
    "iccid": lambda r, a: cards.with_prefix(r, "89" + r.pick(["01", "49", "33", "44", "34", "81"]), r.pick([19, 20])),
    "shape_ssn": lambda r, a: "-".join(ssn.parts(r)),
    "mac": lambda r, a: r.pick(":-").join(r.string(HEX, 2) for _ in range(6)),
    "v4": lambda r, a: addresses.reserved_v4(r),
    "lan": lambda r, a: r.pick(
        [
            f"192.168.{r.below(256)}.{r.between(1, 254)}",
            f"10.{r.below(256)}.{r.below(256)}.{r.between(1, 254)}",
            f"172.{r.between(16, 31)}.{r.below(256)}.{r.between(1, 254)}",
        ]
    ),
    "v6": lambda r, a: addresses.reserved_v6(r),
    "name": lambda r, a: r.pick(mail.FIRST),
    "last": lambda r, a: r.pick(mail.LAST),
    "word": lambda r, a: r.pick(mail.WORDS),
    "tail": lambda r, a: r.pick(mail.TAILS),
    "tld": lambda r, a: r.pick(["com", "org", "net", "de", "io", "fr", "se"]),
    "year": lambda r, a: str(r.between(1995, 2026)),
    "coord": lambda r, a: f"{r.pick(['', '-'])}{r.below(89)}.{r.digits(r.pick([5, 6, 7]))}",
    "oid": lambda r, a: ".".join(
        ["1", "3", "6", "1", "4", "1"] + [str(r.between(1, 60000)) for _ in range(r.between(2, 4))]
    ),
    "ndc": lambda r, a: r.pick(
        [
            f"{r.digits(5)}-{r.digits(4)}-{r.digits(2)}",
            f"{r.digits(4)}-{r.digits(4)}-{r.digits(2)}",
            f"{r.digits(5)}-{r.digits(3)}-{r.digits(2)}",
        ]
    ),
    "nsn": lambda r, a: f"{r.digits(4)}-{r.digits(2)}-{r.digits(3)}-{r.digits(4)}",
    "cas": lambda r, a: f"{r.between(50, 9999999)}-{r.digits(2)}-{r.digits(1)}",
    "zip4": lambda r, a: f"{r.between(10001, 99950)}-{r.digits(4)}",
    "ups": lambda r, a: "1Z" + r.string(keys.UP + keys.NUM, 6) + r.digits(10),
    "usps": lambda r, a: r.pick(["9400", "9205", "9361", "4200", "9405"]) + r.digits(18),
}


def expand(rng, template, part):
    """A template with its values; line breaks written as `\\n`."""

    def one(match):
        name, _, arg = match.group(1).partition(":")
        make = VALUES[name]
        return make(rng, arg, part) if name in ("test_pan", "known_ssn", "doc_mail") else make(rng, arg)

    return re.sub(r"\{#([a-zA-Z0-9_]+(?::[^}]*)?)\}", one, template.replace("\\n", "\n").replace("\\t", "\t"))
