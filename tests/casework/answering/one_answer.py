"""An answer with one document, given in a process of its own, to be killed: DATABASE FOLDER LINK PROCESS REQUEST."""

import sys
from pathlib import Path
from uuid import UUID, uuid4

from casework.answering.given import Given
from casework.answering.giving import give
from casework.answering.kinds import Answer as Kind
from casework.documents import lay_by
from casework.secure_links.making import Opens
from casework.secure_links.visits import Opened
from config.settings import Settings
from documents.checking import check
from documents.house import archive_of
from records.database import connect
from tests.casework.answering.giving import NOW, WHOLE
from tests.casework.chasing.council import PAEDS
from tests.documents.samples import pdf

if __name__ == "__main__":
    database, folder, link, process, request = sys.argv[1:]
    laid_by = lay_by(archive_of(Settings(data_dir=Path(folder))), check("report.pdf", pdf()))
    opened = Opened(UUID(link), Opens.REQUEST, PAEDS, UUID(process), UUID(request), "")
    print("laid by", flush=True)
    give(connect(database), opened, Given(Kind.RECEIVED, uuid4(), documents=[laid_by], **WHOLE), NOW)
    print("given", flush=True)
