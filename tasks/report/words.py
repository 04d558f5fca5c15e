"""What the report calls things in Chinese and in English: tables, steps, counters, measures, verdicts."""

from tasks.measures import MEASURES

Words = tuple[str, str]

# What each counter of `documents` counts, in the order in which the steps run.
COUNTERS = {
    "n_invisible_removed": "invisible characters removed",
    "n_compat_mapped": "compatibility forms mapped",
    "n_annotations_removed": "glosses (pinyin, bopomofo) removed",
    "n_script_converted": "characters converted to Simplified",
    "n_marks_widened": "marks made full-width",
    "n_lines_joined": "lines joined",
    "n_spaces_removed": "spaces removed",
    "n_lines_removed": "lines removed as boilerplate",
    "n_chars_removed": "characters removed as boilerplate",
}
COUNTERS_ZH = {
    "n_invisible_removed": "删除不可见字符",
    "n_compat_mapped": "规范兼容字形",
    "n_annotations_removed": "删除注音",
    "n_script_converted": "繁体转简体（字）",
    "n_marks_widened": "标点改为全角",
    "n_lines_joined": "接合断行",
    "n_spaces_removed": "删除空格",
    "n_lines_removed": "删除样板行",
    "n_chars_removed": "删除样板字符",
}
TABLES = {
    "documents": "文件",
    "sightings": "出现位置",
    "articles": "文章",
    "paragraphs": "段落",
    "sentences": "句子",
    "spans": "文字去向",
    "anomalies": "异常",
    "signatures": "文本指纹",
    "continuations": "接续",
    "duplicates": "重复",
    "rejections": "拒收",
    "failures": "违规",
    "metrics": "度量",
    "runs": "运行",
    "file": "原始文件",
}
STEPS = {
    "site_chrome": "网页栏目与导航",
    "hidden_text": "网页隐藏文字",
    "ruby": "旁注标记",
    "annotation": "注音",
    "metadata": "网页题头数据",
    "markup": "残留标记",
    "meta_bar": "来源时间栏",
    "site_chrome_line": "站点用语行",
    "unlisted_line": "未列入表的站点用语",
    "nav_topic": "导航栏目",
    "nav_ui": "导航控件",
    "page_title": "页面标题",
    "page_header": "报头",
    "page_footer": "版尾",
    "page_number": "页码",
    "related_label": "相关阅读",
    "rubric": "栏目名",
    "slogan": "口号横幅",
    "slogan_unit": "口号横幅",
    "official": "公文版头",
    "ornament": "装饰符号",
    "editor_line": "责任编辑行",
    "doc_tail": "文末附记",
    "flattened": "压平的栏目",
    "collection_index": "文集目录",
    "continuation_marker": "转版标记",
    "rejected": "随文章拒收",
}
VERDICTS = {"pass": "通过", "warn": "警告", "fail": "不通过", "accepted": "人工放行"}
OPERATIONS = {
    "staged": "暂存",
    "publish": "发布",
    "rollback": "回退",
    "forget": "删除",
    "compact": "合并文件",
    "release": "解除保留",
}
KINDS = {
    "meeting_report": "会议报道",
    "news_report": "新闻报道",
    "policy_document": "政策文件",
    "notice": "通知公告",
    "speech": "讲话",
    "commentary": "评论",
    "interview": "访谈",
    "bulletin": "简讯",
    "fragment": "残篇",
    "other": "其他",
}
ANOMALIES = {
    "placeholder": "占位符",
    "masked_name": "隐去的姓名",
    "stray_word": "夹杂的外文词",
    "phone_number": "电话号码",
    "identity_number": "身份证号码",
    "lost_glyph": "缺字",
    "doubled_at_break": "断栏处重字",
    "email": "电子邮箱",
    "gloss": "残留注音",
    "split_number": "拆开的数字",
    "escape": "转义字符",
    "cut_off": "截断",
    "inserted_source": "夹入的来源",
    "solicitation": "招揽信息",
}
REASONS = {
    "binary": "不是文本",
    "depth_limit": "嵌套过深",
    "empty": "空文件",
    "encrypted": "已加密",
    "malformed": "格式有误",
    "member_limit": "成员过多",
    "nesting_limit": "套装过深",
    "no_text": "没有文字",
    "not_a_file": "不是文件",
    "ratio_limit": "压缩比过高",
    "reader_failed": "读取程序出错",
    "too_large": "过大",
    "truncated_archive": "归档残缺",
    "truncated_gzip": "压缩流残缺",
    "truncated_zstd": "压缩流残缺",
    "undecodable": "无法解码",
    "unreadable": "无法读取",
    "unsupported_format": "不支持的格式",
    "vanished": "已不存在",
}
SEVERITIES = {"info": "提示", "warn": "警告", "reject": "拒收", "fatal": "致命"}
FINDINGS = {
    "a_baseline_is_there": "有可比的版本",
    "every_file_becomes_a_document": "每个文件都读出内容",
    "no_source_is_missing": "没有来源缺席",
    "published_documents_stay": "已发布的文件仍在",
    "no_month_disappears": "没有月份消失",
    "no_month_is_missing": "没有缺月",
    "source_is_fresh": "来源有新文章",
}
MEASURES_ZH = {
    "documents": "文件数",
    "documents_rejected": "文件拒收率",
    "documents_without_articles": "无文章的文件",
    "articles_per_document": "每份文件的文章数",
    "content_removed": "删除的内容字符",
    "articles_without_title": "无标题",
    "articles_without_subtitle": "无副题",
    "articles_without_publisher": "无发布者",
    "articles_without_byline": "无署名",
    "articles_without_dateline": "无电头",
    "articles_without_published_on": "无日期",
    "articles_of_unknown_month": "月份不明",
    "articles_of_kind": "体裁",
    "article_length": "文章长度（字）",
    "residual_noise": "残留噪声",
    "duplicate_articles": "重复文章",
    "anomalies_per_article": "每篇异常数",
    "paragraph_length": "段落长度（字）",
    "punctuation_marks": "标点",
    "marks_per_character": "每字标点数",
    "sentence_length": "句子长度（字）",
    "sentences_without_a_stop": "无句末标点",
}


def told(name: str) -> str:
    """A name of ours as English words."""
    return name.replace("_", " ")


def step(name: str | None) -> Words:
    """A cleaning step."""
    shown = name or "–"
    return STEPS.get(shown, ""), told(shown)


def table(name: str) -> Words:
    """A table."""
    return TABLES.get(name, ""), told(name)


def kind(name: str) -> Words:
    """A kind of article or of anomaly."""
    return KINDS.get(name, ANOMALIES.get(name, "")), told(name)


def reason(code: str) -> Words:
    """A reason code of a rejected file, or the rules that a row broke."""
    return REASONS.get(code, ""), told(code)


def measure(name: str) -> Words:
    """A measure, or one member `family:member` of a distribution."""
    family, _, member = name.partition(":")
    known = family in MEASURES
    zh = MEASURES_ZH.get(family, "") if known else ""
    inside = KINDS.get(member, member)
    return (f"{zh}：{inside}" if zh and member else zh), told(f"{family}: {member}" if member else family)
