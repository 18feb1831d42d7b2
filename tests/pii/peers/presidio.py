"""Microsoft Presidio with its pattern recognizers and context words, without a language model."""

import logging

import adapter
import spacy
from presidio_analyzer import AnalyzerEngine, RecognizerRegistry
from presidio_analyzer.nlp_engine import SpacyNlpEngine

KINDS = {
    "EMAIL_ADDRESS": "email",
    "CREDIT_CARD": "card",
    "US_SSN": "ssn",
    "US_ITIN": "ssn",
    "PHONE_NUMBER": "phone",
    "IBAN_CODE": "iban",
    "IP_ADDRESS": "ip",
}
# The threshold of Presidio's own demonstration; without one it reports every nine digits as a weak SSN.
THRESHOLD = 0.35


class Tokens(SpacyNlpEngine):
    """Words alone, which the context rules need."""

    def load(self):
        self.nlp = {"en": spacy.blank("en")}


def finder(engine):
    logging.disable(logging.WARNING)
    registry = RecognizerRegistry()
    registry.load_predefined_recognizers(languages=["en"], nlp_engine=engine)
    analyzer = AnalyzerEngine(registry=registry, nlp_engine=engine, supported_languages=["en"])

    def find(text):
        results = analyzer.analyze(text, "en", entities=list(KINDS), score_threshold=THRESHOLD)
        return [(result.start, result.end, KINDS[result.entity_type]) for result in results]

    return find


if __name__ == "__main__":
    words = Tokens()
    words.load()
    adapter.run("Presidio", ["presidio-analyzer"], finder(words))
