"""Write the demonstration data into an empty database, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from yonggong import policy
from yonggong.accounts import holders
from yonggong.accounts.models import Grant, User
from yonggong.accounts.roles import ROLES
from yonggong.cases import form_versions
from yonggong.cases.clocks import review_due
from yonggong.cases.kinds import CaseKind
from yonggong.cases.life import Action, State
from yonggong.cases.models import Blob, Case, Event, Material, Version
from yonggong.cases.sealing import sealed
from yonggong.codes import calendar
from yonggong.codes.invent import invent_mobile
from yonggong.contracts.models import Carried, Contract, Filing
from yonggong.contracts.papers import filing_papers
from yonggong.contracts.queries import kind_of
from yonggong.contracts.rosters import make_roster
from yonggong.demonstration import declared, inventing
from yonggong.demonstration.agencies import load_agencies
from yonggong.demonstration.annual import Room, approved_at, ask_for_survey, filed_at, load_annual
from yonggong.demonstration.dispatches import load_dispatches
from yonggong.demonstration.licences import load_licences
from yonggong.demonstration.overseeing import COUNTER_DAYS, load_looks, load_sample
from yonggong.demonstration.people import DEMONSTRATION_ACCOUNTS, PASSWORD, PERSON, PLACES
from yonggong.demonstration.persons import load_person
from yonggong.demonstration.relations import load_relations
from yonggong.demonstration.room_left import create_leaving_room
from yonggong.demonstration.services import load_services
from yonggong.demonstration.specimens import specimen
from yonggong.demonstration.supervising import load_clues
from yonggong.employers import queries as employers
from yonggong.registry.actions import id_card_digest, worker_of
from yonggong.registry.models import Agency, Employer, Worker

SEED = 20141101
WORKERS = 3000
_SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(slots=True)
class _Books:
    """Rows gathered before they are written."""

    cases: list[Case] = field(default_factory=list)
    # What was filed with each case: the whole text, of which its form may ask a part.
    texts: list[tuple[Case, dict[str, Any]]] = field(default_factory=list)
    events: list[tuple[Case, Action, User, datetime]] = field(default_factory=list)
    filings: list[tuple[Case, Contract, Filing]] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    current: list[tuple[Contract, Case]] = field(default_factory=list)
    materials: list[Case] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """A county with its people: who reviews there, who works at its counter."""

    region: str
    agency: Agency
    reviewer: User
    clerk: User | None
    rules: policy.Policy


def load(
    *, say: Callable[[str], object], today: date | None = None, workers: int = WORKERS
) -> None:
    """Load everything, unless there are employers already. Takes some ten seconds."""
    if Employer.objects.exists():
        return
    day = today or timezone.localdate()
    say("正在装入演示数据……")
    with transaction.atomic():
        load_agencies()
        places = _load_bureau_people(day)
        room = _Loader(Random(SEED), day, places).load(workers)
        load_annual(operator="taiyuan", reviewer="shenhe_ty", today=day, room=room)
        load_licences(day)
        load_dispatches(day, places["150302"].reviewer)
        of_wuhai: dict[str, Any] = {
            "operator": "wuhai",
            "reviewers": ("shenhe_wh", "shenhe_wh2"),
            "clerk": "chuangkou_wh",
        }
        load_relations(**of_wuhai, today=day)
        load_services(**of_wuhai)
        load_clues(operator="wuhai", inspector="jiancha", today=day)
        load_person(username=PERSON[0], region=PERSON[2])
        load_sample(supervisor="zhuguan", today=day)
        load_looks(waiting="shenhe", concluded="shenhe_ng", auditor="shenji")
    say(
        f"演示数据已装入：用人单位 {Employer.objects.count()} 户，劳动者 {Worker.objects.count()} 人，"
        f"劳动合同 {Contract.objects.count()} 份。"
    )


@cache
def _password_hash() -> str:
    """Hashed once: sixty accounts with the one password they all have."""
    return make_password(PASSWORD)


def _user(username: str, name: str, region_code: str) -> User:
    user = User(username=username, name=name, region_code=region_code, password=_password_hash())
    user.keep_mobile(invent_mobile(Random(username)))
    user.save(force_insert=True)
    return user


def _load_bureau_people(today: date) -> dict[str, _Place]:
    agencies = {agency.region_code: agency for agency in Agency.objects.filter(reviews=True)}
    keepers = {agency.region_code: agency for agency in Agency.objects.filter(reviews=False)}
    reviewers: dict[str, User] = {}
    clerks: dict[str, User] = {}
    for account in DEMONSTRATION_ACCOUNTS:
        if account.role == "employer_operator":
            continue
        user = _user(account.username, account.name, account.place)
        Grant.objects.create(
            user=user,
            role=account.role,
            region_code=account.place,
            agency=(keepers if account.keeps_systems else agencies)[account.place]
            if ROLES[account.role].at_agency
            else None,
        )
        holders.issue(account=user, digest=id_card_digest(account.id_number), by=None)
        if account.role == "reviewer":
            reviewers.setdefault(account.place, user)
        if account.role == "counter_clerk":
            clerks.setdefault(account.place, user)
    return {
        region: _Place(
            region,
            agencies[region],
            reviewers[region],
            clerks.get(region),
            policy.of(region, today),
        )
        for region in PLACES
    }


class _Loader:
    """Invents and writes employers, then workers with their contracts."""

    def __init__(self, rng: Random, today: date, places: dict[str, _Place]) -> None:
        self.rng, self.today, self.places = rng, today, places
        self.books = _Books()
        self.operators: dict[int, User] = {}
        self.in_post: dict[int, Filing] = {}
        self.lately = 0  # filings of the last weeks where there is a counter

    def load(self, workers: int) -> Room:
        """Write everything; gives the keys left free for an annual filing."""
        employers = [
            employer for place in self.places.values() for employer in self._load_employers(place)
        ]
        filed = [employer for employer in employers if employer.is_filed]
        self._load_contracts(filed, workers)
        room = self._write()
        self._write_materials()
        self._make_rosters(filed)
        self._load_declared(employers)
        return room

    def _load_declared(self, employers: list[Employer]) -> None:
        """Registrations of two counties; wages and insurance of the employer that shows them."""
        now = timezone.now()
        for region, username in (("220104", "zhuguan"), ("150302", "zhuguan_wh")):
            there = [employer for employer in employers if employer.region_code == region]
            by = User.objects.get(username=username)
            declared.load_registrations(self.rng, there, by=by, today=self.today, now=now)
        by = User.objects.get(username="wuhai")
        shown = Employer.objects.get(pk__in=by.scope.employers())
        declared.load_declared(self.rng, shown, by=by, today=self.today, now=now)
        ask_for_survey(supervisor="zhuguan", today=self.today, now=now)

    # --- employers ---

    def _load_employers(self, place: _Place) -> list[Employer]:
        invented = inventing.employers(
            self.rng, region=place.region, count=PLACES[place.region], today=self.today
        )
        accounts = {
            account.employer % len(invented): account
            for account in DEMONSTRATION_ACCOUNTS
            if account.role == "employer_operator" and account.place == place.region
            and account.employer is not None
        }  # fmt: skip
        loaded = []
        for index, values in enumerate(invented):
            account = accounts.get(index)
            state = self._initial_state(index, len(invented))
            if state is not State.APPROVED:  # whoever has still to file was founded lately
                values["licence_on"] = self.today - timedelta(days=self.rng.randrange(12, 45))
            employer = self._employer(values, state, place)
            operator = _user(
                account.username if account else f"dw{employer.pk:04d}",
                account.name if account else values["operator"],
                employer.region_code,
            )
            Grant.objects.create(user=operator, role="employer_operator", party=employer.party)
            self.operators[employer.pk] = operator
            if state is not None:
                self._initial_filing(employer, values, state, place)
            loaded.append(employer)
        return loaded

    @staticmethod
    def _initial_state(index: int, count: int) -> State | None:
        """The last of a county has not filed yet; some wait, one was returned."""
        if index == count - 1:
            return None
        if index == count - 2:
            return State.RETURNED
        return State.PENDING if index in (count - 3, count - 4) and count > 6 else State.APPROVED

    def _employer(self, values: dict[str, Any], state: State | None, place: _Place) -> Employer:
        columns = {
            "credit_code": values["credit_code"],
            "name": values["name"],
            "region_code": place.region,
        }
        if state is State.APPROVED:
            columns |= {
                name: values[name]
                for name in (
                    "nature", "affiliation", "economic_type", "industry", "legal_representative",
                    "address", "licence_on", "contact", "telephone", "postcode", "operator",
                )
            } | {
                "organisation_code": values["credit_code"][8:17],
                "agency": place.agency,
                "state": Employer.State.FILED,
                "filed_on": self._filed_on(values),
            }  # fmt: skip
        employer = Employer.objects.create(**columns)
        if state is State.APPROVED:
            for name in Employer.SEALED:
                employer.keep_sealed(name, values[name])
            employer.save(update_fields=[f"{name}_sealed" for name in Employer.SEALED])
        return employer

    def _filed_on(self, values: dict[str, Any]) -> date:
        return inventing.working_day_on_or_after(values["licence_on"] + timedelta(days=20))

    def _initial_filing(
        self, employer: Employer, values: dict[str, Any], state: State, place: _Place
    ) -> None:
        kind = employers.kind_of("initial")
        approved = state is State.APPROVED
        filed_on = self._filed_on(values) if approved else self._recent_working_day()
        case = self._case(
            kind,
            employer,
            {**values, "agency": str(place.agency.pk)},
            subject=employer.name,
            filed_on=filed_on,
            state=state,
            place=place,
        )
        if state is State.RETURNED:
            case.opinion = "营业执照照片不清晰，法定代表人身份证反面缺失，请补正后重新提交。"
        self.books.materials.append(case)

    # --- contracts ---

    def _load_contracts(self, employers: list[Employer], workers: int) -> None:
        people = {
            region: inventing.people(
                self.rng, region=region, today=self.today, count=workers // len(self.places)
            )
            for region in self.places
        }
        for region, persons in people.items():
            known = Worker.objects.bulk_create(
                [
                    worker_of(
                        document_type="01",
                        number=person.document_number,
                        name=person.name,
                        sex=person.sex,
                        birth_on=person.birth_on,
                    )
                    for person in persons
                ]
            )
            local = [employer for employer in employers if employer.region_code == region]
            for person, worker in zip(persons, known, strict=True):
                self._engagements(person, worker, local)

    def _engagements(
        self, person: inventing.Person, worker: Worker, employers: list[Employer]
    ) -> None:
        """One person's working life: for some an earlier contract that ended, then the present."""
        # The first employer of a county is its largest: it has lists worth paging through.
        employer = employers[0] if self.rng.random() < 0.3 else self.rng.choice(employers)
        start = next(inventing.start_days(self.rng, today=self.today, count=1))
        if self.rng.random() < 0.34:
            earlier = start - timedelta(days=self.rng.randrange(400, 900))
            self._thread(
                person, worker, self.rng.choice(employers), earlier,
                ended_on=start - timedelta(days=self.rng.randrange(20, 200)),
            )  # fmt: skip
        self._thread(person, worker, employer, start, ended_on=None)

    def _thread(
        self,
        person: inventing.Person,
        worker: Worker,
        employer: Employer,
        start: date,
        *,
        ended_on: date | None,
    ) -> None:
        place = self.places[employer.region_code]
        part_time = self.rng.random() < 0.06
        dispatcher = "人力资源" in employer.name and not part_time
        values = inventing.contract(
            self.rng, person, region=place.region, start=start, dispatcher=dispatcher,
            part_time=part_time,
        )  # fmt: skip
        state = State.APPROVED if ended_on else self._state_of(start)
        contract = Contract(
            employer=employer,
            worker=worker,
            state=_CONTRACT_STATES[state],
            full_time=not part_time,
            exclusive=not part_time and place.rules.one_full_time_contract,
            work_start_on=start,
            start_on=start,
            end_on=values["end_on"],
            term_type=values["term_type"],
        )
        self.books.contracts.append(contract)
        case = self._filing(
            contract, kind_of(Filing.Kind.NEW), "new", values, employer, person, state
        )
        if state is not State.APPROVED:
            return
        self.books.current.append((contract, case))
        held = values
        while held["end_on"] and held["end_on"] < (ended_on or self.today) - timedelta(days=5):
            if ended_on is None and (self.today - held["end_on"]).days < 25:
                break
            held = inventing.renewal(self.rng, held)
            self._renew(contract, held, employer, person)
        if ended_on:
            self._end(contract, held, employer, person, ended_on)

    def _renew(
        self, contract: Contract, held: dict[str, Any], employer: Employer, person: inventing.Person
    ) -> None:
        contract.start_on, contract.end_on = held["start_on"], held["end_on"]
        contract.term_count += 1
        self.in_post.pop(id(contract)).in_post = False
        case = self._filing(
            contract,
            kind_of(Filing.Kind.RENEWAL),
            "renewal",
            held,
            employer,
            person,
            State.APPROVED,
        )
        self.books.current.append((contract, case))

    def _end(
        self,
        contract: Contract,
        held: dict[str, Any],
        employer: Employer,
        person: inventing.Person,
        ended_on: date,
    ) -> None:
        expired = held["end_on"] is not None and held["end_on"] <= ended_on
        if expired:
            ended_on = held["end_on"]
        ended = inventing.ending(
            self.rng, on=ended_on, expired=expired, part_time=not contract.full_time
        )
        contract.state, contract.ended_on = Contract.State.ENDED, ended_on
        self.in_post.pop(id(contract)).in_post = False
        self._filing(
            contract, kind_of(Filing.Kind.ENDING), "ending", {**held, **ended}, employer, person,
            State.APPROVED,
        )  # fmt: skip

    def _state_of(self, start: date) -> State:
        """Only what began lately can still be open; of that, most waits."""
        if (self.today - start).days > 60:
            return State.APPROVED
        return self.rng.choices(
            (State.PENDING, State.APPROVED, State.RETURNED, State.VOIDED), (5, 4, 1, 0.5)
        )[0]

    def _filing(
        self,
        contract: Contract,
        kind: CaseKind,
        name: str,
        values: dict[str, Any],
        employer: Employer,
        person: inventing.Person,
        state: State,
    ) -> Case:
        place = self.places[employer.region_code]
        event_on = {"new": "signed_on", "renewal": "signed_on", "ending": "ended_on"}[name]
        # One in twelve is filed late.
        delay = (
            self.rng.randrange(31, 70) if self.rng.random() < 0.08 else self.rng.randrange(1, 28)
        )
        wanted = min(values[event_on] + timedelta(days=delay), self.today - timedelta(days=1))
        filed_on = max(inventing.working_day_on_or_after(wanted), values[event_on])
        if state in (State.PENDING, State.RETURNED):
            filed_on = max(self._recent_working_day(), values[event_on])
        filed_on = min(filed_on, self.today)
        only = {field.name for section in kind.form.sections for field in section.fields}
        case = self._case(
            kind,
            employer,
            values
            if name in ("new", "renewal")
            else {k: v for k, v in values.items() if k in only},
            subject=person.name,
            filed_on=filed_on,
            state=state,
            place=place,
        )
        if state is State.RETURNED:
            case.opinion = "岗位工作与所附劳动合同不一致，请核对后重新提交。"
        row = Filing(
            employer=employer,
            worker=contract.worker,
            agency=place.agency,
            region_code=place.region,
            kind=name,
            state=state,
            in_post=state is State.APPROVED and name in ("new", "renewal"),
            full_time=contract.full_time,
            exclusive=contract.exclusive,
            name=person.name,
            sex=person.sex,
            employment_form=values["employment_form"],
            term_type=values["term_type"],
            job=values["job"],
            signed_on=values["signed_on"],
            start_on=values["start_on"],
            end_on=values["end_on"],
            ended_on=values.get("ended_on") if name == "ending" else None,
            end_reason=values.get("end_reason", "") if name == "ending" else "",
            filed_on=filed_on,
            late_days=case.late_days,
        )
        if row.in_post:
            self.in_post[id(contract)] = row
        self.books.filings.append((case, contract, row))
        return case

    # --- cases ---

    def _recent_working_day(self) -> date:
        day = self.today - timedelta(days=self.rng.randrange(0, 9))
        while not calendar.is_working_day(day):
            day -= timedelta(days=1)
        return day

    def _case(
        self,
        kind: CaseKind,
        employer: Employer,
        values: dict[str, Any],
        *,
        subject: str,
        filed_on: date,
        state: State,
        place: _Place,
    ) -> Case:
        filed_at = self._moment(filed_on, earliest=9)
        rules = place.rules
        started = kind.counts_from(rules)(values)
        due = rules.deadline(kind.deadline).due(started) if started and kind.deadline else None
        typed_in = self._typed_in(filed_on, place)
        filer = typed_in or self.operators[employer.pk]
        case = Case(
            kind=kind.name,
            frequent=kind.frequent,
            exclusive=kind.exclusive,
            state=state,
            applicant=employer.party,
            subject_name=subject,
            region_code=place.region,
            agency=place.agency,
            acting_agency=place.agency,
            filed_by=filer,
            filed_at=filed_at,
            counter=place.agency if typed_in else None,
            due_on=review_due(rules, kind.name, filed_on),
            statutory_due_on=due,
            late_days=max(0, (filed_on - due).days) if due else 0,
        )
        self.books.cases.append(case)
        self.books.texts.append((case, values))
        self.books.events.append((case, Action.SUBMIT, filer, filed_at))
        self._decide(case, filed_on, place)
        return case

    def _typed_in(self, filed_on: date, place: _Place) -> User | None:
        """Whoever typed a filing in at the county's counter: some of those of the last weeks."""
        if place.clerk is None or filed_on < self.today - timedelta(days=COUNTER_DAYS):
            return None
        self.lately += 1
        return place.clerk if self.lately % 2 else None

    def _decide(self, case: Case, filed_on: date, place: _Place) -> None:
        if case.state in (State.APPROVED, State.RETURNED):
            day = inventing.working_day_on_or_after(filed_on + timedelta(days=1))
            case.decided_at = self._moment(min(day, self.today), earliest=13)
            case.decided_by = place.reviewer
            action = Action.APPROVE if case.state is State.APPROVED else Action.RETURN
            self.books.events.append((case, action, place.reviewer, case.decided_at))
        elif case.state is State.VOIDED:
            assert case.filed_at is not None
            later = case.filed_at + timedelta(hours=1)
            self.books.events.append((case, Action.VOID, case.filed_by, later))

    def _moment(self, day: date, *, earliest: int) -> datetime:
        at = time(earliest + self.rng.randrange(0, 3), self.rng.randrange(60), 0)
        return datetime.combine(day, at, _SHANGHAI)

    # --- materials ---

    def _write_materials(self) -> None:
        """Every initial filing has its materials: specimens that say what they stand for."""
        blobs: dict[str, Blob] = {}
        rows = []
        for case in self.books.materials:
            for wanted in case.definition.wants(self.places[case.region_code].rules, case):
                if wanted.name not in blobs:
                    blobs[wanted.name] = specimen(wanted.label, made_on=self.today)
                rows.append(
                    Material(
                        case=case,
                        name=wanted.name,
                        file_name=f"{wanted.label}（样本）.pdf",
                        content_type="application/pdf",
                        blob=blobs[wanted.name],
                        uploaded_by=case.filed_by,
                    )
                )
        Material.objects.bulk_create(rows, batch_size=1000)

    # --- rosters ---

    def _make_rosters(self, employers: list[Employer]) -> None:
        """What was approved over a month ago stands on rosters, one an employer and kind."""
        before = self.today - timedelta(days=30)
        for employer in employers:
            for paper in filing_papers():
                if paper.column != "roster":
                    continue
                rows = Filing.objects.filter(
                    employer=employer,
                    kind=paper.stage,
                    state=State.APPROVED,
                    filed_on__lt=before,
                ).order_by("case_id")
                chosen = list(rows.values_list("case_id", flat=True))
                if chosen:
                    make_roster(
                        employer=employer,
                        paper=paper,
                        filing_ids=chosen,
                        key=None,
                        by=self.operators[employer.pk],
                        now=self._moment(before, earliest=10),
                        address=None,
                    )

    # --- writing ---

    def _write_versions(self) -> None:
        versions = [_version(case, values) for case, values in self.books.texts]
        Version.objects.bulk_create(versions, batch_size=1000)
        for version in versions:
            version.case.current = version

    def _write_carried(self) -> None:
        contracts = {case.pk: contract for case, contract, _ in self.books.filings}
        Carried.objects.bulk_create(
            [
                _carried(case.version, contracts[case.pk], values)
                for case, values in self.books.texts
                if case.kind == kind_of(Filing.Kind.RENEWAL).name and case.state == State.APPROVED
            ],
            batch_size=1000,
        )

    def _write(self) -> Room:
        books = self.books
        filed, approved = filed_at(self.today), approved_at(self.today)
        # Keys follow time, as they would have: the newest case stands on top of every list.
        books.cases.sort(key=_filed_at)
        room = create_leaving_room(Case, books.cases, _filed_at, [filed])
        self._write_versions()
        Contract.objects.bulk_create(books.contracts, batch_size=1000)
        latest: dict[int, Case] = {}
        for contract, case in books.current:
            latest[contract.pk] = case
        for contract in books.contracts:
            contract.current = latest.get(contract.pk)
        Contract.objects.bulk_update(books.contracts, ["current"], batch_size=1000)
        for case, contract, filing in books.filings:
            filing.case, filing.contract = case, contract
            case.subject = contract.pk
        Filing.objects.bulk_create([row for _, _, row in books.filings], batch_size=1000)
        Case.objects.bulk_update(books.cases, ["subject", "current"], 1000)
        self._write_carried()
        Worker.objects.filter(filing__state=State.APPROVED).update(confirmed=True)
        events = [
            Event(
                case=case,
                action=action,
                by=by,
                at=at,
                opinion=case.opinion if action is Action.RETURN else "",
            )
            for case, action, by, at in sorted(books.events, key=lambda event: event[3])
        ]
        room += create_leaving_room(Event, events, lambda event: event.at, [filed, approved])
        return Room(*room)


