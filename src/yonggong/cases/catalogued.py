"""A kind of case from the catalogue alone: form, procedure, materials, limits, no code of its own.

What the standard describes is enough to apply, to handle and to end; a kind that does more when it
is approved (writes a fact, issues its own paper) has a package of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from yonggong.cases.attempts import Attempt
from yonggong.cases.item_forms import applicant_form, office_form
from yonggong.cases.kinds import CaseKind
from yonggong.cases.parts import Effects
from yonggong.cases.procedure import JUDGING, Procedure, period_of, procedure_of
from yonggong.catalogue.items import Item
from yonggong.catalogue.items import Material as ItemMaterial
from yonggong.forms import Field, FieldType, Form, Section
from yonggong.policy import Material

if TYPE_CHECKING:
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
        procedure=_procedure(item),
        materials=tuple(map(_material, item.materials)),
        audience=item.audience,
        department=item.departments[0] if item.departments else "",
        line=item.line,
        coded=False,
        item=item,
        version=version,
        taken=taken,
        effects=Effects(
            applied=lambda case, by, now: _ended(case),
            # Its result paper stays as it was issued, and is told to be void by its case.
            revoked=lambda case, by, now: None,
            refused=_ended,
        ),
    )


_followers: list[Callable[[Case], object]] = []


def when_ended(follow: Callable[[Case], object]) -> None:
    """Have a room above do what follows the end of a case of an item without code, approved or
    refused: called inside the deciding transaction, once its decision is written."""
    if follow not in _followers:
        _followers.append(follow)


def _ended(case: Case) -> None:
    for follow in _followers:
        follow(case)


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
        asked_besides=tuple(map(_material, item.materials)),
        procedure=procedure,
        promised=None if procedure else promised,
        by_law=None if procedure else by_law,
        item=item,
        version=version,
    )


def _plain_form(item: Item) -> Form:
    """What is asked where the standard prints no form: whom to reach, and what is wanted."""
    return Form(
        name=item.key,
        title=item.title,
        sections=(
            Section(
                name="application",
                title="申请信息",
                fields=(
                    Field(name="contact", label="联系人", required=True, max_length=50),
                    Field(
                        name="phone",
                        label="联系电话",
                        type=FieldType.PHONE,
                        required=True,
                        personal=True,
                    ),
                    Field(name="wanted", label="申请说明", type=FieldType.LONG_TEXT),
                ),
            ),
        ),
    )


def _procedure(item: Item) -> Procedure:
    """The item's steps; what the office fills in belongs to the first that judges the case, since
    the standard names no stage for it, else to the last."""
    asked = office_form(item)
    steps = procedure_of(item)
    if asked is None:
        return steps
    judging = [step for step in steps.steps if step.kind in JUDGING]
    where = judging[0] if judging else steps.steps[-1]
    return procedure_of(item, {where.key: asked})


def _applicant(attempt: Attempt) -> str:
    return attempt.applicant.name


def _material(material: ItemMaterial) -> Material:
    """A material is required where the standard says so and names no condition: a condition in
    prose is for people to judge."""
    condition = f"需要时提供：{material.condition}" if material.condition else ""
    return Material(
        name=material.key,
        label=material.name,
        required=bool(material.required) and not condition,
        hint=condition or material.source,
    )
