"""The ordered recipe of cleaning, and nothing else: a step takes a frame and returns it cleaned, its count added."""

from tasks.clean import (
    annotations,
    chunk_labels,
    collection_labels,
    compat,
    disentangle,
    fragment,
    furniture,
    glued_title,
    gutters,
    inserts,
    invisible,
    jammers,
    known_title,
    letter_spacing,
    line_numbers,
    markup,
    punctuation,
    run_together,
    script,
    side_by_side,
    table_rows,
    unflatten,
    unwrap,
)

# Before the strip pass: they may only mark content, or map it one to one.
MARKING = (
    invisible.run,
    compat.run,
    jammers.run,
    inserts.run,
    line_numbers.run,
    chunk_labels.run,
    markup.run,
    annotations.run,
)
# After it, still on whole documents: context is seen across line ends.
CHARACTERS = (punctuation.run, script.run)
# On lines, in source order.
LAYOUT = (
    letter_spacing.close,
    unflatten.split,
    collection_labels.part,
    known_title.part,
    glued_title.part,
    run_together.part,
    furniture.mark,
    fragment.widen,
    table_rows.mark,
    unwrap.join,
    side_by_side.run,
    disentangle.run,
    gutters.part,
)
