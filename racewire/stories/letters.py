"""What the letters of Cyrillic, Greek, Hebrew, Arabic, Devanagari and Thai sound like, for `racewire.stories.alphabets`.

A line is `sound: letters`; `a` is any vowel, and what stands behind a bare colon is not heard. The values follow ISO 9 and the tables of
BGN/PCGN (Cyrillic), ELOT 743 (Greek), ISO 259 (Hebrew), ISO 233 (Arabic), ISO 15919 (Devanagari) and RTGS (Thai); sounds that a key does
not tell apart stand in one line. What the spelling of Latin names hides is hidden here too: there `th` is read as a hiss and `kh` as
nothing, so θ, ث and थ are hisses, and х, χ, ح and ख are not heard.
"""

from __future__ import annotations

from racewire.stories.syllables import by_letter

CYRILLIC = str.maketrans(
    by_letter("""
a: аеёиоуыэюяіїєъ
b: бв
g: гґ
d: д
s: жзсцчшщ
k: к
l: л
m: м
n: н
p: пф
r: р
t: т
: йхь'’
""")
)

GREEK = str.maketrans(
    by_letter("""
a: αεηιουω
b: β
g: γ
d: δ
s: ζθσς
k: κ
ks: ξ
l: λ
m: μ
n: ν
p: πφ
ps: ψ
r: ρ
t: τ
: χ
""")
)

# Long vowels alone are written in the next two.
ARABIC = str.maketrans(
    by_letter("""
a: اأإآويىةؤئ
b: بڤ
g: غگ
d: دذضظ
s: ثجزسشصچژ
k: خكقک
l: ل
m: م
n: ن
p: فپ
r: ر
t: تط
: حعهء
""")
)

HEBREW = str.maketrans(
    by_letter("""
a: אויעה
b: ב
g: ג
d: ד
s: זסצץש
k: כךק
l: ל
m: םמ
n: ןנ
p: ףפ
r: ר
t: טת
: ח'׳"״
""")
)

# A consonant without a sign behind it is followed by a short vowel, which is often mute: `-` here, put in by the reader.
DEVANAGARI = str.maketrans(
    by_letter("""
a: अआइईउऊऋएऐऑओऔऍािीुूृेैॉोौॅॆॊ
n: ङञणनंँ
k: क
g: गघ
s: चछजझथशषस
t: टठत
d: डढदध
p: पफ
b: बभव
m: म
r: र
l: लळ
: ़्ःखयह
""")
)

THAI = str.maketrans(
    by_letter("""
a: ะัาำิีึืุูเแโใไ็
g: ก
k: ขคฆ
ng: ง
s: จฉชซฌศษสธ
d: ดฎ
t: ตฏถทฐฑฒ
n: ณน
b: บ
p: ปผฝพฟภ
m: ม
r: ร
l: ลฬ
: ญยวหอฮ่้๊๋์
""")
)
