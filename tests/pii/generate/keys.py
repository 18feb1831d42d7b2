"""Secrets in the issuers' published formats. Every value is random and assembled from pieces, so none is a real key and
no piece of this source looks like one."""

import base64
import json

UP, LOW, NUM = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789"
ALNUM = UP + LOW + NUM
URLSAFE = ALNUM + "-_"
HEX = NUM + "abcdef"
BASE32 = UP + "234567"


def b64url(raw):
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def random_bytes(rng, n):
    return bytes(rng.below(256) for _ in range(n))


def jwt(rng):
    head = b64url(
        json.dumps({"alg": rng.pick(["HS256", "RS256", "ES256"]), "typ": "JWT"}, separators=(",", ":")).encode()
    )
    body = {
        "sub": str(rng.between(10**5, 10**9)),
        "name": rng.string(LOW, 7),
        "iat": rng.between(1700000000, 1760000000),
    }
    return ".".join([head, b64url(json.dumps(body, separators=(",", ":")).encode()), b64url(random_bytes(rng, 32))])


# Kind of key, and how its first line begins by its encoding.
PEM_KINDS = [
    ("RSA ", "MIIEpAIBAAKCAQEA"),
    ("EC ", "MHcCAQEEI"),
    ("OPENSSH ", "b3BlbnNzaC1rZXktdjEAAAAA"),
    ("", "MIIEvQIBADANBgkqhkiG"),
    ("DSA ", "MIIBuwIBAAKBgQ"),
]


def pem(rng):
    sort, start = rng.pick(PEM_KINDS)
    lines = [base64.b64encode(random_bytes(rng, 48)).decode() for _ in range(rng.between(3, 9))]
    lines[0] = start + lines[0][len(start) :]
    lines.append(base64.b64encode(random_bytes(rng, rng.between(10, 40))).decode())
    dash = "-" * 5
    return "\n".join([f"{dash}BEGIN {sort}PRIV" + f"ATE KEY{dash}", *lines, f"{dash}END {sort}PRIV" + f"ATE KEY{dash}"])


def discord(rng):
    user = str(rng.between(10**17, 10**18))
    return ".".join(
        [base64.b64encode(user.encode()).decode().rstrip("="), rng.string(ALNUM, 6), rng.string(URLSAFE, 38)]
    )


FORMATS = {
    "aws": lambda r: r.pick(["AK", "AS"]) + "IA" + r.string(BASE32, 16),
    "github": lambda r: "gh" + r.pick("posur") + "_" + r.string(ALNUM, 36),
    "github_pat": lambda r: "github" + "_pat_" + r.string(ALNUM, 22) + "_" + r.string(ALNUM, 59),
    "gitlab": lambda r: "gl" + "pat-" + r.string(URLSAFE, 19) + r.string(ALNUM, 1),
    "slack": lambda r: "xo" + r.pick(["xb", "xp"]) + f"-{r.digits(12)}-{r.digits(12)}-" + r.string(ALNUM, 24),
    "slack_hook": lambda r: "https://hooks."
    + "slack.com/services/T"
    + r.string(UP + NUM, 8)
    + "/B"
    + r.string(UP + NUM, 8)
    + "/"
    + r.string(ALNUM, 24),
    "stripe": lambda r: r.pick(["sk", "rk"]) + "_live_" + r.string(ALNUM, r.pick([24, 24, 99])),
    "google": lambda r: "AI" + "za" + r.string(URLSAFE, 34) + r.string(ALNUM, 1),
    "npm": lambda r: "np" + "m_" + r.string(ALNUM, 36),
    "pypi": lambda r: "py" + "pi-AgEIcHlwaS5vcmc" + r.string(URLSAFE, 150) + r.string(ALNUM, 1),
    "sendgrid": lambda r: "SG" + "." + r.string(URLSAFE, 22) + "." + r.string(URLSAFE, 42) + r.string(ALNUM, 1),
    "openai": lambda r: "sk"
    + "-proj-"
    + r.string(URLSAFE, 74)
    + "T3Blbk"
    + "FJ"
    + r.string(URLSAFE, 73)
    + r.string(ALNUM, 1),
    "anthropic": lambda r: "sk" + "-ant-" + "api03-" + r.string(URLSAFE, 93) + "AA",
    "huggingface": lambda r: "h" + "f_" + r.string(UP + LOW, 34),
    "digitalocean": lambda r: "do" + r.pick("por") + "_v1_" + r.string(HEX, 64),
    "shopify": lambda r: "shp" + r.pick(["at", "ca", "pa", "ss"]) + "_" + r.string(HEX, 32),
    "telegram": lambda r: str(r.between(10**8, 10**10 - 1)) + ":AA" + r.string(URLSAFE, 32) + r.string(ALNUM, 1),
    "discord": discord,
    "age": lambda r: "AGE-" + "SECRET-KEY-1" + r.string("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
    "jwt": jwt,
}
URLS = [
    ("postgres", "db.kestrel.studio:5432/forum"),
    ("postgresql", "10.4.0.12/forum"),
    ("mysql", "db.internal:3306/shop"),
    ("redis", "cache.internal:6379/0"),
    ("mongodb", "10.4.0.31:27017/app"),
    ("amqp", "mq.juniper.io:5672/%2f"),
    ("https", "git.fenland.org/team/site.git"),
    ("http", "intranet.lumen.se/api"),
    ("ftp", "ftp.harborworks.net/upload"),
    ("smtp", "smtp.lumen.se:587"),
    ("mongodb+srv", "cluster0.ab1cd.mongodb.net/app"),
    ("rtsp", "cam2.internal:554/stream"),
]


def url_credentials(rng):
    """Scheme and user, the password, and the rest of the URL."""
    password = rng.string(ALNUM, rng.between(9, 22)) + rng.digits(1)
    scheme, host = rng.pick(URLS)
    return f"{scheme}://{rng.pick(['app', 'forum', 'deploy', 'root', 'svc_mail', 'admin'])}:", password, "@" + host
