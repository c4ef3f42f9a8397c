"""Which cell explains a failing reconciliation."""

from pathlib import Path

from tests.checks.example_plans import TODAY, Example

from placeplan.app.checking import check_path
from placeplan.assurance.findings import Finding

LINES = """service,line,step,2016-17
acute,Outturn,outturn,{outturn}
acute,Part-year effects,part-year-effect,1818
acute,Inflation,price-inflation,2198
acute,Growth,demographic-growth,2772
acute,QIPP,efficiency-scheme,-3056
"""
STATED = """figure,value,source
finance.acute.2016-17.outturn,"343,222",Table 1
finance.acute.2016-17.baseline,{baseline},Table 1
finance.acute.2016-17.total,"{total}",Table 1
"""


def _found(folder: Path, files: dict[str, str]) -> list[Finding]:
    results = Example("REC001", "", {}, files, ()).check(folder)
    return [finding for finding in results.judgement.findings if finding.code == "REC001"]


def test_nothing_fails(tmp_path: Path) -> None:
    stated = STATED.format(baseline="345040", total="346,954")
    files = {"finance/lines.csv": LINES.format(outturn=343222), "finance/stated.csv": stated}
    assert not _found(tmp_path, files)


def test_slip_in_a_line_is_found_at_the_line_with_all_that_it_breaks(tmp_path: Path) -> None:
    stated = STATED.format(baseline="345040", total="346,954")
    files = {"finance/lines.csv": LINES.format(outturn=343322), "finance/stated.csv": stated}
    [finding] = _found(tmp_path, files)
    assert (finding.location.file, finding.location.line, finding.location.field) == ("finance/lines.csv", 2, "2016-17")
    assert "343222 in place of 343322" in finding.suggestion
    assert [other.location.line for other in finding.related] == [2, 3, 4]


def test_slip_in_a_stated_total_is_found_at_the_total(tmp_path: Path) -> None:
    stated = STATED.format(baseline="345040", total="349,654")
    files = {"finance/lines.csv": LINES.format(outturn=343222), "finance/stated.csv": stated}
    [finding] = _found(tmp_path, files)
    assert (finding.location.file, finding.location.line) == ("finance/stated.csv", 4)
    assert finding.location.field == "value"


def test_transposed_total_is_named(tmp_path: Path) -> None:
    stated = STATED.format(baseline="345040", total="364,954")
    files = {"finance/lines.csv": LINES.format(outturn=343222), "finance/stated.csv": stated}
    [finding] = _found(tmp_path, files)
    assert "346,954 in place of 364,954" in finding.suggestion
    assert "the order of two neighbouring digits" in finding.suggestion


def test_middle_total_is_contradicted_by_what_builds_on_it(tmp_path: Path) -> None:
    stated = STATED.format(baseline="355111", total="346,954")
    files = {"finance/lines.csv": LINES.format(outturn=343222), "finance/stated.csv": stated}
    [finding] = _found(tmp_path, files)
    assert (finding.location.file, finding.location.line) == ("finance/stated.csv", 3)
    assert "planned spend" in finding.suggestion
    assert "would be £357,025k" in finding.suggestion


def test_two_slips_in_two_cells_are_two_findings(tmp_path: Path) -> None:
    text = "service,year,actual,target\nacute,2016-17,540.964,656.185\nacute,2017-18,555.399,569.414\n"
    stated = (
        "figure,value,source\n"
        "finance.acute.2016-17.distance-from-target,(15.221),Table\n"
        "finance.acute.2016-17.distance-from-target-percent,(2.7%),Table\n"
        "finance.acute.2017-18.distance-from-target,(14.042),Table\n"
        "finance.acute.2017-18.distance-from-target-percent,(2.5%),Table\n"
    )
    found = _found(tmp_path, {"finance/targets.csv": text, "finance/stated.csv": stated})
    assert [(one.location.line, one.location.field) for one in found] == [(2, "target"), (3, "target")]
    assert "556.185" in found[0].suggestion
    assert "569.441" in found[1].suggestion


def test_check_runs_on_its_own(tmp_path: Path) -> None:
    folder = Example("REC001", "", {}, {}, ()).write(tmp_path)
    assert [check.code for check in check_path(folder, today=TODAY, select=["REC001"]).judgement.checks] == ["REC001"]
