"""Lines that only a site says, told by their whole wording: bars of metadata, sharing, places in the site, legal feet.

Each pattern describes a full line, in either script; a sentence that merely holds such a word is text.
"""

import re
from functools import lru_cache

from tasks.clean.figures import COUNT, NUMERAL

# Written in Simplified below; each character of a pair also stands for its Traditional twin.
_TWINS = dict(
    re.findall(
        "(.)(.)",
        "发發布佈时時间間机機构構单單来來责責任任编編辑輯记記审審对對监監签簽摄攝浏瀏览覽点點击擊访訪问問阅閱读讀数數气氣"
        "评評论論体體号號类類标標关關键鍵词詞转轉赞讚腾騰讯訊复複链鏈听聽闻聞扫掃邮郵执執络絡当當现現页頁条條则則后後"
        "备備证證网網权權举舉报報电電话話许許议議们們联聯系繫经經载載图圖声聲识識码碼术術办辦内內删刪无無丢丟线線验驗动動"
        "频頻异異绝絕请請登登录錄输輸会會员員见見没沒启啟统統维維护護错錯闭閉开開这這个個务務与與",
    )
)


def in_both_scripts(pattern: str) -> str:
    """Return a pattern whose characters of `_TWINS` stand for either script; none of them may be in a class of it."""
    return "".join(f"[{char}{_TWINS[char]}]" if char in _TWINS else char for char in pattern)


def _beginning(characters: str) -> str:
    """A look at the next character, in either script: a search passes most of a line at a fraction of the cost."""
    return f"(?=[{_in_either(characters)}])"


def _in_either(characters: str) -> str:
    return characters + "".join(_TWINS.get(char, "") for char in characters)


