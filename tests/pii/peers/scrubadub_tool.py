"""scrubadub with the detectors that it loads by itself, for the United States."""

import adapter
import scrubadub

KINDS = {"email": "email", "credit_card": "card", "social_security_number": "ssn", "phone": "phone"}
SCRUBBER = scrubadub.Scrubber(locale="en_US")


def find(text):
    out = []
    for filth in SCRUBBER.iter_filth(text):
        # Detectors that overlap are merged into one find, which then counts for each of them.
        for part in getattr(filth, "filths", [filth]):
            if part.type in KINDS:
                out.append((part.beg, part.end, KINDS[part.type]))
            elif part.type == "credential":
                match = part.match
                out.append((match.start("password"), match.end("password"), "password"))
    return out


if __name__ == "__main__":
    adapter.run("scrubadub", ["scrubadub"], find)
