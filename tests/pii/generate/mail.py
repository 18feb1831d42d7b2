"""E-mail addresses: made-up people at made-up or well-known domains, with the rarer legal forms (RFC 5321, 5322, 6531).

Addresses at large providers carry four digits or a random tail, so that they name nobody.
"""

FIRST = [
    "anna",
    "jonas",
    "maria",
    "li",
    "omar",
    "priya",
    "kofi",
    "lena",
    "marek",
    "sofia",
    "tuan",
    "yuki",
    "diego",
    "elif",
    "ivan",
    "oksana",
    "bjorn",
    "fatima",
    "noah",
    "chloe",
    "pedro",
    "giulia",
    "sanne",
    "hyun",
    "amir",
    "greta",
    "tomas",
    "ingrid",
    "ravi",
    "nadia",
    "felix",
    "camille",
    "bruno",
    "zofia",
    "emre",
    "katya",
    "wei",
    "mai",
    "astrid",
    "leo",
]
LAST = [
    "kowalski",
    "berg",
    "okafor",
    "nair",
    "silva",
    "rossi",
    "vandijk",
    "petrov",
    "tanaka",
    "nguyen",
    "garcia",
    "moreau",
    "schmid",
    "yilmaz",
    "hassan",
    "lindqvist",
    "park",
    "zhang",
    "iyer",
    "costa",
    "weber",
    "dubois",
    "bianchi",
    "jansen",
    "nowak",
    "shevchenko",
    "sato",
    "tran",
    "lopez",
    "haddad",
    "oneill",
    "fischer",
    "ekstrom",
    "demir",
    "santos",
]
WORDS = [
    "kestrel",
    "brookside",
    "fenland",
    "quartz",
    "harbor",
    "lumen",
    "juniper",
    "northgate",
    "tidewater",
    "maple",
    "copper",
    "saffron",
    "willow",
    "granite",
    "orchard",
    "beacon",
    "cobalt",
    "meadow",
    "falcon",
    "ember",
    "cedar",
    "driftwood",
    "larkspur",
    "tamarind",
    "zephyr",
    "bluebell",
    "foxglove",
    "thistle",
    "riverbend",
    "stonewell",
]
TAILS = ["lab", "works", "studio", "clinic", "books", "garden", "cycling", "choir", "law", "bakery", "sound", "press"]
TLDS = [
    "com",
    "org",
    "net",
    "de",
    "fr",
    "es",
    "it",
    "nl",
    "pl",
    "com.br",
    "co.uk",
    "com.tr",
    "ru",
    "com.ua",
    "in",
    "co.jp",
    "co.kr",
    "vn",
    "se",
    "ch",
    "at",
    "be",
    "pt",
    "io",
    "dev",
    "app",
    "info",
    "eu",
    "me",
    "studio",
    "online",
    "xyz",
    "com.au",
    "ca",
    "ie",
    "cz",
    "fi",
    "no",
    "dk",
    "gr",
    "ro",
    "hu",
    "museum",
    "photography",
    "design",
    "academy",
]
PROVIDERS = [
    "gmail.com",
    "outlook.com",
    "yahoo.com",
    "hotmail.com",
    "icloud.com",
    "proton.me",
    "gmx.de",
    "web.de",
    "orange.fr",
    "free.fr",
    "libero.it",
    "uol.com.br",
    "wp.pl",
    "onet.pl",
    "mail.ru",
    "yandex.ru",
    "ukr.net",
    "qq.com",
    "163.com",
    "naver.com",
    "daum.net",
    "yahoo.co.jp",
    "rediffmail.com",
    "ziggo.nl",
    "posteo.de",
    "fastmail.com",
    "telia.com",
    "hotmail.fr",
    "live.nl",
    "t-online.de",
    "laposte.net",
    "tutanota.com",
]
IDN = [
    "münchner-chor.de",
    "bäckerei-kühn.de",
    "café-lumière.fr",
    "piñata-taller.es",
    "почта-клуба.рф",
    "школа-юність.укр",
    "例え工房.jp",
    "北方书店.cn",
    "xn--mnchen-chor-thb.de",
    "xn--80aqf2ac.xn--p1ai",
    "smörgås-studio.se",
    "gıda-evi.com.tr",
]
IRISH = ["o'brien", "sean.o'neill", "d'angelo", "m.o'hara", "l'hermite", "o'connor_"]
UTF8_LOCALS = ["jörg.müller", "пётр", "оксана.бойко", "小林", "renée", "łukasz", "françois.b", "王芳"]


def domain(rng):
    pick = rng.below(10)
    if pick < 4:
        return rng.pick(PROVIDERS)
    name = rng.pick(WORDS)
    if pick < 7:
        name += rng.pick(["-", ""]) + rng.pick(TAILS)
    if pick == 9:
        name = rng.pick(["mail", "post", "it", "students", "support"]) + "." + name
    return name + "." + rng.pick(TLDS)


def local(rng):
    f, l = rng.pick(FIRST), rng.pick(LAST)
    n = str(rng.between(1000, 9999))
    return rng.pick(
        [
            f"{f}.{l}{n}",
            f"{f}{l}{n}",
            f"{f[0]}.{l}.{n}",
            f"{f}_{l}_{n}",
            f"{l}{n}",
            f"{f}-{l}{n}",
            f"{f}{n}",
            f"{f[0]}{l}{n}",
            f"{l}.{f}.{n}",
            f"{f}.{l}.{rng.string('bcdfghkmnp', 3)}{n[:2]}",
        ]
    )


def plain(rng):
    return local(rng) + "@" + domain(rng)


def rare(rng):
    """Tags, capitals, quoted locals, apostrophes, IDN and UTF-8 locals."""
    base, host = local(rng), domain(rng)
    return rng.pick(
        [
            lambda: f"{base}+{rng.pick(['forum', 'shop', 'lists', 'tact'])}@{host}",
            lambda: f"{base.upper()}@{host.upper()}",
            lambda: f"{base.title()}@{host.title()}",
            lambda: f"{base}@{rng.pick(IDN)}",
            lambda: f"{rng.pick(UTF8_LOCALS)}{rng.between(10, 999)}@{rng.pick(IDN[:8])}",
            lambda: f"{rng.pick(IRISH)}{rng.between(100, 9999)}@{host}",
            lambda: f"{base}=archive@{host}",
            lambda: f"{base}@{rng.pick(['a', 'b2', 'x9'])}.{rng.pick(WORDS)}{rng.between(2, 99)}.{rng.pick(TLDS)}",
            lambda: f"\"{base.replace('.', ' ')}\"@{host}",
            lambda: f"{rng.between(10 ** 6, 10 ** 9)}@{rng.pick(['qq.com', '163.com', '126.com'])}",
        ]
    )()


def simple(rng):
    """Letters, digits and single dots only: the base for disguises."""
    f, l = rng.pick(FIRST), rng.pick(LAST)
    n = str(rng.between(10, 9999))
    host = (
        rng.pick(PROVIDERS)
        if rng.chance(0.5)
        else rng.pick(WORDS)
        + rng.pick(TAILS)
        + "."
        + rng.pick(["com", "org", "net", "de", "fr", "es", "it", "nl", "pl", "co.uk", "io", "se"])
    )
    return rng.pick([f"{f}.{l}{n}", f"{f}{l}{n}", f"{l}{n}", f"{f}{n}"]), host
