"""United States social security numbers and individual taxpayer numbers by the issuing rules.

Area 001-665 and 667-899, group 01-99, serial 0001-9999 (Social Security Administration, Randomization FAQs; POMS
RM 10201.035). ITIN: 9xx with the fourth and fifth digit in 50-65, 70-88, 90-92, 94-99.
"""

# Numbers that were printed in wallets, pamphlets and advertisements, or belong to known samples.
PUBLISHED = [
    "078-05-1120",
    "219-09-9999",
    "123-45-6789",
    "457-55-5462",
    "111-11-1111",
    "222-22-2222",
    "333-33-3333",
    "444-44-4444",
    "555-55-5555",
    "777-77-7777",
    "888-88-8888",
    "999-99-9999",
    "000-00-0000",
] + [f"987-65-{n}" for n in range(4320, 4330)]


def parts(rng, itin=False):
    """Three groups of an issued-looking number that is no published sample."""
    while True:
        if itin:
            groups = list(range(50, 66)) + list(range(70, 89)) + [90, 91, 92, 94, 95, 96, 97, 98, 99]
            area, group = rng.between(900, 999), rng.pick(groups)
        else:
            area, group = rng.between(1, 899), rng.between(1, 99)
        serial = rng.between(1, 9999)
        out = (f"{area:03d}", f"{group:02d}", f"{serial:04d}")
        text = "-".join(out)
        if area == 666 or text in PUBLISHED or area in (123, 987) or len(set("".join(out))) < 4:
            continue
        return out


def layout(rng, groups, worded):
    """With hyphens; beside a word for it also with spaces, dots or bare."""
    if not worded:
        return "-".join(groups)
    return rng.pick(["-", "-", "-", "-", " ", " ", "", ""]).join(groups)
