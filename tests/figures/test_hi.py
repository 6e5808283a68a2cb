"""Hindi / हिन्दी."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
स्टार्टअप ने 50 मिलियन डॉलर की फंडिंग जुटाई।
    50 मिलियन डॉलर | 50e6 | USD | raised
कंपनी 3.5 अरब डॉलर के वैल्यूएशन पर पहुंची।
    3.5 अरब डॉलर | 3.5e9 | USD | valuation
समूह ने 500 करोड़ रुपये में अधिग्रहण किया।
    500 करोड़ रुपये | 5e9 | INR | acquisition
सरकार लगभग ₹2 लाख करोड़ का निवेश करेगी।
    ₹2 लाख करोड़ | 2e12 | INR | investment | approx
राजस्व १२,००० करोड़ रुपये रहा।
    १२,००० करोड़ रुपये | 1.2e11 | INR | revenue
अदालत ने पांच लाख रुपये का जुर्माना लगाया।
    पांच लाख रुपये | 5e5 | INR | fine
डेढ़ अरब डॉलर का कर्ज।
    डेढ़ अरब डॉलर | 1.5e9 | USD | debt
2023 में 20,000 जीपीयू, 15 लाख उपयोगकर्ता और 35% वृद्धि।
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("hi", sentence, lines)
