"""Pages, records and encodings that strain the readers."""

from tests.benchmarks.hostile import LINE, Case, again, counted, of_prose

FILES: dict[str, Case] = {
    "page of nested tags": Case(lambda n: "<html><body>" + "<div>" * (n // 5) + "云江"),
    "page of nested tags below the limit": Case(
        again("<div>" * 500 + "云江" + "</div>" * 500, "<html><body>"), ".html"
    ),
    "page of long paths": Case(
        again("<p>首页 > 新闻 > 云江 > 要闻 > 防汛 > 会议 > 正文 > 一 > 二。</p>", "<html><body>"), ".html"
    ),
    "page of a script that opens tags": Case(again('<x "<!--', "<html><body><script>", "</script>云江"), ".html"),
    "page of a style sheet of comments": Case(again("/*", "<html><style>", "</style><body>云江"), ".html"),
    "page of a style sheet of words": Case(again("a ", "<html><style>", "</style><body>云江"), ".html"),
    "page of style sheets without end": Case(again("<style ", "<html>", "<body>云江"), ".html"),
    "page of a long meta": Case(again("a", "<html><meta ", "><body>云江"), ".html"),
    "page of times": Case(again("<time datetime>云</time>", "<html><body>"), ".html"),
    "page of spaces": Case(again(" ", "<html><body>云", "江"), ".html"),
    "page of spaces and breaks": Case(again("云 \n \n", "<html><body>", "江"), ".html"),
    "page of templates": Case(again("<template>云", "<html><body>"), ".html"),
    "page of ends that fit nothing": Case(again("<div></center>", "<html><body>"), ".html"),
    "page of options that hold blocks": Case(again("<option><div>云", "<html><body>"), ".html"),
    "page of cells that hold open blocks": Case(again("<tr><td><div>云", "<html><body><table>"), ".html"),
    "page of titles without end": Case(again("<title>云", "<html>"), ".html"),
    "page of text areas": Case(again("<textarea>云<b", "<html>"), ".html"),
    "page of instructions": Case(again("<?x <!x ", "<html><body>云江"), ".html"),
    "page of attributes without value": Case(again("<p a b='", "<html><body>云江"), ".html"),
    "page of deep cells": Case(again("<table><tr><td>云</td>" * 20 + "</table>" * 20, "<html><body>"), ".html"),
    "page of tags that never close": Case(again("<p>云江市<b>", "<html><body>"), ".html"),
    "page of tables in tables": Case(again("<table><tr><td>云江", "<html><body>"), ".html"),
    "page of cells": Case(again("<td>云</td>", "<html><body><table><tr>"), ".html"),
    "page of rows": Case(again("<tr><td>云</td></tr>", "<html><body><table>"), ".html"),
    "page of a table": Case(again("<tr><td>云</td><td>江</td></tr>", "<html><body><table>"), ".html"),
    "page of one row": Case(again("<td>云</td>", "<html><body><table><tr><td>江</td></tr><tr>", "</tr>"), ".html"),
    "rows of a table": Case(again("|云江|防汛|\n"), ".txt"),
    "one row of bars": Case(again("|", "", "云江|"), ".txt"),
    "pictures of Markdown": Case(again("![云]("), ".txt"),
    "links of Markdown": Case(again("[云](/a)"), ".txt"),
    "quoted lines": Case(again("> 云江市今日举行防汛演练\n"), ".txt"),
    "page of breaks": Case(again("云<br>", "<html><body><p>"), ".html"),
    "page of links": Case(again("<a href=x>云江</a>", "<html><body>"), ".html"),
    "page of lists": Case(again("<li>云江", "<html><body><ul>"), ".html"),
    "page of ruby": Case(again("<ruby>漢<rt>han</rt></ruby>", "<html><body>"), ".html"),
    "page of hidden text": Case(again("<i style='display:none'>x</i>云", "<html><body>"), ".html"),
    "page of entities": Case(again("&nbsp;&#x4e91;", "<html><body>"), ".html"),
    "page of scripts": Case(again("<script>x</script>云", "<html><body>"), ".html"),
    "page of comments": Case(again("<!--x-->云", "<html><body>"), ".html"),
    "page of a comment without end": Case(again("x", "<html><body>云江<!--"), ".html"),
    "page of attributes": Case(counted(" a{0}=b", "<html><body><p", ">云江</p>"), ".html"),
    "page of one long attribute": Case(again("x", "<html><body><p class='", "'>云江</p>"), ".html"),
    "page of style rules": Case(counted(".a{0}{{{{display:none}}}}", "<html><style>", "</style><body>云江"), ".html"),
    "page of titles": Case(again("<title>云江</title><h1>云江</h1>", "<html><body>"), ".html"),
    "page of feet": Case(
        again("<p>版权所有 ©2020 云江网</p><p>云江</p>", f"<html><body><div><p>{LINE}</p></div>"), ".html"
    ),
    "page of dated headings": Case(
        again("<h1>云江防汛演练</h1><p>2020-01-01 来源：云江</p>", f"<html><body><div><p>{LINE}</p></div>"), ".html"
    ),
    "page of labels": Case(
        again("<div><h3>相关新闻</h3><a href=x>云江</a></div>", f"<html><body><p>{LINE}</p>"), ".html"
    ),
    "page of texts in a script": Case(
        again('content:"<p>云江市。防汛。</p>",', "<html><body><script>", "</script>"), ".html"
    ),
    "page of paragraphs": Case(again(f"<p>{LINE}</p>", "<html><body>"), ".html"),
    "page of formats": Case(again("<font color=red><b><i>云", "<html><body>"), ".html"),
    "records, tiny": Case(counted('{{"id":{0},"text":"云江市今日举行防汛演练。"}}\n'), ".jsonl"),
    "records, equal": Case(again('{"text":"云江市今日举行防汛演练。"}\n'), ".jsonl"),
    "record nested": Case(again("[", '{"text":'), ".jsonl"),
    "record of one long text": Case(again("云江", '{"text":"', '"}'), ".jsonl"),
    "record of many fields": Case(counted('"a{0}":"云",', '{"text":"云江",', '"z":1}'), ".jsonl"),
    "record of escapes": Case(again("\\u4e91", '{"text":"', '"}'), ".jsonl"),
    "feed of entries": Case(
        again(f"<item><title>云江</title><description>{LINE}</description></item>", "<rss>", "</rss>"), ".xml"
    ),
    "feed of nested tags": Case(again("<b>", "<rss><item><description>云江"), ".xml"),
    "feed of open sections": Case(again("<![CDATA[", "<rss><item><description>云江"), ".xml"),
    "feed of ampersands": Case(again("&云", "<rss><item><description>云江"), ".xml"),
    "feed of attributes": Case(
        counted(" a{0}='b'", "<rss><item><description><p", ">云江</p></description></item>"), ".xml"
    ),
    "feed of comments": Case(again("<!--x-->", "<?xml version='1.0'?>", "<rss>"), ".xml"),
    "collection of records": Case(again(f"<doc><title>云江</title><text>{LINE}</text></doc>\n"), ".txt"),
    "collection of open titles": Case(again("<title>云", "<doc>"), ".txt"),
    "collection of open records": Case(again("<doc>云"), ".txt"),
    "collection of attributes": Case(again("a", "<doc ", ">云江</doc>"), ".txt"),
    "labelled lines": Case(again("标题：云江\n", "", f"正文：{LINE}"), ".txt"),
    "blanks before a label": Case(again(" ", "", "x"), ".txt"),
    "labelled records": Case(again(f"标题：云江\n正文：\n{LINE}\n"), ".txt"),
    "dictionaries": Case(again("{'text': '云江市今日举行防汛演练。'}\n"), ".txt"),
    "dictionary nested": Case(again("[", "{'text':"), ".txt"),
    "table of tabs": Case(again(f"云\t{LINE}\n"), ".txt"),
    "mail of parts": Case(again("--b\n\n云江\n", "Content-Type: multipart/mixed; boundary=b\n\n"), ".eml"),
    "mail of headers": Case(again("To: a@b.example\n", "", "Content-Type: text/plain\n\n云江"), ".eml"),
    "mail of one long header": Case(again(" a@b.example,", "To:", "\nContent-Type: text/plain\n\n云江"), ".eml"),
    "mail of encoded words": Case(again(" =?utf-8?q?=E4=BA=91?=", "Subject:", "\nMIME-Version: 1.0\n\n云江"), ".eml"),
    "escaped characters": Case(again("\\u4e91"), ".txt"),
    "percent codes": Case(again("%E4%BA%91"), ".txt"),
    "quoted printable": Case(again("=E4=BA=91"), ".txt"),
    "list of strings": Case(again("'云江', ", "[", "'云']"), ".txt"),
    "list that nests": Case(again("['", "", "']"), ".txt"),
    "sentences in blocks": Case(again(f"{LINE}\n{LINE}\n\n"), ".txt"),
    "front matter": Case(again("a: &a b\n", "---\n", f"---\n{LINE}"), ".txt"),
    "call of a script": Case(again("cb(", "", "{}"), ".txt"),
    "variables of a script": Case(again("var a=", "", "{}"), ".txt"),
    "GB18030": Case(of_prose(), ".txt", "gb18030"),
    "Big5": Case(again("臺灣防汛會議"), ".txt", "big5"),
    "UTF-16": Case(of_prose(), ".txt", "utf-16"),
    "text that is nearly UTF-8": Case(again("云江"), ".txt", "gb18030"),
}
