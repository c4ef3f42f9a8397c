"""Efficiency schemes in the slow and obvious way."""

from fractions import Fraction

from tests.oracle.finance.written import Row, Written


def number(text: str) -> Fraction:
    """A number as a person writes it: commas, brackets or a minus for negative."""
    bare = text.strip().replace(",", "").removesuffix("%")
    return -Fraction(bare[1:-1]) if bare.startswith("(") else Fraction(bare)


def month_of(text: str, year: str) -> int:
    """Number of a month in a year, April being 1: below 1 before it, above 12 after it; 1 when nothing is said."""
    if not text:
        return 1
    return (int(text[:4]) - int(year[:4])) * 12 + int(text[5:]) - 3


def percent(row: Row, name: str) -> Fraction:
    return number(row[name]) / 100 if row.get(name) else Fraction(1)


def scheme_net(row: Row) -> Fraction:
    return number(row["gross"]) - (number(row["investment"]) if row.get("investment") else 0)


def first_month(row: Row) -> int:
    if row.get("starts"):
        return max(1, month_of(row["starts"], row["year"]))
    if row.get("phasing"):
        for month, share in enumerate(row["phasing"].split(), start=1):
            if number(share):
                return month
    return 1


def further(row: Row) -> Fraction:
    """What more a full year saves, all of it."""
    gross = number(row["gross"])
    if row.get("full_year"):
        return number(row["full_year"]) - gross
    month = first_month(row)
    return gross * (month - 1) / (13 - month) if month <= 12 else Fraction(0)


def lasting(row: Row) -> Fraction:
    return (scheme_net(row) + further(row)) * percent(row, "recurrent_share")


def monthly(row: Row) -> list[Fraction]:
    gross = number(row["gross"])
    if row.get("phasing"):
        return [gross * number(share) / 100 for share in row["phasing"].split()]
    month = first_month(row)
    return [gross / (13 - month) if month <= each <= 12 else Fraction(0) for each in range(1, 13)]


def efficiency(plan: Written) -> dict[str, Fraction | None]:
    """All figures of schemes, of each service and of all."""
    found: dict[str, Fraction | None] = {}
    schemes = plan.rows("efficiency")
    for row in schemes:
        found[f"efficiency.{row['service']}.{row['year']}.scheme.{row['scheme']}.net"] = scheme_net(row)
    for service in [*plan.services, "all"]:
        for year in dict.fromkeys(row["year"] for row in schemes):
            rows = [row for row in schemes if row["year"] == year and service in ("all", row["service"])]
            if rows:
                found.update({f"efficiency.{service}.{year}.{name}": value for name, value in _group(rows).items()})
    return found


def _group(rows: list[Row]) -> dict[str, Fraction | None]:
    net = sum(map(scheme_net, rows), Fraction(0))
    open_ = sum((scheme_net(row) for row in rows if row.get("identified") == "no"), Fraction(0))
    found: dict[str, Fraction | None] = {
        "gross": sum((number(row["gross"]) for row in rows), Fraction(0)),
        "investment": sum((number(row["gross"]) - scheme_net(row) for row in rows), Fraction(0)),
        "net": net,
        "recurrent": sum((scheme_net(row) * percent(row, "recurrent_share") for row in rows), Fraction(0)),
        "risk-adjusted": sum((scheme_net(row) * percent(row, "confidence") for row in rows), Fraction(0)),
        "full-year-effect": sum((further(row) * percent(row, "recurrent_share") for row in rows), Fraction(0)),
        "identified": net - open_,
        "unidentified": open_,
    }
    if net:
        found["unidentified-share"] = 100 * open_ / net
    for month in range(1, 13):
        found[f"month.{month}"] = sum((monthly(row)[month - 1] for row in rows), Fraction(0))
    return found
