"""Languages of one paragraph each."""

from __future__ import annotations

import pytest

from racewire.text.language import language_of

TEXTS = {
    "en": "The company said on Monday that it would build a second plant in the valley, and that it was the first of its kind.",
    "de": "Das Unternehmen teilte am Montag mit, dass es im Tal ein zweites Werk bauen und zweihundert Menschen einstellen wird.",
    "fr": "La société a annoncé lundi qu'elle construirait une deuxième usine dans la vallée et que les travaux sont pour bientôt.",
    "es": "La empresa anunció el lunes que construirá una segunda planta en el valle y que los trabajos se harán con el ayuntamiento.",
    "pt": "A empresa anunciou na segunda-feira que vai construir uma segunda fábrica no vale e que as obras não são para já.",
    "it": "L'azienda ha annunciato lunedì che costruirà un secondo stabilimento nella valle e che i lavori sono per la primavera.",
    "nl": "Het bedrijf zei maandag dat het een tweede fabriek in de vallei zal bouwen en dat de werken niet voor dit jaar zijn.",
    "sv": "Företaget sade på måndagen att det ska bygga en andra fabrik i dalen och att arbetet inte börjar i år.",
    "no": "Selskapet sa mandag at det skal bygge en ny fabrikk i dalen, og at arbeidet ikke blir ferdig i år etter planen.",
    "da": "Selskabet sagde mandag, at det vil bygge en ny fabrik i dalen, og at arbejdet ikke bliver færdigt i år, efter at det blev udskudt.",
    "pl": "Firma poinformowała w poniedziałek, że zbuduje w dolinie drugą fabrykę, a prace nie zaczną się przed wiosną, jak się okazało.",
    "cs": "Společnost v pondělí oznámila, že v údolí postaví druhý závod a že se práce nezačnou dříve než na jaře, které je daleko.",
    "tr": "Şirket pazartesi günü vadide ikinci bir fabrika kuracağını ve bu yıl çok daha fazla kişi alacağını açıkladı.",
    "vi": "Công ty cho biết sẽ xây nhà máy thứ hai và tuyển thêm hai trăm người trong năm tới, với các điều kiện đã được công bố.",
    "id": "Perusahaan itu mengatakan bahwa pabrik kedua akan dibangun di lembah karena permintaan yang tidak bisa dipenuhi.",
    "ms": "Syarikat itu berkata bahawa kilang kedua akan dibina di lembah kerana permintaan yang tidak boleh dipenuhi.",
    "ru": "Компания сообщила, что построит второй завод в долине и что работы начнутся не раньше весны, как это было и с первым.",
    "uk": "Компанія повідомила, що побудує другий завод у долині й що роботи почнуться не раніше весни, як це було із першим.",
    "bg": "Компанията съобщи, че ще построи втори завод в долината и че работата няма да започне преди пролетта, както се очаква за това.",
    "ar": "أعلنت الشركة يوم الاثنين أنها ستبني مصنعا ثانيا في الوادي وأن هذا العمل من أجل السكان على المدى البعيد.",
    "fa": "این شرکت روز دوشنبه گفت که کارخانه دوم را در این دره با دویست نفر از مردم می‌سازد و برای آن آماده است.",
    "ja": "同社は月曜日、谷に二番目の工場を建設すると発表した。",
    "zh": "该公司周一表示，将在山谷中建设第二座工厂。",
    "ko": "회사는 월요일 계곡에 두 번째 공장을 짓겠다고 밝혔다.",
    "th": "บริษัทประกาศเมื่อวันจันทร์ว่าจะสร้างโรงงานแห่งที่สอง",
    "hi": "कंपनी ने सोमवार को कहा कि वह घाटी में दूसरा कारखाना बनाएगी।",
    "el": "Η εταιρεία ανακοίνωσε ότι θα χτίσει δεύτερο εργοστάσιο.",
    "sw": "Kampuni hiyo ilisema kuwa itajenga kiwanda cha pili katika bonde na kwamba watu wa eneo hilo wataajiriwa kwa ajili ya kazi.",
    "zu": "Inkampani ithe izokwakha imboni yesibili futhi abantu abaningi bazoqashwa ngoba umsebenzi usuqalile, kodwa uma kunjalo kusho ukuthi kuningi.",
    "xh": "Inkampani ithe iza kwakha umzi-mveliso wesibini kwaye abantu abaninzi baza kuqeshwa kuba umsebenzi sele uqalile, kodwa ukuba kunjalo.",
}


@pytest.mark.parametrize("lang", TEXTS)
def test_language(lang: str) -> None:
    assert language_of(TEXTS[lang]) == lang
    assert language_of(TEXTS[lang], prior="en") == lang


def test_the_prior_answers_where_no_word_does() -> None:
    assert language_of("", "de") == "de"
    assert language_of("Nvidia", "nb") == "no"
    assert language_of("12 345") is None


@pytest.mark.parametrize("text", ["Công ty huy động 50 triệu USD", "FPT mở trường", "Giá vàng tăng mạnh"])
def test_a_few_words_of_vietnamese_are_known_by_their_letters(text: str) -> None:
    assert language_of(text) == "vi"