def _filed_at(case: Case) -> datetime:
    return case.filed_at or datetime.max.replace(tzinfo=_SHANGHAI)


def _version(case: Case, values: dict[str, Any]) -> Version:
    form = case.definition.form
    assert case.filed_at is not None
    return Version(
        case=case,
        form_id=form_versions.key_of(form),
        number=1,
        data=sealed(form.dump(values), form.personal_fields, Version.owner_of(case.pk, 1)),
        judged_on=case.filed_at.astimezone(_SHANGHAI).date(),
        by=case.filed_by,
        at=case.filed_at,
    )


def _carried(version: Version, contract: Contract, values: dict[str, Any]) -> Carried:
    """What approval kept of the whole text beside a renewal (`contracts.threads`)."""
    text = kind_of(Filing.Kind.NEW).form
    kept = sealed(text.dump(values), text.personal_fields, Carried.owner_of(version.pk))
    own = version.case.definition.form.fields_by_name
    data = {name: cell for name, cell in kept.items() if name not in own}
    return Carried(version=version, contract=contract, data=data)


_CONTRACT_STATES = {
    State.APPROVED: Contract.State.ACTIVE,
    State.PENDING: Contract.State.FILING,
    State.RETURNED: Contract.State.FILING,
    State.VOIDED: Contract.State.VOID,
}
