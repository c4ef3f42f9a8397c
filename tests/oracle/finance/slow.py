"""Every finance figure in the slow and obvious way: texts, loops over rows, fractions. Nothing of the engine is used.

A figure that is there but not known is ``None``. Totals that were stated are not looked at, so nothing is settled.
"""

from fractions import Fraction
from itertools import pairwise

from tests.oracle.finance.slow_efficiency import efficiency, lasting, month_of, number, scheme_net
from tests.oracle.finance.written import Row, Written

Amount = Fraction | None
BASELINE = ("outturn", "part-year-effect", "non-recurrent")
MOVEMENTS = (
    "price-inflation",
    "demographic-growth",
    "other-growth",
    "provider-efficiency",
    "investment",
    "efficiency-scheme",
    "contingency",
    "headroom",
    "business-rules",
)
RESERVES = ("contingency", "headroom", "business-rules")
# Everyone Counts 2014/15 for area teams: (surplus of resources, contingency of allocation, headroom of allocation)
RULES = {
    ("any", "2014-15"): ("1.0", "0.5", "2.5"),
    ("any", "2015-16"): ("1.0", "0.5", "2.0"),
    ("public-health", "2014-15"): ("0", "0.5", "0"),
    ("public-health", "2015-16"): ("0", "0.5", "0"),
}
SUMMED = (
    "allocation",
    "brought-forward",
    "resources",
    "total",
    "in-year",
    "cumulative",
    "underlying",
    "surplus-required",
    "surplus-gap",
    "savings-requirement",
)


def add(parts: list[Amount]) -> Amount:
    total = Fraction(0)
    for part in parts:
        if part is None:
            return None
        total += part
    return total


def times(sign: int, amount: Amount) -> Amount:
    return None if amount is None else sign * amount


