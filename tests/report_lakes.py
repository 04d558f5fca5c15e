"""Lakes for the report's tests: releases of two sources as they should be, then one in which much is wrong."""

import json
import random
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from flows.direct import Order, run
from flows.settings import Settings
from flows.watch import Watch

PLACES = ("清河", "云山", "洛坪", "临渚", "石岭", "白沙", "东浦", "南桥")
TOPICS = ("春季植树", "防汛抗旱", "粮食生产", "乡村教育", "道路养护", "饮水安全", "旅游服务", "林业普查")
SIGNS = [chr(code) for code in range(0x5200, 0x5400)]
EVIL = "<script>alert('x')</script><img src=x onerror=alert(1)>\u202e{{ 7*7 }}&amp;"


def article(number: int, day: date) -> str:
    """A clean news item of its own wording, with headline and dateline."""
    place, topic = PLACES[number % len(PLACES)], TOPICS[number // len(PLACES) % len(TOPICS)]
    return (
        f"{place}县部署{topic}工作（{number}）\n\n发布时间：{day} 08:00  来源：清河日报\n\n"
        f"本报讯（记者林小满）{day.month}月{day.day}日，{place}县召开{topic}工作会议。"
        f"会议指出，要把{topic}任务落实到{number % 9 + 2}个乡镇，确保按时完成。\n\n"
        f"会议要求，各单位要加强协作；县里将在{number % 27 + 1}天内检查第{number}批项目。\n"
    )


def worse(number: int) -> str:
    """The same as a careless scraper leaves it: no headline, half-width marks, broken lines, site chrome, glosses."""
    place, topic = PLACES[number % len(PLACES)], TOPICS[number // len(PLACES) % len(TOPICS)]
    return (
        "您当前的位置：首页 > 新闻 > 正文\n"
        f"{place}縣召開{topic}工(gong)作(zuo)會(hui)議(yi),要(yao)求(qiu)各(ge)單(dan)位(wei)落實第{number}批任\n務,確保按時完成,\n"
        f"做到責任到人、措施到位、督查到底 , 并在 {number % 27 + 1} 天內檢查\n"
        "分享到：微信 微博 QQ空间\n责任编辑：王一\n"
    )


def write_cards(folder: Path) -> None:
    """Two source cards."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("riverside", "hillside"):
        (folder / f"{name}.toml").write_text(
            f'name = "{name}"\ntitle = "{name}"\ninput = ["{name}/*", "{name}_*"]\n', encoding="utf-8"
        )


def publish(lake: Path, folder: Path, cards: Path) -> int | None:
    """Run a folder into a lake; what the gate fails is accepted, for a reason that is no good. The release's number."""
    order = Order((str(folder),), lake, settings=Settings(cards=cards, workers=1))
    outcome = run(order, Watch())
    failed = {found[1] for one in outcome.reasons if (found := re.match(r"fail: .*?: (\w+): expected", one))}
    if outcome.state == "GateFailed":
        outcome = run(replace(order, accept=tuple(sorted(failed)), reason=f"sample {EVIL}"), Watch())
    return outcome.release


def releases_then_a_bad_one(root: Path, per_month: int = 12) -> Path:
    """A lake of three good releases (half a year each) and one that drifts, lacks a month and rejects files."""
    lake, cards = root / "lake", root / "cards"
    write_cards(cards)
    number = 0
    for half in range(3):
        for name in ("riverside", "hillside"):
            folder = root / f"in{half}" / name
            folder.mkdir(parents=True)
            for step in range(6 * per_month):
                number += 1
                month = step // per_month + 1 + 6 * (half % 2)
                day = date(2020 + half // 2, month, 1) + timedelta(days=(step % per_month) * (27 // per_month))
                (folder / f"{number:05d}.txt").write_text(article(number, day), encoding="utf-8")
        publish(lake, root / f"in{half}", cards)
    bad = root / "bad" / "riverside"
    bad.mkdir(parents=True)
    for step in range(6 * per_month):
        number += 1
        # half are drifted, none are of September
        if step % 2:
            text = worse(number)
        else:
            month = 7 + step // per_month + (1 if step // per_month >= 2 else 0)
            day = date(2021, min(month, 12), step % 27 + 1)
            text = article(number, day)
        (bad / f"{number:05d}.txt").write_text(text, encoding="utf-8")
    (bad / "empty.txt").touch()
    (bad / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (bad / "torn.gz").write_bytes(b"\x1f\x8b\x08\x00torn")
    (bad / f"evil{EVIL.replace('/', '|')[:60]}.txt").write_text(
        f"{EVIL}县召开会议\n\n本报讯 3月5日,{EVIL}清河县召开会议。会议要求抓好春耕生产工作,不误农时。\n",
        encoding="utf-8",
    )
    lost = article(80000, date(2021, 10, 9)).replace("会议要求", "会议\ufffd\ufffd求")
    (bad / "lost.txt").write_text(lost, encoding="utf-8")
    rows = [{"text": article(90000 + i, date(2021, 11, 1 + i)), "uri": f"x:{i}", "title": EVIL} for i in range(3)]
    (bad / "rows.jsonl").write_text("\n".join(json.dumps(row) for row in rows) + "\n{broken\n", encoding="utf-8")
    # the gate does not let it through: its page is there before anybody accepts it
    publish(lake, root / "bad", cards)
    return lake


def large(root: Path, n_articles: int) -> Path:
    """A lake of one release with so many articles of five years, each a record of one file."""
    write_cards(root / "cards")
    (root / "in").mkdir()
    chance = random.Random(7)  # noqa: S311
    with (root / "in" / "riverside_all.jsonl").open("w", encoding="utf-8") as file:
        for number in range(n_articles):
            day = date(2017, 1, 1) + timedelta(days=number % 1800)
            # no two alike: ten thousand of one wording would be ten thousand duplicates
            clauses = ("".join(chance.choices(SIGNS, k=12)) for _ in range(10))
            text = f"{article(number, day).split('本报讯')[0]}本报讯 {'，'.join(clauses)}。\n"
            file.write(json.dumps({"text": text, "uri": f"https://news.example/{number}"}) + "\n")
    publish(root / "lake", root / "in", root / "cards")
    return root / "lake"
