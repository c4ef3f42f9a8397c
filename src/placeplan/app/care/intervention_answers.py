"""The savings of interventions as an answer: sentences, tables, a document for machines, pictures."""

from collections.abc import Iterator
from typing import Any

import numpy as np

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.intervention_savings import SavingsFound, SavingsRequest, by_intervention, savings_of
from placeplan.demand.activity import Attribution, FloatArray
from placeplan.demand.economics import Worth
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.waterfall import INTERACTION, waterfall_picture

MOST_OVERLAPS = 8
MOST_FINDINGS = 5


def answer_savings(request: SavingsRequest) -> CapacityAnswer:
    """What interventions save and cost, for a terminal, a machine and a page.

    Raises:
        InputError: with every problem of every table.
    """
    found = savings_of(request)
    years = found.combined.axes.years
    return CapacityAnswer(
        title=f"Interventions from {years[0]} to {years[-1]}: what they take, what that is worth, what they cost",
        says=tuple(_says(found)),
        tables=(_activity(found), _lines(found), _years(found), _worths(found), *_overlaps(found)),
        document=_document(found),
        marks=found.marks,
        findings=tuple(_findings(found)),
        pictures=tuple(_pictures(found)),
    )


def _says(found: SavingsFound) -> Iterator[str]:
    yield f"Pounds at prices of {found.price_year}; the prices of later years are the same."
    yield "At tariff, at marginal cost and stranded cost answer three questions and are never added."
    yield "Own: what an intervention takes alone. Taking it away takes that, and alters what they do together."


def _activity(found: SavingsFound) -> TextTable:
    axes, last = found.combined.axes, found.combined.axes.years[-1]
    rows = []
    for point in axes.points:
        before = found.combined.before.total(point=point, year=last)
        after = found.combined.after.total(point=point, year=last)
        share = f"{after / before - 1:+.1%}" if before else ""
        rows.append((read_points()[point].title, f"{before:,.0f}", f"{after:,.0f}", share))
    return TextTable((f"Activity in {last}", "before", "after", "change"), tuple(rows))


def _lines(found: SavingsFound) -> TextTable:
    names = _titles(found)
    rows = [(names[name], *map(_pounds, amounts)) for name, amounts in by_intervention(found).items()]
    tariff, marginal = found.savings.at_tariff, found.savings.at_marginal_cost
    together = [float(one.interaction[:, -1].sum()) for one in (tariff, marginal)]
    whole = [float(one.total[:, -1].sum()) for one in (tariff, marginal)]
    rows.append((INTERACTION, *map(_pounds, together), ""))
    rows.append(("All", *map(_pounds, whole), _pounds(float(found.costs.total[..., -1].sum()))))
    last = found.combined.axes.years[-1]
    return TextTable((f"Pounds in {last}", "own, at tariff", "own, at marginal cost", "cost"), tuple(rows))


def _years(found: SavingsFound) -> TextTable:
    rows = {
        "Saved at tariff": found.savings.at_tariff.total.sum(axis=0),
        "Saved at marginal cost": found.savings.at_marginal_cost.total.sum(axis=0),
        "Stranded cost": found.savings.stranded_cost.sum(axis=0),
        "Investment every year": found.costs.recurrent.sum(axis=(0, 1)),
        "Investment once": found.costs.non_recurrent.sum(axis=(0, 1)),
        "Double running": found.costs.double_running.sum(axis=(0, 1)),
        "Net for the payer, at tariff": found.payer.net,
        "Net for the system, at marginal cost": found.system.net,
    }
    return TextTable(
        ("Pounds", *found.combined.axes.years), tuple((name, *map(_pounds, row)) for name, row in rows.items())
    )


def _worths(found: SavingsFound) -> TextTable:
    rows = (
        ("Net present value", *(_pounds(each.net_present_value) for each in (found.payer, found.system))),
        ("Years to payback", *(_years_of(each.payback) for each in (found.payer, found.system))),
        ("Years to payback, discounted", *(_years_of(each.discounted_payback) for each in (found.payer, found.system))),
        ("Saved for each pound", *(_per_pound(each) for each in (found.payer, found.system))),
    )
    return TextTable(("Worth", "payer", "system"), rows)


