from pathlib import Path

import pytest

from tasks.plan import Plan, PlanError, make_plan
from tasks.plan_file import read_plan, write_plan


def cards(root: Path) -> Path:
    folder = root / "cards"
    folder.mkdir(exist_ok=True)
    (folder / "paper.toml").write_text('name = "paper"\ntitle = "A paper"\ninput = "paper_*"\n')
    return folder


def plan(folder: Path, **options: object) -> Plan:
    settings: dict[str, object] = {"recipe_version": "1", **options}
    return make_plan([str(folder)], folder.parent / "lake", cards(folder.parent), **settings)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    scrapes = tmp_path / "scrapes"
    scrapes.mkdir()
    for name, text in {"a.txt": "一" * 100, "b.txt": "二" * 100, "c.txt": "一" * 100, "paper_1.txt": "三"}.items():
        (scrapes / name).write_text(text)
    return scrapes


def test_batches_are_cut_by_bytes_in_path_order(folder: Path) -> None:
    made = plan(folder, batch_bytes=650)
    assert [[file.path.name for file in batch.files] for batch in made.batches] == [
        ["a.txt", "c.txt"],
        ["b.txt", "paper_1.txt"],
    ]


def test_same_content_stays_in_one_batch_even_when_it_is_full(folder: Path) -> None:
    made = plan(folder, batch_bytes=1)
    assert [len(batch.files) for batch in made.batches] == [2, 1, 1]


def test_card_is_chosen_by_pattern_unless_one_is_named(folder: Path) -> None:
    sources = [file.source for batch in plan(folder).batches for file in batch.files]
    assert sorted(sources) == ["default"] * 3 + ["paper"]
    assert {file.source for batch in plan(folder, source="paper").batches for file in batch.files} == {"paper"}


def test_known_content_is_skipped(folder: Path) -> None:
    made = plan(folder, known=lambda sights: [uri == "b.txt" for _, _, uri in sights])
    assert (made.skipped, made.n_files) == (1, 3)


def test_plan_without_anything_new_has_no_batches(folder: Path) -> None:
    assert plan(folder, known=lambda sights: [True] * len(sights)).batches == ()


def test_plan_reads_back_as_it_was_written(folder: Path) -> None:
    made = plan(folder, batch_bytes=650)
    write_plan(made)
    assert read_plan(made.run_dir) == made


def test_run_id_follows_content_recipe_and_parent_but_not_batch_size(folder: Path) -> None:
    first = plan(folder)
    assert plan(folder, batch_bytes=1).run_id == first.run_id
    assert plan(folder, recipe_version="2").run_id != first.run_id
    assert plan(folder, parent=1).run_id != first.run_id
    (folder / "b.txt").write_text("改")
    assert plan(folder).run_id != first.run_id


def test_same_address_in_two_inputs_is_told_apart(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(name)
    inputs = [str(tmp_path / "one"), str(tmp_path / "two")]
    made = make_plan(inputs, tmp_path, cards(tmp_path), recipe_version="1")
    uris = [file.source_uri for batch in made.batches for file in batch.files]
    assert len(set(uris)) == 2
    assert all(uri.endswith(("one/a.txt", "two/a.txt")) for uri in uris)


def test_file_given_twice_is_planned_once(folder: Path) -> None:
    made = make_plan([str(folder), str(folder / "a.txt")], folder, cards(folder.parent), recipe_version="1")
    assert made.n_files == 4


def test_unknown_card_is_refused_with_the_known_ones(folder: Path) -> None:
    with pytest.raises(PlanError, match="no source card named 'papr'; there are: default, paper"):
        plan(folder, source="papr")


def test_input_without_match_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="nothing found at"):
        make_plan([str(tmp_path / "none")], tmp_path, cards(tmp_path), recipe_version="1")
