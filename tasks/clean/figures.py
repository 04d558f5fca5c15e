"""How texts write numbers and days: pieces of patterns, for text whose digits are ASCII."""

ONE_TO_TEN = "一二三四五六七八九十"
# Of a heading (一、 （三）), of either script, of any size (第一百二十条).
ORDINAL, COUNT, NUMERAL = f"[{ONE_TO_TEN}]", f"[{ONE_TO_TEN}0-9]", f"[{ONE_TO_TEN}百千零〇○两0-9]"
# 第一章, 第二条
CHAPTER = f"第{NUMERAL}+[编章节条]"
# 2021-03-05, and with 2021年3月5日 what bars have.
BARE_DAY = "[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}"
DAY = "(?:19|20)[0-9]{2}[-/.年] ?[0-9]{1,2}[-/.月] ?[0-9]{1,2}日?"
# 2021年3月5日, 二〇二一年三月五日, 20xx年X月X日: as texts write it out.
DATE = f"[0-9Xx〇○零{ONE_TO_TEN[:-1]}]{{4}} ?年 ?[0-9Xx{ONE_TO_TEN}]{{1,2}} ?月 ?[0-9Xx{ONE_TO_TEN}]{{1,3}} ?日"
