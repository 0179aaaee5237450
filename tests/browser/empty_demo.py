"""`ehcp up --demo` without its caseload, as a process of its own: letters carry links, and caught mail counts as taken.

    python -m tests.browser.empty_demo FIRST_PORT

The settings come from the environment. Says that it is up once everything answers.
"""

import sys

from config.settings import Settings
from local.addresses import Addresses
from local.house import usual_programs
from local.up import up


def ready(addresses: Addresses) -> None:
    print(f"{addresses.web} is up", flush=True)


def news(sentence: str) -> None:
    print(sentence, flush=True)


if __name__ == "__main__":
    up(Settings(), demo=True, port=int(sys.argv[1]), on_ready=ready, on_news=news, programs=usual_programs(demo=False))
