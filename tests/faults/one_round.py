"""A post round by way of Notify in a process of its own, to be killed: DATABASE NOTIFY MOMENT."""

import sys
from datetime import datetime

from casework.round import post_round
from post.notify import NotifyCourier
from records.database import connect
from tests.casework.chasing.council import HOUSE
from tests.support.notify_server import KEY, MAIL_TEMPLATE

if __name__ == "__main__":
    database, url, moment = sys.argv[1:]
    courier = NotifyCourier(url, KEY, MAIL_TEMPLATE)
    print(post_round(connect(database), datetime.fromisoformat(moment), courier, HOUSE).sent)
