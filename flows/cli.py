"""The command line. Each command says what it does and calls it; heavy imports wait inside the commands.

Leaves with 0 fine, 1 data failed its gate or the lake is damaged, 2 wrong usage, 75 try again.
"""

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import cli_lake, cli_stack
from flows.cli_lake import DEFAULT_LAKE, Lake

app = typer.Typer(
    name="qingliu",
    help="清流: dirty scrapes of Chinese official news in; clean, segmented, checked, partitioned Parquet out.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(cli_stack.app, name="stack")
for command in (cli_lake.forget, cli_lake.unhold, cli_lake.diff):
    app.command()(command)

Source = Annotated[
    str | None, typer.Option("--source", "-s", metavar="CARD", help="Source card that reads every file.")
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of tables.")]
Direct = Annotated[bool, typer.Option("--direct", help="Run without Prefect.")]
Accept = Annotated[
    list[str] | None, typer.Option("--accept", metavar="RULE", help="Publish although this rule fails; repeatable.")
]
Reason = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why it is accepted; kept in the release.")]
OfRelease = Annotated[int | None, typer.Option("--release", metavar="N", help="Only what release N rejected.")]
OfRule = Annotated[str | None, typer.Option("--rule", metavar="RULE", help="Only this rule or reason code.")]


@app.command()
def run(
    inputs: Annotated[
        list[str] | None,
        typer.Argument(metavar="[INPUT]...", help="Files, folders or quoted globs. Default: the specimens in seeds/."),
    ] = None,
    lake: Lake = DEFAULT_LAKE,
    source: Source = None,
    plan: Annotated[bool, typer.Option("--plan", help="Say what would be done, and do nothing.")] = False,
    resume: Annotated[
        bool, typer.Option("--resume", help="Go on with the staged run: one that was killed, or failed its gate.")
    ] = False,
    accept: Accept = None,
    reason: Reason = "",
    rehash: Annotated[
        bool, typer.Option("--rehash", help="Read every file again to know it, whatever its size and time say.")
    ] = False,
    dask: Annotated[
        str | None,
        typer.Option(
            "--dask",
            envvar="QINGLIU_DASK_ADDRESS",
            metavar="ADDRESS",
            help="Curate on the Dask cluster of this scheduler.",
        ),
    ] = None,
    direct: Direct = False,
    as_json: AsJson = False,
) -> None:
    """Clean INPUT into the next release of a lake."""
    from flows import running

    if resume and inputs:
        raise typer.BadParameter("a staged run has its inputs already: give --resume or INPUT, not both")
    if dask:
        running.use_dask(dask)
    accepted = tuple(accept or ())
    order = running.order_of(inputs or [], lake, source, accept=accepted, reason=reason, resume=resume, rehash=rehash)
    raise typer.Exit(running.run(order, lake, plan=plan, direct=direct, as_json=as_json))


@app.command()
def rejections(
    lake: Lake = DEFAULT_LAKE,
    release: OfRelease = None,
    rule: OfRule = None,
    samples: Annotated[int, typer.Option("--samples", "-n", min=0, help="Rows shown for each reason.")] = 3,
    as_json: AsJson = False,
) -> None:
    """List what was rejected by reason, with the first rows of each."""
    from flows import checking

    checking.rejections(lake, release, rule, samples, as_json=as_json)


@app.command()
def replay(
    lake: Lake = DEFAULT_LAKE,
    release: OfRelease = None,
    rule: OfRule = None,
    decided: Annotated[
        bool, typer.Option("--decided", help="Instead, what decisions.toml is about, also when published.")
    ] = False,
    plan: Annotated[bool, typer.Option("--plan", help="Say what would be tried again, and do nothing.")] = False,
    accept: Accept = None,
    reason: Reason = "",
    direct: Direct = False,
    as_json: AsJson = False,
) -> None:
    """Try again what was rejected, by the current recipe and contracts, from the raw store."""
    from flows import running
    from tasks.replay import Wanted

    wanted = Wanted(release, rule, decided)
    order = running.order_of([], lake, None, accept=tuple(accept or ()), reason=reason, replay=wanted)
    raise typer.Exit(running.run(order, lake, plan=plan, direct=direct, as_json=as_json))


@app.command()
def bounds(lake: Lake = DEFAULT_LAKE, source: Source = None) -> None:
    """Print what is measured of each source and bounds for it, as lines for its source card."""
    from flows import checking

    checking.bounds(lake, source)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A raw file.")],
    source: Source = None,
    lost: Annotated[bool, typer.Option("--lost", help="List everything that was taken out, by rule.")] = False,
    row: Annotated[
        str | None,
        typer.Option("--row", metavar="ID", help="Show an article, paragraph or sentence beside its raw span."),
    ] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="PATH", help="Write every change to one self-contained page.")
    ] = None,
) -> None:
    """Show step by step what cleaning changes in FILE, what it removes by which rule, and the articles it finds."""
    from flows import explaining

    explaining.run(file, source, lost=lost, row=row, html=html)


