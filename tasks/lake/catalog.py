"""`catalog.duckdb`: views, with comments, over exactly the files of one release; replaced whole, never edited."""

from collections import Counter
from pathlib import Path

import duckdb

from tasks.lake.disk import draft_of, fsync
from tasks.lake.errors import QueryFailed, writing
from tasks.lake.lake import CATALOG
from tasks.lake.releases import Release, Table
from tasks.lake.store import Store, store_of
from tasks.lake.views import VIEWS

# what DuckDB 1.x can open; 2.0 would write a format of its own
_STORAGE = "v1.0.0"
# what to do about an error of DuckDB whose words have this in them
_THEN = {
    "Ambiguous reference": "say whose column, or take v_articles: beside each article it has what its document tells,"
    " as document_n_chars",
    "Table with name": "see what there is: qingliu sql "
    '"SELECT view_name, comment FROM duckdb_views() WHERE NOT internal"',
    "Referenced column": 'see what there is: qingliu sql "DESCRIBE articles"',
    "": "correct the query; `qingliu verify` tells whether the files are whole",
}


def write_catalog(root: Path, release: Release, base: Path | None = None, target: Path | None = None) -> Path:
    """Write the catalogue of a release.

    Args:
        root: the lake.
        release: whose files the views name.
        base: where readers see the lake, when it is mounted elsewhere for them; views need absolute paths.
        target: where to write it, when not into the lake.
    """
    store = store_of(root)
    path = target or root / CATALOG
    draft = draft_of(path)
    try:
        with writing(path), store.asking(CATALOG):
            _build(store, draft, release, str(base or store.where()))
            fsync(draft)
            draft.replace(path)
            fsync(path.parent)
            if target is None:
                store.show(CATALOG)
    except (duckdb.IOException, duckdb.TransactionException, duckdb.FatalException) as error:
        with writing(path):
            raise OSError(str(error)) from error
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(draft.name + ".wal").unlink(missing_ok=True)
    return path


def query(root: Path, sql: str) -> tuple[list[str], list[tuple[object, ...]]]:
    """Run one read-only query over the catalogue: column names and rows.

    Raises:
        QueryFailed: nothing is published yet, or DuckDB refused the query.
    """
    store = store_of(root)
    where = store.where(CATALOG)
    try:
        path = store.fresh(CATALOG)
    except FileNotFoundError as error:
        why = "nothing is published yet"
        raise QueryFailed("there is no catalogue", where=where, why=why, then="qingliu run INPUT") from error
    try:
        with store.asking(CATALOG), duckdb.connect(path, read_only=True) as connection:
            store.attach(connection)
            result = connection.execute(sql)
            return _distinct([column[0] for column in result.description or []]), result.fetchall()
    except duckdb.Error as error:
        then = next((then for sign, then in _THEN.items() if sign in str(error)), _THEN[""])
        raise QueryFailed("the query failed", where=where, why=str(error), then=then) from error


def _distinct(names: list[str]) -> list[str]:
    """Columns of one name, as a join of tables has them, told apart: n_chars, n_chars_2."""
    counted: Counter[str] = Counter()
    told = []
    for name in names:
        counted[name] += 1
        told.append(name if counted[name] == 1 else f"{name}_{counted[name]}")
    return told


def _build(store: Store, path: Path, release: Release, base: str) -> None:
    with duckdb.connect() as connection:
        store.attach(connection)
        connection.execute(f"ATTACH {_text(path)} AS lake (STORAGE_VERSION '{_STORAGE}')")
        connection.execute("USE lake")
        connection.execute("BEGIN")
        for name, table in release.tables.items():
            connection.execute(f"CREATE VIEW {_name(name)} AS {_select(table, base)}")
            connection.execute(f"COMMENT ON VIEW {_name(name)} IS {_text(table.description)}")
            for column in table.columns:
                where = f"{_name(name)}.{_name(column.name)}"
                connection.execute(f"COMMENT ON COLUMN {where} IS {_text(column.description)}")
        for view in VIEWS:
            connection.execute(f"CREATE VIEW {_name(view.name)} AS {view.sql}")
            connection.execute(f"COMMENT ON VIEW {_name(view.name)} IS {_text(view.description)}")
        _describe_views(connection, release)
        about = f"SELECT {release.number} AS release, {_text(release.created_at)} AS created_at"
        connection.execute(f"CREATE VIEW this_release AS {about}")
        connection.execute("COMMENT ON VIEW this_release IS '本目录所示的版次 · The release that all views show'")
        connection.execute("COMMENT ON COLUMN this_release.release IS '版次 · Number of the release'")
        connection.execute("COMMENT ON COLUMN this_release.created_at IS '发布时间（UTC） · When it was made, in UTC'")
        connection.execute("COMMIT")
        # closing does it too, but when the disk refuses says nothing and leaves a catalogue without views
        connection.execute("CHECKPOINT lake")


def _select(table: Table, base: str) -> str:
    columns = ", ".join(f"CAST({_name(c.name)} AS {c.duckdb}) AS {_name(c.name)}" for c in table.columns)
    if not table.files:
        nothing = ", ".join(f"CAST(NULL AS {c.duckdb}) AS {_name(c.name)}" for c in table.columns)
        return f"SELECT {nothing} WHERE false"
    paths = ", ".join(_text(f"{base}/{file.path}") for file in table.files)
    key = next(column for column in table.columns if column.name == table.key)
    options = f"hive_partitioning = true, hive_types = {{{_name(key.name)}: {key.duckdb}}}"
    if len({file.columns for file in table.files}) > 1:
        options += ", union_by_name = true"
    return f"SELECT {columns} FROM read_parquet([{paths}], {options})"  # noqa: S608  (names and paths are quoted)


def _describe_views(connection: duckdb.DuckDBPyConnection, release: Release) -> None:
    """A column of a wide view says what the column of the table it stems from says."""
    for view in VIEWS:
        about_here = {
            column.name: column.description for name in reversed(view.tables) for column in release.tables[name].columns
        } | dict(view.columns)
        for (name,) in connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND NOT internal", [view.name]
        ).fetchall():
            if name in about_here:
                where = f"{_name(view.name)}.{_name(name)}"
                connection.execute(f"COMMENT ON COLUMN {where} IS {_text(about_here[name])}")


def _name(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _text(value: object) -> str:
    return "'" + str(value).replace("'", "''") + "'"
