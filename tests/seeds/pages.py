"""Web pages around an article: the chrome of a site that does not exist, in the shape of sites that do."""

import html

from tests.benchmarks.articles import Article

SITE = "云江在线"
NAVIGATION = ["首页", "时政", "民生", "文化", "视频", "专题", "客户端"]
CRUMB = f"您的位置：{SITE} >> 民生 >> 正文"
SHARE = "分享到：微信 微博 QQ空间"
RELATED = ["我省启动夏季粮油收购", "临渚市两条公交线路调整", "周末去哪儿：石涧的瀑布"]
FOOTER = [
    f"版权所有：{SITE} 未经授权不得转载",
    "云ICP备00000000号-1 违法和不良信息举报电话：0790-0000000",
    "主办单位：云江在线网络传媒中心",
]


def article_page(article: Article, *, charset: str, info: str, hidden: str, editor: str) -> str:
    """A whole page: navigation, headline, information bar, paragraphs with anti-copy text, related links, footer.

    Args:
        article: what the page is about.
        charset: what the page's meta tag claims (not what it is).
        info: the bar below the headline (date, source).
        hidden: a string shown to nobody, put into the second paragraph.
        editor: the line that closes the article.
    """
    paragraphs = [f"<p>&#12288;&#12288;{_escape(text)}</p>" for text in article.paragraphs]
    middle = len(article.paragraphs[1]) // 2
    first, rest = _escape(article.paragraphs[1][:middle]), _escape(article.paragraphs[1][middle:])
    paragraphs[1] = f'<p>&#12288;&#12288;{first}<span style="display:none">{hidden}</span>{rest}</p>'
    items = "".join(f'<li><a href="/{i}/">{name}</a></li>' for i, name in enumerate(NAVIGATION))
    related = "".join(f'<li><a href="/news/{i}.html">{name}</a></li>' for i, name in enumerate(RELATED))
    return f"""<!DOCTYPE html>
<html><head>
<meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{article.main}_{SITE}</title>
<meta name="description" content="{article.paragraphs[0][:30]}">
<style>.nav li{{float:left}} .art p{{text-indent:0}}</style>
<script>var page = "{article.name}"; document.write("<i>x</i>");</script>
</head><body>
<!-- head begin -->
<div class="header"><div class="logo"><a href="/">{SITE}</a></div><ul class="nav">{items}</ul></div>
<div class="crumb">{html.escape(CRUMB)}</div>
<div class="main"><div class="art" id="content">
<h1>{article.main}</h1>
<div class="info">{info}</div>
{chr(10).join(paragraphs)}
<p class="editor">{editor}</p>
</div>
<div class="share">{SHARE}</div>
<div class="related"><h3>相关阅读</h3><ul>{related}</ul></div></div>
<div class="footer">{"".join(f"<p>{line}</p>" for line in FOOTER)}</div>
</body></html>
"""


def page_boilerplate(*, info: str, hidden: str, editor: str) -> list[str]:
    """What `article_page` prints that is no article."""
    return [*NAVIGATION, CRUMB, info, hidden, editor, SHARE, "相关阅读", *RELATED, *FOOTER]


def deleted_page() -> str:
    """A shell: all chrome and the news that there is none."""
    items = "".join(f'<li><a href="/{i}/">{name}</a></li>' for i, name in enumerate(NAVIGATION))
    footer = "".join(f"<p>{line}</p>" for line in FOOTER)
    return f"""<!DOCTYPE html>
<html><head><meta charset="utf-8"><title>页面不存在_{SITE}</title></head><body>
<ul class="nav">{items}</ul>
<div class="error"><p>抱歉，您访问的页面不存在或已被删除。</p><p>3秒后自动返回首页</p></div>
<div class="footer">{footer}</div></body></html>
"""


def _escape(text: str) -> str:
    return html.escape(text, quote=False).replace("“", "&ldquo;").replace("”", "&rdquo;")
