"""What pages of the web have taught about headlines: whole texts, all made up, through the real recipe."""

from tests.curating import articles

TEXT = "环湖公路改造工程昨日全线完工，沿线六个乡镇的群众出行更加方便，县里还在湖边新建了三处观景平台和两个停车场。"


def test_photographer_below_a_caption_is_no_headline_and_no_writer() -> None:
    found = articles(
        f"3月3日，群众在老桥边看水。\n云江日报记者 周小禾摄\n来自山里的孩子第一次看见湖。\n本报记者 沈成摄\n{TEXT}"
    )
    assert [(a["title"], a["byline"]) for a in found] == [(None, None)]
    assert "云江日报记者周小禾摄" in found[0]["paragraphs"]
