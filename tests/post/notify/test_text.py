"""What we write is what Notify shows, though it reads its fields as Markdown."""

import pytest

from post.items import Kind
from post.letters import compose
from post.notify_text import as_markdown, body_of
from tests.post.examples import DAY, HOUSE, TO, item, weekly

NO_WIDTH = "\u200b"


def test_headings_of_a_digest_become_headings_and_its_title_is_the_subject() -> None:
    letter = compose(TO, [item(), item(Kind.ANNOUNCE, "B2C-4DEF"), weekly()], HOUSE, "key", DAY)
    body = body_of(letter)
    headings = [line.removeprefix("# ") for line in body.splitlines() if line.startswith("# ")]
    underlined = [above for above, line in zip(letter.text.splitlines(), letter.text.splitlines()[1:], strict=False)
                  if line and set(line) == {"-"}]  # fmt: skip
    assert headings == underlined
    assert len(headings) == 3
    assert letter.subject not in body
    assert not [line for line in body.splitlines() if line.startswith("--")]


def test_every_line_of_a_letter_is_still_there() -> None:
    letter = compose(TO, [item(), item(mail_ref="B2C-4DEF"), weekly()], HOUSE, "key", DAY)
    body = body_of(letter)
    for line in letter.text.removeprefix(letter.subject).splitlines():
        assert line.strip() in body or set(line) == {"-"}


def test_lists_stay_lists_with_an_empty_line_on_either_side() -> None:
    assert as_markdown("We need:\n- a report\n- a date\nThank you") == "We need:\n\n* a report\n* a date\n\nThank you"


def test_addresses_of_pages_are_left_alone_so_that_they_are_links() -> None:
    link = "https://ehcp.council.example/advice/link/a_b-C[1]~|x"
    assert as_markdown(f"Open {link} today [now]") == f"Open {link} today \\[now\\]"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("12.30 pm at the school", "12\\.30 pm at the school"),
        ("14.10.2026 was the day", "14\\.10.2026 was the day"),
        ("2. second", "2\\. second"),
        ("-5 degrees", "\\-5 degrees"),
        ("# of sessions", "\\# of sessions"),
        ("+ more", "\\+ more"),
        ("___", "\\___"),
        ("```", "\\```"),
        ("| a | b |", "\\| a \\| b |".replace(" b |", " b \\|")),
        ("^ see above", f"{NO_WIDTH}^ see above"),
        ("•unspaced", f"{NO_WIDTH}•unspaced"),
        ("words\n---", "words\n\\---"),
        ("words\n======", f"words\n{NO_WIDTH}======"),
        ("[click](https://bad.example)", "\\[click\\](https://bad.example)"),
        ("[^1] note", "\\[^1\\] note"),
        ("C:\\papers", "C:\\\\papers"),
        ("&lt; and R&D and a&b", "&amp;lt; and R&D and a&b"),
        ("    123 456", "123 456"),
        ("- 1.5 hours", "* 1\\.5 hours"),
        ("((subject)) and ((name??shown))", "((subject)) and ((name??shown))"),
        ("K7F-3QX9: due Friday 4 December 2026", "K7F-3QX9: due Friday 4 December 2026"),
        ("one\u2028two", "one\ntwo"),
        ("a\n\n\n\n\nb", "a\n\nb"),
    ],
)
def test_nasty_text_is_shown_as_it_was_written(typed: str, sent: str) -> None:
    assert as_markdown(typed) == sent


def test_a_heading_that_notify_would_cut_stays_a_line() -> None:
    assert as_markdown("Service #\n---------") == "Service #\n\\---------"
