"""Mails as servers, machines and people send them, about letters of ours."""

from email.message import EmailMessage
from typing import Any

OURS = f"<{'0a1b2c3d' * 5}@council.example>"
PAEDS = "paeds@nhs.example"
BOX = "ehc@council.example"


def dsn(
    *,
    ours: str = OURS,
    to: str = PAEDS,
    action: str = "failed",
    status: str = "5.1.1",
    original: str = "",
    headers_only: bool = True,
) -> bytes:
    """A report as RFC 3464 wants it (Postfix, Exchange, Exim since 4.80)."""
    fields = f"Original-Recipient: rfc822;{original}\n" if original else ""
    returned = f"Message-ID: {ours}\nFrom: {BOX}\nTo: {to}\nSubject: Advice wanted\n"
    kind = "text/rfc822-headers" if headers_only else "message/rfc822"
    return f"""Return-Path: <>
From: MAILER-DAEMON@relay.example (Mail Delivery System)
To: {BOX}
Subject: Undelivered Mail Returned to Sender
Date: Wed, 11 Nov 2026 08:41:00 +0000
Message-ID: <20261111.{abs(hash((ours, to, action)))}@relay.example>
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="B0"

--B0
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--B0
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example
Arrival-Date: Wed, 11 Nov 2026 08:30:00 +0000

{fields}Final-Recipient: rfc822; {to}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 {status} no such user

--B0
Content-Type: {kind}

{returned}
--B0--
""".replace("\n", "\r\n").encode()  # fmt: skip


def note(text: str, *, headers: dict[str, str] | None = None, **papers: bytes) -> bytes:
    """A mail of a person or a machine; `papers` by the stem of their name, all PDF."""
    mail = EmailMessage()
    said = {"From": "Dr Paed <Dr.Paed@nhs.example>", "To": BOX, "Subject": "Re: Advice wanted"}
    said |= {"Date": "Wed, 11 Nov 2026 09:00:00 +0000", "Message-ID": f"<{abs(hash(text))}@nhs.example>"}
    for name, value in (said | (headers or {})).items():
        if value:
            mail[name] = value
    mail.set_content(text)
    for name, content in papers.items():
        add(mail, content, filename=f"{name}.pdf")
    return mail.as_bytes()


def add(mail: EmailMessage, content: bytes, maintype: str = "application", subtype: str = "pdf", **more: Any) -> None:
    """Attach something."""
    mail.add_attachment(content, maintype=maintype, subtype=subtype, **more)
