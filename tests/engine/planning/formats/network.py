"""The twenty-seven approvals of the template, read and planned."""

from functools import cache

from binglian.command.planning.sheets import plan_of
from binglian.engine.planning.formats import PlanFile
from binglian.engine.planning.result import Plan
from binglian.engine.planning.solve import solve_plan
from binglian.sheets.plans import parse_plan, plan_template
from binglian.sheets.reading import read_workbook


@cache
def approvals() -> PlanFile:
    """The plan of the Chinese template."""
    return plan_of(parse_plan(read_workbook(plan_template(), "plan.xlsx")))


@cache
def planned() -> Plan:
    """The approvals in parallel."""
    plan = solve_plan(approvals().problem, seconds=20).plan
    assert plan is not None
    return plan
