"""What all adapters share: lines {"id","text"} in, lines {"id","spans"} out, and a last line about the tool.

`cargo xtask pii-report --peers` calls an adapter with `--check` first: it succeeds when its tool is installed.
"""

import importlib.metadata
import json
import sys
import time


def spans(text, found):
    """Pieces (start, end, kind) in characters, as spans in bytes."""
    out = []
    for start, end, kind in found:
        at = len(text[:start].encode())
        out.append({"start": at, "end": at + len(text[start:end].encode()), "kind": kind})
    return out


def run(tool, packages, find):
    """`find` gives the pieces of a text; kinds that it does not know are left out by the adapter."""
    version = ", ".join(importlib.metadata.version(package) for package in packages)
    if "--check" in sys.argv:
        return
    cpu = 0.0
    for line in sys.stdin:
        row = json.loads(line)
        begin = time.process_time()
        try:
            answer = {"id": row["id"], "spans": spans(row["text"], find(row["text"]))}
        except Exception:  # noqa: BLE001: a tool that breaks down on a text is part of the comparison
            answer = {"id": row["id"], "failed": True}
        cpu += time.process_time() - begin
        print(json.dumps(answer))
    print(json.dumps({"tool": tool, "version": version, "cpu": cpu}))
