"""Go on with a staged run: one that was killed, or that failed its gate and is to be accepted."""

from pathlib import Path

from tasks.plan import Plan, PlanError
from tasks.plan_file import PLAN, read_plan


def staged_run(lake: Path, recipe: str) -> Plan:
    """The plan of the newest run that is staged and not published.

    Raises:
        PlanError: there is none, or its rows are of another recipe.
    """
    plans = [path for path in (lake / ".staging").glob(f"*/{PLAN}") if any(path.parent.glob("batch-*/batch.json"))]
    if not plans:
        raise PlanError(f"no staged run in {lake}: nothing to resume; qingliu run INPUT starts one")
    newest = max(plans, key=lambda path: (path.stat().st_mtime_ns, path.parent.name))
    plan = read_plan(newest.parent)
    if plan.recipe_version != recipe:
        raise PlanError(
            f"{newest.parent}: staged by recipe {plan.recipe_version}, and this is {recipe}; run its inputs again"
        )
    return plan
