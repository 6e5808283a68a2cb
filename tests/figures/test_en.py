"""English, as news writes it."""

from __future__ import annotations

import pytest

from tests.figures.tables import cases, check

TABLE = """
The chip maker's third-quarter profit jumped to T$452.3 billion.
    T$452.3 billion | 452.3e9 | TWD | profit
Larkspur AI raised a $45M Series B led by Fernhill Capital at a $1.2bn valuation.
    $45M | 45e6 | USD | raised | series-b | to Larkspur AI | by Fernhill Capital
    $1.2bn | 1.2e9 | USD | valuation | to Larkspur AI
The chipmaker said it had secured US$50 million in seed funding from two investors.
    US$50 million | 50e6 | USD | raised | seed
Quartzline, a robotics startup, is in talks to raise about $2-3 billion, people familiar with the matter said.
    $2-3 billion | 2e9..3e9 | USD | raised | reported | approx
Quartzline plans to invest between $2 and $3 billion in new data centers.
    $2 and $3 billion | 2e9..3e9 | USD | investment | planned
The deal values the company at more than $10 billion.
    $10 billion | >10e9 | USD | valuation
Boreal Systems agreed to buy Tidewater Labs for €2.4 billion ($2.7bn) in cash.
    €2.4 billion | 2.4e9 | EUR | acquisition
    $2.7bn | 2.7e9 | USD | acquisition
A 50-million-dollar round was closed in May.
    50-million-dollar | 50e6 | USD | raised
It is a 5-billion-dollar question for the industry.
    5-billion-dollar | 5e9 | USD
The regulator fined the company £14million over its use of data.
    £14million | 14e6 | GBP | fine
Revenue rose to $5.1 billion from $4.2 billion a year earlier.
    $5.1 billion | 5.1e9 | USD | revenue
    $4.2 billion | 4.2e9 | USD | revenue
Revenue grew from $5bn to $7bn last year.
    $5bn | 5e9 | USD | revenue
    $7bn | 7e9 | USD | revenue
Analysts expect the market for AI chips to reach $400 billion by 2030.
    $400 billion | 400e9 | USD | market_size | planned
Its market value topped $3 trillion on Friday.
    $3 trillion | >3e12 | USD | market_cap
The plan costs $19.99/month, or $200 a year.
    $19.99 | 19.99 | USD | price | per month
    $200 | 200 | USD | price | per year
Renting one GPU costs $2.50 an hour.
    $2.50 | 2.5 | USD | price | per hour
The startup has raised $310 million to date.
    $310 million | 310e6 | USD | raised | cumulative
Losses ran to hundreds of millions of dollars.
    hundreds of millions of dollars | 1e8..1e9 | USD | loss | approx
They spent half a billion dollars on compute.
    half a billion dollars | 5e8 | USD | spending
Investors poured billions of dollars into the sector.
    billions of dollars | >1e9 | USD | investment
The government approved Rs 2 lakh crore for chip plants and Rs. 500 crore for research.
    Rs 2 lakh crore | 2e12 | INR
    Rs. 500 crore | 5e9 | INR
RMB 3.5 billion was set aside; HK$450m went to the fund.
    RMB 3.5 billion | 3.5e9 | CNY
    HK$450m | 450e6 | HKD
The loan of up to $40 billion is the largest the group has taken.
    $40 billion | <40e9 | USD | debt
Fernhill denied a report that it would pay $900 million for the lab.
    $900 million | 9e8 | USD | | denied
The board approved a $70 billion share buyback.
    $70 billion | 70e9 | USD | buyback
The state will give the plant $6.6 billion in grants.
    $6.6 billion | 6.6e9 | USD | grant
Net loss widened to ₩1.4 trillion.
    ₩1.4 trillion | 1.4e12 | KRW | loss
It was a nine-figure deal for a startup with a ten-figure valuation.
    nine-figure | 1e8..1e9 | -
    ten-figure | 1e9..1e10 | - | valuation
The purchase for $3 million (£2.4m; €2.8m) closed.
    $3 million | 3e6 | USD
    £2.4m | 2.4e6 | GBP
    €2.8m | 2.8e6 | EUR
The firm has 20,000 GPUs, 1.4 billion users and 175B parameters.
Shares rose 35% after the H100 launch in Q1 2023, and 90 billion cubic metres of gas were sold.
Call 555-0134 or +1 212 555 0100 for the S&P 500 report, page 12 of 40.
A 400 pound bear weighing more than the 2 pounds of honey it ate.
All 27 won their matches, and Team 9 won't play.
Series B, Series C and a 10x return: what 120 investors said in 2024.
It cost a million dollars, or two hundred thousand dollars a month.
    million dollars | 1e6 | USD
    two hundred thousand dollars | 2e5 | USD | | per month
"""


@pytest.mark.parametrize(("sentence", "lines"), cases(TABLE))
def test_sentence(sentence: str, lines: list[str]) -> None:
    check("en", sentence, lines)
