"""The named states in which a run can end for reasons of its user or its lake, rather than of its code.

Refused: it cannot be done as asked. LakeBusy: another run writes; Unreachable: the object store does not answer; try
these again. Any other lake error: Failed, in words.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec

from prefect.client.schemas.objects import State
from prefect.states import Failed

from flows.exits import TRY_AGAIN, USAGE, exit_code
from flows.quiet import quiet_exit
from tasks.lake.errors import LakeError, StoreUnreachable

P = ParamSpec("P")


def refusing(function: Callable[P, "State[Any]"]) -> Callable[P, "State[Any]"]:
    """Turn what the user can act on into a state with a message; a bug stays a traceback."""
    quiet_exit()

    @wraps(function)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> "State[Any]":
        try:
            return function(*args, **kwargs)
        except Exception as error:
            code = exit_code(error)
            if code == USAGE:
                return Failed(name="Refused", message=str(error), data=error)
            if code == TRY_AGAIN and isinstance(error, LakeError):
                name = "Unreachable" if isinstance(error, StoreUnreachable) else "LakeBusy"
                return Failed(name=name, message=str(error), data=error)
            if isinstance(error, LakeError):
                return Failed(message=str(error), data=error)
            raise

    return guarded
