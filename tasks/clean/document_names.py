"""Words that say what a text is, each list one alternation: a step names which of them it asks about."""

# What somebody did at a meeting, and what is printed of it: 市长李明致辞, 李明在会上的致辞.
SPOKEN = "讲话|致[辞词]|发言|演讲"
SPEECHES = f"{SPOKEN}|演说|(?:开幕|闭幕|欢迎|答谢|主持|祝酒|祝|献|悼|贺)[词辞]"
# What stands alone over a text and says what it is.
NOTICES = (
    "通知|通告|公告|公示|通报|讣告|启事|声明|倡议书|邀请函|感谢信|表扬信|慰问信"
    "|贺信|贺电|贺词|唁电|公开信|喜报|决定|命令|请示|批复"
)
# What stands alone under the name of a meeting.
PROCEEDINGS = f"{NOTICES}|{SPEECHES}|报告|决议|公报|章程"
# What stands over the head of a text and is no headline of it.
OPENINGS = "前言|引言|导言|序言?|导语|导读|摘要|提要|按语|编者按"
# What the name of an official document ends with.
DOCUMENT_NAMES = (
    f"规定|条例|办法|细则|决定|决议|意见|通知|公告|通告|解释|批复|安排|{SPEECHES}|报告|方案|规划|纲要|要点|通报|函|倡议书?"
    "|(?:慰问|公开|感谢|表扬|一封)信|唁电|公报|声明|规则|准则|章程|宣言|指引|指南|标准|答复|清单|目录|计划|条约|协定|公约"
    "|守则|制度|预案|贺信|贺电|命令|令|公示|简报|综述|总结|汇报|事迹材料|心得体会|答记者问|修正案|规程|纪要|提纲|白皮书"
    "|[^方看想说书手写]法"
)
# What share sites collect by the dozen, and number.
MODELS = "范[本例文]|模板|例文|样[本文]"
COLLECTED = f"{SPEECHES}|{MODELS}|稿|总结|心得|体会|方案|计划|作文|感言|[读观]后感"
