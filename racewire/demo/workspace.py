"""The folder that the demo works in: a racewire.toml and a rules.toml that fit the newsroom.

Both are what a person would write by hand, so that they can be read, changed and used with every other command.
"""

from __future__ import annotations

import json
from pathlib import Path

from racewire.demo.papers import PAPERS, Paper

FIRST_WORDS = "# racewire.toml of the demo."
CONFIG = (
    FIRST_WORDS
    + """ The papers are invented and live behind the proxy below, on this machine only.

database = "racewire.db"
timezone = "Asia/Ho_Chi_Minh"
rules = "rules.toml"

[crawl]
contact = "demo@example.org"
proxy = {proxy}
delay = {delay}
timeout = "2s"                 # one of the papers hangs
allow_private = {allowed}
first_contact = "alert"        # alert on what is already there; the usual setting is "quiet"
{sources}
[delivery]
burst = "off"

[smtp]
host = "127.0.0.1"
port = {smtp_port}
tls = "none"
from = "racewire@example.org"

[channel.me]
email = {{ to = ["you@example.org"] }}
"""
)

WEBHOOK = """
[channel.desk]
webhook = {{ url = {url}, secret = {{ file = "desk.secret" }} }}
"""

RULES = """\
# rules.toml of the demo: when to tell whom. `racewire test` runs the tests below each rule.

[list.cn_llm]
entities = ["baichuan", "minimax", "moonshot", "zhipu", "01ai", "stepfun", "deepseek"]

# money over a threshold
[[rule]]
id = "cn-llm-raise"
title = "A Chinese LLM company raises USD 10M or more"
severity = "high"
when.figure = { role = "raised", of = "@cn_llm", usd = ">= 10M" }
send = { to = CHANNELS, once_per = "story" }

  [[rule.test]]
  says = "Vietnamese, seed money"
  lang = "vi"
  text = "Baichuan đã huy động thành công 50 triệu USD vốn hạt giống."
  fires = true

  [[rule.test]]
  says = "English, too little"
  lang = "en"
  text = "Baichuan raised $5 million in a seed round."
  fires = false

  [[rule.test]]
  says = "a valuation is not a round"
  lang = "zh"
  text = "按成交价计算，智谱的估值达到12亿美元。"
  fires = false

# two names in one sentence
[[rule]]
id = "baichuan-alibaba"
title = "Baichuan and Alibaba together"
when.together = { entities = ["baichuan", "alibaba-cloud"], within = "sentence" }
send = { to = CHANNELS, once_per = "story" }

  [[rule.test]]
  says = "one sentence"
  lang = "en"
  text = "Baichuan will train its models on machines of Alibaba Cloud."
  fires = true

  [[rule.test]]
  says = "two sentences"
  lang = "en"
  text = "Baichuan released a model. Alibaba Cloud cut its prices."
  fires = false

# never fires here: Sogou was bought, it raised nothing
[[rule]]
id = "sogou-raise"
title = "Sogou raises money"
when.figure = { role = "raised", of = "sogou", usd = ">= 1M" }
send = { to = CHANNELS, once_per = "story" }

  [[rule.test]]
  says = "bought, not raised"
  lang = "vi"
  text = "Năm 2021, Tencent đã mua lại Sogou với giá 3,5 tỷ USD."
  fires = false

  [[rule.test]]
  says = "raised"
  lang = "en"
  text = "Sogou raised $80 million in a Series B round."
  fires = true
"""


def write_workspace(
    folder: Path,
    proxy_url: str,
    *,
    smtp_port: int = 2525,
    webhook_url: str | None = None,
    webhook_secret: str | None = None,
    every: str = "10s",
    delay: str = "50ms",
    channels: tuple[str, ...] | None = None,
) -> Path:
    """Write `racewire.toml` and `rules.toml` into `folder`, made if need be, and return the path of the first.

    `smtp_port` is where mail goes on 127.0.0.1; with `webhook_url` (on 127.0.0.1) there is a second channel, `desk`,
    signed with `webhook_secret` ("whsec_…"). `every` and `delay` are durations as in the config. `channels` limits who the rules tell.
    Files of these names are overwritten; the database is not touched.
    """
    folder.mkdir(parents=True, exist_ok=True)
    allowed = [f"127.0.0.1:{smtp_port}"]
    known: tuple[str, ...] = ("me",)
    text = CONFIG
    if webhook_url is not None:
        if webhook_secret is None:
            raise ValueError("a webhook needs a secret")
        known += ("desk",)
        allowed.append(webhook_url.split("/")[2])
        text += WEBHOOK
        secret = folder / "desk.secret"
        secret.touch(mode=0o600)
        secret.write_text(webhook_secret + "\n", "utf-8")
    config = folder / "racewire.toml"
    config.write_text(
        text.format(
            proxy=_toml(proxy_url),
            delay=_toml(delay),
            allowed=_toml(allowed),
            sources="".join(_source(*row, every) for row in sources()),
            smtp_port=smtp_port,
            url=_toml(webhook_url),
        ),
        "utf-8",
    )
    told = list(known if channels is None else channels)
    (folder / "rules.toml").write_text(RULES.replace("CHANNELS", _toml(told)), "utf-8")
    return config


def is_workspace(folder: Path) -> bool:
    """Whether the `racewire.toml` in `folder` is one that `write_workspace` wrote."""
    try:
        return (folder / "racewire.toml").read_text("utf-8", "replace").startswith(FIRST_WORDS)
    except OSError:
        return False


def sources() -> list[tuple[str, Paper, str, str]]:
    """Source id, paper, path and kind: each paper once, and the wire by its sitemap as well."""
    rows: list[tuple[str, Paper, str, str]] = []
    for paper in PAPERS:
        rows.append((paper.id, paper, paper.start, paper.kind))
        if paper.tracked_feeds:
            rows.append((f"{paper.id}-sitemap", paper, "/news-sitemap.xml", "sitemap"))
    return rows


def _source(name: str, paper: Paper, path: str, kind: str, every: str) -> str:
    lines = [
        "\n[[source]]",
        f"id = {_toml(name)}",
        f"url = {_toml(paper.root + path)}",
        f"kind = {_toml(kind)}",
        f"every = {_toml(every)}",
        f"country = {_toml(paper.country)}",
        f"timezone = {_toml(paper.timezone)}",
    ]
    if kind == "listing" and paper.links:
        lines.append(f"links = {_toml(paper.links)}")
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    """Strings and lists of strings, which TOML writes as JSON does."""
    return json.dumps(value, ensure_ascii=False)
