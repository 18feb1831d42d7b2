"""DataFog with its Rust core."""

import os

os.environ["DATAFOG_NO_TELEMETRY"] = "1"

import adapter  # noqa: E402
import datafog_core  # noqa: E402, F401
from datafog.engine import scan  # noqa: E402

KINDS = {"EMAIL": "email", "CREDIT_CARD": "card", "SSN": "ssn", "PHONE": "phone", "IP_ADDRESS": "ip", "IBAN": "iban"}


def find(text):
    entities = scan(text, engine="regex", backend="rust").entities
    return [(entity.start, entity.end, KINDS[entity.type]) for entity in entities if entity.type in KINDS]


if __name__ == "__main__":
    adapter.run("DataFog", ["datafog", "datafog-core"], find)
