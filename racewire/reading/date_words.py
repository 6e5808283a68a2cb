"""Names of months, halves of the day and the words around dates, by language."""

from __future__ import annotations

from functools import lru_cache

# Twelve groups a line; forms of one month are joined by "/". Folded to lower case; a full stop after a short form is optional.
_MONTHS = """
en january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct november/nov december/dec
de januar/jänner/jan februar/feber/feb märz/mär/mrz april/apr mai juni/jun juli/jul august/aug september/sept/sep oktober/okt november/nov dezember/dez
fr janvier/janv février/fevrier/févr/fév mars avril/avr mai juin juillet/juil août/aout septembre/sept octobre/oct novembre/nov décembre/decembre/déc
es enero/ene febrero/feb marzo/mar abril/abr mayo/may junio/jun julio/jul agosto/ago septiembre/setiembre/sept/sep octubre/oct noviembre/nov diciembre/dic
it gennaio/gen febbraio/feb marzo/mar aprile/apr maggio/mag giugno/giu luglio/lug agosto/ago settembre/set ottobre/ott novembre/nov dicembre/dic
pt janeiro/jan fevereiro/fev março/mar abril/abr maio/mai junho/jun julho/jul agosto/ago setembro/set outubro/out novembro/nov dezembro/dez
nl januari/jan februari/feb maart/mrt april/apr mei juni/jun juli/jul augustus/aug september/sep oktober/okt november/nov december/dec
sv januari/jan februari/feb mars april/apr maj juni/jun juli/jul augusti/aug september/sep oktober/okt november/nov december/dec
da januar/jan februar/feb marts/mar april/apr maj juni/jun juli/jul august/aug september/sep oktober/okt november/nov december/dec
no januar/jan februar/feb mars april/apr mai juni/jun juli/jul august/aug september/sep oktober/okt november/nov desember/des
fi tammikuuta/tammikuu helmikuuta/helmikuu maaliskuuta/maaliskuu huhtikuuta/huhtikuu toukokuuta/toukokuu kesäkuuta/kesäkuu heinäkuuta/heinäkuu elokuuta/elokuu syyskuuta/syyskuu lokakuuta/lokakuu marraskuuta/marraskuu joulukuuta/joulukuu
is janúar febrúar mars apríl maí júní júlí ágúst september október nóvember desember
pl stycznia/styczeń/sty lutego/luty/lut marca/marzec/mar kwietnia/kwiecień/kwi maja/maj czerwca/czerwiec/cze lipca/lipiec/lip sierpnia/sierpień/sie września/wrzesień/wrz października/październik/paź listopada/listopad/lis grudnia/grudzień/gru
cs ledna/leden února/únor března/březen dubna/duben května/květen června/červen července/červenec srpna/srpen září října/říjen listopadu/listopad prosince/prosinec
sk januára/január februára/február marca/marec apríla/apríl mája/máj júna/jún júla/júl augusta/august septembra/september októbra/október novembra/november decembra/december
sl januarja/januar februarja/februar marca/marec aprila/april maja/maj junija/junij julija/julij avgusta/avgust septembra/september oktobra/oktober novembra/november decembra/december
hr siječnja/siječanj veljače/veljača ožujka/ožujak travnja/travanj svibnja/svibanj lipnja/lipanj srpnja/srpanj kolovoza/kolovoz rujna/rujan listopada/listopad studenoga/studenog/studeni prosinca/prosinac
ro ianuarie/ian februarie/feb martie/mar aprilie/apr mai iunie/iun iulie/iul august/aug septembrie/sept octombrie/oct noiembrie/noi decembrie/dec
hu január/jan február/febr március/márc április/ápr május/máj június/jún július/júl augusztus/aug szeptember/szept október/okt november/nov december/dec
tr ocak/oca şubat/şub mart/mar nisan/nis mayıs/may haziran/haz temmuz/tem ağustos/ağu eylül/eyl ekim/eki kasım/kas aralık/ara
ru января/январь/янв февраля/февраль/фев марта/март/мар апреля/апрель/апр мая/май июня/июнь/июн июля/июль/июл августа/август/авг сентября/сентябрь/сент/сен октября/октябрь/окт ноября/ноябрь/нояб/ноя декабря/декабрь/дек
uk січня/січень лютого/лютий березня/березень квітня/квітень травня/травень червня/червень липня/липень серпня/серпень вересня/вересень жовтня/жовтень листопада/листопад грудня/грудень
bg януари февруари март април май юни юли август септември октомври ноември декември
sr januara/јануара februara/фебруара marta/марта aprila/априла maja/маја juna/јуна jula/јула avgusta/августа septembra/септембра oktobra/октобра novembra/новембра decembra/децембра
el ιανουαρίου/ιαν φεβρουαρίου/φεβ μαρτίου/μαρ απριλίου/απρ μαΐου/μαϊ ιουνίου/ιουν ιουλίου/ιουλ αυγούστου/αυγ σεπτεμβρίου/σεπ οκτωβρίου/οκτ νοεμβρίου/νοε δεκεμβρίου/δεκ
id januari/jan februari/feb maret/mar april/apr mei juni/jun juli/jul agustus/agu/agt september/sep oktober/okt november/nov desember/des
ms januari februari mac april mei jun julai/jul ogos september oktober november disember
ca gener febrer març abril maig juny juliol agost setembre octubre novembre desembre
sw januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
lt sausio vasario kovo balandžio gegužės birželio liepos rugpjūčio rugsėjo spalio lapkričio gruodžio
lv janvāris februāris marts aprīlis maijs jūnijs jūlijs augusts septembris oktobris novembris decembris
et jaanuar veebruar märts aprill mai juuni juuli august september oktoober november detsember
ar يناير/كانون.الثاني فبراير/شباط مارس/آذار أبريل/ابريل/نيسان مايو/أيار يونيو/حزيران يوليو/تموز أغسطس/آب سبتمبر/أيلول أكتوبر/تشرين.الأول نوفمبر/تشرين.الثاني ديسمبر/كانون.الأول
he בינואר/ינואר בפברואר/פברואר במרץ/מרץ באפריל/אפריל במאי/מאי ביוני/יוני ביולי/יולי באוגוסט/אוגוסט בספטמבר/ספטמבר באוקטובר/אוקטובר בנובמבר/נובמבר בדצמבר/דצמבר
hi जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर
bn জানুয়ারি/জানুয়ারি ফেব্রুয়ারি/ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
th มกราคม/ม.ค กุมภาพันธ์/ก.พ มีนาคม/มี.ค เมษายน/เม.ย พฤษภาคม/พ.ค มิถุนายน/มิ.ย กรกฎาคม/ก.ค สิงหาคม/ส.ค กันยายน/ก.ย ตุลาคม/ต.ค พฤศจิกายน/พ.ย ธันวาคม/ธ.ค
fa ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
vi một/giêng hai ba tư năm sáu bảy tám chín mười mười.một mười.hai
"""
# Words that say a date is of a later change to the page. Read as stems at the start of a word (anywhere in CJK).
_MODIFIED = """
updated update modified revised edited changed reviewed corrected aktualisiert geändert zuletzt überarbeitet stand: mis.à.jour màj modifié
actualizado actualizada modificado aggiornato aggiornamento modificato atualizado atualização alterado bijgewerkt gewijzigd aangepast uppdaterad ändrad
oppdatert endret opdateret ændret päivitetty muokattu zaktualizowano aktualizacja aktualizováno aktualizace aktualizované upraveno ažurirano izmijenjeno
actualizat frissítve módosítva güncelleme güncellendi обновлено обновлён изменено дополнено оновлено променено ενημερώθηκε ενημέρωση
diperbarui diperbaharui dikemas cập.nhật sửa.lúc chỉnh.sửa 更新 修改 修正 수정 업데이트 최종 переиздано تحديث عدكן עודכן अपडेट आखरी.अपडेट อัปเดต แก้ไข
"""
MODIFIED = tuple(_MODIFIED.split())
# Words that say a date is of the publication itself.
_PUBLISHED = """
published publish posted post created date first veröffentlicht erschienen erstellt publié paru publicado publicada pubblicato publicação
gepubliceerd geplaatst publicerad publisert publiceret julkaistu opublikowano publikováno publikované zveřejněno objavljeno publicat megjelent közzétéve
yayın giriş oluşturulma опубликовано опубликован создано дата опубліковано публикувано δημοσίευση diterbitkan tayang đăng xuất.bản ngày.đăng 发布 發布 发表 發表
刊登 公開 掲載 投稿 配信 입력 등록 승인 게시 발행 기사입력 نشر פורסם प्रकाशित เผยแพร่
"""
PUBLISHED = tuple(_PUBLISHED.split())
# Words that may stand between a date and its time without parting them.
_JOINERS = """
    at on the of um uhr am den der vom à a le les de las los a.las el las alle ore ora às as em om op kl klo o w godz dne v в у о ob orë saat pukul jam lúc
    hồi vào ngày giờ h hrs hr uur time clock o'clock from 时间 時間 시각 و الساعة ساعت बजे เวลา น il del la в.
    """
