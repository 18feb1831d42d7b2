"""Positives as people write them: every kind, in sentences of every language and in structured texts."""

import addresses
import cards
import iban
import keys
import mail
import passwords
import phones
import ssn
from base import Rng, Text, Value, part_of
from frames import HERE, Frame, fill, fits, frames, surround
from look_values import expand


def deal(rng, pool, n):
    """n frames, every language in turn, each language's frames in shuffled rounds."""
    by_lang = {}
    for f in pool:
        by_lang.setdefault(f.lang, []).append(f)
    langs, decks, out = list(by_lang), {}, []
    while len(out) < n:
        lang = langs[len(out) % len(langs)]
        if not decks.get(lang):
            decks[lang] = rng.shuffled(by_lang[lang])
        out.append(decks[lang].pop())
    return out


def series(cases, family, kind, n, make, pool=None, cls="plain"):
    """Adds n cases of a family; `make(rng, frame)` gives the value, or nothing when the frame does not suit."""
    pool = pool or frames(kind)
    rng = Rng(f"{family}/{pool[0].lang}/{len(pool)}")
    added = 0
    for frame in deal(rng, pool, n * 6):
        if added == n:
            return
        text = None
        for _ in range(8):
            value = make(rng, frame)
            text = fill(frame, rng, value) if value else None
            if text and fits(text):
                break
            text = None
        if text is None:
            continue
        text = surround(rng, text, frame.lang, frame.part)
        added += cases.add(frame.part, cls, frame.lang, family, *text.finish())


def card_value(network):
    def make(rng, frame):
        n = cards.number(rng, network, frame.worded)
        return Value(cards.layout(rng, n, frame.worded), "card")

    return make


def phone_value(rng, frame):
    return Value(phones.number(rng, frame.lang, frame.worded)[1], "phone")


def blocks(name):
    """Language and text of every block of a file; a block without `@lang` is English."""
    for block in (HERE / "frames" / name).read_text(encoding="utf-8").rstrip("\n").split("\n---\n"):
        head, _, rest = block.partition("\n")
        yield (head[1:], rest) if len(head) == 3 and head[0] == "@" else ("en", block)


def block_makers(rng, lang):
    phone = (
        (lambda: phones.number(rng, lang, True)[1])
        if lang != "en"
        else (lambda: phones.fill(rng, rng.pick(phones.PLANS[rng.pick(list(phones.PLANS))][0])))
    )
    return {
        "email": lambda: mail.plain(rng),
        "card": lambda: card_text(rng),
        "ssn": lambda: "-".join(ssn.parts(rng)),
        "phone": phone,
        "iban": lambda: iban.layout(rng, iban.make(rng, rng.pick(sorted(iban.STRUCTURE)))),
        "ip": lambda: addresses.public_v4(rng),
        "password": lambda: rng.string(passwords.ALL, rng.between(8, 14)) + rng.digits(1),
    }


def structured(cases, family, name, times):
    """Headers, tables, CSV, JSON, logs, long posts and the like, each with all its values labelled."""
    rng = Rng(family)
    for lang, block in blocks(name):
        part = part_of(block)
        for _ in range(times):
            segs = [expand(rng, block, part)]
            for kind, maker in block_makers(rng, lang).items():
                nxt = []
                for seg in segs:
                    pieces = seg.split("{" + kind + "}") if isinstance(seg, str) else [seg]
                    for j, piece in enumerate(pieces):
                        nxt += [Value(maker(), kind)] if j else []
                        nxt.append(piece)
                segs = nxt
            text = Text(segs)
            if fits(text):
                cases.add(part, "plain", lang, family, *text.finish())


def card_text(rng):
    network = rng.pick(["visa", "mastercard", "amex", "discover", "mastercard2", "jcb"])
    return cards.layout(rng, cards.number(rng, network, False), False)


def pem_cases(cases, n):
    rng = Rng("plain.secret.pem")
    leads = {
        "en": [
            "this is the key I use:",
            "server won't take it:",
            "cat id_rsa",
            "does this key look right?",
            "the config then has",
            "pasting it here so you can check",
            "deploy key for the bot:",
            "```",
        ],
        "de": ["das ist mein Schlüssel:", "der Server nimmt ihn nicht:"],
        "fr": ["voilà ma clé :", "le serveur la refuse :"],
        "es": ["esta es mi clave:", "el servidor no la acepta:"],
        "ru": ["вот мой ключ:", "сервер его не берёт:"],
        "zh": ["这是我的密钥：", "服务器不认："],
        "ja": ["これが鍵です：", "サーバーが受け付けません："],
        "pt": ["essa é minha chave:", "o servidor não aceita:"],
        "pl": ["oto mój klucz:", "serwer go nie bierze:"],
    }
    langs = sorted(leads)
    for i in range(n):
        lang = langs[i % len(langs)]
        lead = rng.pick(leads[lang])
        end = "\n```" if lead == "```" else ""
        text = Text([lead + "\n", Value(keys.pem(rng), "secret"), end])
        cases.add(part_of("pem" + lead), "plain", lang, "plain.secret.pem", *text.finish())


def url_cases(cases, n):
    pool = [Frame(f.lang, "secret", f.text) for f in frames("secret") if "=" not in f.text and "Bearer" not in f.text]

    def make(rng, _frame):
        before, password, after = keys.url_credentials(rng)
        return Value(password, "secret", before, after)

    series(cases, "plain.secret.url", "secret", n, make, pool)


def build(cases):
    series(cases, "plain.email.common", "email", 460, lambda r, f: Value(mail.plain(r), "email"))
    series(cases, "plain.email.rare", "email", 220, lambda r, f: Value(mail.rare(r), "email"))
    for network in cards.NETWORKS:
        series(
            cases, f"plain.card.{network}", "card", 84 if network in ("visa", "mastercard") else 52, card_value(network)
        )
    series(cases, "plain.ssn.ssn", "ssn", 440, lambda r, f: Value(ssn.layout(r, ssn.parts(r), f.worded), "ssn"))
    series(cases, "plain.ssn.itin", "itin", 60, lambda r, f: Value(ssn.layout(r, ssn.parts(r, True), True), "ssn"))
    itin = [f for f in frames("ssn", worded=True) if f.lang != "en"]
    series(cases, "plain.ssn.itin", "ssn", 80, lambda r, f: Value("-".join(ssn.parts(r, True)), "ssn"), itin)
    series(cases, "plain.phone", "phone", 460, phone_value)
    countries = sorted(iban.STRUCTURE)
    series(
        cases, "plain.iban", "iban", 390, lambda r, f: Value(iban.layout(r, iban.make(r, r.pick(countries))), "iban")
    )
    series(cases, "plain.password", "password", 440, lambda r, f: Value(passwords.make(r), "password"))
    for issuer, maker in keys.FORMATS.items():
        series(cases, f"plain.secret.{issuer}", "secret", 26, lambda r, f, m=maker: Value(m(r), "secret"))
    pem_cases(cases, 60)
    url_cases(cases, 60)
    series(cases, "plain.ip.v4", "ip", 160, lambda r, f: Value(addresses.public_v4(r), "ip"))
    series(cases, "plain.ip.v6", "ip", 70, lambda r, f: Value(addresses.public_v6(r), "ip"))
    structured(cases, "plain.structured", "structures.txt", 4)
    structured(cases, "plain.posts", "posts.txt", 5)
