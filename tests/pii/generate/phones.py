"""Telephone numbers of many countries by their national numbering plans (ITU-T E.164 and the regulators' lists).

`x` is any digit, `n` a digit 2-9. Each country has international forms, which stand alone, and local forms, which
need a word for telephone beside them. North American exchanges avoid 555, which is kept for fiction.
"""

AREAS_US = [
    "201",
    "206",
    "212",
    "213",
    "214",
    "303",
    "305",
    "312",
    "313",
    "404",
    "415",
    "416",
    "503",
    "512",
    "514",
    "602",
    "604",
    "612",
    "615",
    "617",
    "619",
    "646",
    "702",
    "713",
    "718",
    "720",
    "786",
    "808",
    "917",
    "919",
]

# country: (international forms, local forms)
PLANS = {
    "us": (
        [
            "+1 {A} nxx xxxx",
            "+1-{A}-nxx-xxxx",
            "+1 ({A}) nxx-xxxx",
            "+1{A}nxxxxxx",
            "({A}) nxx-xxxx",
            "1-{A}-nxx-xxxx",
            "+1.{A}.nxx.xxxx",
        ],
        ["{A}-nxx-xxxx", "{A}.nxx.xxxx", "{A} nxx xxxx", "{A}nxxxxxx"],
    ),
    "gb": (
        ["+44 77xx xxxxxx", "+44 20 7nxx xxxx", "+4478xxxxxxxx", "+44 (0)20 8nxx xxxx", "+44 161 nxx xxxx"],
        ["077xx xxxxxx", "020 7nxx xxxx", "0785 xxx xxxx", "0161 nxx xxxx", "079xxxxxxxx"],
    ),
    "de": (
        ["+49 151 nxxxxxxx", "+49 30 nxxxxxx", "+49 (0)171 nxxxxxx", "+4917nxxxxxxxx", "+49 89 / nxxxxxx"],
        ["0151 nxxxxxxx", "030 nxxxxxx", "0171/nxxxxxx", "089-nxxxxxxx", "0176 nx xx xx xx"],
    ),
    "fr": (
        ["+33 6 7x xx xx xx", "+33 1 nx xx xx xx", "+3368xxxxxxx", "+33 (0)7 5x xx xx xx"],
        ["06 6x xx xx xx", "01.nx.xx.xx.xx", "07 8x xx xx xx", "062xxxxxxx", "04-7n-xx-xx-xx"],
    ),
    "es": (["+34 6nx xxx xxx", "+34 91 nxx xx xx", "+346nxxxxxxx"], ["6nx xxx xxx", "91 nxx xx xx", "6nx xx xx xx"]),
    "pt": (["+351 91x xxx xxx", "+351 21n xxx xxx"], ["91x xxx xxx", "21n xxx xxx"]),
    "br": (["+55 11 9nxxx-xxxx", "+55 (21) 9nxxx-xxxx", "+55119nxxxxxxx"], ["(11) 9nxxx-xxxx", "21 9nxxx-xxxx"]),
    "it": (["+39 3nx xxx xxxx", "+39 06 nxxx xxxx", "+393nxxxxxxxx"], ["3nx xxx xxxx", "02 nxxx xxxx", "3nx/xxxxxxx"]),
    "nl": (["+31 6 2xxxxxxx", "+31 20 nxx xxxx", "+3164xxxxxxx"], ["06-1xxxxxxx", "020-nxxxxxx", "06 5x xx xx xx"]),
    "be": (["+32 47n xx xx xx", "+32 2 5xx xx xx"], ["047n xx xx xx", "02 5xx xx xx"]),
    "ch": (["+41 79 nxx xx xx", "+41 44 nxx xx xx"], ["079 nxx xx xx", "044 nxx xx xx"]),
    "at": (["+43 664 nxxxxxx", "+43 1 nxxxxxx"], ["0664 nxxxxxx", "0664/nx xx xxx"]),
    "pl": (["+48 60n xxx xxx", "+48 22 nxx xx xx", "+4850nxxxxxx"], ["60n xxx xxx", "51n-xxx-xxx"]),
    "tr": (["+90 532 nxx xx xx", "+90 (212) nxx xx xx", "+90542nxxxxxx"], ["0532 nxx xx xx", "0(542) nxx xx xx"]),
    "ru": (["+7 916 nxx-xx-xx", "+7 (495) nxx-xx-xx", "+7903nxxxxxx"], ["8 916 nxx-xx-xx", "8 (903) nxx-xx-xx"]),
    "ua": (["+380 67 nxx xx xx", "+38 (050) nxx-xx-xx", "+38063nxxxxxx"], ["067 nxx xx xx", "(050) nxx-xx-xx"]),
    "se": (["+46 70 nxx xx xx", "+46 8 nxx xxx xx", "+4673nxxxxxx"], ["070-nxx xx xx", "08-nxx xxx xx"]),
    "in": (["+91 98nxx xxxxx", "+91-99nxxxxxxx", "+91 11 2nxx xxxx"], ["098nxx xxxxx", "98nxxxxxxx", "97nxx-xxxxx"]),
    "cn": (
        ["+86 138 nxxx xxxx", "+86 10 6nxx xxxx", "+86139nxxxxxxx"],
        ["138nxxxxxxx", "139-nxxx-xxxx", "010-6nxxxxxx"],
    ),
    "jp": (["+81 90-nxxx-xxxx", "+81 3-nxxx-xxxx", "+8180nxxxxxxx"], ["090-nxxx-xxxx", "03-nxxx-xxxx", "080nxxxxxxx"]),
    "kr": (["+82 10-4xxx-xxxx", "+82 2-nxx-xxxx", "+82103xxxxxxx"], ["010-2xxx-xxxx", "02-nxx-xxxx", "0108xxxxxxx"]),
    "vn": (["+84 90 nxx xxxx", "+84 912 nxx xxx"], ["090 nxx xxxx", "0912nxxxxx", "098.nxx.xxxx"]),
    "sa": (["+966 50 nxx xxxx", "+966 55nxxxxxx"], ["050 nxx xxxx", "055nxxxxxx"]),
    "eg": (["+20 10 nxxx xxxx", "+20 122 nxx xxxx"], ["010 nxxx xxxx", "0122nxxxxxx"]),
    "mx": (["+52 55 nxxx xxxx", "+52 33 nxxx xxxx"], ["55 nxxx xxxx", "33 nxxx xxxx"]),
    "ar": (["+54 9 11 5nxx-xxxx", "+54 11 4nxx-xxxx"], ["11 6nxx-xxxx", "011 4nxx-xxxx"]),
    "au": (["+61 4nx xxx xxx", "+61 2 9nxx xxxx"], ["04nx xxx xxx", "(02) 9nxx xxxx"]),
    "za": (["+27 82 nxx xxxx", "+27 11 nxx xxxx"], ["082 nxx xxxx", "011 nxx xxxx"]),
    "ng": (["+234 803 nxx xxxx"], ["0803 nxx xxxx"]),
}
BY_LANG = {
    "en": ["us", "us", "us", "gb", "au", "in", "za", "ng"],
    "de": ["de", "de", "at", "ch"],
    "fr": ["fr", "fr", "be"],
    "es": ["es", "mx", "ar"],
    "pt": ["br", "pt"],
    "it": ["it"],
    "nl": ["nl", "be"],
    "pl": ["pl"],
    "tr": ["tr"],
    "ru": ["ru"],
    "uk": ["ua"],
    "ar": ["sa", "eg"],
    "hi": ["in"],
    "zh": ["cn"],
    "ja": ["jp"],
    "ko": ["kr"],
    "vi": ["vn"],
    "sv": ["se"],
}


def fill(rng, shape):
    while True:
        out = shape.replace("{A}", rng.pick(AREAS_US))
        out = "".join(rng.digits(1) if ch == "x" else rng.string("23456789", 1) if ch == "n" else ch for ch in out)
        if "555" not in out and "0000" not in out and "11" not in out[-9:]:
            return out


def number(rng, lang, worded):
    """A number for a language; returns country and text."""
    country = rng.pick(BY_LANG[lang])
    abroad, local = PLANS[country]
    return country, fill(rng, rng.pick(local if worded and rng.chance(0.6) else abroad))
