"""`racewire demo --once` in an empty folder, as the README says."""

import asyncio
import email
import email.policy
from pathlib import Path

from tests.end_to_end.conftest import racewire, start


async def test_it_ends_in_an_alert_on_the_terminal_and_in_a_mail(tmp_path: Path) -> None:
    done = await racewire(None, "demo", "--once", cwd=tmp_path)
    assert done.code == 0, done.err
    assert "ALERT" in done.out
    assert ">>50 triệu USD<<" in " ".join(done.out.split()) or "50 triệu" in done.out
    mails = list((tmp_path / "racewire-demo" / "mail").glob("*.eml"))
    assert mails
    subjects = [str(email.message_from_bytes(mail.read_bytes(), policy=email.policy.default)["Subject"]) for mail in mails]
    assert any("Baichuan" in subject and "$50M" in subject for subject in subjects)
    config = tmp_path / "racewire-demo" / "racewire.toml"
    assert (await racewire(config, "check")).code == 0
    assert "baichuan" in (await racewire(config, "search", "baichuan")).out.lower()


async def test_it_can_be_run_again_in_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "racewire-demo").mkdir()
    (tmp_path / "racewire-demo" / "notes.txt").write_text("mine")
    for _ in range(2):
        assert (await racewire(None, "demo", "--once", cwd=tmp_path)).code == 0
    assert (tmp_path / "racewire-demo" / "notes.txt").read_text() == "mine"


async def test_it_overwrites_nobody_elses_files(tmp_path: Path) -> None:
    for name in ("racewire.toml", "racewire.db", "mail"):
        folder = tmp_path / name
        folder.mkdir()
        mine = folder / name
        if name == "mail":
            mine.mkdir()
        else:
            mine.write_text("mine")
        done = await racewire(None, "demo", "--once", "--folder", ".", cwd=folder)
        assert done.code == 2
        assert "--folder" in done.err
        assert list(folder.iterdir()) == [mine]


async def test_a_second_one_in_the_same_folder_leaves_the_first_alone(tmp_path: Path) -> None:
    first = await start(None, "demo", cwd=tmp_path)
    assert first.stdout is not None
    try:
        await asyncio.wait_for(first.stdout.readline(), 30)
        second = await racewire(None, "demo", "--once", cwd=tmp_path)
        assert second.code == 75
        assert str(first.pid) in second.err
        assert (tmp_path / "racewire-demo" / "racewire.db").exists()
    finally:
        first.terminate()
        await first.communicate()
