"""Passwords as people choose them and as generators make them; never a bare dictionary word or a placeholder."""

WORDS = [
    "Sommer",
    "Winter",
    "Dragon",
    "Kaffee",
    "Luna",
    "Bailey",
    "Pepper",
    "Madrid",
    "Schalke",
    "Arsenal",
    "Sakura",
    "Mango",
    "Tiger",
    "Purple",
    "Rocket",
    "Paris",
    "Amigo",
    "Panda",
    "Shadow",
    "Banane",
    "Natasha",
    "Istanbul",
    "Kimchi",
    "Toblerone",
]
SMALL = [
    "correct",
    "velvet",
    "tractor",
    "onion",
    "glacier",
    "trumpet",
    "pebble",
    "harvest",
    "mitten",
    "cactus",
    "lantern",
    "gravel",
    "pickle",
    "walnut",
    "comet",
    "ladder",
    "spruce",
    "violin",
    "anchor",
    "biscuit",
]
ALL = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def make(rng):
    pick = rng.below(8)
    word = rng.pick(WORDS)
    if pick == 0:
        return word + str(rng.between(1950, 2025)) + rng.pick(["", "x", "!", "#", "$"])
    if pick == 1:
        return word.lower() + str(rng.between(10, 9999))
    if pick == 2:
        return rng.string(ALL, rng.between(8, 16)) + rng.digits(1)
    if pick == 3:
        return "-".join(rng.pick(SMALL) for _ in range(3)) + "-" + str(rng.between(2, 99))
    if pick == 4:
        return (
            word.replace("a", "4").replace("o", "0").replace("e", "3") + rng.pick(["_", "#", "%", "&"]) + rng.digits(3)
        )
    if pick == 5:
        return rng.string(ALL, 4) + rng.pick("!#%+=") + rng.string(ALL, 5) + rng.pick("$&^~") + rng.string(ALL, 3) + "7"
    if pick == 6:
        return word + rng.pick(WORDS) + str(rng.between(1, 999))
    return (
        rng.string("abcdefghjkmnpqrstuvwxyz", 3)
        + rng.digits(3)
        + rng.string("ABCDEFGHJKLMNPQRSTUVWXYZ", 3)
        + rng.digits(2)
    )
