"""The views of the catalogue that are made of tables: what cleaning removed, and the wide ones for BI tools."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class View:
    """A view: its query; its description and those of columns it adds, in Chinese and English.

    Columns that are not described here are described as in `tables`, the first that has them.
    """

    name: str
    description: str
    sql: str
    tables: tuple[str, ...]
    columns: Mapping[str, str] = field(default_factory=dict)


_FIRST_RELEASE = "首次见到的发布版次 · Release that first saw it"

_REMOVALS = View(
    "removals",
    "清洗时移除的内容 · What cleaning took out, and the step that did",
    """SELECT *, "end" - start AS n_chars FROM spans WHERE fate = 'removed'""",
    ("spans",),
    {"n_chars": "字符数 · Characters taken out"},
)

# two contents at one address in one release are both current: nothing tells which came later
_V_DOCUMENTS = View(
    "v_documents",
    "文档及其是否已被同一地址的新内容取代 · Documents, and whether a newer content at their address replaces them",
    """
    WITH seen AS (
        SELECT s.document_id, s.source, s.source_uri, coalesce(r.release, 0) AS release
        FROM sightings s LEFT JOIN runs r ON r.run_id = s.first_seen_run
    ),
    newest AS (
        SELECT *, max(release) OVER place AS last_release, max_by(document_id, release) OVER place AS last_document
        FROM seen WINDOW place AS (PARTITION BY source, source_uri)
    ),
    told AS (
        SELECT document_id, min(release) AS first_release, bool_or(release = last_release) AS is_current,
               min(last_document) FILTER (release < last_release) AS newer_document_id
        FROM newest GROUP BY document_id
    )
    SELECT d.*, t.first_release, coalesce(t.is_current, true) AS is_current,
           CASE WHEN NOT t.is_current THEN t.newer_document_id END AS newer_document_id
    FROM documents d LEFT JOIN told t USING (document_id)
    """,
    ("documents",),
    {
        "first_release": _FIRST_RELEASE,
        "is_current": "是否仍为其地址的最新内容 · Whether it is the newest content at some address",
        "newer_document_id": "取代它的文档编号 · The document that replaced it",
    },
)

_V_ARTICLES = View(
    "v_articles",
    "当前文章宽表 · Current articles, with their document's facts, copies and continuations beside them",
    """
    SELECT a.*, d.file_name, d.source_uri, d.media_type, d.encoding, d.script, d.layout, d.recipe_version,
           d.n_chars AS document_n_chars, d.n_articles AS document_n_articles,
           d.residual_noise AS document_residual_noise, d.first_release,
           u.cluster, coalesce(u.representative, true) AS representative, n.continued_in, f.continues
    FROM articles a JOIN v_documents d USING (document_id)
    LEFT JOIN (
        SELECT article_id, min(cluster) AS cluster, bool_or(representative) AS representative
        FROM duplicates GROUP BY article_id
    ) u USING (article_id)
    LEFT JOIN (
        SELECT article_id, max_by(to_article_id, similarity) AS continued_in FROM continuations GROUP BY article_id
    ) n USING (article_id)
    LEFT JOIN (
        SELECT to_article_id, max_by(article_id, similarity) AS continues FROM continuations GROUP BY to_article_id
    ) f ON f.to_article_id = a.article_id
    WHERE d.is_current
    """,
    ("articles", "documents", "duplicates"),
    {
        "document_n_chars": "所在文件解码后的字符数 · Characters of its document's decoded view",
        "document_n_articles": "所在文件的文章数 · Articles of its document",
        "document_residual_noise": "所在文件的残留噪声（0 至 1） · Residual noise of its document, 0 to 1",
        "first_release": _FIRST_RELEASE,
        "representative": "是否代表同类文章 · Whether it stands for its cluster; one without copies does",
        "continued_in": "续篇的文章编号 · The article that continues it",
        "continues": "前篇的文章编号 · The article that it continues",
    },
)

_V_TEXTS = View(
    "v_texts",
    "当前文章全文 · Current articles with their whole text",
    """
    SELECT a.article_id, a.source, a.kind, a.title, a.publisher, a.published_on, t.text
    FROM v_articles a JOIN (
        SELECT article_id, string_agg(text, chr(10) ORDER BY ordinal) AS text FROM paragraphs GROUP BY article_id
    ) t USING (article_id)
    """,
    ("articles",),
    {"text": "正文，一段一行 · The text, a paragraph a line"},
)

_V_CONTINUED = View(
    "v_continued",
    "转版文章连读 · Articles that go on on another page, read as one",
    """
    WITH texts AS (
        SELECT article_id, string_agg(text, chr(10) ORDER BY ordinal) AS text FROM paragraphs GROUP BY article_id
    )
    SELECT c.article_id, c.to_article_id, c.evidence, c.similarity, a.title, a.publisher, a.published_on,
           concat_ws(chr(10), h.text, t.text) AS text
    FROM continuations c JOIN articles a USING (article_id)
    JOIN texts h USING (article_id) JOIN texts t ON t.article_id = c.to_article_id
    """,
    ("continuations", "articles"),
    {"text": "两部分的正文 · The text of both parts, a paragraph a line"},
)

# a short sentence or quotation is anybody's; copies of one text are told in `duplicates`, and one cluster is one voice
_V_REUSE = View(
    "v_reuse",
    "文章中见于他文的句子与引文 · What of each article stands word for word in articles that are no copies of it",
    r"""
    WITH voices AS (
        SELECT a.article_id, a.published_on, coalesce(u.cluster, a.article_id) AS voice
        FROM articles a LEFT JOIN (
            SELECT article_id, min(cluster) AS cluster FROM duplicates GROUP BY article_id
        ) u USING (article_id)
    ),
    told AS (
        SELECT article_id, 'sentence' AS what, text FROM sentences
        UNION ALL
        SELECT article_id, 'quotation', unnest(regexp_extract_all(text, '“([^“”]+)”', 1)) FROM paragraphs
    ),
    said AS (
        SELECT article_id, what, words, voice, published_on FROM (
            SELECT article_id, what, regexp_replace(text, '[^\p{L}\p{N}]', '', 'g') AS words FROM told
        ) JOIN voices USING (article_id)
        WHERE length(words) >= 12
    ),
    heard AS (
        SELECT what, words, min_by(article_id, (coalesce(published_on, DATE '9999-12-31'), article_id)) AS first_article
        FROM said GROUP BY what, words HAVING count(DISTINCT voice) > 1
    )
    SELECT s.article_id,
           count(*) FILTER (s.what = 'sentence') AS n_sentences,
           count(h.words) FILTER (s.what = 'sentence') AS n_reused_sentences,
           count(*) FILTER (s.what = 'quotation') AS n_quotations,
           count(h.words) FILTER (s.what = 'quotation') AS n_reused_quotations,
           mode(h.first_article) FILTER (h.first_article <> s.article_id) AS mostly_from
    FROM said s LEFT JOIN heard h USING (what, words)
    GROUP BY s.article_id
    """,
    ("articles",),
    {
        "n_sentences": "十二字以上的句子数 · Sentences of twelve letters or more",
        "n_reused_sentences": "其中亦见于他文者 · Those of them that another article has",
        "n_quotations": "十二字以上的引文数 · Quotations of twelve letters or more",
        "n_reused_quotations": "其中他文亦引者 · Those of them that another article quotes",
        "mostly_from": "多数最早见于哪篇 · The article that most of them stood in first, by day and id",
    },
)

_V_SENTENCES = View(
    "v_sentences",
    "当前句子宽表 · Current sentences, with their article's facts beside them",
    """
    SELECT s.*, p.ordinal AS paragraph_ordinal, p.role, p.outline_path,
           a.title, a.kind, a.publisher, a.published_on, a.dateline_place
    FROM sentences s JOIN paragraphs p USING (paragraph_id) JOIN v_articles a ON a.article_id = s.article_id
    """,
    ("sentences", "paragraphs", "articles"),
    {"paragraph_ordinal": "段落在文章中的序号，从 1 起 · Number of its paragraph in the article, from 1"},
)

_V_INTAKE = View(
    "v_intake",
    "收到的每份内容及其结果 · Every content that came, and what became of it",
    """
    WITH refused AS (
        SELECT document_id, min(source) AS source, min(release) AS release,
               string_agg(DISTINCT reason, ', ' ORDER BY reason) AS reasons
        FROM rejections GROUP BY document_id
    )
    SELECT coalesce(d.document_id, r.document_id) AS document_id, coalesce(d.source, r.source) AS source,
           coalesce(d.first_release, r.release) AS first_release,
           CASE WHEN r.document_id IS NULL THEN 'published'
                WHEN d.n_articles > 0 THEN 'partly_rejected' ELSE 'rejected' END AS outcome,
           r.reasons
    FROM v_documents d FULL JOIN refused r USING (document_id)
    """,
    ("documents",),
    {
        "first_release": _FIRST_RELEASE,
        "outcome": "结果：发布、部分拒收、拒收 · published, partly_rejected or rejected",
        "reasons": "拒收原因 · Reason codes or rules it was rejected for",
    },
)

_DIM_SOURCE = View(
    "dim_source",
    "来源维表 · Sources: what came, what is current, how fresh and how clean",
    """
    WITH came AS (
        SELECT source, count(*) AS n_documents, count(*) FILTER (outcome <> 'published') AS n_rejected
        FROM v_intake GROUP BY source
    ),
    told AS (
        SELECT source, count(*) AS n_articles, count(published_on) AS n_dated, min(published_on) AS first_published_on,
               max(published_on) AS last_published_on, sum(residual_noise * n_chars) / sum(n_chars) AS residual_noise
        FROM v_articles GROUP BY source
    ),
    seen AS (
        SELECT s.source, max(r.finished_at) AS last_arrival
        FROM sightings s JOIN runs r ON r.run_id = s.first_seen_run GROUP BY s.source
    )
    SELECT c.source, c.n_documents, c.n_rejected, c.n_rejected / c.n_documents AS rejected_share,
           coalesce(t.n_articles, 0) AS n_articles, coalesce(t.n_dated, 0) AS n_dated,
           t.first_published_on, t.last_published_on, s.last_arrival, t.residual_noise
    FROM came c LEFT JOIN told t USING (source) LEFT JOIN seen s USING (source)
    """,
    ("documents",),
    {
        "n_documents": "收到的内容数 · Contents that came",
        "n_rejected": "其中全部或部分拒收者 · Those rejected, wholly or in part",
        "rejected_share": "拒收比例（0 至 1） · Share of them, 0 to 1",
        "n_articles": "当前文章数 · Current articles",
        "n_dated": "其中有日期者 · Those with a day of publication",
        "first_published_on": "最早见报日 · Earliest day of publication",
        "last_published_on": "最晚见报日 · Latest day of publication",
        "last_arrival": "最近一次有新内容 · When something new last came",
        "residual_noise": "残留噪声，按字数加权（0 至 1） · Residual noise by character, 0 to 1",
    },
)

_DIM_DATE = View(
    "dim_date",
    "日期维表，覆盖全部见报日 · Days, from the first to the last day of publication",
    """
    SELECT CAST(day AS DATE) AS date, CAST(year(day) AS INTEGER) AS year, CAST(quarter(day) AS INTEGER) AS quarter,
           CAST(month(day) AS INTEGER) AS month, CAST(dayofmonth(day) AS INTEGER) AS day_of_month,
           CAST(isodow(day) AS INTEGER) AS weekday, strftime(day, '%Y-%m') AS publish_month
    FROM (
        SELECT unnest(generate_series(first_day, last_day, INTERVAL 1 DAY)) AS day
        FROM (
            SELECT CAST(min(published_on) AS TIMESTAMP) AS first_day, CAST(max(published_on) AS TIMESTAMP) AS last_day
            FROM articles
        )
    )
    """,
    ("articles",),
    {
        "date": "日期 · Day",
        "year": "年 · Year",
        "quarter": "季度 · Quarter, 1 to 4",
        "month": "月 · Month, 1 to 12",
        "day_of_month": "日 · Day of the month",
        "weekday": "星期（一为 1）· Weekday, Monday is 1",
    },
)

VIEWS: tuple[View, ...] = (
    _REMOVALS,
    _V_DOCUMENTS,
    _V_ARTICLES,
    _V_TEXTS,
    _V_CONTINUED,
    _V_REUSE,
    _V_SENTENCES,
    _V_INTAKE,
    _DIM_SOURCE,
    _DIM_DATE,
)
