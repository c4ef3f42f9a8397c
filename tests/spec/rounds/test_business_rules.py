"""Which percentage each planning round asks for: round, kind of body, service, year, then what is required.

A blank means that nothing was read about it, which is not the same as nothing being required.
"""

from decimal import Decimal

import pytest

from placeplan.kernel.periods import FinancialYear
from placeplan.rounds.reader import list_rounds, read_round

# round   | body      | service             | year    | rule                 | required     | base              | read?
REQUIRED = """
2014-15   | area-team | primary-care        | 2014-15 | surplus              | minimum 1.0  | resource-limit    | yes
2014-15   | area-team | primary-care        | 2014-15 | contingency          | minimum 0.5  | allocation        | yes
2014-15   | area-team | primary-care        | 2014-15 | headroom             | minimum 2.5  | allocation        | yes
2014-15   | area-team | primary-care        | 2014-15 | transformation       | minimum 1.0  | allocation        | yes
2014-15   | area-team | secondary-dental    | 2014-15 | surplus              | minimum 1.0  | resource-limit    | yes
2014-15   | area-team | health-and-justice  | 2015-16 | surplus              | minimum 1.0  | resource-limit    | yes
2014-15   | area-team | primary-care        | 2015-16 | contingency          | minimum 0.5  | allocation        | yes
2014-15   | area-team | primary-care        | 2015-16 | headroom             | minimum 2.0  | allocation        | yes
2014-15   | area-team | primary-care        | 2015-16 | transformation       |              |                   |
2014-15   | area-team | public-health       | 2014-15 | surplus              | minimum 0    | resource-limit    | yes
2014-15   | area-team | public-health       | 2014-15 | contingency          | minimum 0.5  | allocation        | yes
2014-15   | area-team | public-health       | 2014-15 | headroom             | minimum 0    | allocation        | yes
2014-15   | area-team | public-health       | 2014-15 | transformation       | minimum 0    | allocation        | yes
2014-15   | area-team | public-health       | 2015-16 | surplus              | minimum 0    | resource-limit    | yes
2014-15   | area-team | public-health       | 2015-16 | headroom             | minimum 0    | allocation        | no
2014-15   | area-team | primary-care        | 2016-17 | surplus              |              |                   |
2014-15   | ccg       | any                 | 2014-15 | surplus              |              |                   |
2015-16   | area-team | primary-care        | 2015-16 | surplus              | minimum 1.0  | resource-limit    | yes
2015-16   | area-team | primary-care        | 2015-16 | headroom             | minimum 2.0  | allocation        | yes
2015-16   | area-team | public-health       | 2015-16 | surplus              | minimum 0    | resource-limit    | yes
2016-17   | ccg       | any                 | 2016-17 | surplus              | minimum 1.0  | allocation        | no
2016-17   | ccg       | any                 | 2016-17 | contingency          | minimum 0.5  | allocation        | no
2016-17   | ccg       | any                 | 2016-17 | headroom             | minimum 1.0  | allocation        | no
2016-17   | ccg       | any                 | 2016-17 | distance-from-target | minimum -5   | target-allocation | yes
2017-19   | ccg       | any                 | 2017-18 | contingency          | minimum 0.5  | allocation        | no
2017-19   | ccg       | any                 | 2018-19 | headroom             | minimum 1.0  | allocation        | no
2017-19   | ccg       | any                 | 2018-19 | risk-reserve         | minimum 0.5  | allocation        | no
2017-19   | ccg       | any                 | 2018-19 | surplus              |              |                   |
2024-25   | system    | any                 | 2024-25 | balance              | minimum 0    | resource-limit    | no
2025-26   | provider  | any                 | 2025-26 | cost-reduction       | minimum 1.0  | cost-base         | yes
2025-26   | provider  | any                 | 2025-26 | productivity         | minimum 4.0  | output            | yes
2026-29   | icb       | any                 | 2026-27 | balance              | minimum 0    | resource-limit    | no
2026-29   | provider  | any                 | 2028-29 | deficit-support      | maximum 0    | resource-limit    | yes
"""

