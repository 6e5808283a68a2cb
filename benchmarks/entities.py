"""How fast and how right the entity matcher is beside others, on our own cases.

    python benchmarks/entities.py [--aliases 100000] [--rounds 3]

Peers are measured where they are installed: flashtext2, pyahocorasick, spaCy (PhraseMatcher of a blank multilingual pipeline), and `re`, which
always is. Each gets the same aliases, in its usual set-up for finding names whatever their case. Speed: CPU milliseconds for an article of
about 5,000 characters, eight lines of the cases among plain sentences in seven languages. Right: names of `tests/entities/cases/boundaries.txt` found with their exact span, and
spans found that are no name.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from racewire.entities import Alias, Entity, Gazetteer
from racewire.entities.loading import shipped_entities
from tests.entities.test_cases import read

Spans = set[tuple[int, int]]
Finder = Callable[[str, str | None], Spans]

ARTICLES, LENGTH = 120, 5000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--aliases", type=int, default=100_000, help="size of the long list")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    shipped = shipped_entities()
    names = sorted({alias.text for entity in shipped for alias in entity.aliases})
    invented = invent(options.aliases - len(names))
    texts = articles()
    print(
        f"{len(texts)} articles of {sum(map(len, texts)) / len(texts):.0f} characters; {len(names)} and {len(names) + len(invented)} aliases"
    )
    print(f"{'':28}{'build s':>9}{'ms/article':>12}{'build s':>9}{'ms/article':>12}{'found':>8}{'missed':>8}{'wrong':>7}")
    for label, build in peers():
        row, small = f"{label:28}", None
        for size, aliases in (("small", names), ("large", names + invented)):
            if size == "large" and label == "re":
                row += f"{'-':>9}{'-':>12}"  # its alternation of 100,000 takes minutes
                continue
            started = time.process_time()
            finder = build(shipped, aliases)
            built = time.process_time() - started
            small = small or finder
            row += f"{built:9.2f}{speed(finder, texts, options.rounds):12.3f}"
        if small is not None:
            row += "{:8}{:8}{:7}".format(*quality(small))
        print(row, flush=True)


def speed(finder: Finder, texts: list[str], rounds: int) -> float:
    """CPU milliseconds an article, the best of `rounds`."""
    best = float("inf")
    for _ in range(rounds):
        started = time.process_time()
        for text in texts:
            finder(text, "en")
        best = min(best, time.process_time() - started)
    return best / len(texts) * 1000


def quality(finder: Finder) -> tuple[int, int, int]:
    """(names found, names missed, spans that are no name) on the boundary cases."""
    found = missed = wrong = 0
    for lang, text, expected in read("boundaries.txt"):
        gold = {(start, end) for _, start, end in expected}
        mine = finder(text, lang)
        found += len(gold & mine)
        missed += len(gold - mine)
        wrong += len(mine - gold)
    return found, missed, wrong


FILLER = """
The council met on Tuesday evening to discuss the repair of the old bridge, which has been closed since the flood in spring.
Engineers said the work would take eleven months and cost about as much as the town spends on its schools in a year.
Two residents spoke against the plan; one of them had counted the lorries that pass her window every morning.
Hội đồng thành phố họp vào tối thứ Ba để bàn việc sửa cây cầu cũ, vốn đã đóng cửa từ trận lũ hồi mùa xuân.
Các kỹ sư cho biết công việc sẽ kéo dài mười một tháng và tốn gần bằng số tiền thành phố chi cho trường học trong một năm.
Der Gemeinderat beriet am Dienstagabend über die Sanierung der alten Brücke, die seit dem Hochwasser im Frühjahr gesperrt ist.
Le conseil s’est réuni mardi soir pour discuter de la réparation du vieux pont, fermé depuis la crue du printemps.
市议会周二晚上开会讨论旧桥的维修，这座桥自春天的洪水以来一直关闭，工程预计需要十一个月。
市議会は火曜日の夜、春の洪水以来閉鎖されている古い橋の修理について話し合った。
시의회는 봄 홍수 이후 폐쇄된 낡은 다리의 보수를 논의하기 위해 화요일 저녁에 모였다.
"""
NAMED = 8  # lines of the cases in an article; the rest is filler


def articles() -> list[str]:
    rng = random.Random(5)
    lines = [text for name in ("boundaries.txt", "meaning.txt") for _, text, _ in read(name)]
    filler = FILLER.strip().splitlines()
    texts = []
    for _ in range(ARTICLES):
        parts = rng.choices(lines, k=NAMED)
        while sum(map(len, parts)) < LENGTH:
            parts.append(rng.choice(filler))
        rng.shuffle(parts)
        texts.append("\n".join(parts))
    return texts


def invent(count: int) -> list[str]:
    """Names that mean nothing, a third of them Chinese."""
    rng = random.Random(7)
    syllables = ["ka", "lo", "mi", "ren", "ta", "vu", "zel", "qui", "dor", "an", "bex", "fin", "gor", "hal", "jin"]
    han = [chr(c) for c in range(0x4E00, 0x5E00)]
    names: set[str] = set()
    while len(names) < count:
        if rng.random() < 0.33:
            names.add("".join(rng.choices(han, k=rng.choice((3, 4, 5)))))
        else:
            names.add(
                " ".join(
                    "".join(rng.choices(syllables, k=rng.choice((2, 3, 4)))).capitalize() for _ in range(rng.choice((1, 2, 2, 3)))
                )
            )
    return sorted(names)


# ---- the finders


def racewire(shipped: list[Entity], aliases: list[str]) -> Finder:
    known = {alias.text for entity in shipped for alias in entity.aliases}
    others = [Entity(f"e{i}", name, "company", aliases=(Alias(name),)) for i, name in enumerate(aliases) if name not in known]
    gazetteer = Gazetteer([*shipped, *others])
    return lambda text, lang: {(m.start, m.end) for m in gazetteer.find(text, lang) if m.certain}


def plain_re(shipped: list[Entity], aliases: list[str]) -> Finder:
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(aliases, key=len, reverse=True))) + r")\b", re.IGNORECASE)
    return lambda text, lang: {match.span() for match in pattern.finditer(text)}


def flashtext2(shipped: list[Entity], aliases: list[str]) -> Finder:
    from flashtext2 import KeywordProcessor

    processor = KeywordProcessor(case_sensitive=False)
    for alias in aliases:
        processor.add_keyword(alias, alias)
    return lambda text, lang: {(start, end) for _, start, end in processor.extract_keywords_with_span(text)}


def pyahocorasick(shipped: list[Entity], aliases: list[str]) -> Finder:
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for alias in aliases:
        automaton.add_word(alias.lower(), len(alias.lower()))
    automaton.make_automaton()

    def find(text: str, lang: str | None) -> Spans:
        lowered = text.lower()
        spans = set()
        for last, length in automaton.iter_long(lowered):
            start, end = last - length + 1, last + 1
            if not (lowered[start - 1 : start].isalnum() or lowered[end : end + 1].isalnum()):
                spans.add((start, end))
        return spans

    return find


def spacy(shipped: list[Entity], aliases: list[str]) -> Finder:
    from spacy import blank
    from spacy.matcher import PhraseMatcher
    from spacy.util import filter_spans

    nlp = blank("xx")
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("NAME", list(nlp.tokenizer.pipe(aliases)))

    def find(text: str, lang: str | None) -> Spans:
        document = nlp.make_doc(text)
        return {(span.start_char, span.end_char) for span in filter_spans(matcher(document, as_spans=True))}

    return find


def peers() -> Iterator[tuple[str, Callable[[list[Entity], list[str]], Finder]]]:
    from importlib.metadata import PackageNotFoundError, version

    yield "racewire", racewire
    yield "re", plain_re
    for package, build in (("flashtext2", flashtext2), ("pyahocorasick", pyahocorasick), ("spacy", spacy)):
        try:
            yield f"{package} {version(package)}", build
        except PackageNotFoundError:
            print(f"{package}: not installed")


if __name__ == "__main__":
    main()
