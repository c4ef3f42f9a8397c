"""Delivery of savings and areas of spend in the slow and obvious way: texts, loops over rows, fractions."""

from fractions import Fraction

from tests.oracle.finance.slow_efficiency import first_month, further, month_of, monthly, number, percent
from tests.oracle.finance.written import Row, Written

Found = dict[str, Fraction | None]


def total(parts: list[Fraction | None]) -> Fraction | None:
    known = [part for part in parts if part is not None]
    return sum(known, Fraction(0)) if len(known) == len(parts) else None


def delivery(plan: Written) -> Found:
    """Every figure of delivery, by identifier; ``None`` where it is there and not known."""
    found: Found = {}
    schemes = plan.rows("efficiency")
    for year in dict.fromkeys(row["year"] for row in schemes):
        of_year = [row for row in schemes if row["year"] == year]
        reports = {id(row): _reports(plan, row) for row in of_year}
        told = [month for months in reports.values() for month, report in months.items() if report["gross"]]
        if told:
            _year(found, of_year, reports=reports, last=max(told))
    return found


def _reports(plan: Written, scheme: Row) -> dict[int, Row]:
    months = {}
    for row in plan.rows("savings_delivered"):
        if (row["scheme"], row["service"]) == (scheme["scheme"], scheme["service"]):
            month = month_of(row["month"], scheme["year"])
            if 1 <= month <= 12:
                months[month] = row
    return dict(sorted(months.items()))


def _year(found: Found, schemes: list[Row], *, reports: dict[int, dict[int, Row]], last: int) -> None:
    own = {id(row): _scheme(row, reports[id(row)], last=last) for row in schemes}
    for row in schemes:
        start = f"delivery.{row['service']}.{row['year']}.scheme.{row['scheme']}"
        found.update({f"{start}.{name}": value for name, value in own[id(row)].items()})
        found.update({f"{start}.month.{month}": saving for month, saving in enumerate(monthly(row), start=1)})
    year = schemes[0]["year"]
    groups = {
        f"delivery.{row['service']}.{year}": [one for one in schemes if one["service"] == row["service"]]
        for row in schemes
    }
    groups[f"delivery.all.{year}"] = schemes
    for start, rows in dict(groups).items():
        for month in range(1, last + 1):
            found[f"{start}.month.{month}"] = _month(rows, reports, month=month, last=last)
    for programme in dict.fromkeys(row.get("programme", "") for row in schemes):
        if programme:
            name = programme.lower().replace(" ", "-")
            groups[f"delivery.all.{year}.programme.{name}"] = [
                row for row in schemes if row.get("programme") == programme
            ]
    for start, rows in groups.items():
        summed: Found = {}
        for name in (
            "planned",
            "planned-to-date",
            "delivered",
            "invested",
            "net-delivered",
            "forecast",
            "full-year-planned",
            "full-year-at-rate",
        ):
            parts = [own[id(row)][name] for row in rows if name in own[id(row)]]
            if parts:
                summed[name] = total(parts)
        profile = [sum((monthly(row)[month] for row in rows), Fraction(0)) for month in range(12)]
        found.update(
            {f"{start}.{name}": value for name, value in {**summed, **_compared(summed, profile, last)}.items()}
        )


def _starts(scheme: Row, reports: dict[int, Row]) -> int:
    """The first month that is owed; 13 for a scheme that starts after its year."""
    saving = [month for month, row in reports.items() if row["gross"] and number(row["gross"])]
    return min([first_month(scheme) if first_month(scheme) <= 12 else 13, *saving])


def _month(schemes: list[Row], reports: dict[int, dict[int, Row]], *, month: int, last: int) -> Fraction | None:
    parts: list[Fraction | None] = []
    for row in schemes:
        told = reports[id(row)].get(month)
        if told is not None and told["gross"]:
            parts.append(number(told["gross"]))
        elif _starts(row, reports[id(row)]) <= month <= last:
            parts.append(None)
    return total(parts)


