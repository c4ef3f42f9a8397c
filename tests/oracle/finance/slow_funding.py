"""Claims and investments in the slow and obvious way: texts, loops over rows, fractions.

Granting a claim is writing it into the allocations: the plan is worked out anew, as if a person had typed the rows.
"""

from tests.oracle.finance.slow import Amount, Slow, add, times
from tests.oracle.finance.slow_efficiency import number
from tests.oracle.finance.written import Row, Written

STATES = ("raised", "agreed", "refused", "transacted")
OPEN = ("raised", "agreed")
CASES = ("not-started", "in-preparation", "submitted", "approved", "refused", "not-needed")
# Everyone Counts 2014/15 for area teams: transformation inside the headroom, of the allocation
TRANSFORMATION = {"2014-15": {"public-health": "0"}}
ANY_SERVICE = {"2014-15": "1.0"}


def amount(row: Row, year: str) -> Amount:
    text = row[year].strip()
    return number(text) if text and text[0] in "-(0123456789" and not text.endswith("%") else None


def funding(plan: Written) -> dict[str, Amount]:
    """Every figure of claims and investments."""
    slow = Slow(plan)
    return {**_claims(plan, slow), **_investments(plan, slow)}


def granted(plan: Written) -> Written:
    """The plan with its open claims typed into the allocations."""
    rows = [
        {
            "service": row["service"],
            "line": f"Claim {row['claim']}",
            "kind": "adjustment",
            "recurrent": row.get("recurrent", ""),
            **{year: row[year] for year in plan.years},
        }
        for row in plan.rows("claims")
        if row["state"] in OPEN
    ]
    return plan.having("claims", ()).having("allocations", [*plan.rows("allocations"), *rows])


def _claims(plan: Written, slow: Slow) -> dict[str, Amount]:
    found: dict[str, Amount] = {}
    rows = plan.rows("claims")
    for year in plan.years:
        for row in rows:
            found[f"finance.{row['service']}.{year}.claim.{row['claim']}"] = amount(row, year)
        for measure, states in (*((state, (state,)) for state in STATES), ("open", OPEN)):
            for service in {row["service"] for row in rows}:
                own = [amount(row, year) for row in rows if row["service"] == service and row["state"] in states]
                found[f"finance.{service}.{year}.claims-{measure}"] = add(own)
            if rows:
                every = [amount(row, year) for row in rows if row["state"] in states]
                found[f"finance.all.{year}.claims-{measure}"] = add(every)
    return {**found, **_if_granted(plan, slow)}


def _if_granted(plan: Written, slow: Slow) -> dict[str, Amount]:
    after = Slow(granted(plan))
    return {
        f"finance.{service}.{year}.{measure}-if-granted": after.get(service, year, measure)
        for service in {row["service"] for row in plan.rows("claims")}
        for year in plan.years
        for measure in ("in-year", "cumulative")
        if slow.has(service, year, measure)
    }


def _investments(plan: Written, slow: Slow) -> dict[str, Amount]:
    found: dict[str, Amount] = {}
    rows = plan.rows("investments")
    for service in [name for name in plan.services if any(row["service"] == name for row in rows)]:
        own = [row for row in rows if row["service"] == service]
        for year in plan.years:
            for name, value in _of_service(own, year).items():
                found[f"investments.{service}.{year}.{name}"] = value
            for name, value in _headroom(own, service, year, slow=slow).items():
                found[f"investments.{service}.{year}.{name}"] = value
    for year in plan.years if rows else ():
        for name in _of_service(list(rows), year):
            if not name.startswith("investment."):
                parts = [
                    found[f"investments.{each}.{year}.{name}"]
                    for each in plan.services
                    if f"investments.{each}.{year}.{name}" in found
                ]
                found[f"investments.all.{year}.{name}"] = add(parts)
    return found


def _goes_on(row: Row) -> bool:
    return {"yes": True, "no": False, "": row["funding"] != "headroom"}[row["recurrent"]]


def _of_service(rows: list[Row], year: str) -> dict[str, Amount]:
    found: dict[str, Amount] = {f"investment.{row['investment']}": amount(row, year) for row in rows}
    alive = [row for row in rows if row["business_case"] != "refused"]
    found["total"] = add([amount(row, year) for row in alive])
    found["recurrent"] = add([amount(row, year) for row in alive if _goes_on(row)])
    found["non-recurrent"] = add([amount(row, year) for row in alive if not _goes_on(row)])
    changing = [row for row in alive if row["funding"] == "headroom" and row["transformation"] == "yes"]
    groups = {"transformation": changing}
    for funding_of in ("growth", "headroom", "other"):
        groups[f"from-{funding_of}"] = [row for row in alive if row["funding"] == funding_of]
    for case in CASES:
        groups[f"case-{case}"] = [row for row in rows if row["business_case"] == case]
    groups["case-not-said"] = [row for row in rows if not row["business_case"]]
    for name, chosen in groups.items():
        if chosen:
            found[name] = add([amount(row, year) for row in chosen])
    return found


def _headroom(rows: list[Row], service: str, year: str, *, slow: Slow) -> dict[str, Amount]:
    found: dict[str, Amount] = {}
    taking = [row for row in rows if row["funding"] == "headroom" and row["business_case"] != "refused"]
    names = [each for each in ("headroom", "headroom-required") if slow.has(service, year, each)]
    if names or taking:
        left = slow.get(service, year, names[0]) if names else add([])
        found["headroom"] = left
        for row in taking:
            left = add([left, times(-1, amount(row, year))])
            found[f"balance.{row['investment']}"] = left
        found["headroom-uncommitted"] = left
    percent = TRANSFORMATION.get(year, {}).get(service, ANY_SERVICE.get(year))
    if percent is not None and slow.has(service, year, "allocation"):
        base = slow.get(service, year, "allocation")
        found["transformation-required"] = None if base is None else base * number(percent) / 100
    return found
