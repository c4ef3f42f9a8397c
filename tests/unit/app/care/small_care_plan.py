"""A plan of a small place with a care model, as texts: two segments, one area, two interventions."""

from collections.abc import Mapping

HEADER = """\
format: 1
id: small-place
title: Care model of a small place
place: Small Place
organisation: {name: NHS Small Place, type: ccg}
round: 2017-19
years: [2017-18, 2018-19]
money: GBP thousand
services:
  - {id: place, name: The place}
care:
  base_year: 2016-17
  segments:
    - {id: older, title: Older people, people: 10000}
    - {id: others, title: Everybody else, people: 90000}
  areas:
    - {id: place, title: The whole place}
  groups:
    - {id: hospital, title: Hospital, points: [non-elective-admissions, non-elective-bed-days]}
  seed: 7
  runs: 64
  claim_probability: 50
"""

CARE = {
    "care/activity.csv": """\
point,segment,area,activity,firmness,source
ae-attendances,older,place,4000,synthetic,made up
ae-attendances,others,place,30000,synthetic,made up
non-elective-admissions,older,place,3000,synthetic,made up
non-elective-admissions,others,place,6000,synthetic,made up
non-elective-bed-days,older,place,30000,synthetic,made up
non-elective-bed-days,others,place,24000,synthetic,made up
""",
    "care/prices.csv": """\
point,tariff,cost,firmness,source
ae-attendances,150,150,synthetic,made up
non-elective-admissions,"2,000","2,000",synthetic,made up
non-elective-bed-days,250,300,synthetic,made up
""",
    "care/growth.csv": """\
adjustment,point,segment,2017-18,2018-19,low,high,firmness,source
ageing,,older,3.0%,3.0%,50%,150%,synthetic,made up
other-growth,ae-attendances,,1.0%,2.0%,,,synthetic,made up
""",
    "care/interventions.csv": """\
intervention,title,library,2017-18,2018-19,firmness,source
rapid-response,Rapid response,rapid-response,50%,100%,synthetic,made up
reablement,Discharge and reablement,discharge-and-reablement,25%,100%,synthetic,made up
""",
    "care/reach.csv": """\
intervention,segment,reach,firmness,source
rapid-response,older,50%,synthetic,made up
reablement,older,40%,synthetic,made up
reablement,others,10%,synthetic,made up
""",
    "care/effects.csv": """\
intervention,point,kind,segment,share,2017-18,2018-19,stay_ratio,low,likely,high,strength,firmness,source
rapid-response,non-elective-admissions,avoided,,20%,,,1,0%,10%,25%,low,synthetic,made up
rapid-response,ae-attendances,avoided,,10%,,,,0%,5%,20%,low,synthetic,made up
reablement,non-elective-bed-days,shorter-stay,,15%,100%,100%,,2%,9%,16%,moderate,synthetic,made up
""",
    "care/costs.csv": """\
intervention,heading,recurrent,2017-18,2018-19,firmness,source
rapid-response,Older people,yes,100,200,synthetic,made up
reablement,Other,yes,50,80,synthetic,made up
""",
    "care/beds.csv": """\
site,title,point,beds,occupancy,firmness,source
general,General hospital,non-elective-bed-days,160,90%,synthetic,made up
cottage,Cottage hospital,non-elective-bed-days,20,80%,synthetic,made up
""",
    "care/staff.csv": """\
role,intervention,contacts,minutes,working_time,in_post,firmness,source
nurse,rapid-response,6,45,agenda-for-change-home,10,synthetic,made up
nurse,reablement,4,30,agenda-for-change-home,5,synthetic,made up
therapist,reablement,2,60,agenda-for-change-home,,synthetic,made up
""",
    "care/clusters.csv": """\
practice,cluster,starts,ends,people,firmness,source
practice-a,north,,,"30,000",synthetic,made up
practice-b,north,,,"25,000",synthetic,made up
practice-c,south,,,"45,000",synthetic,made up
""",
}


def care_plan(changes: Mapping[str, tuple[str, str]] | None = None, *, header: str = HEADER) -> dict[str, str]:
    """The texts of the plan, with a part of some files put in place of another."""
    texts = {"plan.yaml": header, **CARE}
    for name, (old, new) in (changes or {}).items():
        assert old in texts[name], f"{old!r} does not stand in {name}"
        texts[name] = texts[name].replace(old, new, 1)
    return texts
