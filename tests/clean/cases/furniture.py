"""Lines that are no text, and lines that look like it and are: cases for `furniture`. All names are made up."""

from typing import NamedTuple


class LineCase(NamedTuple):
    """One line between two finished paragraphs; `step` is null where it must stay."""

    label: str
    text: str
    step: str | None
    why: str


class PageCase(NamedTuple):
    """A whole page: its lines (an empty one is a blank line) with the step that takes each out, null where it stays."""

    label: str
    lines: tuple[tuple[str, str | None], ...]
    why: str


_CHROME, _EDITOR, _HEADER, _FOOTER = "site_chrome_line", "editor_line", "page_header", "page_footer"

PROSE = "各地要落实防汛责任，加强巡查值守，确保人民群众生命财产安全。"

LINES = [
    LineCase("account, time, place", "云江微讯 2021-03-16 20:48 发表于四川", "meta_bar", "a public account's bar"),
    LineCase("original of an account", "原创 云江微讯 云江微讯 2021-03-16 17:30", "meta_bar", "a public account's bar"),
    LineCase("account to follow", "点击上方“云江微讯”，选择“置顶公众号”", _CHROME, "an invitation to follow"),
    LineCase("arrows to follow", "↑↑↑ 点击上方蓝字关注我们", _CHROME, "an invitation to follow"),
    LineCase("an act that opens with a click", "点击上方的红色按钮后，水泵在三秒内停止运行。", None, "a sentence"),
    LineCase("time alone in a sentence's form", "会议时间2021年3月16日上午9:30", None, "when it meets is text"),
    LineCase("thread", "楼主：山石 时间：2021-03-16 12:33:21 点击：170 回复：55", _CHROME, "a forum's bar"),
    LineCase("post's time", "发表于 2021-03-16 12:33 | 只看该作者 | 倒序浏览", _CHROME, "a forum's bar"),
    LineCase("last edit", "本帖最后由 山石 编辑", _CHROME, "a forum's bar"),
    LineCase("home of a site", "罗坪在线 首页 > 要闻 > 正文", _CHROME, "a path through a site"),
    LineCase("menu of a government", "首页 走进罗坪 新闻动态 政务公开 互动交流", _CHROME, "a menu"),
    LineCase("e-paper's buttons", "3 上一篇 下一篇 4 2021年03月16日 放大 缩小 默认 朗读", _CHROME, "a menu"),
    LineCase("reports on another page", "■相关报道见第5版", "continuation_marker", "it sends to another page"),
    LineCase("report seen", "相关报道见诸报端后，各地反应不一。", None, "a sentence"),
    LineCase("printer", "印刷：云江日报社印刷厂 定价：每份1.00元", _FOOTER, "an imprint"),
    LineCase("day and editors", "2021年6月6日 星期六 责任编辑 谢小辉 版式 张小兴", _HEADER, "a running header"),
    LineCase("section in heavy brackets", "【时政】 云江日报 2021年7月12日", _HEADER, "a running header"),
    LineCase("pictures and words", "图文：汤小雨 段一子", _EDITOR, "who made it is no text"),
    LineCase("dashed page number", "— 12 —", "page_number", "a page's foot"),
    LineCase("page of pages", "第3页 共15页", "page_number", "a page's foot"),
    LineCase("page ratio", "3 / 14", "page_number", "a page's foot"),
    LineCase("page in English", "Page 3 of 15", "page_number", "a page's foot"),
    LineCase("date and paper", "■2021年3月16日 ■云江日报 ■星期二", _HEADER, "a running header, in any order"),
    LineCase("paper, page, section", "云江日报 03版 要闻 2020年2月3日", _HEADER, "a running header"),
    LineCase("date and weekday", "2023年8月16日 星期三", _HEADER, "a running header"),
    LineCase("page and section", "14版 时政", _HEADER, "a running header"),
    LineCase("slashed date and page", "2020/02/03 星期一 A03", _HEADER, "a running header"),
    LineCase("masthead", "罗坪日报", _HEADER, "a paper's name alone"),
    LineCase("bracketed editor", "（责任编辑：沈小成）", _EDITOR, "who edited it is no text"),
    LineCase("editors without colon", "本版编辑 段一子 美编 汤小雨", _EDITOR, "who edited it is no text"),
    LineCase("editors with phone", "编辑：文小磊 校对：汤一 电话：0999-81389956", _EDITOR, "who edited it is no text"),
    LineCase("account as editor", "(责任编辑：admin)", _EDITOR, "half-width brackets"),
    LineCase("paper's address", "本报地址：云江市解放路104号 邮编：100000", _FOOTER, "an imprint"),
    LineCase("hotline", "新闻热线：0999-1435605 邮箱：news@example.com", _FOOTER, "an imprint"),
    LineCase("licence", "互联网新闻信息服务许可证：99120170002", _CHROME, "a site's foot"),
    LineCase("police record", "云公网安备 99013303483807号", _CHROME, "a site's foot"),
    LineCase("copyright", "Copyright © 2010-2020 example.com All Rights Reserved", _CHROME, "a site's foot"),
    LineCase("links in a row", "关于我们 | 联系我们 | 网站声明 | 网站地图", "nav_word", "a site's foot"),
    LineCase("breadcrumb", "您的位置：云江在线 >> 时政 >> 正文", _CHROME, "where on the site"),
    LineCase(
        "breadcrumb with arrows",
        "网站首页 → 新闻 → 正文",
        None,
        "known miss: arrows alone could join the steps of a text",
    ),
    LineCase("share bar", "分享到：微信 微博 QQ空间", _CHROME, "a share bar"),
    LineCase("buttons", "【打印】【关闭】", _CHROME, "a page's buttons"),
    LineCase("counted button", "收藏（0）", _CHROME, "a number no text has"),
    LineCase(
        "meta bar", "发布时间：2020年04月28日 来源：云江日报 作者：叶小明 浏览次数：3080", "meta_bar", "about the page"
    ),
    LineCase("upload note", "本文档由网友上传", _CHROME, "a document site"),
    LineCase("points", "下载所需积分：20", _CHROME, "a document site"),
    LineCase("preview's end", "亲，该文档总共13页，当前预览到此结束，更多内容请下载查看", _CHROME, "a document site"),
    LineCase("infringement note", "文档来源于网络，如有侵权请联系删除", _CHROME, "a document site"),
    LineCase("previous", "上一篇：关于开展专项检查的通知", _CHROME, "a link, whatever its title"),
    LineCase("pager", "上一页 1 2 3 下一页", _CHROME, "a pager"),
    LineCase("bare link", "https://www.example.com/a/1.html", _CHROME, "an address alone"),
    LineCase("promotion", "word文档 可自由复制编辑", _CHROME, "a watermark"),
    LineCase("the end", "（全文完）", "doc_tail", "an end mark"),
    LineCase("index mark", "【篇一】", "collection_index", "a collection's divider"),
    LineCase("marker", "（下转A4版）", "continuation_marker", "where the rest is"),
    LineCase("marker with arrows", "▶▶（上接第01版）", "continuation_marker", "where the rest is"),
    LineCase("bare marker", "下转第四版", "continuation_marker", "where the rest is"),
    LineCase("rule", "-----------", "ornament", "no text at all"),
    # What must stay.
    LineCase("size widget", "字号：A- A A+", _CHROME, "a page's buttons"),
    LineCase("button with object", "【打印正文】 【关闭窗口】", _CHROME, "a page's buttons"),
    LineCase("reading time", "本文字数：1532，阅读时长约3分钟", _CHROME, "about the page"),
    LineCase("price and button", "¥ 2.00 立即购买", _CHROME, "a document site"),
    LineCase("app", "下载云江在线客户端，获取更多资讯", _CHROME, "a call to install"),
    LineCase("comment box", "发表评论 文明上网，理性发言", _CHROME, "where readers write"),
    LineCase("cookies", "继续浏览即表示您同意我们的Cookie政策", _CHROME, "a notice of the site"),
    LineCase("page and section by a bar", "综合 | 04", _HEADER, "a running header"),
    LineCase("date and editor", "2020年2月3日 星期一 责任编辑 段一子 第3版", _HEADER, "a running header, in any order"),
    LineCase("site and date", "云江融媒 2020年2月3日 星期一", _HEADER, "a running header"),
    LineCase("network as a heading", "工业互联网", None, "no site's name alone"),
    LineCase("planners", "统筹：段一子 执行：汤小雨", _EDITOR, "who planned it is no text"),
    LineCase("publisher", "云江日报社出版", _FOOTER, "an imprint"),
    LineCase("weather", "天气预报 今天多云转晴 18℃～26℃", _FOOTER, "a page's foot"),
    LineCase("hotline without colon", "新闻热线 0999-66661234", _FOOTER, "an imprint"),
    LineCase("counts", "浏览 3,201 下载 25", _CHROME, "about the page"),
    LineCase("uploader", "段一子 上传于 2020-02-03", _CHROME, "a document site"),
    LineCase("author and views", "作者：段一子 编辑：汤小雨 浏览量：867", "meta_bar", "about the page"),
    LineCase("weather in prose", "今天多云转晴，最高气温26℃。", None, "a sentence about the weather"),
    LineCase("infringement in prose", "侵犯他人权益的，依法承担责任。", None, "a rule"),
    LineCase("buttons' words in a heading", "阅读与评论", None, "words joined by one that is no button's"),
    LineCase("size words in a heading", "大中小学思政课", None, "a widget has nothing else"),
    LineCase("installing in prose", "居民可下载客户端，按提示办理。", None, "it does not open the sentence"),
    LineCase("opinion in prose", "个别人的说法不代表全体职工。", None, "no site's disclaimer"),
    LineCase("years in a heading", "2020最新进展", None, "a stamp has nothing after it"),
    LineCase("salutation", "同志们：", None, "short is not furniture"),
    LineCase("short paragraph", "会议还研究了其他事项。", None, "short is not furniture"),
    LineCase("heading without mark", "内容与形式", None, "a heading"),
    LineCase("chapter", "第一章 总则", None, "a heading"),
    LineCase("lead to a list", "现将有关典型案例通报如下：", None, "a colon opens text"),
    LineCase("agency credit", "据新华社", None, "a credit is a paragraph"),
    LineCase("byline", "本报记者 段一子 汤小雨", None, "a byline is read, not taken out"),
    LineCase("date of signing", "2020年2月3日", None, "a date alone signs a document"),
    LineCase(
        "adoption note", "（2020年2月3日云江市第一届人民代表大会常务委员会第二次会议通过）", None, "a law's own note"
    ),
    LineCase("source in prose", "唯一替代来源是再生水。", None, "a label's word in a sentence"),
    LineCase("attention in prose", "此事引发社会广泛关注。", None, "a button's word in a sentence"),
    LineCase("contact in a notice", "联系人：段一子 联系电话：0999-12345678", None, "whom to ask is the notice's text"),
    LineCase("organisers in a notice", "主办单位：云江市教育局", None, "who holds it is the notice's text"),
    LineCase("duty of editors", "责任编辑应当具备相应职业资格。", None, "a rule about editors"),
    LineCase(
        "law on uploads", "用户上传的内容侵犯他人权益的，网络服务提供者应当及时删除。", None, "a rule about sites"
    ),
    LineCase("site's duty", "网站主办单位应当向公安机关备案。", None, "a rule about sites"),
    LineCase("chapter on infringement", "第三章 侵权嫌疑货物的申请及其处理", None, "a heading with a notice's words"),
    LineCase("measure", "2X350MW机组", None, "a figure"),
    LineCase("case heading", "基本案情", None, "a heading that comes again in every case"),
    LineCase("title on links", "关于加强网站管理的通知", None, "a document about sites"),
    LineCase("subtitle of names", "孔一桐主持 余小琳出席", None, "two units of five are no slogan"),
    LineCase("attachment list", "附件：1.申请表", None, "a document's own list"),
    LineCase("bare ellipsis", "……", None, "a cut the author made"),
    LineCase("table of edition", "第3版教材", None, "an edition, no page"),
    LineCase("page head with any section", "2018年8月26日 星期二 县域 16", _HEADER, "a date and a weekday beside them"),
    LineCase("number, section, paper, date", "11 城事 云江日报 2025.01.09", _HEADER, "a bare page number"),
    LineCase("editors with two roles in one", "执行主编/段一子 编辑/沈成 视觉/汤小雨", _EDITOR, "roles of two words"),
    LineCase("wide spaces between editors", "值班编委 沈成　一审 汤雨　二审 段　一", _EDITOR, "ideographic spaces"),
    LineCase("editors behind bullets", "□本版编辑 / 段一子　□版式 / 沈成　□校读 / 汤雨", _EDITOR, "bullets"),
    LineCase(
        "who supplied and edited it", "供稿：云江县委宣传部 编辑：段一子 审核：沈成", _EDITOR, "two labels or more"
    ),
    LineCase("two hotlines", "广告热线 8798253　发行热线 8319371", _FOOTER, "an imprint"),
    LineCase("printer and price", "印刷：云江日报印务中心　零售价：1.00元", _HEADER, "an imprint"),
    LineCase("who publishes it", "主管：中共云江市委 主办：云江日报社", _FOOTER, "an imprint"),
    LineCase("unauthorised copies", "＊本版稿件未经许可不得转载＊", _FOOTER, "an imprint"),
    LineCase("record of a document", "发文机关：云江市政府办公厅 成文日期：2020年3月2日", "meta_bar", "about the page"),
    LineCase("source behind a bar", "来源｜云江发布", "meta_bar", "about the page"),
    LineCase("tagline of a share site", "云江文库－分享有价值的内容", _CHROME, "a site about itself"),
    LineCase("what a member enjoys", "立即登录，享受会员特权", _CHROME, "a document site"),
    LineCase("beyond the preview", "亲，该文档总共30页，到这儿已超出免费预览范围", _CHROME, "a document site"),
    LineCase("more of the site", "更多相关资料请搜索云江文库", _CHROME, "a document site"),
    LineCase("a call to like", "觉得好看，请点在看", _CHROME, "an account"),
    LineCase("who compiled it", "以上就是小编为大家整理的讲话稿，希望对您有所帮助", _CHROME, "a site about itself"),
    LineCase("section and a headline's words", "县域经济 活力迸发", None, "a headline"),
    LineCase("more resources", "更多优质资源直达基层", None, "a headline"),
    LineCase("an editor in prose", "编辑部就此采访了多位专家", None, "a sentence"),
    LineCase("a date and a meeting", "2020年5月6日 星期三 我县召开全体会议", None, "not a section's name"),
    LineCase("a contact in a notice", "联系人：段一子 联系电话：0999-8138995", None, "what a notice tells"),
    LineCase("who hosts a contest", "主办单位：云江县人民政府办公室", None, "what a notice tells"),
    LineCase("advice of a notice", "登录平台后即可申领", None, "what a notice tells"),
    LineCase("a reporter and a photographer", "文/段一子 图/沈成", None, "a byline"),
    LineCase("membership", "加入世界贸易组织以来", None, "the beginning of a sentence"),
]