_DATE = r"(?:(?:19|20)\d{2}\s*(?:-|/|\.|年)\s*\d{1,2}\s*(?:-|/|\.|月)\s*\d{1,2}\s*日?)"
_TIME = r"(?:[T\s]?\d{1,2}[:：]\d{2}(?:[:：]\d{2})?(?:\.\d+)?)"
_KEY = (
    r"(?:(?:发布|发表|更新)(?:时间|日期|机构|单位)?|时间|日期|(?:信息|文章|稿件)?来源于?|稿源|来稿|作者|责任编辑|责编|编辑|记者|"
    r"审核|审稿|校对|监制|签发|供稿|摄影|(?:浏览|点击|访问|阅读)(?:次数|量|数)?|人气|评论数?|字(?:体|号)(?:大小)?|文号|"
    r"索引号|分类|标签|关键(?:词|字))"
)
_WORD = (
    r"(?:字(?:体|号)(?:大小)?|(?:缩小|放大|增大|减小)(?:字体|字号)?|默认|超?大|中|小|打印(?:本页|本文)?|列印|关闭(?:窗口|本页)?|分享到?|转发|收藏|点赞|微信(?:好友)?|"
    r"(?:新浪|腾讯)?微博|QQ(?:空间|好友)?|Qzone|朋友圈|人人网|豆瓣|复制链接|听(?:全文|新闻)|扫一扫\S{0,12}|手机\S{0,8}|我(?:要|来)?(?:纠错|评论|说两句)|"
    r"留言|论坛|网摘|(?:手机)?点评|纠错|E-?mail推荐[:：]?|发表评论|朗读\S{0,4}|[AaTt][+\-－]|Facebook|Twitter|WhatsApp|LINE|邮件|评论|更多|PDF|原文)"
)
_KEY_HEADS = "发更时日信文稿来作责编记审校监签供摄浏点访阅人评字索分标关"
_WORD_HEADS = "留论网纠字缩放增减默超大中小打列关分转收点微新腾Q朋人豆复听扫手我朗AaTtEFWL邮评更P原"
_BAR_TOKEN = re.compile(
    _beginning(rf"{_KEY_HEADS}{_WORD_HEADS}a-zQT\s\d\[\]【】|｜·•/,，()（）<>《》:：\-星")
    + in_both_scripts(
        rf"(?:{_KEY}\s*[:：]\s*{_DATE}{_TIME}?|{_KEY}\s*[:：]\s*(?:(?!{_KEY}\s*[:：])[^\s|｜]){{0,24}}|{_DATE}\s*{_TIME}?|{_TIME}|"
        rf"{_WORD}|(?:https?://)?(?:[A-Za-z\d]{{1,20}}\.){{1,3}}(?:com|cn|net|org)\b|[\[\]【】|｜·•/,，()（）<>《》:：\-]|星期[一二三四五六日天]|\d{{1,7}}次?)"
    )
)
_BAR_HEART = re.compile(
    _beginning(rf"{_KEY_HEADS}12")
    + in_both_scripts(rf"(?:{_KEY}\s*[:：]|{_DATE}\s*{_TIME}|(?:19|20)\d{{2}}[-/]\d{{1,2}}[-/]\d{{1,2}})")
)
_SIZES = re.compile(r"[【\[(（]\s*大[\s|｜/]+中[\s|｜/]+小\s*[】\])）]")
_BUTTONS = re.compile(
    _beginning(rf"{_WORD_HEADS}\s【\[|") + in_both_scripts(rf"(?:[\s【\[|]*(?:{_WORD}[\s【】\[\]|｜·]*){{2}}|\s*分享)")
)
_EDITOR = re.compile(
    in_both_scripts(
        r"^[（(\[【]?\s*(?:本文|本版|值班|执行|责任|网络)?(?:编辑|编审|责编|校对|审核|审校|监制|签发|初审|复审|终审)"
        r"\s*[:：/\s]\s*[^，。！？]{1,40}$"
    )
)
_PLACE = re.compile(in_both_scripts(r"^(?:您|你)?(?:当前|现在|所在)?的?(?:所在)?位置\s*[:：]|^首页\s*[>»›/→\-—|·]+"))
_LINES = 4096
_ARROWS, _LONGEST_CRUMB = re.compile("[>»›]{1,2}"), 20
_TURN = re.compile(
    in_both_scripts(
        r"^[\[【(（]?(?:(?:上|下|前|后)一?(?:篇|页|条|则)|返回\S{0,6}|回到\S{0,4})[\]】)）]?(?:\s*[:：]|\s*$|\s)"
    )
)
_NEIGHBOUR = re.compile(in_both_scripts(r"^[\[【(（]?(?:上|下|前|后)一?(?:篇|条|则)(?:\s*[:：]|[\]】)）]|\s*$)"))
_FORMER = re.compile(in_both_scripts(r"^[（(【\[]?\s*(?:本文|文章)?原标?题目?\s*(?:[:：]|为\s*[:：《“]).{2,80}$"))
# asked together: most lines are none, and one look at how they begin tells so
_TALK = re.compile(
    _beginning(r"（(\[【\s文原本值执责网编审校监签初复终上下前后返回您你当现所的位首")
    + f"(?:{_EDITOR.pattern}|{_TURN.pattern}|{_PLACE.pattern}|{_FORMER.pattern})"
)
_FOOT_START = re.compile(
    _beginning("主承技网建扫关联免声cC")
    + in_both_scripts(
        r"(?:主办|承办|技术支持|网站标识码)(?:单位)?\s*[:：]|建议使用.{0,40}浏览|扫一扫|关于我们|关於我们|联系我们|"
        r"(?:免责)?声明\s*[:：]|Copyright"
    ),
    re.IGNORECASE,
)
# One class of characters to begin with: a search passes all others several times as fast.
_FOOT_INSIDE = re.compile(
    f"[{_in_either('iIcC©版aA不举许网未')}]"
    + in_both_scripts(
        r"(?:(?<=[iI])(?i:CP备|CP证)|(?<=网)(?:安备|站(?:地图|声明))|(?<=[cC])(?i:opyright)|(?<=©)|(?<=版)权所有|"
        r"(?<=[aA])(?i:ll Rights Reserved)|(?<=不)良信息举报|(?<=举)报电话\s*[:：]|(?<=许)可证(?:编?号)?\s*[:：]|"
        r"(?<=未)经.{0,8}(?:授权|许可).{0,10}(?:转载|使用|复制))"
    ),
)
# What a notice, too, says of those it is about: a page's foot where more of it stands beside.
_WEAK_FOOT = re.compile(
    in_both_scripts(
        r"^(?:主办|承办)(?:单位)?\s*[:：]|举报电话\s*[:：]|许可证(?:编?号)?\s*[:：]|^未经|[^站]不良信息举报"
    )
)
_OF_SITE = re.compile(in_both_scripts("本网|本站|本报|本刊|版权|转载|镜像|摘编|[Cc]opyright|ICP备|©"))
# An item of a list, an article of a law.
_ITEM = re.compile(rf"^[（(]?{COUNT}{{1,3}}[、.．)）](?!\d)|^第{NUMERAL}{{1,8}}[条條章节節]")
# 会议时间：, 外媒记者：: of such labels sites print some, all others are the text's.
_LABEL = re.compile(in_both_scripts(r"^\W*([\u4e00-\u9fff]{1,8})(?:时间|日期|记者|作者)\s*[:：]"))
_OF_SITES = re.compile(
    in_both_scripts(
        "(?:发布|发表|发文|发稿|更新|成文|生成|录入|上传|添加|修改|创建|采编|采集|提交|公开|印发|编辑|收录|入库|转载|抓取|截稿|"
        "浏览|阅读|出版|刊发|来源|稿源|本报|本网|本刊|本台|信息|文章|稿件|新闻|网页|页面|最后|原文|文字|摄影|见习|实习|特约|通讯|驻地)$"
    )
)
_TIME_LABEL = re.compile(in_both_scripts(r"^(?:时间|日期)\s*[:：]"))
_ANY_LABEL = re.compile(r"^[\u4e00-\u9fff \u3000]{2,6}[:：]")
_SHELL = re.compile(
    in_both_scripts(
        r"\b(?:404|403|502|503)\b|not found|forbidden|captcha|access denied|enable javascript|开启\s*JavaScript|"
        r"(?:页面|网页|文章|内容|帖子|信息|链接).{0,8}(?:不存在|删除|无法|失效|下线|下架|找不到|走丢)|"
        r"验证码|安全验证|人机验证|(?:滑|拖)动.{0,6}(?:滑|验)|访问.{0,8}(?:频繁|受限|异常|拒绝)|"
        r"请先?(?:登录|登陆|输入|完成.{0,4}验)|登录.{0,6}(?:后|查|阅)|会员.{0,6}(?:可见|阅读)|无权|没有权限|"
        r"正在(?:跳转|加载)|系统(?:维护|繁忙)|出错了"
    ),
    re.IGNORECASE,
)
# What sites tell those who write comments, and public accounts those who follow them.
_RULES = re.compile(
    "(?=[因尊您请請文管回点點])"
    + in_both_scripts(
        r"(?:因您的行为而.{0,8}(?:引起|导致)的.{0,8}责任|尊重网上道德|您在.{2,14}(?:留言|评论|论坛|发表).{0,12}(?:言论|内容|作品).{0,24}(?:转载|引用)|"
        r"请您?(?:文明上网|理性发言|遵守.{0,12}(?:公约|规定))|文明上网[，、]\s*理性发言|管理.{0,4}(?:笔名|网名).{0,8}(?:权力|权利)|"
        r"回复\s*[【“「『][^】”」』]{1,12}[】”」』]\s*(?:[，,]?(?:即?可|就能)?(?:查看|查询|获取|领取|了解|看看?|解锁)|$)|点击菜单栏|点(?:击|个|亮)?\s*[【“「]?在看)"
    )
)
_KICKER, _LONGEST_KICKER = re.compile(r"(?:[强強][调調]|指出|要求|表示|提出)[：:]?$"), 40
_SENTENCE_END = re.compile("[。！？；](?:[”’」』）)]|$)")
_ENDS = ("。", "！", "？", "；")
_SENTENCE_INSIDE = re.compile("[。！？；].|[！？；]$")
_TAIL = re.compile(
    in_both_scripts(
        r"(?:[>＞»]{1,4}\s*(?:更多(?:内容|详情|报道|新闻)?[，,]?)?(?:点击|查看|阅读)(?:阅读|查看|进入|更多|全文|原文|详情|详细)*|"
        r"返回[\u4e00-\u9fff]{2,6}，\s*查看更多|[\[【(（](?:详细|详情|更多|(?:阅读|查看)(?:全文|原文|详情|更多)|点击(?:查看|阅读))[\]】)）])"
        r"[\s>＞»]*$"
    )
)
_DAY = re.compile(_DATE)
_KEYS = re.compile(in_both_scripts(rf"{_KEY}\s*[:：]"))
# What stands under a paper's abstract.
_KEY_WORDS = re.compile(in_both_scripts(r"^[【\[]?关键(?:词|字)[】\]]?\s*[:：]"))
_ABSTRACT = re.compile(r"^[【\[]?(?:内容|论文|中文)?摘\s*要[】\]]?\s*[:：]")
_LAST_DAY = re.compile(rf"\s*[（(\[]?{_DATE}{_TIME}?[）)\]]?$")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LONGEST = 160
_LONGEST_CALL = 24
_CALL_ENDS = tuple("读讀看入多文情细細]】)）>＞» ")
# Of the text itself, not of the page.
_OWN_SOURCES = frozenset(("资料来源", "資料來源", "数据来源", "數據來源"))
_LONGEST_TALK = 90


