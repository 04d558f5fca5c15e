"""Other pipelines on the same corpus, each in a venv of its own (`build/peers`), by the scripts of the shared material.

python -m tests.benchmarks.peers    scores what they make of the noised scrapes, beside what we make of them.
`PEERS=1 make bench` measures them; `PEERS=all` also data-juicer, whose venv takes 5.6 GB.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import venv
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from tests.benchmarks.corpora import SHARED, Corpus
from tests.benchmarks.measure import Measured, measure

FOLDER = Path("build/peers")
SCRIPTS = SHARED / "peers"
# Beside what the shared list names: the other near-duplicate library that `linking.py` asks.
MORE = {"datatrove": ("rensa",), "datajuicer": ()}
MARKED = re.compile("[\ufdd0-\ufdee][^\ufdef]*\ufdef")
SHOWN = ("cer", "cerP", "artF1", "parF1", "ttlN", "boil", "false", "residue")


@dataclass(frozen=True)
class Peer:
    """A script, the venv it runs in, its options, and where below its output the texts are (id, text)."""

    script: str
    environment: str = "datatrove"
    options: tuple[str, ...] = ()
    texts: str = ""

    def command(self, records: Path, out: Path) -> list[str]:
        """What runs it on a file of JSON lines (id, text)."""
        script = str(SCRIPTS / self.script)
        return [str(python_of(self.environment)), script, str(records), str(out), *self.options]

    def run(self, records: Path, out: Path) -> Measured:
        """Run it on a file of JSON lines (id, text)."""
        python, *command = self.command(records, out)
        return measure(command, python=Path(python))

    def made(self, out: Path) -> Mapping[str, str]:
        """The texts it put out, by id."""
        files = sorted(out.glob(self.texts)) if self.texts else [out]
        read = pl.read_ndjson if files[0].suffix == ".jsonl" else pl.read_parquet
        return dict(pl.concat([read(file).select("id", "text") for file in files]).iter_rows())


PEERS = {
    "glued": Peer("peer_glue.py"),
    "datatrove": Peer("peer_datatrove.py", options=("--no-sent", "--minhash-char"), texts="parquet/*.parquet"),
    "probe": Peer("ceiling_probe.py"),
}
LARGE = {"datajuicer": Peer("peer_datajuicer_cli.py", "datajuicer", texts="out.jsonl")}


def asked_for(peers: str | None) -> dict[str, Peer]:
    """The peers that `PEERS` names: none, those of one venv, or `all`."""
    if not peers:
        return {}
    if not SCRIPTS.is_dir():
        print("peers: left out, there is no shared material (QINGLIU_SHARED)")
        return {}
    return PEERS | (LARGE if peers == "all" else {})


def python_of(environment: str) -> Path:
    """The interpreter of a venv, which is made when it is not there."""
    python = (FOLDER / environment / "bin" / "python").absolute()
    if not python.exists():
        venv.create(FOLDER / environment, with_pip=True)
        listed = SCRIPTS / f"requirements-{environment}.txt"
        install = [str(python), "-m", "pip", "install", "--quiet", "--requirement", str(listed), *MORE[environment]]
        subprocess.run(install, check=True)
    return python


def programs(peers: Mapping[str, Peer], corpus: Corpus, folder: Path) -> dict[str, Callable[[Path], Measured]]:
    """What measures each peer on a corpus, laid out as they read it: JSON lines with id and text."""
    if not peers:
        return {}
    records = corpus.path
    if corpus.path.is_dir():
        texts = ((path.name, path.read_text(encoding="utf-8")) for path in sorted(corpus.path.iterdir()))
        records = as_records(texts, folder / f"{corpus.name}.jsonl")
    return {name: lambda out, peer=peer: peer.run(records, out) for name, peer in peers.items()}  # type: ignore[misc]


def as_records(texts: Iterable[tuple[str, str]], path: Path) -> Path:
    """Write texts as JSON lines."""
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps({"id": name, "text": text}, ensure_ascii=False) + "\n" for name, text in texts)
    return path


def main() -> int:
    """Score the texts that each peer makes of the noised scrapes, its blank-line blocks as one article's paragraphs."""
    from tests.quality.scored import articles_by_file, curate, metric

    peers = asked_for(os.environ.get("PEERS", "1"))
    noised = SHARED / "noised"
    read, tables = curate(sorted((noised / "raw").iterdir()))
    print(f"{'noised':<12}" + "".join(f"{name:>9}" for name in SHOWN))
    _show("qingliu", metric(SHARED, articles_by_file(read, tables), noised / "gold")["micro"])
    # what our reader takes out of a page is not held against them
    texts = [(name, MARKED.sub("", text)) for name, text in read.select("file_name", "text").iter_rows()]
    with tempfile.TemporaryDirectory(prefix="qingliu-peers-") as name:
        records = as_records(texts, Path(name) / "noised.jsonl")
        for peer_name, peer in peers.items():
            out = Path(name) / peer_name
            peer.run(records, out)
            found = {file: [_article(text)] for file, text in peer.made(out).items()}
            _show(peer_name, metric(SHARED, found, noised / "gold")["micro"])
    return 0


def _article(text: str) -> dict[str, object]:
    blocks = (block.strip() for block in re.split(r"\n\s*\n", text))
    return {"title": None, "paragraphs": [block for block in blocks if block]}


def _show(name: str, figures: Mapping[str, float]) -> None:
    cells = (f"{figures[one]:>9.0f}" if one == "residue" else f"{figures.get(one, 0):>9.4f}" for one in SHOWN)
    print(f"{name:<12}" + "".join(cells), flush=True)


if __name__ == "__main__":
    sys.exit(main())
