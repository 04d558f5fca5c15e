"""Makes seeds/scrapes and seeds/references from the clean articles: `python -m tests.seeds.make_specimens`.

Raw and reference come from one source, so they agree to the character. Seeded: a second run changes no byte.
"""

import gzip
import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pypinyin import Style

from tests.benchmarks import noise
from tests.benchmarks.articles import Article, read_articles, reference
from tests.seeds.pages import SITE, article_page, deleted_page, page_boilerplate

SEEDS = Path(__file__).parents[2] / "seeds"


@dataclass(frozen=True)
class Specimen:
    """A raw file and what is true about it: its articles in order and what in it is no article (None: no reference)."""

    data: bytes
    articles: list[Article] | None
    boilerplate: list[str]


Maker = Callable[[dict[str, Article], random.Random], Specimen]


def newspaper_page(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A PDF page: a policy text whose headline follows it, a report, a continuation, a comment; columns 17 Han wide."""
    policy, report, rest, comment = (
        all_[name] for name in ("health_opinion", "flood_meeting", "dike_notice", "small_matters")
    )
    header, rubric, slogan = "云江日报 2021年7月20日 星期二 第2版", "要闻", "节约每一滴水 从你我做起"
    column = {one.name: noise.newspaper_column(one, 17, rng) for one in (policy, report, rest, comment)}
    column["dike_notice"][2] = noise.letter_space(column["dike_notice"][2])
    rows = [header, rubric, "", *column["health_opinion"], str(policy.main), ""]
    rows += [*noise.printed_head(report), "", *column["flood_meeting"]]
    rows += [str(rest.continued), *column["dike_notice"], slogan, ""]
    rows += [*noise.printed_head(comment), "", *column["small_matters"]]
    boilerplate = [header, rubric, str(rest.continued), slogan]
    return Specimen("\n".join(rows).encode(), [policy, report, rest, comment], boilerplate)


def newspaper_far_headline(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A page whose first story has its headline at the very foot, after another story."""
    story, figures = all_["dike_feature"], all_["economy_bulletin"]
    rows = [*noise.newspaper_column(story, 20, rng), *noise.printed_head(figures), ""]
    rows += [*noise.newspaper_column(figures, 20, rng), str(story.main)]
    return Specimen("\n".join(rows).encode(), [story, figures], [])


def interleaved_columns(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Two columns read across the page, a story in each."""
    left, right = all_["orchard_web"], all_["seed_utf16"]
    columns = [
        [str(one.main), "", *(line for text in one.paragraphs for line in noise.wrap(text, 16, 2))]
        for one in (left, right)
    ]
    return Specimen("\n".join(noise.interleave(columns[0], columns[1], 18)).encode(), [left, right], [])


def share_site(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Two speeches on one line of a document-sharing page, half-width marks, spaces around numbers, placeholders."""
    safety, village = all_["safety_speech"], all_["village_speech"]
    page_title, notice = "2021年领导讲话（精选2篇）.docx", "声明：文档由用户上传，本站不保证内容完整，下载前请仔细预览"
    chrome = [notice, "文档介绍", "下载积分：12", "相关文章", "您可能关注的文档"]
    texts = [str(safety.main), *safety.paragraphs, str(village.main), *village.paragraphs]
    flat = noise.half_width(noise.flatten([noise.digit_spaces(text, rng, 0.5) for text in texts], 26))
    rows = [page_title, *map(noise.half_width, chrome[:3]), page_title, flat, *chrome[3:]]
    return Specimen("\n\n".join(rows).encode(), [safety, village], [page_title, page_title, *chrome])


def newspaper_web(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A paper's web page as text: half-width marks, headline lines, a credit, a word cut by a column break."""
    library, orchard = all_["library_web"], all_["orchard_web"]
    rubric, slogan = "民生", "富强 民主 文明 和谐 自由 平等 公正 法治 爱国 敬业 诚信 友善"
    body = list(library.paragraphs)
    cut = body[2].index("社会组织") + 2
    body[2:3] = [body[2][:cut], body[2][cut:]]
    rows = [
        "",
        "",
        rubric,
        *noise.printed_head(library),
        *body,
        *noise.printed_head(orchard),
        *orchard.paragraphs,
        slogan,
    ]
    return Specimen(noise.half_width("\n\n".join(rows)).encode(), [library, orchard], [rubric, slogan])


def traditional_pinyin(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Machine-made Traditional with toneless readings put in, half-width commas; a real aside in Latin stays."""
    opera = all_["opera_trad"]
    rows = [noise.traditional(text) for text in [*noise.printed_head(opera), *opera.paragraphs]]
    body = [noise.gloss(noise.half_width(text, "，"), rng, 0.3) for text in rows[2:]]
    return Specimen("\n".join([*rows[:2], *body]).encode(), [opera], [])


def taiwan_bopomofo(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Taiwan forms, corner quotes, readings in bopomofo."""
    ferry = all_["ferry_taiwan"]
    rows = [noise.quotes_to_corners(noise.traditional(text, "s2tw")) for text in [str(ferry.main), *ferry.paragraphs]]
    return Specimen(
        "\n".join([rows[0], *(noise.gloss(row, rng, 0.25, Style.BOPOMOFO) for row in rows[1:])]).encode(), [ferry], []
    )


def page_gb18030(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A web page in GB18030 that claims to be ISO-8859-1."""
    parts = {"info": f"2021-06-03 08:15 来源：{SITE}", "hidden": "本文首发云江在线", "editor": "责任编辑：顾青禾"}
    text = article_page(all_["park_html"], charset="iso-8859-1", **parts)
    return Specimen(text.encode("gb18030"), [all_["park_html"]], page_boilerplate(**parts))


def notice_page(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A government notice on a web page in UTF-8."""
    parts = {"info": "发布时间：2021-07-13 09:40 浏览次数：318", "hidden": "xQ7kd", "editor": "编辑：许亦安"}
    text = article_page(all_["heat_notice"], charset="utf-8", **parts)
    return Specimen(text.encode(), [all_["heat_notice"]], page_boilerplate(**parts))


def page_deleted(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A shell: no article at all."""
    return Specimen(deleted_page().encode(), [], [])


def law_gbk(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A regulation in GBK with wide indents, a wide space after each article number, CRLF line ends."""
    law = all_["river_rules"]
    body = [text.replace("章", "章\u3000", 1) if i in law.headings else text for i, text in enumerate(law.paragraphs)]
    rows = [str(law.main), *(f"\u3000\u3000{text}" for text in body)]
    return Specimen("\r\n".join(rows).encode("gbk"), [law], [])


def interview_wrapped(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Questions and answers in hard-wrapped lines with an indent and no blank line between."""
    talk = all_["toll_interview"]
    lines = [
        f"\u3000\u3000{first}\n" + "\n".join(rest) for first, *rest in (noise.wrap(p, 24, 2) for p in talk.paragraphs)
    ]
    return Specimen("\n".join([str(talk.main), *(line.rstrip("\n") for line in lines)]).encode(), [talk], [])


def bridge_big5(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Taiwan forms in Big5."""
    bridge = all_["bridge_big5"]
    rows = [noise.quotes_to_corners(noise.traditional(text, "s2tw")) for text in [str(bridge.main), *bridge.paragraphs]]
    return Specimen("\n".join(rows).encode("big5hkscs"), [bridge], [])


def seeds_utf16(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """UTF-16 with its byte-order mark."""
    seeds = all_["seed_utf16"]
    return Specimen("\r\n".join([str(seeds.main), *seeds.paragraphs]).encode("utf-16"), [seeds], [])


def school_mojibake(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """UTF-8 read as Latin-1 and saved again: whole, so it can be undone."""
    school = all_["school_mojibake"]
    return Specimen(noise.mojibake("\n".join([str(school.main), *school.paragraphs])).encode(), [school], [])


def odd_characters(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Radicals, full-width digits, vertical brackets, zero-width characters, a byte-order mark."""
    pool = all_["pool_odd"]
    text = "\n".join([str(pool.main), *pool.paragraphs])
    return Specimen(noise.invisible(noise.compatible(text, rng), rng).encode("utf-8-sig"), [pool], [])


def forest_decision_gz(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """A compressed text, wrapped at 30, one blank line between paragraphs."""
    forest = all_["forest_gz"]
    blocks = [str(forest.main), *("\n".join(noise.wrap(text, 30)) for text in forest.paragraphs)]
    return Specimen(gzip.compress("\n\n".join(blocks).encode(), mtime=0), [forest], [])


def feed_jsonl(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """Records of a feed with names of its own for title, date and address (see the card luoping_open)."""
    records = [all_[name] for name in ("drought_feed", "road_feed", "tea_feed")]
    lines = [
        {
            "permalink": one.uri,
            "subject": one.main,
            "issued": one.published,
            "organ": one.publisher,
            "content": noise.half_width("\n".join(one.paragraphs), "，："),
        }
        for one in records
    ]
    return Specimen("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode(), records, [])


def empty(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """No bytes at all: a rejection, not an article."""
    return Specimen(b"", None, [])


def junk(all_: dict[str, Article], rng: random.Random) -> Specimen:
    """The head of a picture under a text file's name: a rejection."""
    return Specimen(b"\x89PNG\r\n\x1a\n" + rng.randbytes(2040), None, [])


SPECIMENS: dict[str, Maker] = {
    "newspaper_page.txt": newspaper_page,
    "newspaper_far_headline.txt": newspaper_far_headline,
    "interleaved_columns.txt": interleaved_columns,
    "share_site.txt": share_site,
    "newspaper_web.txt": newspaper_web,
    "traditional_pinyin.txt": traditional_pinyin,
    "taiwan_bopomofo.txt": taiwan_bopomofo,
    "page_gb18030.html": page_gb18030,
    "notice_page.html": notice_page,
    "page_deleted.html": page_deleted,
    "law_gbk.txt": law_gbk,
    "interview_wrapped.txt": interview_wrapped,
    "bridge_big5.txt": bridge_big5,
    "seeds_utf16.txt": seeds_utf16,
    "school_mojibake.txt": school_mojibake,
    "odd_characters.txt": odd_characters,
    "forest_decision.txt.gz": forest_decision_gz,
    "luoping_open_feed.jsonl": feed_jsonl,
    "empty.txt": empty,
    "junk.txt": junk,
}


def make() -> dict[str, Specimen]:
    """Every specimen by its file name."""
    articles = read_articles()
    return {name: maker(articles, noise.seeded(name)) for name, maker in SPECIMENS.items()}


def stem(file_name: str) -> str:
    """What a reference and an output are called: the file name up to its first dot."""
    return file_name.split(".", 1)[0]


def main() -> None:
    """Write raw files and references."""
    for name, specimen in make().items():
        (SEEDS / "scrapes" / name).write_bytes(specimen.data)
        if specimen.articles is not None:
            facts = reference(name, specimen.articles, specimen.boilerplate)
            text = json.dumps(facts, ensure_ascii=False, indent=1)
            (SEEDS / "references" / f"{stem(name)}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
