"""Files of many records: JSON lines, one JSON value, CSV, Parquet; each record comes with its number in the file."""

import csv
import io
import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice

from tasks.cards import Fields
from tasks.read.errors import UnreadableError
from tasks.read.limits import Budget
from tasks.read.records import holds_text, parse_json, storable_value

Numbered = Iterator[tuple[int, object | UnreadableError]]
_LONGEST_FIELD = 64 * 1024 * 1024
_PARQUET_ROWS, _WRAPPERS = 2000, 4
PARQUET = b"PAR1"
_LOOKED_AT, _ROWS_LOOKED_AT, _FEWEST_ROWS = 200_000, 500, 3
_TITLE = (6, 60)
_HAN, _DAY = re.compile("[\u4e00-\u9fff]{2}"), re.compile(r"\s*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")
_CALL = re.compile(
    r"\s*(?:/\*+/\s*)?(?:(?:var|let|const)\s+)?(?:[\w$.]{1,80}\s*=\s*)?(?:[\w$.]{1,80}\s*(\()\s*)?(?=[\[{])", re.ASCII
)
_OPENS_OBJECT = re.compile(r"\s*(?:\[\s*)?\{\s*[\"']")


def json_lines(text: str, max_depth: int, first: int = 1) -> Numbered:
    """Yield (line number, value) for each line that is not blank, counted from `first`; of a bad line the reason."""
    for number, line in enumerate(text.split("\n"), start=first):
        if not line or line.isspace():
            continue
        try:
            yield number, parse_json(line, max_depth)
        except UnreadableError as error:
            yield number, error


def looks_like_json(text: str, max_depth: int) -> bool:
    """Whether a text is a JSON object or list of objects, or opens with a line that is, whatever its file name says."""
    if not _OPENS_OBJECT.match(text):
        return False
    for part in (text.lstrip().split("\n", 1)[0], text):
        try:
            parse_json(part, max_depth)
        except UnreadableError:
            continue
        return True
    return False


def bare_json(text: str) -> str:
    """Take off what a script puts around an object: a function called with it, a variable that it is given to."""
    called = _CALL.match(text)
    if called is None or not called[0].strip():
        return text
    return text[called.end() :].rstrip().removesuffix(";").rstrip().removesuffix(")" if called[1] else "")


def json_records(text: str, max_depth: int, fields: Fields) -> Numbered:
    """Yield the records of one JSON value: a list, the one list of objects that an object wraps, or the object itself.

    Raises:
        UnreadableError: `malformed` or `depth_limit`.
    """
    try:
        value = parse_json(text, max_depth)
    except UnreadableError:
        # JSON lines often go by the name of JSON; one line that parses is enough to read them as such.
        if "\n" not in text.strip() or not text.lstrip().startswith("{") or text.lstrip().startswith("{\n"):
            raise
        yield from json_lines(text, max_depth)
        return
    yield from enumerate(value if isinstance(value, list) else _wrapped(value, fields), start=1)


def _wrapped(value: object, fields: Fields) -> list[object]:
    """Find the list of records inside what an interface answers; an object that holds none is itself a record."""
    held: list[object] = [value]
    for _ in range(_WRAPPERS):
        if any(holds_text(one, fields) for one in held):
            break
        inner = [part for one in held if isinstance(one, dict) for part in one.values()]
        lists = [part for part in inner if isinstance(part, list) and part and isinstance(part[0], dict)]
        if lists:
            return lists[0] if len(lists) == 1 else [value]
        held = inner
    return [value]


