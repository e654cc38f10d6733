"""The README's first screen is what the program prints, and nothing of it is acted."""

import re
from pathlib import Path

import pytest

from baladeur.cli import demo, speech
from baladeur.session import Session
from tests.cli.tools import program, run

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def french() -> None:
    """These lines are compared in French."""
    speech.begin("fr")


def documented() -> list[str]:
    """The output block of the README."""
    found = re.search(r"<!-- output: demo -->\s+```text\n(.*?)```", README, re.DOTALL)
    assert found
    return found[1].splitlines()


def test_the_readme_shows_what_the_demonstration_prints() -> None:
    """Eight lines, word for word and in their order; none of them depends on the day."""
    done = program("demo", "--plain")
    assert (done.returncode, done.stderr) == (0, "")
    printed = iter(done.stdout.splitlines())
    assert len(documented()) == 8
    assert all(line in printed for line in documented())


def test_the_page_is_the_last_screen() -> None:
    """The first 24 lines of what `summary --plain` would show stand at the end; with --all, the others follow."""
    first = run("demo", "--plain").stdout.splitlines()
    whole = run("demo", "--plain", "--all").stdout.splitlines()
    assert len(first) < len(whole)
    assert whole[: len(first)] == first
    page = first[-demo.HEIGHT :]
    assert all(len(row) <= demo.WIDTH for row in page)
    assert sum("MOREAU, Jeanne (née LEROY)" in row for row in page) == 1
    assert "[FICTIF]" in "".join(page)


def test_it_speaks_english() -> None:
    """The narration and the page; the record's own words stay French."""
    done = run("--lang", "en", "demo", "--plain").stdout
    assert "opened with the 12 words" in done
    assert "ANTICOAGULANT" in done
    assert "PACEMAKER" in done
    assert "ARRACHÉ" not in done


def test_no_colour_where_nobody_asked() -> None:
    """Neither with --plain nor into a pipe."""
    assert "\x1b" not in run("demo").stdout + run("demo", "--plain").stdout


def test_it_leaves_nothing(tmp_path: Path) -> None:
    """The temporary folder is gone afterwards."""
    assert program("demo", "--plain", TMPDIR=str(tmp_path)).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_the_write_is_really_torn(tmp_path: Path) -> None:
    """Behind the last commit lies half of a real frame, and the record is the one before it, whole."""
    words = Session.create(tmp_path, [], demonstration=True)
    recovery = " ".join(words.recovery)
    with Session.open(tmp_path, recovery) as session:
        before, end = session.number, session.end
    content = (tmp_path / demo.FILE).read_bytes()
    demo.tear(tmp_path, recovery)
    torn = (tmp_path / demo.FILE).read_bytes()
    assert torn[:end] == content[:end]
    assert torn[end:] != content[end:]
    assert [one.name for one in tmp_path.iterdir()] == [demo.FILE]
    with Session.open(tmp_path, recovery) as session:
        assert (session.number, session.end) == (before, end)
        assert not session.examine().findings


def test_a_wrong_command_is_a_sentence() -> None:
    """No traceback, exit code 2."""
    done = program("nonsense")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
