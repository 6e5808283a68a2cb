"""Words that tell what an ambiguous name means. English unless said otherwise; everything is compared folded.

The lists are our own, drawn up from the ways in which business news names firms; they are no list of any corpus.
"""

from __future__ import annotations

# The field that racewire watches: beside these a short name is likelier to be that of a firm, a model or a fund.
TOPIC = frozenset(
    """
    ai|a.i.|artificial intelligence|chatbot|chatbots|llm|llms|language model|language models|generative|machine learning|deep learning
    startup|startups|start-up|start-ups|tech|chip|chips|chipmaker|chipmakers|gpu|gpus|semiconductor|semiconductors|data center|data centers
    data centre|data centres|cloud|software|robotics|valuation|valued at|funding|raises|raised|raising|series a|series b|series c
    series d|series e|seed round|venture|investor|investors|ipo|open source|open-source|model|models|developers|api|agents|agentic
    trí tuệ nhân tạo|công nghệ|chíp|bán dẫn|khởi nghiệp|gọi vốn|rót vốn|mô hình ngôn ngữ
    人工智能|大模型|芯片|算力|初创|融资|估值|领投|投资|科技|模型|智能体|半导体|人工智慧|晶片|融資|新創|領投|科創板
    人工知能|生成ai|半導体|スタートアップ|資金調達|出資|企業価値|言語モデル
    인공지능|반도체|스타트업|투자|유치|기업가치|생성형|언어모델|벤처
    ki|künstliche intelligenz|künstlicher intelligenz|start-up-unternehmen|finanzierungsrunde|halbleiter|rechenzentrum|sprachmodell
    ia|intelligence artificielle|levée de fonds|lève|semi-conducteurs|inteligencia artificial|inteligência artificial|intelligenza artificiale
    ии|искусственный интеллект|искусственного интеллекта|нейросеть|нейросети|стартап|чип|чипы|чипов
    الذكاء الاصطناعي|ปัญญาประดิษฐ์|yapay zeka|sztuczna inteligencja|sztucznej inteligencji|kunstmatige intelligentie
    """.replace("\n", "|").split("|")
)

# A clause "X raises …": what firms and funds do in the news, right after their name.
DEEDS = frozenset(
    """
    raises raised raising secures secured lands landed nabs nabbed bags closes closed snags scores hits reaches eyes seeks seeking
    launches launched unveils unveiled releases released debuts introduces introduced announces announced reports reported posts
    acquires acquired buys bought invests invested backs backed signs signed partners expands plans agrees pledges commits files filed
    hires hired sues sued cuts lays valued says said aims wants nears weighs teams inks taps adds rolls ships shipped
    """.split()
)

# "led by X", "backed by X": where funds stand.
BACKING = (
    "led by", "co-led by", "backed by", "joined by", "from", "investors include", "investor", "investors", "with participation from",
    "participation of", "funding from", "investment from", "alongside", "and", "with", "including", "raised by", "firm", "vc",
)  # fmt: skip

# "AI startup X", "chipmaker X": nouns in apposition before a firm's name.
APPOSITION = frozenset(
    """
    startup start-up company firm maker chipmaker unicorn developer lab provider giant rival platform model chatbot tool assistant app
    investor fund regulator agency watchdog called named dubbed owner parent competitor challenger robotmaker
    """.split()
)

# After a name these make another firm of it.
OTHER_FIRM = frozenset(
    """
    capital ventures venture partners partner health therapeutics bio biosciences biotech pharma pharmaceuticals energy networks
    holdings management foundation university college school hospital church airlines airport bank insurance records entertainment
    pictures studios club fc stadium park river street road avenue island valley county city hotel resort museum observatory award awards
    institute council society association federation league party news magazine press publishing books brewing farms foods wines
    """.split()
)

