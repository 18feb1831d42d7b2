"""Payment card numbers by network: issuer ranges, lengths and layouts, with Luhn's check digit (ISO/IEC 7812-1)."""

# network: (prefix ranges, lengths that need no card word nearby, lengths that do)
NETWORKS = {
    "visa": ([("40", "49")], [16, 16, 16, 18, 19], [13]),
    "mastercard": ([("51", "55")], [16], []),
    "mastercard2": ([("2221", "2720")], [16], []),
    "amex": ([("34", "34"), ("37", "37")], [15], []),
    "discover": ([("6011", "6011"), ("644", "649"), ("65", "65")], [16, 16, 19], []),
    "diners": ([("300", "305"), ("36", "36"), ("38", "39")], [14, 14, 16, 19], []),
    "jcb": ([("3528", "3589")], [16, 16, 17, 18, 19], []),
    "unionpay": ([("6200", "6291"), ("8100", "8171")], [16, 16, 17, 18, 19], []),
    "maestro": (
        [
            ("5018", "5018"),
            ("5020", "5020"),
            ("5038", "5038"),
            ("6304", "6304"),
            ("6759", "6759"),
            ("6761", "6763"),
            ("5612", "5699"),
            ("5893", "5893"),
        ],
        [16, 18, 19],
        [12, 13, 14, 15],
    ),
    "mir": ([("2200", "2204")], [16, 16, 17, 18, 19], []),
    "rupay": ([("6521", "6522"), ("5085", "5088"), ("8172", "8199")], [16], []),
    "elo": (
        [
            ("401178", "401179"),
            ("438935", "438935"),
            ("451416", "451416"),
            ("504175", "504175"),
            ("506699", "506778"),
            ("636297", "636297"),
            ("650485", "650538"),
        ],
        [16],
        [],
    ),
    "hipercard": ([("606282", "606282")], [16], []),
    "troy": ([("9792", "9792")], [16], []),
}

# Published test numbers of payment companies (Stripe, PayPal, Adyen, Braintree documentation).
TEST_NUMBERS = [
    "4111111111111111",
    "4242424242424242",
    "4012888888881881",
    "4000056655665556",
    "5555555555554444",
    "5105105105105100",
    "2223003122003222",
    "5200828282828210",
    "378282246310005",
    "371449635398431",
    "378734493671000",
    "6011111111111117",
    "6011000990139424",
    "30569309025904",
    "38520000023237",
    "3056930009020004",
    "36227206271667",
    "3530111333300000",
    "3566002020360505",
    "6200000000000005",
    "4000000000000002",
    "4000000000009995",
    "4000002500003155",
    "5454545454545454",
    "4444333322221111",
]


def luhn_digit(body):
    """The digit that completes a number."""
    total = 0
    for i, ch in enumerate(reversed(body)):
        d = int(ch)
        if i % 2 == 0:
            d = d * 2 - 9 if d > 4 else d * 2
        total += d
    return str(-total % 10)


def luhn_ok(digits):
    return luhn_digit(digits[:-1]) == digits[-1]


def with_prefix(rng, prefix, length):
    body = prefix + rng.digits(length - len(prefix) - 1)
    return body + luhn_digit(body)


def number(rng, network, worded):
    """A valid number of a network; `worded` allows lengths that only count beside a card word."""
    ranges, plain, only_worded = NETWORKS[network]
    low, high = rng.pick(ranges)
    prefix = str(rng.between(int(low), int(high))).zfill(len(low))
    while True:
        # Without a card word, 17 and 18 digits could be any long number.
        n = with_prefix(
            rng, prefix, rng.pick(plain + only_worded if worded else [p for p in plain if p not in (17, 18)])
        )
        if n not in TEST_NUMBERS and not odd_looking(n):
            return n


def odd_looking(digits):
    """Numbers that look made up (five equal digits in a row) are not used as real ones."""
    return any(d * 5 in digits for d in "0123456789")


def groups(digits):
    """The groups as printed on the card."""
    n = len(digits)
    if n == 15:
        sizes = [4, 6, 5]
    elif n == 14:
        sizes = [4, 6, 4]
    else:
        sizes = [4] * (n // 4) + ([n % 4] if n % 4 else [])
    out, at = [], 0
    for size in sizes:
        out.append(digits[at : at + size])
        at += size
    return out


def layout(rng, digits, worded):
    """Contiguous, or grouped with one space or hyphen; without a card word only as a card is printed."""
    size = len(digits)
    if not worded and size in (14, 19):
        pick = rng.between(3, 9)
    else:
        pick = rng.below(10) if size in (14, 15, 16, 19) else rng.below(5)
    if pick < 3:
        return digits
    return (" " if pick < 7 else "-").join(groups(digits))
