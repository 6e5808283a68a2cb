"""Currency signs, codes and what an adjective makes of a unit's name. One world-wide table; names are in languages/."""

from __future__ import annotations


def _words(text: str) -> list[str]:
    return text.split()


# ISO 4217 codes that stand in news, those of the past that archives still hold, and three in common use that are none.
CODES: dict[str, str] = {
    code: code
    for code in _words(
        "AED AFN AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP CNY COP "
        "CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD GBP GEL GHS GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR "
        "ISK JMD JOD JPY KES KGS KHR KRW KWD KYD KZT LAK LBP LKR LRD LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN "
        "NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SRD SYP SZL THB TJS "
        "TMT TND TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF YER ZAR ZMW "
        "DEM FRF ITL ESP FIM ATS BEF NLG IEP PTE GRD SKK SIT EEK LVL LTL ROL TRL"
    )
}
CODES |= {
    "RMB": "CNY",
    "CNH": "CNY",
    "NTD": "TWD",
    "NIS": "ILS",
    "BTC": "XBT",
    "XBT": "XBT",
    "USDT": "USD",
    "USDC": "USD",
    "UDS": "USD",
}
CODES |= {"VNĐ": "VND", "BOP": "BOB", "STG": "GBP", "YTL": "TRY", "ROM": "RON"}
# The codes that are read in small letters too; most others are words somewhere (dem, ils, sek, try, mad).
SMALL_CODES = frozenset(
    _words(
        "USD EUR GBP JPY CNY RMB VND KRW INR CHF AUD HKD SGD TWD UAH DKK PLN MXN NZD BRL IDR THB HNL GTQ CRC TTD AWG PAB BOP HUF CZK MYR "
        "AED EGP KWD LBP QAR BTC RUB VNĐ USDT"
    )
)

# Signs, longest first by construction of the pattern. The generic ones ($ £ ¥ kr) may be narrowed by language or by a name behind.
SIGNS: dict[str, str] = {
    "US$": "USD", "U.S.$": "USD", "USD$": "USD", "$US": "USD", "U$S": "USD", "U$D": "USD", "U$": "USD", "US $": "USD",
    "C$": "CAD", "CA$": "CAD", "CAN$": "CAD", "CDN$": "CAD", "CAD$": "CAD", "$CAN": "CAD", "$CA": "CAD",
    "A$": "AUD", "AU$": "AUD", "AUD$": "AUD", "NZ$": "NZD", "NZD$": "NZD", "S$": "SGD", "SG$": "SGD", "SGD$": "SGD",
    "HK$": "HKD", "HKD$": "HKD", "NT$": "TWD", "T$": "TWD", "NTD$": "TWD", "TWD$": "TWD", "R$": "BRL", "BRL$": "BRL",
    "MEX$": "MXN", "MX$": "MXN", "MXN$": "MXN", "AR$": "ARS", "CLP$": "CLP", "COP$": "COP", "COL$": "COP", "J$": "JMD", "TT$": "TTD",
    "VN$": "VND", "Z$": "ZWL", "$": "USD", "€": "EUR", "€UR": "EUR", "£": "GBP", "￡": "GBP", "¥": "JPY", "￥": "JPY",
    "CN¥": "CNY", "JP¥": "JPY", "RMB¥": "CNY", "CNY¥": "CNY", "JPY¥": "JPY", "₩": "KRW", "￦": "KRW", "₫": "VND", "₹": "INR", "₨": "INR",
    "₽": "RUB", "₴": "UAH", "₺": "TRY", "₪": "ILS", "₱": "PHP", "฿": "THB", "₦": "NGN", "₡": "CRC", "₲": "PYG", "₵": "GHS", "₭": "LAK",
    "₮": "MNT", "₸": "KZT", "₾": "GEL", "₼": "AZN", "₿": "XBT", "₧": "ESP", "៛": "KHR", "৳": "BDT", "ரூ": "LKR", "﷼": "IRR", "֏": "AMD",
    "元": "CNY", "円": "JPY", "\\": "JPY",
}  # fmt: skip
# A backslash is the yen sign of old Japanese fonts; read so in Japanese only.
LOCAL = frozenset({"\\"})
GENERIC = frozenset({"$", "£", "¥", "￥", "￡"})

# Written before the number, with or without a blank, as if they were signs.
ABBREVIATIONS: dict[str, str] = {
    "Rs": "INR", "rs": "INR", "Rs.": "INR", "RM": "MYR", "Rp": "IDR", "Rp.": "IDR", "NIS": "ILS", "SR": "SAR", "LE": "EGP",
    "L.E.": "EGP", "L.E": "EGP", "Dhs": "AED", "Dh": "AED", "SFr": "CHF", "SFr.": "CHF", "CHF": "CHF", "dlrs": "USD",
    "kr": "SEK", "kr.": "SEK", "Ft": "HUF", "Kč": "CZK", "zł": "PLN", "Ksh": "KES", "KSh": "KES", "Tk": "BDT", "Php": "PHP",
    "S/": "PEN", "S/.": "PEN", "Bs.": "BOB", "Eur": "EUR", "ptas": "ESP", "pta": "ESP", "Pts": "ESP",
}  # fmt: skip