# A capital letter before a name means nothing where the word before it is one of these.
LEADING = frozenset(
    """
    the a an in on at of for from by with and or but as to after before via why how what when where who is are will can does did has
    ceo cto cfo coo founder cofounder co-founder chairman president chief executive boss billionaire entrepreneur mogul tycoon investor
    mr mrs ms dr sir prof professor rival startup company firm giant model chatbot parent owner sources source exclusive report filing
    breaking watch opinion analysis update chinese american us u.s. french german british korean japanese israeli indian european
    canadian swedish taiwanese saudi emirati vietnamese dutch swiss big tech ai new former ex other like both not if so it its their his her our
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october
    november december today yesterday meanwhile however also while since until because although this that these those
    ông bà công ty tập đoàn của theo và
    der die das den dem des ein eine und von bei mit für le la les de du des un une et chez avec par el los las del y con il lo gli e di da
    """.split()
)

# Given names: a capitalised word before or after a name is a person's where it is one of these.
GIVEN = frozenset(
    """
    aaron adam adrian alan albert alex alexander alexandra alice alison amanda amy andrea andrew andy angela ann anna anne anthony antonio
    arthur ashley barbara ben benjamin bernard beth bill billy bob bobby brad brandon brenda brian bruce bryan carl carla carlos carol
    caroline catherine charles charlie charlotte chloe chris christian christina christine christopher cindy claire clara craig dan daniel daniela
    danny dave david dean deborah dennis diana diane dick donald donna doug douglas drew dylan ed eddie edward elena eli elizabeth ellen emily emma
    eric erica erik eva evan fiona francis frank fred gabriel gary gavin george gerald gilbert gina glenn gordon grace graham greg gregory guy hannah
    harold harry heather heidi helen henry holly howard hugh ian irene isabel ivan jack jacob jake james jamie jan jane janet jason jay jean jeff
    jeffrey jennifer jenny jeremy jerry jesse jessica jill jim jimmy joan joe joel john johnny jon jonathan jordan jorge jose joseph josh
    joshua juan judith judy julia julian julie justin karen karl kate katherine kathleen kathy katie keith kelly ken kenneth kevin kim kyle larry laura
    lauren lawrence lee leo leon leonard leslie lewis liam linda lisa liz lucas lucy luis luke lynn marc marcus margaret maria marie mario mark
    martha martin mary matt matthew maurice max megan melissa michael michelle miguel mike mitchell molly monica morgan nancy naomi natalie
    nathan neil nicholas nick nicole noah nobuyuki oliver olivia oscar pamela patricia patrick paul paula pedro peggy peter phil philip
    philippe pierre rachel ralph ray raymond rebecca richard rick ricky rob robert roberta robin rod roger roland ron ronald rose ross roy russell ruth
    ryan sally sam samantha samuel sandra sara sarah scott sean sebastian sharon sheila shirley simon sofia sonia sophia sophie stacy stan
    stanley stephanie stephen steve steven stewart stuart sue susan suzanne sylvia ted teresa terry theodore theresa thomas tim timothy tina todd tom
    tommy tony tracy travis tyler valerie vanessa vera vernon veronica vicki victor victoria vincent virginia walter warren wayne wendy will
    william xavier yvonne zach zoe antoine camille claude-marie emmanuel françois guillaume hélène henri jacques jérôme julien laurent louis luc
    lucie mathieu nicolas olivier pascal philippe rené sylvie thierry yves andreas anke anja bernd birgit claudia dieter dirk ernst franz fritz
    günter hans heinz helmut horst ingrid jens joachim jörg jürgen karin klaus lars lutz manfred markus matthias monika norbert olaf otto petra rainer
    ralf reinhard rolf sabine stefan susanne sven thorsten torsten ulrich ursula uwe volker werner wolfgang alejandro ana carmen diego
    eduardo elena fernando francisco gonzalo guillermo isabel javier joaquín josé lucía luisa manuel marta mercedes pablo pilar rafael
    ramón raúl rosa santiago sergio vicente alberto alessandro carlo davide enrico fabio federico francesca francesco franco gianni giorgia giorgio giovanni
    giulia giuseppe lorenzo luca marco matteo paolo pietro roberto silvia silvio stefano
    """.split()
)