_BODY = "为了规范河道保洁工作，维护水环境，根据有关法律，结合本市实际，制定本办法。"
_MORE = "市水务部门负责全市河道保洁的指导和监督，县（市、区）负责本区域的具体工作。"
_HEADLINE = "云江市河道保洁管理办法"

PAGES = [
    PageCase(
        "head in red",
        (
            ("罗坪县人民政府文件", "page_header"),
            ("罗政发〔2021〕5号", "meta_bar"),
            ("罗坪县人民政府关于做好防汛工作的通知", None),
            (PROSE, None),
        ),
        "the masthead of an official paper",
    ),
    PageCase(
        "number below the headline",
        (("罗坪县人民政府关于做好防汛工作的通知", None), ("罗政发〔2021〕5号", None), (PROSE, None)),
        "a paper's own number",
    ),
    PageCase(
        "document in a headline",
        (("罗坪县清理一批文件", None), ("罗坪县人民政府", None), (PROSE, None)),
        "the news is about documents",
    ),
    PageCase(
        "summary that is the lead",
        (
            ("罗坪部署防汛工作", None),
            ("核心提示：各地要落实防汛责任，加强巡查值守...", "page_title"),
            (PROSE, None),
        ),
        "the page repeats the head of the text",
    ),
    PageCase(
        "summary of its own",
        (("罗坪部署防汛工作", None), ("核心提示：汛期将至，罗坪县有备无患。", None), (PROSE, None)),
        "it says what the text does not",
    ),
    PageCase(
        "collection",
        (
            ("防汛工作会议讲话稿（精选2篇）", "page_title"),
            ("第一篇：", "collection_index"),
            ("在全市防汛工作会议上的讲话", None),
            (PROSE, None),
            ("第二篇：", "collection_index"),
            ("在罗坪县防汛工作会议上的讲话", None),
            (PROSE, None),
        ),
        "a site's title of several texts",
    ),
    PageCase(
        "count in a headline",
        (("云江大学去年发表论文13篇", None), (PROSE, None)),
        "papers are counted in the news",
    ),
    PageCase(
        "particulars with values below their keys",
        (
            ("索 引 号：", "meta_bar"),
            ("000019/2021-00123", "meta_bar"),
            ("发文机关：", "meta_bar"),
            ("罗坪市人民政府办公室", "meta_bar"),
            ("标　　题：", "meta_bar"),
            ("罗坪市人民政府办公室关于做好防汛工作的通知", "meta_bar"),
            ("有 效 性：", "meta_bar"),
            ("有效", "meta_bar"),
            ("罗坪市人民政府办公室关于做好防汛工作的通知", None),
            (f"各县区人民政府：{PROSE}", None),
            ("罗坪市人民政府办公室", None),
        ),
        "a table of particulars",
    ),
    PageCase(
        "particulars without colons",
        (
            ("索 引 号 000019/2021-00123", "meta_bar"),
            ("主题分类 综合政务", "meta_bar"),
            ("成文日期 2021年5月6日", "meta_bar"),
            ("罗坪市人民政府关于做好防汛工作的通知", None),
            (f"各县区人民政府：{PROSE}", None),
        ),
        "a table of particulars",
    ),
    PageCase(
        "keys of a form in a text",
        (
            ("一、申报书应当写明下列内容", None),
            ("名称：项目的全称", None),
            ("状态：新建或者续建", None),
            ("备注：其他需要说明的事项", None),
            (f"二、其他要求：{PROSE}", None),
        ),
        "words that a text may use for its own list",
    ),
    PageCase(
        "share page by lines",
        (
            ("【精品】云江市河道保洁管理办法（通用3篇）", "page_title"),
            ("上传者：xiaohe88", _CHROME),
            ("文档介绍", _CHROME),
            ("云江市河道保洁管理办法-小河文库", "page_title"),
            (_HEADLINE, None),
            ("第一条 " + _BODY, None),
            ("第二条 " + _MORE, None),
            ("展开阅读全文", _CHROME),
            ("最近下载", "related_label"),
            ("机关单位年度述职报告", "related_link"),
            ("在全市工作会议上的讲话范文", "related_link"),
        ),
        "copies of the headline go, the one beside the text stays; titles after the text are links",
    ),
    PageCase(
        "news page by lines",
        (
            ("首页", "nav_word"),
            ("科技", "nav_word"),
            ("法治", "nav_word"),
            ("客户端", "nav_word"),
            ("当前位置：首页 > 社会 > 正文", _CHROME),
            (_HEADLINE + "_社会_云江在线", "page_title"),
            (_HEADLINE, None),
            ("2020-09-29 13:40 来源：云江热线", "meta_bar"),
            (_BODY, None),
            (_MORE, None),
            ("责任编辑：段一子", _EDITOR),
            ("推荐阅读", "related_label"),
            ("地铁新线试运行", "related_link"),
            ("版权所有 云江在线 未经授权禁止转载", _CHROME),
        ),
        "a headline stands between what the site prints above and below it",
    ),
    PageCase(
        "newspaper page",
        (
            ("14版 时政", _HEADER),
            ("", None),
            ("战疫", "rubric"),
            ("", None),
            ("云江全力做好疫情防控工作", None),
            ("", None),
            ("本报讯（记者 段一子）2月3日，" + _BODY, None),
            ("", None),
            (_MORE + "（下转第三版）", None),
            ("", None),
            ("要闻", "rubric"),
            ("", None),
            ("罗坪县春耕生产有序推进", None),
            ("", None),
            ("（上接第一版）" + _BODY, None),
            ("", None),
            ("编辑：文小磊 校对：汤一", _EDITOR),
            ("", None),
            ("厉行节约 反对浪费", "slogan"),
            ("社会主义核心价值观基本内容", "slogan"),
        ),
        "rubrics stand before a headline, slogans at the foot; markers are cut off their line",
    ),
    PageCase(
        "official document",
        (
            ("通知", None),
            ("", None),
            ("各县（市、区）人民政府，市政府各部门：", None),
            (_BODY, None),
            ("一、总体要求", None),
            (_MORE, None),
            ("二、工作措施", None),
            (_MORE, None),
            ("综合", None),
            (_MORE, None),
            ("云江市人民政府办公室", None),
            ("2020年2月3日", None),
        ),
        "a document's own headings, addressees and signature are no furniture",
    ),
    PageCase(
        "headline after its body",
        (
            (_BODY, None),
            ("", None),
            (_MORE, None),
            ("", None),
            ("我市印发河道保洁管理办法", None),
        ),
        "no site furniture follows, so the last line is a headline and no link",
    ),
    PageCase(
        "repeated case headings",
        tuple(
            line
            for case in "一二三四"
            for line in (("案例" + case, None), ("基本案情", None), (_BODY, None), ("裁判结果", None), (_MORE, None))
        ),
        "headings come again after finished paragraphs; a running title interrupts them",
    ),
]

COLUMN = (
    "市水务部门应当在门户网站公布举报",
    "电话和邮箱，公众可以扫描二维码关注",
    "公众号查询，也可以登录网站下载申请",
    "下载",
    "表格。县级以上人民政府可以委托社会",
    "首页",
    "组织参与保洁工作，所需经费列入本级",
    "第三版",
    "预算，并接受审计部门和社会公众监督",
    "检查。对在河道保洁工作中成绩显著的",
    "单位和个人，由本级人民政府给予表彰",
    "奖励。",
)