@lru_cache(_LINES)
def is_bar(line: str) -> bool:
    """Whether the line is a bar of dates, sources, counters and buttons, with nothing else in it."""
    if len(line) > _LONGEST or "。" in line or "，" in line:
        return False
    # Its heart holds a colon or a date with these; most lines are ruled out by that.
    may_be = ":" in line or "：" in line or "-" in line or "/" in line
    sized = "大" in line and _SIZES.search(line)
    if not sized and not (may_be and _BAR_HEART.search(line)) and not _BUTTONS.match(line):
        return False
    # a reporter's question is none: 记者：您为什么来？
    asks = line.rstrip("”」』").endswith(("？", "?", "！", "!"))
    if asks or _is_of_text(line):
        return False
    # a row of a table: several days, and nothing that says of what
    if len(_DAY.findall(line)) > 1 and not _KEYS.search(line):
        return False
    return _is_covered(line, min(12, len(line) // 4))


def _is_of_text(line: str) -> bool:
    """Whether it opens as the text's own lines do: with an item's number, its own source, a label that no site has."""
    if line[:4] in _OWN_SOURCES or line[1:5] in _OWN_SOURCES or _ITEM.match(line):
        return True
    label = _LABEL.match(line)
    return label is not None and not _OF_SITES.search(label[1])


def may_be_of_event(line: str, beside: str) -> bool:
    """Whether a bar that begins with 时间： is of an event, as another label (地点：) beside it tells."""
    labelled = _TIME_LABEL.match(line) and _ANY_LABEL.match(beside)
    return labelled is not None and not is_bar(beside) and not is_site_talk(beside)


def are_key_words(line: str, above: str) -> bool:
    """Whether the line holds the key words of a paper, its abstract above them."""
    return bool(_KEY_WORDS.match(line) and _ABSTRACT.match(above))


def is_date_bar(line: str) -> bool:
    """Whether the line is such a bar and holds a day: what stands right under a headline."""
    return bool(_YEAR.search(line)) and is_bar(line)


def without_day(line: str) -> str:
    """The line without the day at its end, which lists of links print behind a headline."""
    return _LAST_DAY.sub("", line) if line[-1:] in "）)]日" or line[-1:].isdigit() else line


def without_call(line: str) -> int:
    """Where the call to read on begins that a site puts behind a text, or the line's length."""
    tail = _TAIL.search(line, max(0, len(line) - _LONGEST_CALL)) if line.endswith(_CALL_ENDS) else None
    return tail.start() if tail else len(line)


def _is_covered(line: str, most: int) -> bool:
    """Whether the tokens of a bar leave at most so many characters; tells early that an address leaves more."""
    left = end = 0
    for token in _BAR_TOKEN.finditer(line):
        left += len("".join(line[end : token.start()].split()))
        if left > most:
            return False
        end = token.end()
    return left + len("".join(line[end:].split())) <= most


def is_site_talk(line: str) -> bool:
    """Whether the line is an editor's credit, a place in the site, a way to another page, or the legal foot."""
    if len(line) > _LONGEST or line.endswith(("，", "；", "：", ":")):
        return False
    if len(line) <= _LONGEST_TALK and (_TALK.match(line) or _is_path(line) or _RULES.search(line)):
        return True
    return is_foot(line)


def is_turn(line: str) -> bool:
    """Whether the line leads to the article before or after this one."""
    return len(line) <= _LONGEST_TALK and bool(_NEIGHBOUR.match(line))


@lru_cache(_LINES)
def is_foot(line: str) -> bool:
    """Whether the line is of the legal foot: who runs the site, its licences and rights."""
    if len(line) > _LONGEST or not (_FOOT_INSIDE.search(line) or _FOOT_START.match(line)):
        return False
    if -1 < line.find("。") < len(line) - 1 or line.endswith(("，", "；", "：", ":")) or _ITEM.match(line):
        return False
    sentence = line.endswith("。") and "，" in line
    return not _SENTENCE_INSIDE.search(line) and not (sentence and not _OF_SITE.search(line))


def is_weak_foot(line: str) -> bool:
    """Whether a line of the foot may as well be a notice's own: a number to call, who holds an event, a licence."""
    return bool(_WEAK_FOOT.search(line)) and not _OF_SITE.search(line)


def _is_path(line: str) -> bool:
    """Whether it is a path of three names or more. One pattern for all would try every way to share out the spaces."""
    if not (">" in line or "»" in line or "›" in line) or "。" in line or "，" in line:
        return False
    names = [name.strip() for name in _ARROWS.split(line)]
    return len(names) > 2 and all(0 < len(name) <= _LONGEST_CRUMB for name in names)


@lru_cache(_LINES)  # each line of a page is asked several times
def ends_sentence(line: str) -> bool:
    """Whether the line holds the end of a sentence."""
    return line[-1:] in _ENDS or bool(_SENTENCE_END.search(line))


def is_kicker(line: str) -> bool:
    """Whether the line can only stand over a headline: who said what the headline says."""
    return len(line) <= _LONGEST_KICKER and bool(_KICKER.search(line))


def is_shell(text: str) -> bool:
    """Whether a short page speaks of its own absence: deleted, blocked, asking for a login or a captcha."""
    return bool(_SHELL.search(text))
