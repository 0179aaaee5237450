"""Which addresses may be written to."""

import pytest

from post.addresses import is_address, needs_smtputf8, normalised, with_name
from post.errors import AddressError, PostError
from post.house import House


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("slt.send@nhs.example", "slt.send@nhs.example"),
        ("  SLT.Send@NHS.Example \n", "SLT.Send@nhs.example"),
        ("o'neill+ehc@council.example", "o'neill+ehc@council.example"),
        ("post@bücher.example", "post@xn--bcher-kva.example"),
        ("bronwyn.ŵyn@cyngor.example", "bronwyn.ŵyn@cyngor.example"),
        ("clock@localhost", "clock@localhost"),
    ],
)
def test_an_address_is_trimmed_and_its_domain_made_plain(given: str, kept: str) -> None:
    assert normalised(given) == kept


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "nobody",
        "@nhs.example",
        "a@",
        "a@b@c.example",
        "a b@nhs.example",
        "a@nhs.example, b@nhs.example",
        "A <a@nhs.example>",
        '"a b"@nhs.example',
        "a@nhs.example\r\nBcc: b@nhs.example",
        "a\r\n@nhs.example",
        "a\u2028@nhs.example",
        "a\x00@nhs.example",
        ".a@nhs.example",
        "a..b@nhs.example",
        "a@-nhs.example",
        "a@nhs..example",
        "a@nhs_.example",
        "a@[127.0.0.1]",
        "x" * 65 + "@nhs.example",
        "a@" + "x" * 64 + ".example",
        "a@" + ".".join(["x" * 60] * 5),
    ],
)
def test_anything_else_is_refused_without_being_repeated(wrong: str) -> None:
    assert not is_address(wrong)
    with pytest.raises(AddressError) as refused:
        normalised(wrong)
    assert len(wrong) < 4 or wrong not in str(refused.value)


def test_only_a_local_part_beyond_ascii_needs_the_internationalised_extension() -> None:
    assert needs_smtputf8(normalised("ŵyn@cyngor.example"))
    assert not needs_smtputf8(normalised("post@bücher.example"))


def test_a_sender_name_cannot_break_out_of_its_header() -> None:
    with pytest.raises(AddressError):
        with_name("Council\r\nBcc: a@b.example", "ehc@council.example")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("authority_name", " "),
        ("authority_name", "Hull\nBcc: x@y.example"),
        ("mail_from", "nobody"),
        ("reply_to", "a@b.example\r\nX: y"),
        ("contact_email", "nobody"),
        ("contact_phone", "01482\n300300"),
        ("public_url", "https://x\r\ny"),
    ],
)
def test_a_house_with_a_wrong_field_is_refused(field: str, value: str) -> None:
    fields = {"authority_name": "Hull", "mail_from": "a@b.example", "reply_to": "c@d.example", field: value}
    with pytest.raises(PostError):
        House(**fields)
