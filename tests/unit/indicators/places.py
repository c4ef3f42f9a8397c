"""Small maps of areas, take-overs and memberships for tests."""

from datetime import date

from placeplan.kernel.organisations import Area, Membership, OrganisationGraph, Source, Succession

HERE = Source("made up for a test", confirmed=False)


def membership(member: str, footprint: str, *, since: str | None = None, until: str | None = None) -> Membership:
    days = [date.fromisoformat(text) if text else None for text in (since, until)]
    return Membership(member, footprint, HERE, since=days[0], until=days[1])


def succession(predecessor: str, successor: str, *, on: str) -> Succession:
    return Succession(predecessor, successor, date.fromisoformat(on), HERE)


def graph_of(*records: Membership | Succession) -> OrganisationGraph:
    """A graph of some records, with an area for every name in them."""
    names: dict[str, None] = {}
    for one in records:
        pair = (one.member, one.footprint) if isinstance(one, Membership) else (one.predecessor, one.successor)
        names.update(dict.fromkeys(pair))
    return OrganisationGraph(
        areas=tuple(Area(name, name, HERE) for name in names),
        successions=tuple(one for one in records if isinstance(one, Succession)),
        memberships=tuple(one for one in records if isinstance(one, Membership)),
    )
