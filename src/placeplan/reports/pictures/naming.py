"""Names of places and organisations as people write them."""

ABBREVIATIONS = frozenset({"NHS", "CCG", "CCGS", "ICB", "ICS", "PCN", "PCT", "STP", "FT", "GP", "UK"})
SMALL_WORDS = frozenset({"of", "and", "the", "in", "on", "for", "with", "upon", "under"})
SHORTEST_NAME = 3


def spoken(name: str) -> str:
    """A name that is printed in capitals as people write it: ``NHS THANET CCG`` becomes ``NHS Thanet CCG``.

    Other names stay as they are, and so do codes: what holds a digit, and a single word of up to three letters.
    """
    plain = any(sign.islower() or sign.isdigit() for sign in name)
    if plain or (" " not in name and len(name) <= SHORTEST_NAME):
        return name
    words = name.split(" ")
    return " ".join(_word(word, first=place == 0) for place, word in enumerate(words))


def _word(word: str, *, first: bool) -> str:
    bare = word.strip("()[],.;:'\"")
    if bare in ABBREVIATIONS:
        return word.replace("CCGS", "CCGs")
    parts = "-".join(_part(part, first=first and not place) for place, part in enumerate(word.split("-")))
    return "/".join(part[:1].upper() + part[1:] for part in parts.split("/")) if "/" in parts else parts


def _part(part: str, *, first: bool) -> str:
    """One word with a capital: the first letter of it, after any bracket."""
    small = part.lower()
    if small.strip("(),") in SMALL_WORDS and not first:
        return small
    place = next((place for place, sign in enumerate(small) if sign.isalpha()), 0)
    return small[:place] + small[place : place + 1].upper() + small[place + 1 :]
