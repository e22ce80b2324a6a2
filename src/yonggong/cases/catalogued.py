"""A kind of case from the catalogue alone: form, procedure, materials, limits, no code of its own.

What the standard describes is enough to apply, to handle and to end; a kind that does more when it
is approved (writes a fact, issues its own paper) has a package of its own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from yonggong.cases import known_from
from yonggong.cases.attempts import Attempt
from yonggong.cases.item_forms import applicant_form
from yonggong.cases.kinds import CaseKind
from yonggong.cases.pages import Pages, Panel, Site
from yonggong.cases.parts import Effects
from yonggong.cases.procedure import period_of, procedure_of
from yonggong.cases.step_forms import step_forms
from yonggong.catalogue.items import UNIT, Item
from yonggong.catalogue.items import Material as ItemMaterial
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.forms.advice import Advice
from yonggong.policy import Material
from yonggong.registry.parties import Party

if TYPE_CHECKING:
    from yonggong.accounts.models import User
    from yonggong.cases.models import Case


def kind_of(item: Item, *, version: int | None = None, taken: bool = False) -> CaseKind:
    """The kind of case that `item` describes; `version` is the key of the version that it is taken
    from, `taken` whether provinces need not name it.

    Raises ValueError for an item with no step for an office, or with a form that cannot be.
    """
    return CaseKind(
        name=item.key,
        title=item.title,
        form=applicant_form(item) or _plain_form(item),
        subject_name=_applicant,
        procedure=procedure_of(item, step_forms(item)),
        materials=_materials(item),
        audience=item.audience,
        department=item.departments[0] if item.departments else "",
        line=item.line,
        coded=False,
        item=item,
        version=version,
        taken=taken,
        pages=_pages(),
        effects=Effects(
            applied=lambda case, by, now: _ended(case),
            # Its result paper stays as it was issued, and is told to be void by its case.
            revoked=_revoked,
            refused=_ended,
        ),
    )


Advise = Callable[["Case", Attempt, Site], Iterable[Advice]]

_followers: list[Callable[[Case], object]] = []


def when_ended(follow: Callable[[Case], object]) -> None:
    """Have a room above do what follows the end of a case of an item without code, approved or
    refused: called inside the deciding transaction, once its decision is written."""
    if follow not in _followers:
        _followers.append(follow)


def _ended(case: Case) -> None:
    for follow in _followers:
        follow(case)


_panels: list[Panel] = []
_advisers: list[Advise] = []


def show_on_items(*panels: Panel, advise: Advise | None = None) -> None:
    """Have a room above show panels on the pages of all items without code, and say something beside
    their answers."""
    _panels.extend(panel for panel in panels if panel not in _panels)
    if advise is not None and advise not in _advisers:
        _advisers.append(advise)


def _pages() -> Pages:
    def advice(case: Case, tried: Attempt, site: Site) -> Iterator[Advice]:
        for advise in _advisers:
            yield from advise(case, tried, site)

    return Pages(panels=tuple(_panels), advice=advice)


_takers_back: list[Callable[[Case, User, datetime], object]] = []


def when_revoked(take_back: Callable[[Case, User, datetime], object]) -> None:
    """Have a room above take back what it made once the approval of such a case is withdrawn: called
    inside that transaction."""
    if take_back not in _takers_back:
        _takers_back.append(take_back)


def _revoked(case: Case, by: User, now: datetime) -> None:
    for take_back in _takers_back:
        take_back(case, by, now)


def with_item(kind: CaseKind, item: Item, *, version: int) -> CaseKind:
    """A kind with code of its own as a version of its item has it: its words, its limits, and what
    it asks for beside the province."""
    promised, by_law = period_of(item.promised_limit), period_of(item.statutory_limit)
    procedure = kind.procedure
    if procedure is not None:
        procedure = replace(
            procedure, promised=promised or procedure.promised, by_law=by_law or procedure.by_law
        )
    return replace(
        kind,
        title=item.title,
        asked_besides=_materials(item),
        procedure=procedure,
        promised=None if procedure else promised,
        by_law=None if procedure else by_law,
        item=item,
        version=version,
    )


_WHOM = (
    Field(
        name="person_name",
        label="办理对象姓名",
        required=True,
        max_length=50,
        known_from="person.name",
    ),
    Field(
        name="person_number",
        label="办理对象身份证号码",
        type=FieldType.ID_NUMBER,
        required=True,
        personal=True,
        known_from="person.id_number",
    ),
)


def _plain_form(item: Item) -> Form:
    """What is asked where the standard prints no form: whom it is for, where a unit may apply for a
    person or it follows a death; whom to reach, and what is wanted."""
    of_person = any(one.subject == "person" for one in item.effects)
    for_person = of_person and (UNIT in item.audience or item.after_death)
    return Form(
        name=item.key,
        title=item.title,
        sections=(
            Section(
                name="application",
                title="申请信息",
                fields=(
                    *(_WHOM if for_person else ()),
                    Field(
                        name="contact",
                        label="联系人",
                        required=True,
                        max_length=50,
                        known_from=known_from.CONTACT,
                    ),
                    Field(
                        name="phone",
                        label="联系电话",
                        type=FieldType.PHONE,
                        required=True,
                        personal=True,
                        known_from=known_from.CONTACT_PHONE,
                    ),
                    Field(name="wanted", label="申请说明", type=FieldType.LONG_TEXT),
                ),
            ),
        ),
    )


def _applicant(attempt: Attempt) -> str:
    return attempt.applicant.name


# Conditions that tell who applies.
_OF_APPLICANTS = (
    (
        re.compile("^(?:申请人[系为](?:劳动者|查询对象本人)|个人申请)(?:[；，]|$)"),
        Party.Kind.PERSON,
    ),
    (re.compile("^申请人[系为](?:参保)?用人单位(?:[；，]|$)"), Party.Kind.EMPLOYER),
)


def _whose(condition: str) -> tuple[str, str]:
    """Of which kind of party a material is asked, "" of anybody, and what else its condition says."""
    for said, kind in _OF_APPLICANTS:
        if found := said.match(condition):
            return kind.value, condition[found.end() :]
    return "", condition


# Conditions that tell how one applies.
_OF_WAYS = ((re.compile("^线下"), "counter"), (re.compile("^线上[^，；或]*办理"), "online"))


def _where(condition: str) -> tuple[str, str]:
    """In which way of applying alone a material is asked for, "" in any, and what else is said of it
    there."""
    for said, way in _OF_WAYS:
        if said.match(condition):
            rest = re.split("[，；]", condition)[1:]
            return way, "，".join(part for part in rest if not re.match("线[上下]", part))
    return "", ""


def _materials(item: Item) -> tuple[Material, ...]:
    shared_by = "、".join(dict.fromkeys(one.provider for one in item.sharing if one.provider))
    return tuple(_material(material, shared_by) for material in item.materials)


def _material(material: ItemMaterial, shared_by: str) -> Material:
    """A material is required where the standard says so and names no condition: a condition in
    prose is for people to judge. The standard says which are shared, and of an item as a whole by
    whom."""
    of, rest = _whose(material.condition)
    way, said = _where(material.condition)
    condition = f"需要时提供：{rest}" if rest and not way else said
    return Material(
        name=material.key,
        label=material.name,
        # What its condition asks besides, of those of whom it is asked, is for people to judge as well.
        required=bool(material.required) and (bool(way) or not material.condition),
        hint=condition or ("需要时提供" if of else material.source),
        asked_of=of,
        asked_at=way,
        prints=material.prints,
        signed_by=material.signed_by,
        shared_by=(shared_by or "标准未写明共享部门")[:200] if material.shareable else "",
    )
