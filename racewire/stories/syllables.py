"""The consonants of what Japanese, Korean and Chinese write foreign names with, in the classes of `racewire.stories.romanise`.

Hangul is taken apart as the Unicode standard says (section 3.12); the values follow the Revised Romanisation and how names are heard in it.
"""

from __future__ import annotations


def by_letter(table: str) -> dict[str, str]:
    """Lines of `consonants: letters` as a table by letter."""
    rows = (line.partition(":") for line in table.strip().splitlines())
    return {letter: sounds.strip() for sounds, _, letters in rows for letter in letters.strip()}


# Letters that are not here, small ones and the long stroke among them, are vowels.
_KANA = by_letter("""
k: カキクケコヵヶ
g: ガギグゲゴ
s: サシスセソザジズゼゾチヂ
ts: ツ
t: タテト
d: ダデドヅ
n: ナニヌネノン
p: パピプペポフ
b: バビブベボヴ
m: マミムメモ
l: ラリルレロ
""")
KANA = {code: _KANA.get(chr(code), "") for code in range(0x30A1, 0x30FD)}

HANGUL_INITIALS = ["g", "k", "n", "d", "t", "l", "m", "b", "p", "s", "s", "", "s", "s", "s", "k", "t", "p", ""]
HANGUL_FINALS = [
    "",
    "k",
    "k",
    "k",
    "n",
    "n",
    "n",
    "t",
    "l",
    "l",
    "l",
    "l",
    "l",
    "l",
    "l",
    "l",
    "m",
    "p",
    "p",
    "t",
    "t",
    "n",
    "t",
    "t",
    "k",
    "t",
    "p",
    "",
]

# The characters that Chinese newspapers write foreign names with, old forms beside the new. By the sound that they stand for there, collected by us.
CHINESE = by_letter("""
: 阿艾埃爱奥韦韋澳欧伊伍吾尤亚娅雅叶耶于哈海赫华怀霍惠胡侯许沃威愛奧歐亞婭葉華懷
b: 巴芭柏伯布贝比彼博鲍维瓦維貝鮑
bn: 本班邦宾賓
d: 达戴代德迪丁杜多道達
dn: 丹登邓敦顿东鄧頓東
g: 加嘉盖戈哥格古
gn: 甘冈根贡貢
k: 卡凯考可库奎基吉科柯克凱庫
kn: 金坎肯康昆孔
l: 拉来莱赖雷勒丽利莉里立列琉留卢鲁路露罗洛尔儿劳來萊賴麗盧魯羅爾兒勞
ln: 兰朗林琳伦隆龙连蘭倫龍連
m: 马玛麦迈梅美米莫默穆姆密馬瑪麥邁
mn: 曼满门明蒙闵門滿
n: 安昂扬杨英因殷翁亨纳娜内奈尼妮诺努涅恩汉翰罕温文旺万揚楊萬漢溫諾納內
nn: 宁南农寧農
p: 佩帕派皮普庞珀波弗夫福法菲费芙費龐
pn: 彭潘平凡范芬丰冯範豐馮
s: 约休希萨塞赛瑟斯丝什史施士沙莎夏舍谢修苏索齐奇乔切查茨扎泽佐祖兹杰季捷贾佳詹哲西锡辛朱約薩賽絲齊喬紮澤傑賈錫謝
sn: 珊桑森孙逊松申香欣珍真钱仲琼遜孫
t: 塔泰特图托陶蒂提铁圖
tn: 坦唐汤滕廷腾通湯騰
""")
