"""Makes what every batch needs before the first one: importing this does it.

The process that workers are forked from can only import (`flows.pool`), and what it has made they all have.
"""

import gc

import numpy.ma  # noqa: F401 - Polars asks for it with the first array it is given

from contracts import engine
from contracts.registry import CONTRACTS, empty
from tasks import curate
from tasks.once import get_ready

__all__ = ["curate"]

get_ready()
for table, model in CONTRACTS.items():
    empty(table)
    engine.strict_schema(model)
# workers neither look through these objects again nor, by doing so, copy the memory that they share
gc.collect()
gc.freeze()
