"""`ehcp notify templates`: what to paste, and what differs at Notify."""

from tests.cli.conftest import Ended, run
from tests.support import notify_server as served
from tests.support.notify_server import Notify


def templates(notify: Notify | None = None, *words: str, **more: str) -> Ended:
    settings = {
        "EHCP_NOTIFY_API_KEY": served.KEY,
        "EHCP_NOTIFY_URL": notify.url if notify else "",
        "EHCP_NOTIFY_EMAIL_TEMPLATE": served.MAIL_TEMPLATE,
        "EHCP_NOTIFY_LETTER_TEMPLATE": served.PAPER_TEMPLATE,
    }
    return run("notify", "templates", *words, **{**(settings if notify else {}), **more})


def test_without_a_key_it_says_what_to_paste_and_which_fields_there_are() -> None:
    told = templates()
    assert told.code == 0
    assert "personalisation: subject, body" in told.out
    assert "personalisation: address_line_1, address_line_2" in told.out
    assert "EHCP_NOTIFY_EMAIL_TEMPLATE" in told.out
    assert told.out.count("Not compared") == 2


def test_with_a_key_it_says_that_all_is_as_it_should_be(notify: Notify) -> None:
    told = templates(notify)
    assert (told.code, told.out.count("As Notify holds it.")) == (0, 2)


def test_it_says_what_differs_and_ends_as_a_failure(notify: Notify) -> None:
    notify.templates[served.MAIL_TEMPLATE]["body"] = "Dear ((name))\n\n((body))"
    del notify.templates[served.PAPER_TEMPLATE]
    told = templates(notify)
    assert told.code == 1
    assert "its body is different: paste '((body))'" in told.out
    assert "no template with the id of EHCP_NOTIFY_LETTER_TEMPLATE" in told.out


def test_a_template_of_another_kind_is_told(notify: Notify) -> None:
    notify.templates[served.MAIL_TEMPLATE]["type"] = "sms"
    [mail, paper] = templates(notify, "--json").json
    assert "must be one for email" in mail["differs"][0]
    assert (paper["differs"], paper["looked_at"]) == ([], True)


def test_a_key_that_is_refused_is_told_with_its_remedy_and_never_shown(notify: Notify) -> None:
    wrong = served.KEY[:-4] + "0000"
    told = templates(notify, EHCP_NOTIFY_API_KEY=wrong)
    assert told.code != 0
    assert "correct EHCP_NOTIFY_API_KEY" in told.err
    assert wrong not in told.err + told.out
