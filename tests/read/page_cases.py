# ruff: noqa: E501 - a page is easier to read as it was typed
"""Pages as sites of several generations build them (fictional): the mark-up, and the lines that must be kept of it."""

P1 = "云江市政府昨日召开常务会议，研究部署今年的防汛救灾工作，并审议通过了两个文件。"
P2 = "会议指出，各区县要压实责任，加强巡查，做好物资储备，确保群众生命财产安全。"
P3 = "会议还研究了其他事项。"
TITLE = "云江市部署防汛救灾工作"
LINKS = "".join(
    f'<li><a href="/a/{n}.html">{t}</a></li>'
    for n, t in enumerate(("春季造林进展顺利", "地铁新线试运行", "夏粮收购加快"))
)
HEAD = f'<html><head><meta charset="gbk"><title>{TITLE}_新闻_云江在线</title></head>'

PAGES: list[tuple[str, str, list[str]]] = [
    (
        "headline outside the text block",
        f"""{HEAD}<body><div class="top"><a href="/">云江在线</a> <a href="/n">新闻</a></div>
        <div class="wrap"><div class="title"><h1>{TITLE}</h1><p class="sub">王正海主持</p>
        <div class="info">2021-03-04 08:30 来源：云江日报 作者：李川 字号：<a>大</a> <a>中</a> <a>小</a></div></div>
        <div id="content"><p>{P1}</p><p>{P2}</p><p>{P3}</p><p>据云江日报</p></div>
        <div class="share">分享到：微信 微博</div></div><div class="right"><h3>相关新闻</h3><ul>{LINKS}</ul></div>
        <div class="footer"><p>版权所有 云江在线</p><p>云ICP备00000001号</p></div></body></html>""",
        [TITLE, "王正海主持", P1, P2, P3, "据云江日报"],
    ),
    (
        "table layout of the year 2003",
        f"""{HEAD}<body><table width=760><tr><td><a href=/>首页</a></td><td><a href=/x>时政</a></td><td><a href=/y>社会</a></td></tr></table>
        <table width=760><tr><td width=560><table><tr><td align=center><font size=5><b>{TITLE}</b></font></td></tr>
        <tr><td align=center>2003年3月4日 8:30 云江在线</td></tr><tr><td><font size=3>　　{P1}<br>　　{P2}<br><br>　　{P3}<br></font></td></tr>
        <tr><td align=right>【<a href=#>打印本页</a>】【<a href=#>关闭窗口</a>】</td></tr></table></td>
        <td width=200><table><tr><td><b>热点新闻</b></td></tr><tr><td><a href=/1>春季造林进展顺利</a></td></tr><tr><td><a href=/2>地铁新线试运行</a></td></tr></table></td></tr></table>
        <table><tr><td align=center>主办单位：云江市信息中心 联系我们</td></tr></table></body></html>""",
        [TITLE, P1, P2, P3],
    ),
    (
        "text in one font, its last line against the cell's end",
        f"""{HEAD}<body><table><tr><td align=center><b>{TITLE}</b></td></tr>
        <tr><td><font size=3>　　{P1}{P2}<br><br>　　{P2}{P1}<br><br>　　{P1}{P1}{P2}<br><br>　　{P3}</font></td></tr></table>
        <table><tr><td>相关链接<ul>{LINKS}</ul></td></tr></table></body></html>""",
        [TITLE, f"{P1}{P2}", f"{P2}{P1}", f"{P1}{P1}{P2}", P3],
    ),
    (
        "notice with document number, list and signature",
        f"""{HEAD}<body><div class="nav"><a href=/>首页</a> &gt; <a href=/zw>政务公开</a></div><div class="main">
        <h1>云江市人民政府关于做好防汛工作的通知</h1><p>云政发〔2021〕5号</p><p>各区县人民政府，市政府各部门：</p><p>{P1}</p>
        <p>一、总体要求</p><p>{P2}</p><p>（一）加强领导。各单位要高度重视。</p><p>附件：1.任务分工表</p><p>云江市人民政府</p><p>2021年3月4日</p></div>
        <div class="bottom">网站地图 | 联系我们 | 网站标识码：0000000001</div></body></html>""",
        [
            "云江市人民政府关于做好防汛工作的通知",
            "云政发〔2021〕5号",
            "各区县人民政府，市政府各部门：",
            P1,
            "一、总体要求",
            P2,
            "（一）加强领导。各单位要高度重视。",
            "附件：1.任务分工表",
            "云江市人民政府",
            "2021年3月4日",
        ],
    ),
    (
        "table of data in the text",
        f"""{HEAD}<body><h1>{TITLE}</h1><div><p>{P1}</p><table><tr><th>区县</th><th>雨量</th></tr><tr><td>东河区</td><td><p>12</p></td></tr>
        <tr><td>西山县</td><td>7</td></tr></table><p>{P2}</p></div></body></html>""",
        [TITLE, P1, "| 区县 | 雨量 |", "| 东河区 | 12 |", "| 西山县 | 7 |", P2],
    ),
    (
        "card of names and values, and a row alone, which are no table",
        f"""{HEAD}<body><h1>{TITLE}</h1><div><table><tr><th>承办科室：</th><td>防汛科</td></tr><tr><th>办理时限：</th><td>五日</td></tr></table>
        <p>{P1}</p><table><tr><td>东河区</td><td>12</td></tr></table><p>{P2}</p></div></body></html>""",
        [TITLE, "承办科室： 防汛科", "办理时限： 五日", P1, "东河区 12", P2],
    ),
    (
        "e-paper that names itself first in its title, with a kicker in a row of its own",
        f"""<html><title>云江日报数字报-{TITLE}</title><body><table><tr><td><a href=#>第01版：要闻</a></td><td><a href=#>下一版</a></td></tr></table>
        <table><tr><td>王正海在全市防汛会议上强调</td></tr><tr><td><strong>{TITLE}</strong></td></tr><tr><td>李川主持</td></tr></table>
        <div id=ozoom><founder-content><p>　　{P1}</p><p>　　{P2}</p></founder-content></div></body></html>""",
        ["王正海在全市防汛会议上强调", TITLE, "李川主持", P1, P2],
    ),
    (
        "site that the title names last, in its head too",
        f"""<html><title>{TITLE}_云江市人民政府网</title><body><div><b>云江市人民政府网</b></div><div><p>{TITLE}</p></div>
        <div><p>{P1}</p><p>{P2}</p></div></body></html>""",
        [TITLE, P1, P2],
    ),
    (
        "two articles on one page",
        f"""{HEAD}<body><div class=page><div class=art><h2>{TITLE}</h2><p>{P1}</p><p>{P2}</p></div>
        <div class=art><h2>地铁新线今日开通</h2><p>云江地铁三号线今日开通试运营，全长二十公里。</p></div></div></body></html>""",
        [TITLE, P1, P2, "地铁新线今日开通", "云江地铁三号线今日开通试运营，全长二十公里。"],
    ),
    (
        "box of other articles under the text, and headings and a label inside the text",
        f"""{HEAD}<body><div class=t><h1>{TITLE}</h1></div><div class=m><div class=c><p><b>《春水》</b></p><p>——（唐）李川</p><p>点评：</p><p>{P1}</p>
        <p>{P2}</p></div><div class=d1><div class=d2><h2>推荐阅读</h2><p><b>地铁新线</b>云江地铁三号线今日开通试运营，全长二十公里。<a href=/1>详细</a></p>
        <p><a href=/2>夏粮收购加快</a></p><p><a href=/3>春季造林进展顺利</a></p></div></div></div></body></html>""",
        [TITLE, "《春水》", "——（唐）李川", "点评：", P1, P2],
    ),
    (
        "leads of other articles between links, and what the site says of all its articles",
        f"""{HEAD}<body><div class=left><div class=t><h2>{TITLE}</h2></div><div class=txt>{P1}<p></p></div><div class=sm><h4>免责声明</h4>本网力求信息准确，不构成投资建议。</div>
        <div class=tj><h2>为你推荐</h2><dl><dt><a href=/1>地铁新线今日开通</a></dt><dd>云江地铁三号线今日开通试运营，全长二十公里。</dd></dl>
        <dl><dt><a href=/2>夏粮收购加快推进</a></dt><dd>云江粮食部门增设收购网点，农民卖粮更加方便。</dd></dl></div></div></body></html>""",
        [TITLE, P1],
    ),
    (
        "sections of the article headed like a site's boxes",
        f"""{HEAD}<body><div class=c><h1>{TITLE}</h1><div><h3>最新动态</h3><p>{P1}</p></div><div><h3>相关报道</h3><p>{P2}</p><p>{P3}</p></div></div></body></html>""",
        [TITLE, "最新动态", P1, "相关报道", P2, P3],
    ),
    (
        "buttons and counters at the edges of the text, and such words inside it",
        f"""{HEAD}<body><div class=c><div class=s>Qzone</div><h1>{TITLE}</h1><div><span>图集</span></div><p>{P1}</p><p>评论</p><p>{P2}</p><div class=z>+1</div></div></body></html>""",
        [TITLE, P1, "评论", P2],
    ),
    (
        "column's name over the headline",
        f"""{HEAD}<body><table><tr><td><p>■ 要闻播报</p></td></tr><tr><td><b>{TITLE}</b></td></tr><tr><td>来源于：云江日报</td></tr><tr><td><p>{P1}</p><p>{P2}</p></td></tr></table></body></html>""",
        [TITLE, P1, P2],
    ),
    (
        "headline in a minor heading over its day, under a <title> that names the site only",
        f"""<html><title>新闻动态--云江学会</title><body><div class=w><h3>首页 - 新闻动态</h3></div><div class=n><h5>2021年防汛年会成功举行！</h5>
        <div>发布时间：2021-05-18 来源：云江学会</div><div class=c><p>{P1}</p><p align=center>大会开幕式</p><p>{P2}</p></div></div></body></html>""",
        ["2021年防汛年会成功举行！", P1, "大会开幕式", P2],
    ),
    (
        "minor headings in the text, one over a day",
        f"""{HEAD}<body><h1>{TITLE}</h1><div><p>{P1}</p><h5>预案怎样编制</h5><p>{P2}</p><h5>演练何时举行</h5><p>2021年5月18日上午，各区县同时举行。</p></div></body></html>""",
        [TITLE, P1, "预案怎样编制", P2, "演练何时举行", "2021年5月18日上午，各区县同时举行。"],
    ),
    (
        "addresses under the legal foot, and in the text",
        f"""{HEAD}<body><h1>{TITLE}</h1><div><p>{P1}</p><p>报名地址：东河路五号 电话：0000-1234</p></div><table><tr><td>版权所有 云江在线<br>地址：东河路五号 邮编：000000<br>传真：0000-1235</td></tr></table></body></html>""",
        [TITLE, P1, "报名地址：东河路五号 电话：0000-1234"],
    ),
    (
        "one short paragraph",
        f"""{HEAD}<body><div id=menu><a href=/>首页</a><a href=/1>新闻</a></div><div><h1>{TITLE}</h1><div><p>{P3}</p></div></div>
        <div id=foot>版权所有</div></body></html>""",
        [TITLE, P3],
    ),
    (
        "hidden text, ruby and links inside the text",
        f"""{HEAD}<style>.zz9 {{ color:red; display : none }} .on{{display:block}}</style><body><h1>{TITLE}</h1><div class=on>
        <p>{P1[:12]}<span class="zz9">本文来自云江在线</span>{P1[12:]}</p><p style="font-size:0px">q7Kx</p>
        <p><ruby>会<rp>(</rp><rt>huì</rt><rp>)</rp></ruby>议指出，<a href="/t">各区县</a>要压实责任，加强巡查。</p></div></body></html>""",
        [TITLE, P1, "会议指出，各区县要压实责任，加强巡查。"],
    ),
    (
        "entities escaped twice, source lines broken inside Han text",
        f"""{HEAD}<body><h1>云江市部署&amp;ldquo;防汛&amp;rdquo;工作</h1><p>&amp;nbsp;&#20113;&#27743;市
        昨日召开会议，研究部署防汛
        工作。</p></body></html>""",
        ["云江市部署“防汛”工作", "\xa0云江市昨日召开会议，研究部署防汛工作。"],
    ),
    (
        "kicker, headline and pager on a mobile page",
        f"""{HEAD}<body><header><a href=/>云江在线</a></header><article><div class=hd><p>市委书记在调研时强调</p><h1>{TITLE}</h1></div>
        <section><p>{P1}</p><p>{P2}</p></section><p>责任编辑：李川</p></article><p>上一篇：<a href=/1>春季造林</a></p><p>下一篇：没有了</p>
        <footer>Copyright © 云江在线</footer></body></html>""",
        ["市委书记在调研时强调", TITLE, P1, P2],
    ),
    (
        "text that a script shows once the page is loaded",
        f"""{HEAD}<body><div class=tl><h1>{TITLE}</h1></div><div id=js style="visibility: hidden; opacity: 0;"><section><p>{P1}</p></section>
        <p>{P2[:5]}<span style="display:none">防复制</span>{P2[5:]}</p></div></body></html>""",
        [TITLE, P1, P2],
    ),
    (
        "headline in no heading, under a <title> that names the site only",
        f"""<html><title>云江在线</title><body><table><tr><td><a href=/>首页</a></td><td><a href=/2>时政</a></td></tr></table><table><tr><td><b>{TITLE}</b></td></tr>
        <tr><td>2003-3-4 8:30 阅读：12次</td></tr><tr><td>　　{P1}<br>　　{P2}</td></tr></table></body></html>""",
        [TITLE, P1, P2],
    ),
    (
        "text inside a form, comments under it",
        f"""{HEAD}<body><form><div id=header><h1><a href=/>云江在线</a></h1></div><div id=detail><h2>{TITLE}</h2><div>{P1}</div><div>{P2}</div><div>{P3}</div></div>
        <div class="comment-list"><h3>网友评论</h3><p>网友甲：写得好，支持一下。</p></div></form></body></html>""",
        [TITLE, P1, P2, P3],
    ),
    (
        "short notice that mentions logging in",
        f"""{HEAD}<body><h1>关于开展报名的通知</h1><p>2021年度防汛志愿者招募工作即日起开始，请有意参加的市民于三月底以前登录云江市志愿服务网站填写报名表，逾期不再受理，特此通知。</p></body></html>""",
        ["关于开展报名的通知", "2021年度防汛志愿者招募工作即日起开始，请有意参加的市民于三月底以前登录云江市志愿服务网站填写报名表，逾期不再受理，特此通知。"],
    ),
    (
        "kicker over a headline whose heading holds a block, under a bar of the year 2009",
        f"""{HEAD}<body><div class=path><a href=/>云江在线</a>&gt;&gt;<a href=/n>时政</a></div><div class=txt><p>市委书记在调研时强调</p><h1><div id=t1>{TITLE}</div></h1>
        <h2>2009年3月4日08:30  来源：云江日报</h2><p>【字号 <a href=#>大</a> <a href=#>中</a> <a href=#>小</a>】<a href=#>打印</a> <a href=#>留言</a> <a href=#>论坛</a> <a href=#>网摘</a> <a href=#>手机点评</a> <a href=#>纠错</a> E-mail推荐：<input></p><div><p>{P1}</p><p>{P2}</p><p>{P3}</p></div></div></body></html>""",
        ["市委书记在调研时强调", TITLE, P1, P2, P3],
    ),
    (
        "form for messages under the text, and the button that follows the site",
        f"""{HEAD}<body><div class=txt><h1>{TITLE}</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p><div><a href=/w>关注云江网</a></div>
        <form><table><tr><td><div>我要发表留言</div></td></tr><tr><td>用户名：<input> 密码：<input></td></tr><tr><td><a href=/r>留言须知</a></td></tr></table></form></div></body></html>""",
        [TITLE, P1, P2, P3],
    ),
    (
        "text that speaks of messages and of papers to follow",
        f"""{HEAD}<body><div class=txt><h1>{TITLE}</h1><p>{P1}</p><p>留言和评论</p><p>{P2}</p><p>关注云江日报的读者可以来信。</p><p>{P3}</p></div></body></html>""",
        [TITLE, P1, "留言和评论", P2, "关注云江日报的读者可以来信。", P3],
    ),
    (
        "bar that names the site by its address, sizes of type among links, headlines with their days",
        f"""{HEAD}<body><div><div id=tl>{TITLE}</div><div class=from><a href=/>http://www.Yunjiang.com</a>　2009年3月4日08:30　<a href=/r>云江日报</a>　<a href=/p>我要评论(<span>0</span>)</a></div>
        <div id=txt><p>{P1}</p><p>{P2}</p><p>{P3}</p></div><div class=do>【<a href=/1>新闻订阅</a>】【<a href=/2>云江论坛</a>】【<a href=#>大</a> <a href=#>中</a> <a href=#>小</a>】【<a href=/p>发表评论(0)</a>】</div>
        <dl><dt>更多关于“<a href=/s>防汛</a>”的新闻</dt><dd><table><tr><td>·<a href=/3>春季造林进展顺利</a> (2009-03-03 16:31:00)<br>·<a href=/4>地铁新线试运行</a> (2009-03-02 15:54:14)<br></td></tr></table></dd></dl></div></body></html>""",
        [TITLE, P1, P2, P3],
    ),
    (
        "links that the text lists, and a list of links under a label in it",
        f"""{HEAD}<body><div class=txt><h1>{TITLE}</h1><div>{P1}</div><div>▶ 典型案例丨<a href=/1>东河镇堤防巡查责任落实不到位</a></div><div>▶ 典型案例丨<a href=/2>西河镇物资储备不足问题突出</a></div>
        <div>{P2}</div><div>相关阅读：</div><div><a href=/3>春季造林进展顺利成活率创新高</a></div><div><a href=/4>地铁新线试运行首日客流平稳</a></div><div>{P3}</div></div></body></html>""",
        [TITLE, P1, "▶ 典型案例丨东河镇堤防巡查责任落实不到位", "▶ 典型案例丨西河镇物资储备不足问题突出", P2, P3],
    ),
    (
        "calls to read on behind a text, and one that belongs to it",
        f"""{HEAD}<body><div class=txt><h1>{TITLE}</h1><p>{P1}&gt;&gt;&gt;<a href=/1>更多内容，点击阅读</a></p><p>{P2}<a href=/2>[详细]</a></p>
        <p>市民可以在大厅点击查看更多</p><p>{P3}<a href=/>返回云江，查看更多</a></p></div></body></html>""",
        [TITLE, P1, P2, "市民可以在大厅点击查看更多", P3],
    ),
    (
        "window over the page, headline of a minor heading, codes to scan below the way to the next article",
        f"""{HEAD}<body><div class="modal"><h4>本刊声明</h4><div>本刊免费订阅，任何第三方的售卖行为均未获授权，本刊保留追究责任的权利。</div></div><div class=ad>广告</div>
        <div class=cover><h4>{TITLE}</h4><div><span>时间：2019-03-04</span> <span>作者：李川</span></div></div><div class=col><div class=txt><div class=font>调整字体</div><p>（原标题：我市部署防汛工作）</p>
        <p>{P1}</p><p>{P2}</p><p>（资料来源：云江年鉴、云江日报）</p></div><div><span>上一篇：<a href=/1>春季造林</a></span> <span>下一篇：<a href=/2>返回列表</a></span></div>
        <ul><li><span>微信扫一扫<br>一键转发</span></li><li><span>云江最新的防汛资讯<br>请关注云江防汛公众号</span></li></ul></div></body></html>""",
        [TITLE, P1, P2, "（资料来源：云江年鉴、云江日报）"],
    ),
    (
        "boxes under linked headings below the text, and a heading that heads links only",
        f"""{HEAD}<body><ul><li class=l><div class=txt><h3>{TITLE}</h3><p>{P1}</p><h4><a href=/k>库区</a></h4><p>{P2}</p><p>{P3}</p></div><div><h4><a href=/v>读者团</a></h4><div>【座谈回顾】来座谈会聊聊防汛那些事<a href=/t>去聊</a></div></div></li>
        <li class=r><div><h3>云江人头条</h3></div><ul><li><h4><a href=/3>春季造林进展顺利</a></h4></li><li><h4><a href=/4>地铁新线试运行</a></h4></li></ul></li></ul></body></html>""",
        [TITLE, P1, "库区", P2, P3],
    ),
    (
        "news of the week, each under a linked heading",
        f"""<html><title>一周要闻</title><body><div class=wk><h2>一周要闻</h2><div><h3><a href=/1>防汛会议昨日召开</a></h3><p>{P1}</p></div><div><h3><a href=/2>督查组分赴各区县</a></h3><p>{P2}</p></div><div><h3><a href=/3>会议的其他事项</a></h3><p>{P3}</p></div></div></body></html>""",
        ["一周要闻", "防汛会议昨日召开", P1, "督查组分赴各区县", P2, "会议的其他事项", P3],
    ),
    (
        "headline that links to itself, a day over it, and what a blog sets below",
        f"""{HEAD}<body><div id=header><h1><a href=/>云江志</a></h1><p>记录云江的每一天</p></div><div id=content><div class=post><span>2009年3月4日</span><h2><a href=/a/1>{TITLE}</a></h2>
        <div class=post-content><p>{P1}</p><p>{P2}</p><p>{P3}</p><p>（原题为《我市部署防汛工作》）</p><h4>相关日志</h4><ul>{LINKS}</ul></div></div><ol class=commentlist><li><p>写得好，支持一下。</p></li></ol></div></body></html>""",
        [TITLE, P1, P2, P3],
    ),
    (
        "former title that the text speaks of",
        f"""{HEAD}<body><div class=txt><h1>{TITLE}</h1><p>{P1}</p><p>该文原题为《论防汛》，后来改了名。</p><p>{P2}</p></div></body></html>""",
        [TITLE, P1, "该文原题为《论防汛》，后来改了名。", P2],
    ),
    (
        "rules for those who comment, below the text, and a text that speaks of such rules",
        f"""{HEAD}<body><div class=txt><h1>{TITLE}</h1><p>{P1}</p><p>论坛管理办法规定，会员应当尊重他人，管理员有权删除留言。</p><p>{P2}</p></div><div class=note><form><span>1.遵守有关法律、法规，尊重网上道德，承担一切因您的行为而直接或间接引起的法律责任。<br>
        2.云江在线拥有管理笔名和留言的一切权力。<br>3.您在云江在线留言板发表的言论，云江在线有权在网站内转载或引用。<br></span></form></div></body></html>""",
        [TITLE, P1, "论坛管理办法规定，会员应当尊重他人，管理员有权删除留言。", P2],
    ),
    ("index of an issue over such rules", f"<html><title>云江日报</title><body><div>01版:要闻</div><ul>{LINKS}</ul><div>留言须知</div><p>您在云江日报网站留言板发表的言论，云江日报有权在网站内转载或引用。</p></body></html>", []),
    (
        "what an account tells its followers, the author's box, and a reply in the text",
        f"""{HEAD}<body><div class=txt><h1>{TITLE}</h1><p>{P1}</p><p>市民留言询问工期，市水利局回复“汛前完工”，并公布了进度。</p><p>{P2}</p><p>1、回复【防汛】查看最新消息</p><p>2、后台回复“避险”即可获取地图</p><p>点击菜单栏【服务】解锁更多</p><p>看完了，点【在看】</p></div>
        <div class="author-bio"><div>总篇数12篇</div><p>云江防汛栏目为市民提供防汛资讯，内容均来自网络，请注意甄别。</p></div></body></html>""",
        [TITLE, P1, "市民留言询问工期，市水利局回复“汛前完工”，并公布了进度。", P2],
    ),
    ("page that was deleted", "<html><title>404</title><body><h1>页面不存在</h1><p>您访问的页面已被删除。</p><a href=/>返回首页</a></body></html>", []),
    ("captcha", "<html><title>安全验证</title><body><p>请拖动滑块完成验证。</p><p>您的访问过于频繁，请稍后再试。</p></body></html>", []),
    ("login", "<html><body><form><label>用户名</label><input><label>密码</label><input><button>登录</button></form><p>请先登录后查看全文。</p></body></html>", []),
    ("list page", f"<html><title>新闻列表</title><body><h2>新闻</h2><ul>{LINKS}</ul><p>共3条 第1页</p></body></html>", []),
    ("script instead of a text", "<html><title>跳转中</title><body><script>location='/'</script><noscript>请开启JavaScript</noscript></body></html>", []),
]  # fmt: skip
