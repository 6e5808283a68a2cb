"""What holds for every text: spans, order, spelling; and that a sure name is found in whatever Unicode form it comes."""

from __future__ import annotations

import unicodedata
from typing import Literal

from hypothesis import given
from hypothesis import strategies as st

from racewire.entities import Alias, Entity, Gazetteer
from racewire.entities.boundaries import script
from racewire.text.fold import fold

GAZETTEER = Gazetteer.shipped()
ALIASES = sorted({alias.text for entity in GAZETTEER for alias in entity.aliases})
SURE = sorted(
    {
        (alias.text, entity.id)
        for entity in GAZETTEER
        for alias in entity.aliases
        if alias.trust == 1 and not alias.only and not alias.short
    }
)

aliases = st.sampled_from(ALIASES)
fillers = st.one_of(
    st.sampled_from(
        [
            " ",
            "’s ",
            "'",
            "-",
            "가 ",
            "的",
            "は",
            " và ",
            "\n",
            "\n\n",
            "  ",
            "\u200b",
            "\u00ad",
            "(",
            "」",
            ".",
            " “",
            "・",
            "の",
            "ال",
            "а",
            "\u0301",
            "İ",
            "ﬁ",
        ]
    ),
    st.text(max_size=4),
)
texts = st.lists(st.one_of(aliases, fillers), max_size=10).map("".join)
Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
forms: st.SearchStrategy[Form] = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


@given(texts, forms)
def test_every_mention_is_spelt_as_one_of_its_names(text: str, form: Form) -> None:
    text = unicodedata.normalize(form, text)
    mentions = GAZETTEER.find(text)
    done = 0
    for mention in mentions:
        assert done <= mention.start < mention.end <= len(text)
        assert mention.surface == text[mention.start : mention.end]
        assert 0 <= mention.score <= 1
        names = [fold(name).text for name in GAZETTEER.names(mention.entity)]
        entity = GAZETTEER.get(mention.entity)
        assert entity is not None
        if entity.type == "person":
            names += [fold(word).text for word in entity.name.split()]
        assert fold(mention.surface).text in names
        done = mention.end


@given(st.sampled_from(SURE), forms, st.booleans())
def test_a_sure_name_is_found_in_every_form(name: tuple[str, str], form: Form, hyphenated: bool) -> None:
    alias, entity = name
    written = unicodedata.normalize(form, alias)
    if hyphenated and len(written) > 3 and script(fold(written[2]).text[:1] or " ") == "spaced":
        written = written[:2] + "\u00ad" + written[2:]
    text = f"“{written}”"
    found = [(m.entity, m.surface) for m in GAZETTEER.find(text, "en") if m.certain]
    assert found == [(entity, written)] or _shared(alias, entity)


def _shared(alias: str, entity: str) -> bool:
    """Whether the spelling belongs to several entities, of which only one can be given."""
    owners = {e.id for e in GAZETTEER for a in e.aliases if fold(a.text).text == fold(alias).text}
    return len(owners) > 1


@given(st.text(), st.sampled_from([None, "en", "de", "zh", "ko", "vi", "xx"]))
def test_any_text_is_read_without_an_error(text: str, lang: str | None) -> None:
    GAZETTEER.find(text, lang)


names = st.text(st.characters(categories=("L", "M", "N", "Zs"), include_characters="-'&+\u200d"), min_size=1, max_size=8)


@given(names, st.text(max_size=12), st.text(max_size=12))
def test_any_name_a_user_brings_is_found_where_it_stands_alone(name: str, before: str, after: str) -> None:
    folded = fold(name).text
    if (
        not fold(name[0]).text[:1].isalnum()
        or not fold(name[-1]).text.strip()
        or "\n" in folded
        or folded != folded.strip()
        or fold(f"§ ({name}) §").text != f"§ ({folded}) §"
    ):
        return
    gazetteer = Gazetteer([Entity("it", name, "company", aliases=(Alias(name, exact=True),))])
    text = f"§ ({name}) §"
    assert [(m.start, m.end) for m in gazetteer.find(text, "en")] == [(3, 3 + len(name))]
    for mention in gazetteer.find(before + name + after, "en"):
        assert fold(mention.surface).text == folded