JOINERS = frozenset(_JOINERS.split())
_WEEKDAYS = """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed weds thu thur thurs fri sat sun
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    lundi mardi mercredi jeudi vendredi samedi dimanche lun mar mer jeu ven sam dim
    lunes martes miércoles miercoles jueves viernes sábado sabado domingo lunedì martedì mercoledì giovedì venerdì sabato domenica
    segunda terça quarta quinta sexta feira segunda-feira terça-feira quarta-feira quinta-feira sexta-feira
    maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag
    poniedziałek wtorek środa czwartek piątek sobota niedziela pondělí úterý středa čtvrtek pátek neděle
    pazartesi salı çarşamba perşembe cuma cumartesi pazar понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс
    понеділок вівторок середа четвер п'ятниця субота неділя senin selasa rabu kamis jumat jum'at sabtu minggu ahad
    thứ hai ba tư năm sáu bảy chủ nhật cn t2 t3 t4 t5 t6 t7 2 3 4 5 6 7
    星期一 星期二 星期三 星期四 星期五 星期六 星期日 星期天 周一 周二 周三 周四 周五 周六 周日 週一 週二 週三 週四 週五 週六 週日
    月 火 水 木 金 土 日 一 二 三 四 五 六 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日 日曜日 월 화 수 목 금 토 일
    월요일 화요일 수요일 목요일 금요일 토요일 일요일
    """
WEEKDAYS = frozenset(_WEEKDAYS.split())
_BEFORE_NOON = "am a.m. a.m 上午 午前 오전 凌晨 早上 清晨 sa sáng ص"
BEFORE_NOON = frozenset(_BEFORE_NOON.split())
_AFTER_NOON = "pm p.m. p.m 下午 午後 오후 晚上 傍晚 夜晚 ch chiều tối م öö"
AFTER_NOON = frozenset(_AFTER_NOON.split())


@lru_cache(maxsize=64)
def months(lang: str | None = None) -> dict[str, int]:
    """Month names and short forms of all languages, folded, to 1..12; where two languages disagree, `lang` decides."""
    names: dict[str, int] = {}
    lines = [line.split() for line in _MONTHS.strip().splitlines()]
    lines.sort(key=lambda line: line[0] != lang)
    for code, *groups in lines:
        for number, group in enumerate(groups, 1):
            for form in group.split("/"):
                name = form.replace(".", " ") if code in ("vi", "ar") else form
                names.setdefault(f"tháng {name}" if code == "vi" else name, number)
    return names
