"""The gazetteer: look-ups, lists by property, the user's changes, the shipped table."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from racewire.entities import Alias, Entity, Gazetteer, find_mentions
from racewire.entities.entity import TYPES
from racewire.entities.loading import shipped_entities
from racewire.errors import ConfigError
from racewire.text.fold import fold

SHIPPED = Gazetteer.shipped()


def test_looks_up_by_id_and_by_any_name() -> None:
    baichuan = SHIPPED.get("baichuan")
    assert baichuan is not None
    assert (baichuan.name, baichuan.native, baichuan.country) == ("Baichuan Intelligence", "百川智能", "CN")
    assert SHIPPED.get("nobody") is None
    assert "百川智能" in SHIPPED.names("baichuan")
    assert SHIPPED.names("nobody") == ()
    for word in ("baichuan", "百川智能", "BAICHUAN", "Baichuan  Intelligence"):
        assert SHIPPED.resolve(word) == "baichuan"
    assert SHIPPED.resolve("no such name") is None


def test_a_name_of_two_entities_resolves_to_neither() -> None:
    assert SHIPPED.resolve("그록") is None


def test_lists_by_property() -> None:
    assert {"baichuan", "moonshot", "zhipu", "minimax"} <= SHIPPED.select(country="CN", tag="llm")
    assert "openai" not in SHIPPED.select(country="CN", tag="llm")
    assert "sequoia" in SHIPPED.select(type="fund", country="us")
    assert SHIPPED.select(tag="fund") == SHIPPED.select(type="fund")
    assert len(SHIPPED.select()) == len(SHIPPED)
    assert SHIPPED.select(country="XX") == frozenset()


def test_what_means_two_things_goes_to_the_likelier() -> None:
    assert [m.entity for m in find_mentions("머스크의 그록 챗봇이 xAI에서 나왔다", "ko")][1] == "grok"
    assert "groq" in [m.entity for m in find_mentions("추론 반도체 업체 그록이 엔비디아와 계약했다", "ko")]


def test_short_forms_need_the_full_name() -> None:
    text = "Wang Xiaochuan founded Baichuan. Xiaochuan said so."
    assert [m.surface for m in find_mentions(text)] == ["Wang Xiaochuan", "Baichuan", "Xiaochuan"]
    assert find_mentions("Xiaochuan said so.") == []
    both = "Larry Ellison and David Ellison met. Ellison left early."
    assert [m.surface for m in find_mentions(both, "en")] == ["Larry Ellison"]


def test_uncertain_mentions_are_kept_apart() -> None:
    text = "Harvey went home."
    assert find_mentions(text) == []
    assert [(m.entity, m.certain) for m in SHIPPED.find(text)] == [("harvey", False)]


def test_another_gazetteer_can_be_given() -> None:
    mine = Gazetteer([Entity("quillon", "Quillon", "company", aliases=(Alias("Quillon"),))])
    assert [m.entity for m in find_mentions("Quillon and OpenAI", entities=mine)] == ["quillon"]


def test_an_empty_gazetteer_finds_nothing() -> None:
    assert find_mentions("OpenAI", entities=Gazetteer([])) == []


# ---- the shipped table


def test_every_shipped_entity_is_well_formed() -> None:
    entities = shipped_entities()
    ids = {entity.id for entity in entities}
    assert len(ids) == len(entities) >= 340
    for entity in entities:
        assert entity.type in TYPES, entity.id
        assert entity.country == "EU" or (entity.country or "").isupper(), entity.id
        assert entity.parent is None or entity.parent in ids, entity.id
        assert entity.successor is None or entity.successor in ids, entity.id
        assert entity.tags, entity.id
        assert any(not alias.short for alias in entity.aliases), entity.id
        texts = [alias.text for alias in entity.aliases]
        assert len(set(texts)) == len(texts), entity.id
        for alias in entity.aliases:
            assert 0 < alias.trust <= 1
            folded = fold(alias.text).text
            for phrase in alias.within:
                assert folded in fold(phrase).text and folded != fold(phrase).text, (entity.id, alias.text, phrase)  # noqa: PT018


def test_a_wikidata_id_belongs_to_one_entity() -> None:
    ids = [entity.wikidata for entity in SHIPPED if entity.wikidata is not None]
    assert len(set(ids)) == len(ids) >= 60
    assert all(re.fullmatch("Q[1-9][0-9]*", id) for id in ids)


def test_every_sure_name_of_one_owner_resolves_to_it() -> None:
    for entity in SHIPPED:
        assert SHIPPED.resolve(entity.id) == entity.id
        for alias in entity.aliases:
            owners = {e.id for e in SHIPPED for a in e.aliases if a.text == alias.text}
            if alias.trust == 1 and len(owners) == 1:
                assert SHIPPED.resolve(alias.text) in (entity.id, None), alias.text


# ---- the user's own


def load(tmp_path: Path, text: str) -> Gazetteer:
    path = tmp_path / "entities.toml"
    path.write_text(text, encoding="utf-8")
    return Gazetteer.load(path)


def test_a_user_adds_changes_and_switches_off(tmp_path: Path) -> None:
    mine = load(
        tmp_path,
        """
        [entity.quillon]
        name = "Quillon AI"
        type = "company"
        country = "US"
        tags = ["llm"]
        aliases = ["Quillon AI", "奇隆智能"]
        ambiguous = ["Quill"]
        context = ["robot"]
        within = { "Quill" = ["Quill pen"] }

        [entity.openai]
        aliases = ["OAI Labs"]
        drop = ["Open AI"]

        [entity.white-house]
        off = true
        """,
    )
    assert [m.entity for m in mine.find("奇隆智能 meets OAI Labs at the White House")] == ["quillon", "openai"]
    assert [(m.surface, m.certain) for m in mine.find("Quill sold a robot. A Quill pen, a quill.")] == [("Quill", True)]
    assert not any(m.certain for m in mine.find("He saw Quill leave the room and " + "then sat down. " * 80))
    assert "Open AI" not in mine.names("openai")
    assert "quillon" in mine.select(country="US", tag="llm")
    assert len(SHIPPED.find("the White House")) == 1


def test_a_name_of_ones_own_may_be_switched_off_and_stay_in_the_file(tmp_path: Path) -> None:
    mine = load(
        tmp_path, '[entity.quillon]\nname = "Quillon"\noff = true\n\n[entity.nimbus]\nname = "Nimbus"\nparent = "quillon"\n'
    )
    assert "quillon" not in mine
    assert mine.find("Quillon and Nimbus")[0].entity == "nimbus"


def test_every_mistake_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(
            tmp_path,
            """
            [entity.opnai]
            off = true

            [entity.quillon]
            type = "firm"
            parent = "opena"

            [entity.meta]
            drop = ["Metta"]
            """,
        )
    messages = "\n".join(f"{p.line} {p.message} {p.help}" for p in caught.value.problems)
    for part in (
        "'opnai'",
        "'openai'",
        "unknown entity 'quillon'",
        "unknown type 'firm'",
        "unknown entity 'opena'",
        "'Metta' is no name of 'meta'",
    ):
        assert part in messages


def test_a_wrong_key_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load(tmp_path, '[entity.quillon]\nname = "Quillon"\nalias = ["Q"]\n')
    assert caught.value.problems[0].line == 3


def test_building_is_quick_enough_to_follow_an_edit(tmp_path: Path) -> None:
    started = time.process_time()
    load(tmp_path, '[entity.quillon]\nname = "Quillon"\n')
    assert time.process_time() - started < 2  # 0.1 s on a quiet machine


def test_importing_brings_no_heavy_module() -> None:
    code = "import sys, racewire.entities; print([m for m in ('pydantic', 'scrapy', 'numpy', 'httpx', 'sqlite3') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://example.org/OpenAI/news", []),
        ("see www.openai.example and OpenAI", ["OpenAI"]),
        ("(https://example.org/a) OpenAI", ["OpenAI"]),
        ('<a href="https://example.org">OpenAI</a>', ["OpenAI"]),
        ("press@OpenAI.example, OpenAI@example.org", []),
        ("jane.OpenAI@news.example or OpenAI @ work", ["OpenAI"]),
        ("@OpenAI says: a@b.example@OpenAI", ["OpenAI", "OpenAI"]),
        ("https://example.org/OpenAI Capital One", []),
        ("https://example.org/Hugging Face", ["Hugging Face"]),
        ("OpenAI," + "x" * 2000 + "@example.org", ["OpenAI"]),
    ],
)
def test_links_and_mail_addresses_hold_no_names(text: str, found: list[str]) -> None:
    assert [m.surface for m in find_mentions(text, "en")] == found


@pytest.mark.parametrize("part", ["a", "OpenAI@", "OpenAI-", "a@", "Harvey ", "½ ", "\u00ad ", "https://x.example/OpenAI"])
def test_the_time_is_linear_in_the_length_of_the_text(part: str) -> None:
    def seconds(length: int) -> float:
        text = part * (length // len(part)) + "@ OpenAI"
        started = time.process_time()
        SHIPPED.find(text)
        return time.process_time() - started

    assert seconds(80_000) < 25 * max(seconds(10_000), 0.01)  # 8 times is linear, 64 times quadratic; the clock is coarse
