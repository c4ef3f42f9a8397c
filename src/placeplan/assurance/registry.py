"""The list of checks, and running them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from placeplan.assurance.checks import (
    act001_claim_beyond_evidence,
    act002_effect_above_evidence,
    act003_effect_without_evidence,
    act004_claims_exceed_activity,
    act005_stated_differs_from_model,
    act006_system_spends_more,
    eff001_savings_unidentified,
    eff002_scheme_without_owner,
    eff003_phasing_not_whole,
    eff004_saving_negative,
    eff005_investment_above_saving,
    eff006_savings_back_loaded,
    eff007_schemes_differ_from_bridge,
    eff008_likely_saving_short,
    eff009_scheme_starts_outside_year,
    eff010_full_year_below_saving,
    eff011_saving_without_scheme,
    est001_beds_short,
    est002_cluster_out_of_range,
    est003_practice_in_two_clusters,
    est004_clusters_miss_people,
    fin001_surplus_below_rule,
    fin002_contingency_below_rule,
    fin003_headroom_below_rule,
    fin004_deficit_behind_surplus,
    fin005_balance_against_carry_rule,
    fin006_underlying_deficit,
    fin007_resources_short_of_spend,
    fin008_collective_target_missed,
    fin009_collective_target_only_by_rounding,
    fin010_too_far_from_target,
    fin011_local_price_assumption,
    fin012_full_year_effect_differs,
    fin013_not_in_balance,
    fin014_cost_reduction_short,
    fin015_saving_raises_spend,
    fin016_deficit_support_planned,
    fin017_outturn_differs_from_plan,
    per001_planned_below_level,
    per002_no_exception_text,
    per003_says_it_misses,
    per004_nothing_planned,
    per005_not_assured,
    per006_gets_worse,
    per007_indicator_left_out,
    per008_meets_without_value,
    per009_values_against_position,
    per010_indicator_of_no_round,
    per011_off_trajectory,
    per012_definition_review_overdue,
    per013_observed_below_standard,
    per014_nothing_observed,
    pln001_no_version_log,
    pln002_year_outside_round,
    pln003_service_without_lines,
    pln004_service_without_allocation,
    pln005_unknown_money,
    pln006_partner_not_signed,
    pln007_no_carry_rule,
    pln008_no_source,
    pln009_waiver_expired,
    pln010_waiver_without_finding,
    pln011_waiver_of_unknown_check,
    pln012_link_to_nothing,
    pln013_balance_entered_and_derived,
    pln014_links_in_a_circle,
    pop001_printed_change_of_population,
    rec001_stated_total_differs,
    rec002_within_rounding,
    rec003_stated_figure_unknown,
    rec004_value_against_own_counts,
    rec005_measure_printed_twice,
    rec006_two_views_differ,
    rec007_cell_unknown,
    rsk001_no_mitigation,
    rsk002_mitigation_only_promised,
    rsk003_no_owner,
    rsk004_no_score,
    rsk005_no_review_date,
    rsk006_review_overdue,
    rsk007_grave_without_target,
    rsk008_target_not_below_score,
    trc001_must_do_without_project,
    trc002_outcome_without_project,
    trc003_unknown_must_do,
    trc004_intention_without_programme,
    trc005_intention_without_provider,
    trc006_intention_without_money,
    trc007_project_without_owner,
    txt001_text_contradicts_figure,
    txt002_reference_to_nothing,
    txt003_number_tied_to_nothing,
    txt004_two_values_in_text,
    wrk001_staff_short,
    wrk002_staff_unknown,
    wrk003_intervention_without_staff,
)
from placeplan.assurance.findings import Case, Check, Finding, Said

CHECKS: tuple[Check, ...] = (
    pln001_no_version_log.CHECK,
    pln002_year_outside_round.CHECK,
    pln003_service_without_lines.CHECK,
    pln004_service_without_allocation.CHECK,
    pln005_unknown_money.CHECK,
    pln006_partner_not_signed.CHECK,
    pln007_no_carry_rule.CHECK,
    pln008_no_source.CHECK,
    pln009_waiver_expired.CHECK,
    pln010_waiver_without_finding.CHECK,
    pln011_waiver_of_unknown_check.CHECK,
    pln012_link_to_nothing.CHECK,
    pln013_balance_entered_and_derived.CHECK,
    pln014_links_in_a_circle.CHECK,
    fin001_surplus_below_rule.CHECK,
    fin002_contingency_below_rule.CHECK,
    fin003_headroom_below_rule.CHECK,
    fin004_deficit_behind_surplus.CHECK,
    fin005_balance_against_carry_rule.CHECK,
    fin006_underlying_deficit.CHECK,
    fin007_resources_short_of_spend.CHECK,
    fin008_collective_target_missed.CHECK,
    fin009_collective_target_only_by_rounding.CHECK,
    fin010_too_far_from_target.CHECK,
    fin011_local_price_assumption.CHECK,
    fin012_full_year_effect_differs.CHECK,
    fin013_not_in_balance.CHECK,
    fin014_cost_reduction_short.CHECK,
    fin015_saving_raises_spend.CHECK,
    fin016_deficit_support_planned.CHECK,
    fin017_outturn_differs_from_plan.CHECK,
    eff001_savings_unidentified.CHECK,
    eff002_scheme_without_owner.CHECK,
    eff003_phasing_not_whole.CHECK,
    eff004_saving_negative.CHECK,
    eff005_investment_above_saving.CHECK,
    eff006_savings_back_loaded.CHECK,
    eff007_schemes_differ_from_bridge.CHECK,
    eff008_likely_saving_short.CHECK,
    eff009_scheme_starts_outside_year.CHECK,
    eff010_full_year_below_saving.CHECK,
    eff011_saving_without_scheme.CHECK,
    per001_planned_below_level.CHECK,
    per002_no_exception_text.CHECK,
    per003_says_it_misses.CHECK,
    per004_nothing_planned.CHECK,
    per005_not_assured.CHECK,
    per006_gets_worse.CHECK,
    per007_indicator_left_out.CHECK,
    per008_meets_without_value.CHECK,
    per009_values_against_position.CHECK,
    per010_indicator_of_no_round.CHECK,
    per011_off_trajectory.CHECK,
    per012_definition_review_overdue.CHECK,
    per013_observed_below_standard.CHECK,
    per014_nothing_observed.CHECK,
    trc001_must_do_without_project.CHECK,
    trc002_outcome_without_project.CHECK,
    trc003_unknown_must_do.CHECK,
    trc004_intention_without_programme.CHECK,
    trc005_intention_without_provider.CHECK,
    trc006_intention_without_money.CHECK,
    trc007_project_without_owner.CHECK,
    rsk001_no_mitigation.CHECK,
    rsk002_mitigation_only_promised.CHECK,
    rsk003_no_owner.CHECK,
    rsk004_no_score.CHECK,
    rsk005_no_review_date.CHECK,
    rsk006_review_overdue.CHECK,
    rsk007_grave_without_target.CHECK,
    rsk008_target_not_below_score.CHECK,
    txt001_text_contradicts_figure.CHECK,
    txt002_reference_to_nothing.CHECK,
    txt003_number_tied_to_nothing.CHECK,
    txt004_two_values_in_text.CHECK,
    pop001_printed_change_of_population.CHECK,
    act001_claim_beyond_evidence.CHECK,
    act002_effect_above_evidence.CHECK,
    act003_effect_without_evidence.CHECK,
    act004_claims_exceed_activity.CHECK,
    act005_stated_differs_from_model.CHECK,
    act006_system_spends_more.CHECK,
    wrk001_staff_short.CHECK,
    wrk002_staff_unknown.CHECK,
    wrk003_intervention_without_staff.CHECK,
    est001_beds_short.CHECK,
    est002_cluster_out_of_range.CHECK,
    est003_practice_in_two_clusters.CHECK,
    est004_clusters_miss_people.CHECK,
    rec001_stated_total_differs.CHECK,
    rec002_within_rounding.CHECK,
    rec003_stated_figure_unknown.CHECK,
    rec004_value_against_own_counts.CHECK,
    rec005_measure_printed_twice.CHECK,
    rec006_two_views_differ.CHECK,
    rec007_cell_unknown.CHECK,
)


def check_of(code: str) -> Check:
    """The check with this code.

    Raises:
        KeyError: there is none.
    """
    for check in CHECKS:
        if check.code == code:
            return check
    raise KeyError(code)


def selected(prefixes: Sequence[str]) -> tuple[Check, ...]:
    """The checks whose codes start with one of the prefixes; all of them when there is no prefix."""
    return tuple(check for check in CHECKS if not prefixes or check.code.startswith(tuple(prefixes)))


def run(case: Case, checks: Iterable[Check]) -> Iterator[Finding]:
    """The findings of the checks, in the order of their codes; each leans on what its figures lean on."""
    checks = tuple(checks)
    by_code = {check.code: tuple(check.find(case)) for check in checks if not check.after_others}
    findings = tuple(finding for found in by_code.values() for finding in found)
    said = Said(run=frozenset(by_code), known=tuple(check.code for check in CHECKS), findings=findings)
    informed = replace(case, said=said)
    for check in checks:
        for finding in by_code.get(check.code, ()) if not check.after_others else check.find(informed):
            yield _leaning(finding, case)


def _leaning(finding: Finding, case: Case) -> Finding:
    """The finding with the unconfirmed values that its figures rest on."""
    known = [case.figures[figure] for figure in finding.figures if figure in case.figures]
    leans_on = dict.fromkeys((*finding.leans_on, *(path for figure in known for path in figure.leans_on)))
    return replace(finding, leans_on=tuple(leans_on)) if len(leans_on) > len(finding.leans_on) else finding
