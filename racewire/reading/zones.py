"""Which clock a page's readers live by, where its dates do not say."""

from __future__ import annotations

import re
from datetime import timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

# The zone in which the newspapers of a country date their pages (for countries with several: that of the capital or
# of most papers). Country codes are top level domains, so "uk" and "eu" are among them.
_COUNTRIES = """
    ad=Europe/Andorra ae=Asia/Dubai af=Asia/Kabul al=Europe/Tirane am=Asia/Yerevan ao=Africa/Luanda ar=America/Argentina/Buenos_Aires
    at=Europe/Vienna au=Australia/Sydney az=Asia/Baku ba=Europe/Sarajevo bd=Asia/Dhaka be=Europe/Brussels bg=Europe/Sofia
    bh=Asia/Bahrain bo=America/La_Paz br=America/Sao_Paulo bw=Africa/Gaborone by=Europe/Minsk ca=America/Toronto cd=Africa/Kinshasa
    ch=Europe/Zurich ci=Africa/Abidjan cl=America/Santiago cm=Africa/Douala cn=Asia/Shanghai co=America/Bogota cr=America/Costa_Rica
    cu=America/Havana cy=Asia/Nicosia cz=Europe/Prague de=Europe/Berlin dk=Europe/Copenhagen do=America/Santo_Domingo
    dz=Africa/Algiers ec=America/Guayaquil ee=Europe/Tallinn eg=Africa/Cairo es=Europe/Madrid et=Africa/Addis_Ababa eu=Europe/Brussels
    fi=Europe/Helsinki fo=Atlantic/Faroe fr=Europe/Paris gb=Europe/London ge=Asia/Tbilisi gh=Africa/Accra gl=America/Nuuk
    gr=Europe/Athens gt=America/Guatemala hk=Asia/Hong_Kong hn=America/Tegucigalpa hr=Europe/Zagreb hu=Europe/Budapest
    id=Asia/Jakarta ie=Europe/Dublin il=Asia/Jerusalem in=Asia/Kolkata iq=Asia/Baghdad ir=Asia/Tehran is=Atlantic/Reykjavik
    it=Europe/Rome jm=America/Jamaica jo=Asia/Amman jp=Asia/Tokyo ke=Africa/Nairobi kg=Asia/Bishkek kh=Asia/Phnom_Penh
    kp=Asia/Pyongyang kr=Asia/Seoul kw=Asia/Kuwait kz=Asia/Almaty la=Asia/Vientiane lb=Asia/Beirut li=Europe/Vaduz lk=Asia/Colombo
    lt=Europe/Vilnius lu=Europe/Luxembourg lv=Europe/Riga ly=Africa/Tripoli ma=Africa/Casablanca md=Europe/Chisinau
    me=Europe/Podgorica mk=Europe/Skopje mm=Asia/Yangon mn=Asia/Ulaanbaatar mo=Asia/Macau mt=Europe/Malta mu=Indian/Mauritius
    mx=America/Mexico_City my=Asia/Kuala_Lumpur mz=Africa/Maputo na=Africa/Windhoek ng=Africa/Lagos ni=America/Managua
    nl=Europe/Amsterdam no=Europe/Oslo np=Asia/Kathmandu nz=Pacific/Auckland om=Asia/Muscat pa=America/Panama pe=America/Lima
    ph=Asia/Manila pk=Asia/Karachi pl=Europe/Warsaw pr=America/Puerto_Rico ps=Asia/Gaza pt=Europe/Lisbon py=America/Asuncion
    qa=Asia/Qatar ro=Europe/Bucharest rs=Europe/Belgrade ru=Europe/Moscow rw=Africa/Kigali sa=Asia/Riyadh sd=Africa/Khartoum
    se=Europe/Stockholm sg=Asia/Singapore si=Europe/Ljubljana sk=Europe/Bratislava sn=Africa/Dakar so=Africa/Mogadishu
    sv=America/El_Salvador sy=Asia/Damascus th=Asia/Bangkok tn=Africa/Tunis tr=Europe/Istanbul tw=Asia/Taipei
    tz=Africa/Dar_es_Salaam ua=Europe/Kyiv ug=Africa/Kampala uk=Europe/London us=America/New_York uy=America/Montevideo
    uz=Asia/Tashkent ve=America/Caracas vn=Asia/Ho_Chi_Minh ye=Asia/Aden za=Africa/Johannesburg zm=Africa/Lusaka zw=Africa/Harare
    """
