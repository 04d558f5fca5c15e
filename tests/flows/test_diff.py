from hypothesis import given
from hypothesis import strategies as st

from tasks.diff import Change, changes


def apply(before: str, edits: list[Change]) -> str:
    text = before
    for edit in reversed(edits):
        assert text[edit.start : edit.start + len(edit.before)] == edit.before
        text = text[: edit.start] + edit.after + text[edit.start + len(edit.before) :]
    return text


def test_edits_that_stand_close_are_told_as_one() -> None:
    assert changes("省(sheng)委(wei)开会", "省委开会") == [Change(1, "(sheng)委(wei)", "委")]


def test_equal_texts_have_no_changes() -> None:
    assert changes("会议" * 9000, "会议" * 9000) == []


def test_long_text_with_edits_throughout_is_rebuilt() -> None:
    before = "".join(f"第{number}次会议,强调要抓好工作;" for number in range(3000))
    after = before.replace(",", "，").replace(";", "；\n")
    edits = changes(before, after)
    assert len(edits) > 5000
    assert apply(before, edits) == after


@given(st.text("一二三，。\n ab"), st.text("一二三，。\n ab"))
def test_changes_lead_from_one_text_to_the_other(before: str, after: str) -> None:
    assert apply(before, changes(before, after)) == after
