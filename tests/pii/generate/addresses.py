"""IP addresses: global unicast for positives, every reserved range for look-alikes (IANA special-purpose registries)."""


def public_v4(rng):
    while True:
        a, b, c, d = rng.between(11, 223), rng.below(256), rng.below(256), rng.between(1, 254)
        if a in (100, 127, 169, 172, 192, 198, 203) or a < 20 or d == c == b:
            continue
        # Leave out what could be read as a version number.
        if a > 30 and max(b, c, d) > 60:
            return f"{a}.{b}.{c}.{d}"


def public_v6(rng):
    head = rng.pick(["2a00", "2a01", "2a02", "2600", "2607", "2804", "2408", "2405", "2a0b", "2620"])
    groups = [head] + [f"{rng.between(1, 0xffff):x}" for _ in range(7)]
    if rng.chance(0.5):
        return ":".join(groups[: rng.between(3, 5)]) + "::" + f"{rng.between(1, 0xffff):x}"
    return ":".join(groups)


def reserved_v4(rng):
    x = lambda: rng.below(256)
    return rng.pick(
        [
            f"10.{x()}.{x()}.{x()}",
            f"192.168.{x()}.{x()}",
            f"172.{rng.between(16, 31)}.{x()}.{x()}",
            f"127.0.0.{rng.between(1, 9)}",
            f"169.254.{x()}.{x()}",
            f"192.0.2.{x()}",
            f"198.51.100.{x()}",
            f"203.0.113.{x()}",
            f"100.{rng.between(64, 127)}.{x()}.{x()}",
            "0.0.0.0",
            "255.255.255.0",
            f"224.0.0.{rng.between(1, 251)}",
            "255.255.255.255",
            f"198.18.{x()}.{x()}",
        ]
    )


def reserved_v6(rng):
    x = lambda: f"{rng.between(1, 0xffff):x}"
    return rng.pick(
        [
            "::1",
            f"fe80::{x()}:{x()}:{x()}:{x()}",
            f"fd{rng.between(16, 255):x}:{x()}::{x()}",
            f"2001:db8::{x()}",
            f"2001:db8:{x()}:{x()}::1",
            "::",
            "ff02::1",
            f"fe80::{x()}%eth0",
        ]
    )