# round   | year    | factor              | per cent | read?
PRICES = """
2014-15   | 2014-15 | price-uplift        | 2.7      | yes
2014-15   | 2014-15 | provider-efficiency | 4.0      | yes
2014-15   | 2015-16 | price-uplift        |          |
2016-17   | 2016-17 | price-uplift        | 3.1      | no
2016-17   | 2016-17 | provider-efficiency | 2.0      | no
2017-19   | 2018-19 | price-uplift        | 2.1      | no
2017-19   | 2018-19 | provider-efficiency | 2.0      | no
2024-25   | 2024-25 | provider-efficiency | 1.1      | no
2024-25   | 2024-25 | price-uplift        |          |
2025-26   | 2025-26 | price-uplift        | 4.83     | yes
2025-26   | 2025-26 | provider-efficiency | 2.0      | yes
2026-29   | 2026-27 | provider-efficiency | 2.0      | no
2026-29   | 2027-28 | provider-efficiency |          |
"""


def rows(table):
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


def said(value):
    return "" if value is None else "yes" if value.confirmed else "no"


@pytest.mark.parametrize(("round_id", "body", "service", "year", "kind", "required", "base", "read"), rows(REQUIRED))
def test_the_percentage_that_a_round_requires(round_id, body, service, year, kind, required, base, read):
    rules = read_round(round_id).rules_for(organisation_type=body, service=service, year=FinancialYear.parse(year))
    rule = next((rule for rule in rules if rule.kind == kind), None)
    assert (f"{rule.sense} {rule.percent}" if rule else "") == required
    assert (rule.base.value if rule else "") == base
    assert said(rule) == read


@pytest.mark.parametrize(("round_id", "year", "kind", "percent", "read"), rows(PRICES))
def test_the_price_factors_of_a_round(round_id, year, kind, percent, read):
    factors = read_round(round_id).price_factors_for(FinancialYear.parse(year))
    factor = next((factor for factor in factors if factor.kind == kind), None)
    assert (str(factor.percent) if factor else "") == percent
    assert said(factor) == read


def test_the_tables_show_every_round():
    assert {row[0] for row in rows(REQUIRED)} == set(list_rounds())


def test_one_rule_of_a_kind_answers_and_a_service_comes_before_the_rest():
    rules = read_round("2014-15").rules_for(
        organisation_type="area-team", service="public-health", year=FinancialYear.parse("2014-15")
    )
    assert [rule.id for rule in rules] == [
        "surplus-public-health",
        "contingency",
        "headroom-public-health",
        "transformation-public-health",
    ]
    assert rules[0].exemption.startswith("Public health is let off")


@pytest.mark.parametrize(
    ("service", "year", "resources", "target"),
    [
        ("primary-care", "2014-15", 354_873, 3_549),
        ("secondary-dental", "2014-15", 18_220, 182),
        ("public-health", "2014-15", 51_523, 0),
        ("health-and-justice", "2014-15", 49_111, 491),
        ("primary-care", "2015-16", 366_726, 3_667),
        ("secondary-dental", "2015-16", 17_524, 175),
        ("public-health", "2015-16", 48_871, 0),
        ("health-and-justice", "2015-16", 51_370, 514),
    ],
)
def test_the_rule_gives_the_target_surpluses_that_kent_and_medway_printed(service, year, resources, target):
    surplus, *_ = read_round("2014-15").rules_for(
        organisation_type="area-team", service=service, year=FinancialYear.parse(year)
    )
    assert round(surplus.required(Decimal(resources))) == target


def test_local_variants_are_kept_and_never_apply():
    (uplift, _) = read_round("2014-15").price_factors_for(FinancialYear.parse("2014-15"), service="specialised")
    assert uplift.percent == Decimal("2.7")
    assert [variant.percent for variant in uplift.local_variants] == [Decimal("2.8")]


def test_an_unknown_kind_of_body_is_refused():
    with pytest.raises(ValueError, match="parish"):
        read_round("2014-15").rules_for(organisation_type="parish", service="any", year=FinancialYear.parse("2014-15"))
