"""A small plan with something in every part, for the tests of the reports."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from placeplan.app.checking import check_path
from placeplan.reports.types import PlanResults

FILES = {
    "plan.yaml": """\
format: 1
id: small-2014
title: Small plan <for tests> & "quotes"
place: Smallshire
organisation: {name: Smallshire CCG, type: ccg}
round: 2014-15
years: [2014-15, 2015-16]
money: GBP thousand
synthetic: true
services:
  - {id: care, name: Care & cure, rules: any}
partners:
  - {name: The council, role: Joint commissioner, signed: 2014-04-02}
  - {name: The hospital}
versions:
  - {version: "1", date: 2014-04-01, author: A. Planner, note: First draft}
summary:
  vision: Better for all.
  objectives: [One, Two]
sources: [Invented]
as_at: 2014-04-04
""",
    "finance/lines.csv": """\
service,line,step,recurrent,2014-15,2015-16,source
care,Outturn,outturn,,1000,,Table 1
care,Full-year effect,part-year-effect,,20,-5,Table 1
care,Prices,price-inflation,,2.0%,2.0%,Table 1
care,QIPP,efficiency-scheme,,-30,tbc,Table 1
""",
    "finance/allocations.csv": """\
service,line,kind,2014-15,2015-16,source
care,Notified,notified,1020,1030,Table 2
care,Balance,brought-forward,-4,,Table 2
""",
    "finance/efficiency.csv": """\
scheme,service,year,title,gross,investment,identified,owner,source
beds,care,2014-15,Fewer beds,40,5,yes,Director,Table 3
rest,care,2014-15,To be found,10,,no,,Table 3
""",
    "finance/claims.csv": """\
claim,service,title,state,recurrent,2014-15,2015-16,counterparty,risk,source
drugs,care,Drugs that others charge,raised,,30,30,The council,cash,Table 9
rent,care,Rent at market price,refused,no,4,tbc,,,Table 9
""",
    "finance/investments.csv": """\
investment,service,title,funding,transformation,2014-15,2015-16,business_case,approved,committed,owner,line,source
records,care,Shared records,headroom,yes,15,10,approved,2014-03-01,2014-04-01,Director,,Table 10
wards,care,Wards that move,headroom,,20,0,submitted,,2014-09-01,,,Table 10
nurses,care,More nurses,growth,,5,tbc,,,,,,Table 10
""",
    "finance/targets.csv": """\
service,year,actual,target,population,source
care,2014-15,1020,1040,900,Table 4
""",
    "finance/benefits.csv": """\
programme,view,kind,line,2014-15,2015-16,source
local-care,place,saving,Hospital,5,7,Table 5
local-care,place,investment,Teams,3,not available,Table 5
""",
    "performance/trajectories.csv": """\
indicator,service,title,unit,2014-15,2015-16,position,exception,source
EF26,care,Cervical screening,per cent,78.0%,79.0%,,Long decline,Table 6
EF1,care,Vaccination,per cent,,,meets-standard,,Table 6
""",
    "performance/observations.csv": """\
indicator,title,area,period,numerator,denominator,value,unit,status,source
beds,Beds,Smallshire,2013-14,,,120,beds,,Table 7
seen,Seen in time,Smallshire,2013-14,45,50,,per cent,provisional,Table 7
EF26,Cervical screening,Smallshire,2013-14,,,78.6%,per cent,,Table 7
EF26,Cervical screening,Smallshire,2014-15,774,1000,,per cent,provisional,Table 7
""",
    "registers/intentions.csv": """\
intention,title,programme,service,status,change,provider,financial,source
move,Move care out,Local care,care,new,Fewer visits,The hospital,saves 40,Table 8
stay,Stay as it is,,care,continuing,,,,Table 8
""",
    "registers/outcomes.csv": """\
outcome,strategy,title,source
long-life,Joint strategy,Longer life,Page 1
good-start,Joint strategy,A good start,Page 1
""",
    "registers/projects.csv": """\
project,title,owner,outcomes,source
beds,Fewer beds,Director,long-life,Page 2
""",
    "registers/risks.csv": """\
risk,area,title,mitigation,likelihood,impact,owner,review,source
staff,Delivery,No staff,Recruit,4,5,Director,2014-06-01,Page 3
cash,Money,No cash,,,,,,Page 3
""",
    "registers/contracts.csv": """\
contract,title,provider,ends,source
bus,Patient transport,Bus company,2015-03-31,Page 4
""",
    "registers/milestones.csv": """\
milestone,title,due,source
open,New centre opens,June 2015,Page 5
""",
    "registers/maturity.csv": """\
scale,level,title,source
quality,Level one,Starting,Page 6
""",
    "waivers.csv": """\
code,subject,reason,author,expires
RSK001,cash,Known and accepted,A. Chair,2015-03-31
""",
    "narrative/01-money.md": """\
# The money

We spend {{ finance.care.2014-15.total }}, a deficit of [£14k](figure:-finance.care.2014-15.cumulative) <b>or so</b>.

- one **strong** point
- a [link](https://example.org/) and a [bad one](javascript:alert(1))

## Later

| year | spend |
| --- | --- |
| 2014-15 | {{ finance.care.2014-15.total }} |
| 2015-16 | {{ finance.care.2015-16.total }} |

Nothing is called {{ finance.nobody.2014-15.total }}.
""",
}


def small_results(folder: Path, *, select: Sequence[str] = ()) -> PlanResults:
    """The small plan, written to a folder, read and checked."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return check_path(folder, today=date(2014, 4, 4), select=select)


def bundled_results(name: str) -> PlanResults:
    """One of the plans that come with Placeplan."""
    from placeplan import examples

    return check_path(Path(next(iter(examples.__path__))) / name, today=date(2026, 1, 1))