COUNTRIES = dict(pair.split("=") for pair in _COUNTRIES.split())
# The country whose clock stands for a language. Languages of many zones (en, es, fr, pt, ar, sw) are left out:
# a guess there is wrong more often than it helps, apart from those with one dominant press.
_LANGUAGES = """
    vi=vn zh=cn ja=jp ko=kr de=de it=it nl=nl sv=se no=no nb=no nn=no da=dk fi=fi is=is pl=pl cs=cz sk=sk sl=si hr=hr sr=rs bs=ba
    mk=mk bg=bg ro=ro hu=hu el=gr tr=tr ru=ru uk=ua be=by lt=lt lv=lv et=ee sq=al ka=ge hy=am az=az kk=kz uz=uz mn=mn he=il fa=ir
    hi=in bn=bd ta=in te=in mr=in gu=in kn=in ml=in pa=in ur=pk ne=np si=lk th=th lo=la km=kh my=mm id=id ms=my tl=ph fil=ph
    sw=tz zu=za xh=za af=za am=et so=so ca=es eu=es gl=es pt=br fr=fr
    """
LANGUAGES = dict(pair.split("=") for pair in _LANGUAGES.split())
# Offsets in minutes of the zone names that pages write beside a time. IST is India's (Ireland and Israel write theirs rarely).
NAMES = {
    "utc": 0, "gmt": 0, "z": 0, "wet": 0, "bst": 60, "cet": 60, "mez": 60, "west": 60, "wat": 60, "cest": 120, "mesz": 120, "eet": 120,
    "cat": 120, "sast": 120, "eest": 180, "msk": 180, "мск": 180, "eat": 180, "trt": 180, "ist": 330, "wib": 420, "ict": 420,
    "hkt": 480, "sgt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780, "est": -300, "edt": -240,
    "cst": -360, "cdt": -300, "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "brt": -180,
}  # fmt: skip
_GENERIC = {
    "com",
    "net",
    "org",
    "info",
    "io",
    "co",
    "tv",
    "me",
    "ai",
    "fm",
    "cc",
    "la",
    "to",
    "ly",
    "gg",
    "app",
    "dev",
    "news",
    "eu",
}
_REGION = re.compile(r"^[A-Za-z]{2,3}[-_](?:[A-Za-z]{4}[-_])?([A-Za-z]{2})\b")


@lru_cache(maxsize=512)
def zone(name: str) -> tzinfo | None:
    """The zone of an IANA name, None where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (OSError, ValueError):
        return None


def fixed(minutes: int) -> tzinfo:
    """A zone that is so many minutes east of Greenwich."""
    return timezone(timedelta(minutes=minutes))


def country_of(host: str) -> str | None:
    """The country of a host by its top level domain, None for generic ones (and those that are mostly used as such)."""
    last = host.rsplit(".", 1)[-1].lower()
    return last if last in COUNTRIES and last not in _GENERIC else None


def region_of(locale: str | None) -> str | None:
    """The country in a locale such as `de-AT` or `en_GB`."""
    found = _REGION.match(locale or "")
    code = found[1].lower() if found else ""
    return code if code in COUNTRIES else None


def zone_of_country(country: str | None) -> tzinfo | None:
    """The zone by which the papers of a country are dated."""
    name = COUNTRIES.get((country or "").lower())
    return zone(name) if name else None


def zone_of_language(lang: str | None) -> tzinfo | None:
    """The zone of the country where most of a language's press is."""
    return zone_of_country(LANGUAGES.get((lang or "").lower()))
