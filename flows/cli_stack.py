"""`qingliu stack ...`: Prefect's server, database, deployments and worker on this machine."""

from typing import Annotated

import typer

app = typer.Typer(help="The whole stack on this machine: database, Prefect server, schedules, worker.")


@app.command()
def up(
    port: Annotated[int, typer.Option("--port", "-p", help="Port of the UI; the next free one when taken.")] = 4200,
    sqlite: Annotated[
        bool, typer.Option("--sqlite", help="Keep the server's data in SQLite although PostgreSQL could be started.")
    ] = False,
) -> None:
    """Start what is not running, on loopback, and bring it to what deployments/ declares."""
    from flows import standing

    standing.up(port, sqlite=sqlite)


@app.command()
def down() -> None:
    """Stop exactly what `up` started; the data stay in .stack."""
    from flows import standing

    standing.down()


@app.command()
def status(as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False) -> None:
    """Tell what is running."""
    from flows import standing

    standing.status(as_json=as_json)


@app.command()
def provision() -> None:
    """Bring the server at PREFECT_API_URL to what deployments/ declares; as often as you like."""
    from flows import standing

    standing.provision()
