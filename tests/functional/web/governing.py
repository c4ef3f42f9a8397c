"""The small plan with registers: what tests of commitments, traceability and assurance start from."""

from tests.functional.web.conftest import Workspace

from placeplan.web.access.models import Person
from placeplan.web.planning import actions as planning
from placeplan.web.planning import selectors as plans

RISKS = """\
risk,area,title,mitigation,likelihood,impact,target_score,owner,review,source
beds,Acute,Beds may be short,Open more,4,4,6,Director,2020-01-31,
staff,Workforce,Staff may leave,,2,3,,,,
"""
CONTRACTS = """\
contract,title,provider,kind,area,starts,ends,value,extension_months,notice_months,lead_months,decision,source
surgery,Old Surgery,Acme Care,APMS,,,2016-03-31,,,3,9,,
unknown,Other Surgery,,GMS,,,,,,,,,
"""
INTENTIONS = """\
intention,title,programme,service,status,change,provider,financial,comment,source
nurses,More nurses,Community,community,new,Two teams,Acme Care,£1m,,
beds,Fewer <b>beds</b>,Acute,,,,Acme Care,,,
lonely,Alone,,,continuing,,,,,
"""
OUTCOMES = """\
outcome,strategy,title,source
start-well,Joint strategy,Every child has the best start,
age-well,Joint strategy,People age well,
"""
PROJECTS = """\
project,title,owner,must_dos,outcomes,source
children,Children first,Director,,start-well,Page 3
idle,An idle project,,,,
"""
REGISTERS = {
    "registers/risks.csv": RISKS,
    "registers/contracts.csv": CONTRACTS,
    "registers/intentions.csv": INTENTIONS,
    "registers/outcomes.csv": OUTCOMES,
    "registers/projects.csv": PROJECTS,
}


def publish(planner: Person, workspace: Workspace, texts: dict[str, str]) -> None:
    """Publish texts as the next revision."""
    draft = planning.open_draft(actor=planner, plan=workspace.plan)
    for section, text in texts.items():
        replaces = plans.checksums_of_draft(draft).get(section, "")
        planning.write_section(actor=planner, draft=draft, section=section, text=text, replaces=replaces)
    planning.publish_draft(actor=planner, draft=draft, message="A change")