# (unit, country of the adjective) -> code; a unit without an adjective is the language's or the world's usual one.
NATIONAL: dict[tuple[str, str], str] = {
    ("dollar", "US"): "USD", ("dollar", "CA"): "CAD", ("dollar", "AU"): "AUD", ("dollar", "NZ"): "NZD", ("dollar", "HK"): "HKD",
    ("dollar", "SG"): "SGD", ("dollar", "TW"): "TWD", ("dollar", "TT"): "TTD", ("dollar", "JM"): "JMD", ("dollar", "NA"): "NAD",
    ("dollar", "FJ"): "FJD", ("dollar", "BB"): "BBD", ("dollar", "BZ"): "BZD", ("dollar", "LR"): "LRD",
    ("pound", "GB"): "GBP", ("pound", "EG"): "EGP", ("pound", "LB"): "LBP", ("pound", "SY"): "SYP", ("pound", "SD"): "SDG",
    ("pound", "IE"): "IEP", ("pound", "TR"): "TRY", ("lira", "TR"): "TRY", ("lira", "IT"): "ITL", ("lira", "LB"): "LBP",
    ("lira", "SY"): "SYP", ("lira", "EG"): "EGP", ("lira", "GB"): "GBP",
    ("franc", "CH"): "CHF", ("franc", "FR"): "FRF", ("franc", "BE"): "BEF", ("franc", "CFA"): "XOF",
    ("rupee", "IN"): "INR", ("rupee", "PK"): "PKR", ("rupee", "LK"): "LKR", ("rupee", "NP"): "NPR", ("rupee", "MU"): "MUR",
    ("rupee", "ID"): "IDR",
    ("peso", "MX"): "MXN", ("peso", "AR"): "ARS", ("peso", "CL"): "CLP", ("peso", "CO"): "COP", ("peso", "PH"): "PHP",
    ("peso", "UY"): "UYU", ("peso", "DO"): "DOP", ("peso", "CU"): "CUP", ("peso", "BO"): "BOB",
    ("krone", "SE"): "SEK", ("krone", "NO"): "NOK", ("krone", "DK"): "DKK", ("krone", "IS"): "ISK", ("krone", "CZ"): "CZK",
    ("krone", "EE"): "EEK",
    ("dinar", "KW"): "KWD", ("dinar", "RS"): "RSD", ("dinar", "IQ"): "IQD", ("dinar", "JO"): "JOD", ("dinar", "BH"): "BHD",
    ("dinar", "DZ"): "DZD", ("dinar", "TN"): "TND", ("dinar", "LY"): "LYD",
    ("rial", "SA"): "SAR", ("rial", "QA"): "QAR", ("rial", "IR"): "IRR", ("rial", "OM"): "OMR", ("rial", "YE"): "YER", ("rial", "BR"): "BRL",
    ("rial", "KH"): "KHR", ("riyal", "SA"): "SAR", ("riyal", "QA"): "QAR", ("riyal", "IR"): "IRR", ("riyal", "OM"): "OMR", ("riyal", "YE"): "YER",
    ("dirham", "AE"): "AED", ("dirham", "MA"): "MAD",
    ("mark", "DE"): "DEM", ("mark", "FI"): "FIM", ("real", "BR"): "BRL", ("yuan", "CN"): "CNY", ("yen", "JP"): "JPY", ("won", "KR"): "KRW",
    ("ruble", "RU"): "RUB", ("ruble", "BY"): "BYN", ("lev", "BG"): "BGN", ("leu", "RO"): "RON", ("leu", "MD"): "MDL",
    ("shilling", "KE"): "KES", ("shilling", "UG"): "UGX", ("shilling", "TZ"): "TZS", ("rand", "ZA"): "ZAR", ("zloty", "PL"): "PLN",
    ("baht", "TH"): "THB", ("ringgit", "MY"): "MYR", ("hryvnia", "UA"): "UAH", ("tenge", "KZ"): "KZT", ("yuan", "TW"): "TWD",
    ("shekel", "IL"): "ILS", ("forint", "HU"): "HUF", ("bolivar", "VE"): "VES", ("colon", "CR"): "CRC", ("florin", "AW"): "AWG",
    ("florin", "NL"): "NLG", ("florin", "HU"): "HUF", ("euro", "EU"): "EUR", ("dong", "VN"): "VND", ("rupiah", "ID"): "IDR",
}  # fmt: skip
USUAL: dict[str, str | None] = {
    "dollar": "USD", "pound": "GBP", "euro": "EUR", "yen": "JPY", "yuan": "CNY", "won": "KRW", "franc": "CHF", "rupee": "INR",
    "ruble": "RUB", "krone": "SEK", "peso": "MXN", "lira": "TRY", "dinar": "KWD", "rial": "IRR", "riyal": "SAR", "dirham": "AED",
    "mark": "DEM", "real": "BRL", "lev": "BGN", "leu": "RON", "rand": "ZAR", "zloty": "PLN", "baht": "THB", "ringgit": "MYR",
    "hryvnia": "UAH", "tenge": "KZT", "shekel": "ILS", "forint": "HUF", "shilling": "KES", "bolivar": "VES", "colon": "CRC",
    "dong": "VND", "rupiah": "IDR", "bitcoin": "XBT", "naira": "NGN", "lari": "GEL", "kip": "LAK", "riel": "KHR", "peseta": "ESP",
    "markka": "FIM", "guilder": "NLG", "florin": "AWG", "drachma": "GRD", "escudo": "PTE", "balboa": "PAB", "quetzal": "GTQ",
    "lempira": "HNL", "cordoba": "NIO", "boliviano": "BOB", "guarani": "PYG", "sol": "PEN", "kuna": "HRK", "tugrik": "MNT",
    "taka": "BDT", "cedi": "GHS", "birr": "ETB", "dram": "AMD", "manat": "AZN", "som": "UZS", "pataca": "MOP", "kyat": "MMK",
    "koruna": "CZK", "kwacha": "ZMW", "afghani": "AFN", "litas": "LTL", "austral": "ARS", "lat": "LVL",
}  # fmt: skip
