"""What pages of the web have taught about headlines: whole texts, all made up, through the real recipe."""

from tests.curating import articles

TEXT = "环湖公路改造工程昨日全线完工，沿线六个乡镇的群众出行更加方便，县里还在湖边新建了三处观景平台和两个停车场。"


def test_photographer_below_a_caption_is_no_headline_and_no_writer() -> None:
    found = articles(
        f"3月3日，群众在老桥边看水。\n云江日报记者 周小禾摄\n来自山里的孩子第一次看见湖。\n本报记者 沈成摄\n{TEXT}"
    )
    assert [(a["title"], a["byline"]) for a in found] == [(None, None)]
    assert "云江日报记者周小禾摄" in found[0]["paragraphs"]


def test_what_a_notice_hands_out_has_its_own_headline() -> None:
    plan = "罗坪市防治慢性病中长期规划（2018—2025年）"
    notice = f"各县（市）人民政府，市政府各直属单位：\n经市政府同意，现将《{plan}》印发给你们，请认真贯彻执行。"
    aim = "为积极推进慢性病防治工作，降低疾病负担，提高居民健康期望寿命，保障人民健康，制定本规划。"
    found = articles(f"{notice}\n罗坪市人民政府办公室\n2018年5月14日\n{plan}\n{aim}\n一、规划背景\n{TEXT}")
    assert [a["title"] for a in found] == [None, plan]