class Slow:
    """Works out one plan; ``figures`` holds the answers."""

    def __init__(self, plan: Written) -> None:
        self.plan = plan
        self.figures: dict[str, Amount] = dict(efficiency(plan))
        self.provider_baselines: dict[tuple[str, str, str], Amount] = {}
        self._targets()
        self._benefits()
        for service in plan.services:
            for index, year in enumerate(plan.years):
                self._year(service, year, before=plan.years[index - 1] if index else None)
        for service in plan.services:
            for year in plan.years:
                self._required(service, year)
        for service in plan.services:
            for year in plan.years:
                self._underlying(service, year)
            self._uncorrected(service)
        self._all_services()
        self._collective()

    def get(self, service: str, year: str | None, measure: str) -> Amount:
        return self.figures.get(f"finance.{service}.{year}.{measure}")

    def has(self, service: str, year: str | None, measure: str) -> bool:
        return f"finance.{service}.{year}.{measure}" in self.figures

    def put(self, service: str, year: str, measure: str, value: Amount) -> Amount:
        name = f"finance.{service}.{year}.{measure}"
        assert name not in self.figures
        self.figures[name] = value
        return value

    def lines(self, service: str, **wanted: str) -> list[Row]:
        rows = [row for row in self.plan.rows("lines") if row["service"] == service]
        return [row for row in rows if all(row.get(name, "") == value for name, value in wanted.items())]

    def amount(self, row: Row, year: str) -> Amount:
        text = row[year].strip().lower()
        if text.endswith("%"):
            base = self.base(row, year)
            return None if base is None else base * number(text.removesuffix("%")) / 100
        if "@" in text:
            linked = self.figures.get(text.lstrip("-@"))
            return times(-1 if text.startswith("-") else 1, linked)
        return None if text in {"", "tbc", "not available", "illegible"} else number(text)

    def base(self, row: Row, year: str) -> Amount:
        step, provider = row.get("step", ""), row.get("provider", "")
        if not step or step in BASELINE:
            return None
        if step in RESERVES:
            return self.get(row["service"], year, "allocation")
        if not provider:
            return self.get(row["service"], year, "baseline")
        return self.provider_baselines.get((row["service"], year, provider))

    def sum_of(self, rows: list[Row], year: str) -> Amount:
        return add([self.amount(row, year) for row in rows])

    def _year(self, service: str, year: str, *, before: str | None) -> None:
        given = [row for row in self.plan.rows("allocations") if row["service"] == service]
        money = [row for row in given if row["kind"] != "brought-forward"]
        if money:
            self.put(service, year, "allocation", self.sum_of(money, year))
        entered = [row for row in given if row["kind"] == "brought-forward" and (row[year] or before is None)]
        if entered:
            self.put(service, year, "brought-forward", self.sum_of(entered, year))
        elif before and self.has(service, before, "cumulative"):
            self.put(service, year, "brought-forward", self._carried(service, year, before))
        if self.lines(service):
            self._spend(service, year, before)
        if money:
            self._position(service, year)

    def _carried(self, service: str, year: str, before: str) -> Amount:
        balance = self.get(service, before, "cumulative")
        if balance is None:
            return None
        rule = self.plan.services[service].get(year, "both")
        wanted = {"both": True, "neither": False, "surplus": balance >= 0, "deficit": balance < 0}
        return balance if wanted[rule] else Fraction(0)

    def _spend(self, service: str, year: str, before: str | None) -> None:
        parts: list[Amount] = []
        outturn = self.lines(service, step="outturn")
        if before and not any(row[year] for row in outturn):
            parts.append(self.put(service, year, "outturn", self.get(service, before, "total")))
        elif outturn:
            parts.append(self.put(service, year, "outturn", self.sum_of(outturn, year)))
        parts += [self._step(service, year, step) for step in BASELINE[1:] if self.lines(service, step=step)]
        parts = [self.put(service, year, "baseline", add(parts))]
        for provider in dict.fromkeys(row["provider"] for row in self.lines(service) if row.get("provider")):
            self._provider(service, year, before, provider)
        parts += [self._step(service, year, step) for step in MOVEMENTS if self.lines(service, step=step)]
        self.put(service, year, "total", add(parts))

    def _step(self, service: str, year: str, step: str) -> Amount:
        return self.put(service, year, step, self.sum_of(self.lines(service, step=step), year))

    def _provider(self, service: str, year: str, before: str | None, provider: str) -> None:
        mine = f"provider.{provider}"
        parts: list[Amount] = []
        outturn = self.lines(service, provider=provider, step="outturn")
        from_plan = before is not None and not any(row[year] for row in outturn)
        if from_plan:
            parts.append(self.get(service, before, f"{mine}.total"))
        for step in BASELINE:
            rows = self.lines(service, provider=provider, step=step)
            if rows and not (from_plan and step == "outturn"):
                parts.append(self.put(service, year, f"{mine}.{step}", self.sum_of(rows, year)))
        baseline = self.put(service, year, f"{mine}.baseline", add(parts))
        if parts:
            self.provider_baselines[service, year, provider] = baseline
        parts = [baseline]
        for step in MOVEMENTS:
            rows = self.lines(service, provider=provider, step=step)
            if rows:
                parts.append(self.put(service, year, f"{mine}.{step}", self.sum_of(rows, year)))
        self.put(service, year, f"{mine}.total", add(parts))

    def _position(self, service: str, year: str) -> None:
        allocation, total = self.get(service, year, "allocation"), self.get(service, year, "total")
        parts = [allocation]
        if self.has(service, year, "brought-forward"):
            parts.append(self.get(service, year, "brought-forward"))
        resources = self.put(service, year, "resources", add(parts))
        if self.has(service, year, "total"):
            self.put(service, year, "in-year", add([allocation, times(-1, total)]))
            self.put(service, year, "cumulative", add([resources, times(-1, total)]))

    def _required(self, service: str, year: str) -> None:
        if not (self.has(service, year, "total") and self.has(service, year, "resources")):
            return
        percents = RULES.get((service, year), RULES.get(("any", year)))
        bases = ("resources", "allocation", "allocation")
        short: list[Amount] = []
        asked: Amount = Fraction(0)
        for name, percent, base in zip(("surplus", "contingency", "headroom"), percents or (), bases, strict=False):
            of = self.get(service, year, base)
            required = None if of is None else of * number(percent) / 100
            self.put(service, year, f"{name}-required", required)
            if name == "surplus":
                asked = required
                self._gap(service, year)
        once = [row for row in self.lines(service) if goes_once(row) and row["step"] not in NOT_SPENT]
        spent = self.put(service, year, "non-recurrent-spend", self.sum_of(once, year))
        savings = self.get(service, year, "efficiency-scheme")
        spend = add(
            [
                self.get(service, year, "total"),
                times(-1, savings) if self.has(service, year, "efficiency-scheme") else Fraction(0),
            ]
        )
        to_balance = add([spend, times(-1, self.get(service, year, "resources"))])
        self.put(service, year, "savings-to-balance", to_balance)
        if percents:
            held = self.get(service, year, "contingency") if self.has(service, year, "contingency") else Fraction(0)
            for name, planned in (("contingency", held), ("headroom", spent)):
                gap = add([self.get(service, year, f"{name}-required"), times(-1, planned)])
                short.append(None if gap is None else max(Fraction(0), gap))
        lacking = add(short)
        reserves = [row for row in self.lines(service, step="business-rules") if not goes_once(row)]
        amounts = [self.amount(row, year) for row in reserves]
        if lacking is not None and None not in amounts:
            lacking -= min(
                lacking, sum((max(Fraction(0), amount) for amount in amounts if amount is not None), Fraction(0))
            )
        else:
            lacking = None
        self.put(service, year, "savings-requirement", add([to_balance, asked, lacking]))

    def _gap(self, service: str, year: str) -> None:
        position, required = self.get(service, year, "cumulative"), self.get(service, year, "surplus-required")
        self.put(service, year, "surplus-gap", add([position, times(-1, required)]))

    def _underlying(self, service: str, year: str) -> None:
        if not (self.has(service, year, "in-year") and self.has(service, year, "non-recurrent-spend")):
            return
        parts = [self.get(service, year, "in-year"), self.get(service, year, "non-recurrent-spend")]
        parts += [self.amount(row, year) for row in self.lines(service) if goes_once(row) and row["step"] in NOT_SPENT]
        for row in self.plan.rows("allocations"):
            if row["service"] == service and row["kind"] != "brought-forward" and row.get("recurrent") == "no":
                parts.append(times(-1, self.amount(row, year)))
        schemes = [row for row in self.plan.rows("efficiency") if (row["service"], row["year"]) == (service, year)]
        for row in self.lines(service):
            month = month_of(row.get("starts", ""), year)
            if goes_once(row) or row["step"] in BASELINE or not 1 <= month <= 12 or not row.get("starts"):
                continue
            if schemes and row["step"] == "efficiency-scheme":
                continue
            amount = self.amount(row, year)
            parts.append(None if amount is None else -amount * (month - 1) / (13 - month))
        lasting_lines = [row for row in self.lines(service, step="efficiency-scheme") if row.get("recurrent") != "no"]
        once = {row[year].lstrip("-@") for row in self.lines(service, step="efficiency-scheme", recurrent="no")}
        if lasting_lines and f"efficiency.{service}.{year}.net" not in once:
            for row in schemes:
                if f"efficiency.{service}.{year}.scheme.{row['scheme']}.net" not in once:
                    parts.append(lasting(row) - scheme_net(row))
        self.put(service, year, "underlying", add(parts))

    def _uncorrected(self, service: str) -> None:
        last = self.plan.years[-1]
        in_year, balance = self.get(service, last, "in-year"), self.get(service, last, "cumulative")
        if in_year is None or balance is None or in_year >= 0:
            return
        start = int(last[:4])
        for later in range(start + 1, start + 4):
            balance += in_year
            self.put(service, f"{later}-{(later + 1) % 100:02d}", "uncorrected", balance)
        if balance < 0:
            self.put(service, last, "multiplier", balance / in_year)

    def _all_services(self) -> None:
        with_money = [name for name in self.plan.services if self.lines(name) or self._allocated(name)]
        for year in self.plan.years:
            for measure in SUMMED:
                there = [name for name in self.plan.services if self.has(name, year, measure)]
                must = set(with_money) if measure not in {"brought-forward", "surplus-required"} else set()
                if there:
                    known = add([self.get(name, year, measure) for name in there])
                    self.put("all", year, measure, known if must <= set(there) else None)

    def _allocated(self, service: str) -> list[Row]:
        return [row for row in self.plan.rows("allocations") if row["service"] == service]

    def _collective(self) -> None:
        for row in self.plan.rows("collective"):
            parts = [self.get(service, row["year"], "cumulative") for service in dict.fromkeys(row["services"].split())]
            self.figures[f"finance.collective.{row['target']}.{row['year']}.cumulative"] = add(parts)

    def _benefits(self) -> None:
        rows = self.plan.rows("benefits")
        for programme, view in dict.fromkeys((row["programme"], row["view"]) for row in rows):
            for year in self.plan.years:
                name, found = f"benefits.{programme}.{view}.{year}", []
                for kind in ("saving", "investment"):
                    own = [
                        row for row in rows if (row["programme"], row["view"], row["kind"]) == (programme, view, kind)
                    ]
                    if own:
                        self.figures[f"{name}.{kind}"] = self.sum_of(own, year)
                        found.append(self.figures[f"{name}.{kind}"])
                if len(found) == 2:
                    self.figures[f"{name}.net"] = add([found[0], times(-1, found[1])])

    def _targets(self) -> None:
        pounds = {"GBP": 1, "GBP thousand": 1_000, "GBP million": 1_000_000}[self.plan.money]
        rows = self.plan.rows("targets")
        for row in rows:
            service, year = row["service"], row["year"]
            actual, target = number(row["actual"]), number(row["target"])
            self.put(service, year, "distance-from-target", actual - target)
            if target > 0:
                self.put(service, year, "distance-from-target-percent", 100 * (actual - target) / target)
            if row.get("population"):
                people = number(row["population"])
                self.put(service, year, "actual-per-head", actual * pounds / people)
                self.put(service, year, "target-per-head", target * pounds / people)
                self.put(service, year, "distance-from-target-per-head", (actual - target) * pounds / people)
        for one, other in pairwise(sorted(rows, key=lambda row: (row["service"], row["year"]))):
            follows = int(other["year"][:4]) == int(one["year"][:4]) + 1
            if one["service"] == other["service"] and follows and number(one["actual"]) > 0:
                growth = 100 * (number(other["actual"]) / number(one["actual"]) - 1)
                self.put(other["service"], other["year"], "allocation-growth-percent", growth)


NOT_SPENT = ("contingency", "efficiency-scheme")


def goes_once(row: Row) -> bool:
    if row["step"] in BASELINE:
        return False
    return row.get("recurrent") == "no" or (row["step"] == "headroom" and not row.get("recurrent"))
