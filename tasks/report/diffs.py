"""A raw span beside its clean text, as pieces that stayed, went or came: the difference found by rapidfuzz."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from tasks.changes import visible
from tasks.content import content_table

Pieces = list[tuple[str, str]]
LONGEST, _SHOWN = 2400, 420  # characters of a span that are compared, and that are shown
Places = Iterable[tuple[int, int]]


@dataclass(frozen=True)
class Diff:
    """Pieces of the raw text (`same`, `old`, `other`: another row's) and of the clean one (`same`, `new`).

    Both are cut at the same place when they are long. `distance` counts all characters that went or came.
    """

    raw: Pieces
    clean: Pieces
    distance: int


def diff(raw: Pieces, clean: str) -> Diff:
    """Compare a raw span with its clean text.

    Args:
        raw: pieces of the span: `other` belongs to another row and is only shown, anything else is compared.
        clean: what was published.
    """
    from rapidfuzz.distance import Indel

    compared = "".join(text for kind, text in raw if kind != "other")
    told: Pieces = []
    new: Pieces = []
    distance = 0
    for code in Indel.opcodes(compared, clean):
        before, after = compared[code.src_start : code.src_end], clean[code.dest_start : code.dest_end]
        distance += 0 if code.tag == "equal" else len(before) + len(after)
        room = _SHOWN - max(code.src_start, code.dest_start)
        if room > 0:
            told.append(("same" if code.tag == "equal" else "old", before[:room]))
            new.append(("same" if code.tag == "equal" else "new", after[:room]))
    if len(compared) > _SHOWN or len(clean) > _SHOWN:
        told.append(("same", "…"))
        new.append(("same", "…"))
    return Diff(_shown(_with_others(told, raw)), _shown(new), distance)


def span_of(view: str, start: int, end: int, others: Places, glosses: Places = ()) -> Pieces:
    """Cut a span out of a decoded view, with the marks around it that belong to it.

    Args:
        view: the decoded view.
        start: of its first content character.
        end: past its last.
        others: where other rows' text stands.
        glosses: what was taken out between characters; it may stand between the row's last one and its full stop.
    """
    start, end = widened(view, start, end, glosses)
    pieces: Pieces = []
    at = start
    for low, high in sorted(others):
        if high <= at or low >= end:
            continue
        pieces += [("own", view[at : max(at, low)]), ("other", view[max(at, low) : min(high, end)])]
        at = min(high, end)
    pieces.append(("own", view[at:end]))
    return [(kind, text) for kind, text in pieces if text]


def widened(view: str, start: int, end: int, glosses: Places = ()) -> tuple[int, int]:
    """Spans begin and end at content: opening marks before and all marks behind belong to them."""
    content = content_table()
    at = start - 1
    while at >= 0 and (view[at] in " \u3000" or _opens(view[at])):
        start = at if _opens(view[at]) else start
        at -= 1
    skips = dict(glosses)
    while end < len(view) and view[end] != "\n" and not _opens(view[end], beside=view[end + 1 : end + 2]):
        if end in skips:
            end = skips[end]
        elif content[ord(view[end])]:
            break
        else:
            end += 1
    return start, end


def _opens(sign: str, beside: str = "") -> bool:
    """Whether a mark opens what follows; before a gloss (`beside` in Latin letters) a bracket is the gloss's own."""
    return unicodedata.category(sign) in ("Ps", "Pi") and not (beside.isascii() and beside.isalpha())


def _with_others(told: Pieces, raw: Pieces) -> Pieces:
    """Put the pieces of other rows back where they stood."""
    if all(kind != "other" for kind, _ in raw):
        return told
    places: list[tuple[int, str]] = []
    at = 0
    for kind, text in raw:
        if kind == "other":
            places.append((at, text))
        else:
            at += len(text)
    whole: Pieces = []
    at = 0
    for kind, text in told:
        begin = 0
        while places and at + begin <= places[0][0] < at + len(text):
            place, other = places.pop(0)
            whole += [(kind, text[begin : place - at]), ("other", other)]
            begin = place - at
        whole.append((kind, text[begin:]))
        at += len(text)
    return [*whole, *(("other", other) for _, other in places)]


def _shown(pieces: Pieces) -> Pieces:
    """Nothing acts, neighbours of one kind are one, and another row's text is cut to its ends."""
    found: Pieces = []
    for kind, text in pieces:
        if not text:
            continue
        if found and found[-1][0] == kind:
            found[-1] = (kind, found[-1][1] + text)
        else:
            found.append((kind, text))
    return [(kind, _cut(visible(text)) if kind == "other" else visible(text)) for kind, text in found]


def _cut(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:10]}…{text[-10:]}"