@app.command()
def preview(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders or quoted globs.")],
    source: Source = None,
) -> None:
    """Print the articles found in FILEs; write nothing."""
    from flows import looking

    looking.preview(files, source)


@app.command()
def status(lake: Lake = DEFAULT_LAKE, as_json: AsJson = False) -> None:
    """Show the current release: size of each table, freshness of each source, what was rejected, what is pending."""
    from flows import asking

    asking.status(lake, as_json=as_json)


@app.command()
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT over the tables, in DuckDB's SQL.")],
    lake: Lake = DEFAULT_LAKE,
    as_json: AsJson = False,
) -> None:
    """Run a query on the current release."""
    from flows import asking

    asking.sql(lake, query, as_json=as_json)


@app.command()
def report(
    lake: Lake = DEFAULT_LAKE,
    release: Annotated[int | None, typer.Option("--release", metavar="N", help="Default: the newest.")] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
) -> None:
    """Write the page about a release: verdict, losses, what cleaning did, rules, rejections, coverage, lineage."""
    from flows import asking

    asking.report(lake, release, show=show)


@app.command()
def export(
    out: Annotated[Path, typer.Option("--out", "-o", metavar="PATH", help="Folder to write to.")],
    lake: Lake = DEFAULT_LAKE,
    form: Annotated[str, typer.Option("--format", "-f", help="score (one JSON a raw file), jsonl or csv.")] = "jsonl",
) -> None:
    """Write the articles of the current release as files for other programs."""
    from flows import asking

    asking.export(lake, out, form)


@app.command()
def releases(lake: Lake = DEFAULT_LAKE, as_json: AsJson = False) -> None:
    """List the releases of a lake, the newest first."""
    from flows import asking

    asking.releases(lake, as_json=as_json)


contracts = typer.Typer(help="What the tables promise, version by version.", no_args_is_help=True)
app.add_typer(contracts, name="contracts")


@contracts.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="A lock file, the number of a release, or `code`.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="Likewise.")] = "code",
    lake: Lake = DEFAULT_LAKE,
) -> None:
    """Show what changed between two versions of the contracts; leaves with 1 if a version step is too small."""
    from flows import checking

    raise typer.Exit(checking.contracts_diff(old, new, lake))


@app.command()
def compact(lake: Lake = DEFAULT_LAKE) -> None:
    """Draw together partitions that lie in many small files; no row changes."""
    from flows import caring

    caring.compact(lake)


@app.command()
def vacuum(
    lake: Lake = DEFAULT_LAKE,
    keep_releases: Annotated[int, typer.Option("--keep-releases", min=1, help="Newest releases to keep.")] = 10,
    keep_days: Annotated[float, typer.Option("--keep-days", min=0, help="Keep releases younger than this.")] = 7,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only tell.")] = False,
    as_json: AsJson = False,
) -> None:
    """Delete files that no kept release needs, and every byte of forgotten documents."""
    from flows import caring

    caring.vacuum(lake, keep_releases, keep_days, dry_run=dry_run, as_json=as_json)


@app.command()
def verify(
    lake: Lake = DEFAULT_LAKE,
    raw: Annotated[bool, typer.Option("--raw", help="Decompress and hash every raw input too.")] = False,
    as_json: AsJson = False,
) -> None:
    """Hold every file of the current release against its checksum, row count, keys and contract."""
    from flows import caring

    raise typer.Exit(caring.verify(lake, raw=raw, as_json=as_json))


@app.command()
def rollback(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="Release that is shown again.")],
    lake: Lake = DEFAULT_LAKE,
    note: Annotated[str, typer.Option("--note", metavar="TEXT", help="Why; kept in the release.")] = "",
) -> None:
    """Show an older release again; what that withdraws is held back until it is let go."""
    from flows import caring

    caring.rollback(lake, number, note)


@app.command()
def doctor(lake: Lake = DEFAULT_LAKE, as_json: AsJson = False) -> None:
    """Look at everything a run depends on; each thing that is wrong comes with the next command."""
    from flows import doctor as examining

    raise typer.Exit(examining.show(lake, as_json=as_json))


def main() -> None:
    """Run the command line; an error of ours becomes one message and its exit code, a bug stays a traceback."""
    try:
        app()
    except Exception as error:
        from flows.exits import exit_code

        code = exit_code(error)
        if code is None:
            raise
        sys.stderr.write(f"qingliu: {error}\n")
        raise SystemExit(code) from None