def _scheme(scheme: Row, reports: dict[int, Row], *, last: int) -> Found:
    saved = {month: number(row["gross"]) for month, row in reports.items() if row["gross"]}
    starts = _starts(scheme, reports)
    gross, whole = number(scheme["gross"]), monthly(scheme)
    missing = [month for month in range(starts, last + 1) if month not in saved]
    delivered = None if missing else sum(saved.values(), Fraction(0))
    found: Found = {"planned": gross, "planned-to-date": sum(whole[:last], Fraction(0)), "delivered": delivered}
    net = delivered
    if scheme.get("investment") or any(row.get("investment") for row in reports.values()):
        blank = any(row["gross"] and not row.get("investment") for row in reports.values())
        spent = sum((number(row["investment"]) for row in reports.values() if row.get("investment")), Fraction(0))
        found["invested"] = None if blank or missing else spent
        net = None if delivered is None or found["invested"] is None else delivered - spent
    found["net-delivered"] = net
    running = [amount for month, amount in saved.items() if month >= starts]
    told = [month for month, row in reports.items() if row.get("forecast")]
    owners = None
    if running:
        found["straight-line"] = sum(running, Fraction(0)) / len(running) * (13 - starts)
    if told:
        by = max(told)
        before = [saved.get(month) for month in range(starts, min(by, last) + 1)]
        early = [amount for month, amount in saved.items() if month < starts and month <= by]
        owners = total([*before, *early, number(reports[by]["forecast"])])
        found["owners-forecast"] = owners
    if owners is not None:
        found["forecast"] = owners
    elif running:
        found["forecast"] = found["straight-line"]
    else:
        found["forecast"] = gross if starts > last else None
    recurrent = percent(scheme, "recurrent_share")
    found["full-year-planned"] = (gross + further(scheme)) * recurrent
    saving = [month for month, amount in saved.items() if amount]
    since = [amount for month, amount in saved.items() if saving and month >= min(saving)]
    if since:
        found["full-year-at-rate"] = sum(since, Fraction(0)) / len(since) * 12 * recurrent
    else:
        found["full-year-at-rate"] = None if missing else Fraction(0)
    return {**found, **_compared(found, whole, last)}


def _compared(found: Found, profile: list[Fraction], last: int) -> Found:
    compared: Found = {}
    for difference, share, above, below in (
        ("variance", "delivered-share", found["delivered"], found["planned-to-date"]),
        ("forecast-variance", "forecast-share", found["forecast"], found["planned"]),
    ):
        compared[difference] = None if above is None or below is None else above - below
        if above is not None and below:
            compared[share] = 100 * above / below
    delivered = found["delivered"]
    if delivered is not None and found["planned-to-date"] and min(profile) >= 0:
        compared["months-behind"] = _behind(profile, delivered, last)
    return compared


def _behind(profile: list[Fraction], delivered: Fraction, last: int) -> Fraction:
    """Walk the plan in small steps of its own: the first moment at which it has saved as much."""
    if delivered >= sum(profile[:last], Fraction(0)):
        return Fraction(0)
    saved = Fraction(0)
    for month in range(last):
        if profile[month] and saved + profile[month] >= delivered:
            return last - (month + max(delivered - saved, Fraction(0)) / profile[month])
        saved += profile[month]
    raise AssertionError("the plan reaches what was delivered")


def spend(plan: Written) -> Found:
    """Every figure of areas of spend."""
    rows = plan.rows("spend_areas")
    years = [name for name in rows[0] if name[:2] == "20"] if rows else []
    found: Found = {}
    for year in years:
        for row in rows:
            found.update(_area(rows, row, year))
        top = [row for row in rows if not row["parent"]]
        for name in ("total", "addressable", "goal"):
            found[f"spend.{year}.{name}"] = total([found[f"spend.{row['area']}.{year}.{name}"] for row in top])
        leaves = [row for row in rows if not _parts(rows, row)]
        for kind in dict.fromkeys(map(_kind, leaves)):
            own = [row["area"] for row in leaves if _kind(row) == kind]
            found[f"spend.{year}.{kind}"] = total([found[f"spend.{area}.{year}.total"] for area in own])
            found[f"spend.{year}.{kind}-goal"] = total([found[f"spend.{area}.{year}.goal"] for area in own])
    return found


def _parts(rows: tuple[Row, ...], row: Row) -> list[Row]:
    return [each for each in rows if each["parent"] == row["area"]]


def _kind(row: Row) -> str:
    if not row["lever"]:
        return "unknown"
    return "national" if row["discretion"] == "national" and row["lever"] != "none" else row["lever"]


def _leaves(rows: tuple[Row, ...], row: Row) -> list[Row]:
    parts = _parts(rows, row)
    return [leaf for part in parts for leaf in _leaves(rows, part)] if parts else [row]


def _area(rows: tuple[Row, ...], row: Row, year: str) -> Found:
    leaves = _leaves(rows, row)
    spent = [number(leaf[year]) if leaf[year] else None for leaf in leaves]
    open_ = [_kind(leaf) in ("price", "volume", "price-and-volume") for leaf in leaves]
    can = total([amount for amount, changes in zip(spent, open_, strict=True) if changes])
    goals = [
        None if amount is None else amount * number(leaf["goal"]) / 100
        for leaf, amount, changes in zip(leaves, spent, open_, strict=True)
        if changes and leaf["goal"]
    ]
    whole, goal = total(spent), total(goals)
    found: Found = {"total": whole, "addressable": can, "goal": goal}
    if goal is not None and whole:
        found["goal-share"] = 100 * goal / whole
    if row["target"]:
        target = None if whole is None else whole * number(row["target"]) / 100
        found["target"] = target
        found["against-target"] = None if goal is None or target is None else goal - target
        if target is not None and can:
            found["asked-of-addressable"] = 100 * target / can
    return {f"spend.{row['area']}.{year}.{name}": value for name, value in found.items()}
