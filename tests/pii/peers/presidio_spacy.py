"""Microsoft Presidio with spaCy's small English model, whose word stems its context rules use."""

import os
import sys

import adapter
import presidio
import spacy
from presidio_analyzer.nlp_engine import SpacyNlpEngine

# A folder with the model, where it is not installed under its own name.
MODEL = os.environ.get("TACT_PEERS_SPACY", "en_core_web_sm")

if __name__ == "__main__":
    # Presidio would download a missing model on its own.
    if not (spacy.util.is_package(MODEL) or os.path.isdir(MODEL)):
        sys.exit(1)
    engine = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": MODEL}])
    engine.load()
    adapter.run("Presidio", ["presidio-analyzer", "spacy"], presidio.finder(engine))