def _overlaps(found: SavingsFound) -> Iterator[TextTable]:
    if found.overlaps:
        rows = tuple(
            (each.one, each.other, each.point, f"{each.claimed_by_both:,.0f}")
            for each in found.overlaps[:MOST_OVERLAPS]
        )
        yield TextTable(("Largest overlaps", "with", "at", "claimed by both, all years"), rows, left=3)


def _findings(found: SavingsFound) -> Iterator[str]:
    for over in found.overclaims[:MOST_FINDINGS]:
        claims = ", ".join(f"{name} {share:.0%}" for name, share in over.claims)
        yield f"{over.where}: claims add up to {over.total:.0%} ({claims}); combined they take less than all."
    if len(found.overclaims) > MOST_FINDINGS:
        yield f"{len(found.overclaims) - MOST_FINDINGS:,} more cells whose claims add up to more than there is."


def _pictures(found: SavingsFound) -> Iterator[StatisticalPicture]:
    """A waterfall for each point of delivery at which something is taken."""
    last = found.combined.axes.years[-1]
    for point in found.combined.axes.points:
        attribution = _that_act(found.combined.waterfall(last, point=point))
        if attribution.changes:
            described = read_points()[point]
            share = f"{float(attribution.total / attribution.base) - 1:+.1%}".replace("-", "−")
            yield waterfall_picture(
                f"{point}-interventions",
                attribution,
                names=_titles(found),
                ends=(f"{last}, nothing done", f"{last}, with interventions"),
                title=f"{described.title}: {share} by interventions in {last}",
                subtitle="Expectation; each line is what the intervention takes alone",
                unit=described.unit,
                marks=found.marks,
            )


def _that_act(attribution: Attribution) -> Attribution:
    """Without the interventions that take nothing here."""
    acting = {change.name: change.own for change in attribution.changes if change.own}
    return Attribution.of(attribution.base, acting, total=attribution.total)


def _document(found: SavingsFound) -> dict[str, Any]:
    axes = found.combined.axes
    return {
        "price_year": found.price_year,
        "years": list(axes.years),
        "activity": {
            point: {
                year: {"before": found.combined.before.total(point=point, year=year),
                       "after": found.combined.after.total(point=point, year=year)}
                for year in axes.years
            }
            for point in axes.points
        },
        "at_tariff": _attributed(found.savings.at_tariff),
        "at_marginal_cost": _attributed(found.savings.at_marginal_cost),
        "stranded_cost": _listed(found.savings.stranded_cost.sum(axis=0)),
        "income_gap": _listed(found.savings.income_gap.sum(axis=0)),
        "investment": {
            "recurrent": _listed(found.costs.recurrent.sum(axis=(0, 1))),
            "non_recurrent": _listed(found.costs.non_recurrent.sum(axis=(0, 1))),
            "double_running": _listed(found.costs.double_running.sum(axis=(0, 1))),
        },
        "worth": {"payer": _worth_document(found.payer), "system": _worth_document(found.system)},
        "overlaps": [
            {"one": each.one, "other": each.other, "point": each.point, "segments": list(each.segments),
             "areas": list(each.areas), "claimed_by_both": each.claimed_by_both}
            for each in found.overlaps
        ],
    }  # fmt: skip


def _attributed(attribution: Attribution) -> dict[str, Any]:
    whole = attribution.summed(axis=0)
    own = {change.name: _listed(change.own) for change in whole.changes}
    return {"own": own, "interaction": _listed(whole.interaction), "total": _listed(whole.total)}


def _worth_document(worth: Worth) -> dict[str, Any]:
    return {
        "net": _listed(worth.net),
        "net_present_value": worth.net_present_value,
        "payback": worth.payback,
        "discounted_payback": worth.discounted_payback,
        "return_per_pound": worth.return_per_pound,
        "discounted_return_per_pound": worth.discounted_return_per_pound,
    }


def _titles(found: SavingsFound) -> dict[str, str]:
    return {one.identifier: one.title for one in found.combined.interventions}


def _listed(numbers: FloatArray) -> list[float]:
    return [float(number) for number in np.ravel(numbers)]


def _pounds(amount: float) -> str:
    return f"{amount:,.0f}".replace("-", "−")


def _years_of(payback: float | None) -> str:
    return "not within these years" if payback is None else f"{payback:.1f}"


def _per_pound(worth: Worth) -> str:
    return "" if worth.return_per_pound is None else f"£{worth.return_per_pound:.2f}"