def csv_records(text: str) -> Numbered:
    """Yield the rows under a header line as objects of strings; the separator is a comma, semicolon or tab.

    Where a sentence stands in the first line there are no names: see `tabbed_records`.

    Raises:
        UnreadableError: `malformed` for what is no CSV.
    """
    head = text[: text.find("\n") + 1 or len(text)]
    separator = max(",\t;", key=head.count)
    csv.field_size_limit(_LONGEST_FIELD)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        if "。" in head:
            yield from _nameless((rows.line_num, row) for row in rows)
            return
        header = [name.strip() for name in next(rows, [])]
        for row in rows:
            if len(row) > len(header) or (row and len(row) < len(header)):
                found = f"line {rows.line_num} has {len(row)} fields, the header {len(header)}"
                yield rows.line_num, UnreadableError("malformed", f"{found}: correct it; the other rows were read")
            elif row:
                yield rows.line_num, dict(zip(header, row, strict=True))
    except csv.Error as error:
        raise UnreadableError("malformed", f"it is no CSV from line {rows.line_num} on ({error})") from error


def looks_tabbed(text: str) -> bool:
    """Whether a text is a table: as many tabs in each of its lines, and in one column whole sentences."""
    if "\t" not in text[:_LOOKED_AT]:
        return False
    lines = text[:_LOOKED_AT].split("\n")
    rows = [cells for _, cells in _tabbed(lines[:-1] if len(text) > _LOOKED_AT else lines)]
    if len(rows) < _FEWEST_ROWS or len({len(row) for row in rows}) != 1 or len(rows[0]) == 1:
        return False
    # a tab that only sets lines in parts nothing
    filled = [
        sum(not row[at].isspace() and row[at] != "" for row in rows) * 2 > len(rows) for at in range(len(rows[0]))
    ]
    if sum(filled) == 1:
        return False
    longest = [max(row, key=len) for row in rows]
    return sum("。" in cell for cell in longest) > len(rows) // 2


def tabbed_records(text: str) -> Numbered:
    """Yield the rows of a table of tabs, under names or without.

    Without names the longest column is the text, a shorter one of words may be its title. A row with more or fewer
    cells is a text as a whole.
    """
    rows = _tabbed(text.split("\n"))
    return csv_records(text) if set(next(rows)[1]) & set(Fields().text) else _nameless(_tabbed(text.split("\n")))


def _tabbed(lines: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    return ((at, line.rstrip("\r").split("\t")) for at, line in enumerate(lines, start=1) if line.strip())


def _nameless(rows: Iterator[tuple[int, list[str]]]) -> Numbered:
    first = list(islice(rows, _ROWS_LOOKED_AT))
    width = Counter(len(cells) for _, cells in first).most_common(1)[0][0]
    seen = [cells for _, cells in first if len(cells) == width]
    lengths = [statistics.median(len(cells[at]) for cells in seen) for at in range(width)]
    body = lengths.index(max(lengths))
    named = (at for at, n in enumerate(lengths) if at != body and _TITLE[0] <= n <= _TITLE[1])
    title = next((at for at in named if all(_HAN.search(cells[at]) for cells in seen)), None)
    for number, cells in chain(first, rows):
        if len(cells) != width:
            yield number, {"content": "\t".join(cells)}
            continue
        record = {"content": cells[body]} | ({} if title is None else {"title": cells[title]})
        for at, cell in enumerate(cells):
            if cell.startswith(("http://", "https://")):
                record["url"] = cell
            elif _DAY.match(cell):
                record["date"] = cell
            elif at not in (body, title) and len(cell) > _TITLE[1]:
                record["content"] += f"\n{cell}"
        yield number, record


def parquet_records(data: bytes, budget: Budget) -> Numbered:
    """Yield the rows of a Parquet file as objects; what its footer claims is held against the limits first.

    Raises:
        UnreadableError: `malformed`, `too_large` or `member_limit`.
    """
    import pyarrow as pa
    from pyarrow import parquet

    number = 0
    try:
        file = parquet.ParquetFile(pa.BufferReader(data))
        budget.member(file.metadata.num_rows)
        for group in range(file.metadata.num_row_groups):
            budget.reserve(file.metadata.row_group(group).total_byte_size)
        for batch in file.iter_batches(batch_size=_PARQUET_ROWS):
            for row in batch.to_pylist():
                number += 1
                yield number, storable_value(row)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise UnreadableError("malformed", f"it is no Parquet file ({error}): fetch it again") from error
