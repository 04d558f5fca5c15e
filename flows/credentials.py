"""Credentials for a lake on s3:// out of a Prefect block, for runs that a worker starts; they go nowhere else."""

import json
import os

from prefect.blocks.system import Secret

from flows.settings import Settings
from tasks.lake.errors import StoreRefused

_PREFIX = "AWS_"


def take_credentials() -> None:
    """Put the variables (`AWS_...`) of the Secret block that QINGLIU_S3_BLOCK names into the environment of this run.

    Raises:
        StoreRefused: there is no such block, or it holds something else.
    """
    name = Settings().s3_block
    if name is None:
        return
    then = f'put {{"AWS_ACCESS_KEY_ID": ..., "AWS_SECRET_ACCESS_KEY": ...}} into a Secret block named {name}'
    try:
        held = Secret.load(name).get()  # type: ignore[union-attr]  # a synchronous caller gets the block itself
        told = json.loads(held) if isinstance(held, str) else held
        wrong = [key for key in told if not key.startswith(_PREFIX)]
    except (ValueError, TypeError, AttributeError):
        # what it holds is not for a message
        raise StoreRefused("no credentials in the block", where=name, why="none, or not as JSON", then=then) from None
    if wrong:
        raise StoreRefused("no credentials in the block", where=name, why="a key is no AWS_ variable", then=then)
    os.environ.update({key: str(value) for key, value in told.items()})
