"""Acts of a bureau about people, for tests: what they rest on, and how they are done."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.contracts.making import Hall, contract_of
from tests.files import PDF
from yonggong.contracts import corrections
from yonggong.contracts.corrections import Ground
from yonggong.contracts.models import Contract, OfficeEnding
from yonggong.registry.models import PersonHistory, Worker
from yonggong.registry.people import Particulars

GROUND = Ground(reason="身份证上的姓名为试正名", file_name="身份证.pdf", content=PDF)


def changed(worker: Worker, **given: Any) -> Particulars:
    """What is registered of a worker, some of it otherwise."""
    now = Particulars.of(worker)
    return Particulars(**{name: getattr(now, name) for name in Particulars.__slots__} | given)


def correct(hall: Hall, worker: Worker, ground: Ground = GROUND, **given: Any) -> Worker:
    """The hall's reviewer corrects a worker."""
    return corrections.correct(
        person=worker,
        corrected=changed(worker, **given),
        ground=ground,
        by=hall.reviewer,
        now=hall.now,
        address="127.0.0.1",
    )


def corrected(hall: Hall, worker: Worker) -> tuple[Worker, PersonHistory]:
    """A worker whose name has been corrected, and the line that says so."""
    worker = correct(hall, worker, name="试正名")
    return worker, worker.history.get()


def join(hall: Hall, person: Worker, other: Worker) -> Worker:
    """The hall's reviewer joins two registrations."""
    return corrections.join(
        person=person,
        other=other,
        ground=GROUND,
        by=hall.reviewer,
        now=hall.now,
        address="127.0.0.1",
    )


def end(hall: Hall, contract: Contract, on: date, by: Any = None) -> OfficeEnding:
    """The hall's reviewer, or somebody else, records that a contract has ended."""
    return corrections.record_ending(
        contract=contract,
        ended_on=on,
        ground=GROUND,
        by=by or hall.reviewer,
        now=hall.now,
        address=None,
    )


def ended_by_office(hall: Hall) -> OfficeEnding:
    """A contract whose ending its bureau recorded."""
    return end(hall, contract_of(hall.approved()), hall.today)
