"""Which ports the house listens on: the usual ones when they are free, otherwise any free one. Loopback only."""

import socket
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of one `ehcp up`, kept for as long as it runs."""

    web: int = 8000
    mail_page: int = 8025
    smtp: int = 1025
    temporal: int = 7233
    temporal_ui: int = 8233


USUAL = Ports()


def ports_from(first: int) -> Ports:
    """Five ports in a row: the pages, the mail page, SMTP, Temporal, Temporal's pages."""
    return Ports(*range(first, first + 5))


def free_ports(wanted: Ports) -> Ports:
    """`wanted`, with every port that is taken replaced by a free one."""
    chosen: list[int] = []
    for port in (wanted.web, wanted.mail_page, wanted.smtp, wanted.temporal, wanted.temporal_ui):
        chosen.append(port if port not in chosen and _is_free(port) else _another(chosen))
    return Ports(*chosen)


def _is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        # As servers do it: a port whose last connections are still fading out is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def _another(taken: list[int]) -> int:
    while True:
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
        if port not in taken:
            return port
