"""Source cards: the ones in the project load, a wrong one is refused in words that help."""

from pathlib import Path

import pytest

from tasks.cards import CardError, SourceCard, card_for, load_cards

SOURCES = Path(__file__).parents[2] / "seeds" / "sources"

HEAD = 'name = "x"\ntitle = "t"\n'
WRONG = [
    (
        "unknown key",
        HEAD + 'publsher = "p"',
        r"x\.toml: .* `publsher`; did you mean `publisher`\?",
    ),
    (
        "unknown nested key",
        HEAD + '[fields]\ntitel = "a"',
        r"unknown key `fields\.titel`; did you mean `title`\?",
    ),
    ("unknown key like no other", HEAD + "qqqq = 1", r"unknown key `qqqq`; known keys: name, title"),
    ("missing key", 'name = "x"', r"key `title` is missing"),
    ("wrong type", HEAD + 'default_year = "soon"', r"key `default_year`: .* got 'soon'"),
    ("no such codec", HEAD + 'encoding = "gbk2312"', r"`encoding`: .* codec"),
    ("no such zone", HEAD + 'timezone = "Yunjiang"', r"`timezone`: .* time zone"),
    ("short cron", HEAD + 'schedule = "30 6 * *"', r"`schedule`"),
    ("name not ASCII", 'name = "云江"\ntitle = "t"', r"`name`"),
    ("name of another file", 'name = "y"\ntitle = "t"', r"key `name` is 'y'"),
    ("volume upside down", HEAD + "[volume]\nmin = 5\nmax = 4", r"min 5 is above max 4"),
    ("not TOML", "name = ", r"not a TOML file"),
]


def test_cards_of_the_project_load_with_default_last() -> None:
    cards = load_cards(SOURCES)
    assert list(cards)[-1] == "default"
    assert "seeds" in cards


@pytest.mark.parametrize(("label", "text", "says"), WRONG, ids=[label for label, _, _ in WRONG])
def test_card_that_is_wrong_is_refused_with_file_key_and_hint(label: str, text: str, says: str, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CardError, match=says):
        load_cards(tmp_path)


def test_folder_without_cards_still_serves_unknown_input(tmp_path: Path) -> None:
    cards = load_cards(tmp_path)
    assert card_for(Path("anything.txt"), cards).name == "default"


def test_card_for_takes_the_card_whose_pattern_fits() -> None:
    cards = load_cards(SOURCES)
    assert card_for(SOURCES.parent / "scrapes" / "any.txt", cards).name == "seeds"
    assert card_for(Path("luoping_open_7.jsonl"), cards).name == "luoping_open"
    assert card_for(Path("elsewhere/any.txt"), cards).name == "default"


def test_field_named_by_one_string_is_a_list_of_one() -> None:
    card = SourceCard.model_validate({"name": "x", "title": "t", "fields": {"text": "content"}})
    assert card.fields.text == ("content",)
    assert "title" in card.fields.title
