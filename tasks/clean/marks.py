"""How a step takes content out of a text without losing its place: the run stays, between two marks.

The marks are Unicode noncharacters, which no text may hold; one opener per step, one common closer.
"""

STEPS = ("site_chrome", "hidden_text", "ruby", "annotation", "metadata", "markup")
OPEN: dict[str, str] = {step: chr(0xFDD0 + i) for i, step in enumerate(STEPS)}
CLOSE = "\ufdef"
SPLIT = "\ufdee"  # a noncharacter no step opens with: parts the text into what is a run and what is not
FIRST_OPENER = 0xFDD0
# Ten characters are looked for by vector instructions, a range of more at a tenth of their speed.
_ANY_OPENER = "".join(OPEN.values()) + SPLIT
ANY_MARK = f"[{_ANY_OPENER}{CLOSE}]"
ANY_RUN = f"[{_ANY_OPENER}][^{CLOSE}]*{CLOSE}"


def step_of(opener: str) -> str:
    """Name the step whose opener this is.

    Raises:
        IndexError: `opener` is no mark of a known step.
    """
    return STEPS[ord(opener) - 0xFDD0]
