"""Which exit code an error means: 1 data or lake at fault, 2 wrong usage, 75 try again, none for a bug of ours."""

from tasks.accept import AcceptError
from tasks.cards import CardError
from tasks.decisions import DecisionError
from tasks.export import ExportError
from tasks.lake.errors import LakeError
from tasks.plan import PlanError

USAGE = 2
TRY_AGAIN = 75


def exit_code(error: BaseException) -> int | None:
    """The code for an error that the user can act on; null for any other, which deserves its traceback."""
    if isinstance(error, LakeError):
        return error.exit_code
    if isinstance(error, PlanError | CardError | ExportError | AcceptError | DecisionError):
        return USAGE
    if isinstance(error, OSError):
        return TRY_AGAIN
    return None
