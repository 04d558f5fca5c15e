"""`qingliu stack`: the whole stack on this machine, up, down and told of."""

import json
from dataclasses import asdict

from rich.console import Console

from flows import stack
from flows.database import NAME as POSTGRES
from flows.processes import recorded
from flows.settings import Settings


def up(port: int, *, sqlite: bool) -> None:
    """Start the stack and print where it is."""
    console = Console(highlight=False)
    made = stack.up(Settings(), port=port, postgres=not sqlite)
    why = f" ({made.database.why})" if made.database.why else ""
    for line in made.changes or ("everything was as declared",):
        console.print(f"  {line}", style="dim", markup=False)
    console.print(f"Database  {made.database.kind}{why}", markup=False)
    for process in made.processes:
        console.print(f"{process.name:<9} process {process.pid}, log {process.log}", markup=False, soft_wrap=True)
    console.print(f"UI        {made.ui}", style="bold")
    console.print(f"To use it here: export PREFECT_API_URL={made.api}", markup=False, soft_wrap=True)


def down() -> None:
    """Stop what `up` started."""
    console = Console(highlight=False)
    for process in stack.down() or ():
        console.print(f"stopped {process.name} (process {process.pid})", markup=False)


def provision() -> None:
    """Bring the server at PREFECT_API_URL to what is declared."""
    from flows.provision import provision as bring

    for line in bring(Settings()) or ["everything was as declared"]:
        print(line)  # noqa: T201 - what was asked for


def status(*, as_json: bool) -> None:
    """Tell what is running."""
    there = {name: recorded(stack.STATE, name) for name in (POSTGRES, stack.SERVER, stack.WORKER)}
    if as_json:
        print(json.dumps({name: asdict(one) if one else None for name, one in there.items()}))  # noqa: T201 - what was asked for
        return
    for name, one in there.items():
        print(f"{name:<9} {f'process {one.pid}, since {one.born}' if one else 'down'}")  # noqa: T201 - what was asked for
