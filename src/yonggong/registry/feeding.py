"""Registrations taken in (NMG-4): new ones added, changed ones with what they said before, the others
seen again. The rows of a workbook today; what a connector brings tomorrow takes the same way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.codes.regions import span
from yonggong.forms import Field, FieldType, Form, Option, Problem, Section, When
from yonggong.registry.actions import document_digest
from yonggong.registry.registrations import Registration, RegistrationChange, RegistrationFeed
from yonggong.vault.sealing import seal_many

_CHUNK = 2000


def _choices(choices: Sequence[tuple[str, str]]) -> tuple[Option, ...]:
    return tuple(Option(code=code, label=label) for code, label in choices)


FEED_FORM = Form(
    name="registration-feed",
    title="登记信息",
    sections=(
        Section(
            name="registration",
            title="登记信息",
            fields=(
                Field(
                    name="credit_code",
                    label="统一社会信用代码",
                    type=FieldType.CREDIT_CODE,
                    required=True,
                    aliases=("社会信用代码", "统一代码", "信用代码"),
                ),
                Field(
                    name="name",
                    label="单位名称",
                    type=FieldType.EMPLOYER_NAME,
                    required=True,
                    max_length=120,
                    aliases=("企业名称", "主体名称", "市场主体名称", "机构名称", "名称"),
                ),
                Field(
                    name="register",
                    label="登记部门",
                    type=FieldType.CHOICE,
                    choices=_choices(Registration.Register.choices),
                    required=True,
                    hint="市场监管、民政、编办",
                ),
                Field(
                    name="legal_representative",
                    label="法定代表人",
                    type=FieldType.PERSON_NAME,
                    max_length=50,
                    aliases=("法定代表人（负责人）", "负责人", "法人姓名", "经营者"),
                ),
                Field(
                    name="representative_document_type",
                    label="法定代表人证件类型",
                    type=FieldType.CHOICE,
                    table="document_type",
                    default="01",
                    hint="不填为居民身份证",
                ),
                Field(
                    name="representative_document",
                    label="法定代表人证件号码",
                    type=FieldType.DOCUMENT_NUMBER,
                    document_type="representative_document_type",
                    personal=True,
                    aliases=("法定代表人身份证号", "法定代表人身份证号码"),
                ),
                Field(
                    name="address",
                    label="住所",
                    type=FieldType.ADDRESS,
                    max_length=200,
                    aliases=("住所（经营场所）", "经营场所", "注册地址", "登记住所", "地址"),
                ),
                Field(
                    name="economic_type",
                    label="经济类型",
                    type=FieldType.CHOICE,
                    table="economic_type",
                    aliases=("单位经济类型", "登记注册类型"),
                ),
                Field(
                    name="region_code",
                    label="登记地行政区划",
                    type=FieldType.REGION,
                    table="region",
                    required=True,
                    depth=3,
                    aliases=("行政区划", "行政区划代码"),
                ),
                Field(
                    name="registered_on",
                    label="成立日期",
                    type=FieldType.DATE,
                    required=True,
                    aliases=("注册日期", "登记日期", "批准成立日期"),
                ),
                Field(
                    name="state",
                    label="登记状态",
                    type=FieldType.CHOICE,
                    choices=_choices(Registration.State.choices),
                    required=True,
                    hint="存续、吊销、注销",
                    aliases=("经营状态", "企业状态"),
                ),
                Field(
                    name="state_on",
                    label="吊销、注销日期",
                    type=FieldType.DATE,
                    required=When("state", one_of=("revoked", "cancelled")),
                    show_when=When("state", one_of=("revoked", "cancelled")),
                    aliases=("吊销日期", "注销日期", "吊销（注销）日期"),
                ),
                Field(
                    name="changed_on",
                    label="变更核准日期",
                    type=FieldType.DATE,
                    hint="最近一次变更登记的日期",
                    aliases=("核准日期", "变更日期"),
                ),
                Field(
                    name="contact_mobile",
                    label="联系人手机号",
                    type=FieldType.MOBILE,
                    personal=True,
                    aliases=("联系电话", "企业联系人手机号"),
                ),
                Field(
                    name="operator",
                    label="登记联络员",
                    type=FieldType.PERSON_NAME,
                    max_length=50,
                    hint="单位在登记部门登记的联络员（经办人）",
                    aliases=("联络员", "联络员姓名", "登记联络员姓名", "经办人", "经办人姓名"),
                ),
                Field(
                    name="operator_document_type",
                    label="登记联络员证件类型",
                    type=FieldType.CHOICE,
                    table="document_type",
                    default="01",
                    hint="不填为居民身份证",
                ),
                Field(
                    name="operator_document",
                    label="登记联络员证件号码",
                    type=FieldType.DOCUMENT_NUMBER,
                    document_type="operator_document_type",
                    personal=True,
                    aliases=(
                        "联络员证件号码",
                        "联络员身份证号码",
                        "经办人证件号码",
                        "经办人身份证号码",
                    ),
                ),
                Field(
                    name="operator_mobile",
                    label="登记联络员手机号",
                    type=FieldType.MOBILE,
                    personal=True,
                    aliases=("联络员手机号", "联络员移动电话", "经办人手机号"),
                ),
            ),
        ),
    ),
)

# What is registered, column by column; compared to tell whether anything has changed.
_PLAIN = (
    "name",
    "register",
    "legal_representative",
    "address",
    "economic_type",
    "region_code",
    "registered_on",
    "state",
    "state_on",
    "changed_on",
    "operator",
)
_OPTIONAL_TEXTS = ("legal_representative", "address", "economic_type", "operator")
# Who may prove to act for the unit, each known by a document.
_KNOWN = ("representative", "operator")


@dataclass(slots=True)
class Taken:
    """What became of the rows: how many were added, changed, seen again; codes of the first two;
    what is wrong with a row, by its number."""

    added: int = 0
    changed: int = 0
    same: int = 0
    codes: list[str] = field(default_factory=list)
    problems: dict[int, tuple[Problem, ...]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many rows there were."""
        return self.added + self.changed + self.same + len(self.problems)


@transaction.atomic
def take(
    *,
    columns: Mapping[str, Sequence[object]],
    numbers: Sequence[int],
    source: str,
    by: User,
    now: datetime,
    address: str | None,
) -> Taken:
    """Take in rows given as raw columns by the fields of `FEED_FORM`; `numbers` the rows' own. What
    is wrong with a row keeps it out, and no other."""
    cleaned = FEED_FORM.clean_columns(columns, len(numbers))
    taken = Taken()
    reached = [span(code) for code in by.scope.regions(Power.TAKE_REGISTRATIONS)]
    first: dict[str, int] = {}
    good = []
    for row, number in enumerate(numbers):
        values = cleaned.row(row)
        problems = [*cleaned.problems.get(row, ()), *_refused(values, number, first, reached, now)]
        if problems:
            taken.problems[number] = tuple(problems)
        else:
            good.append((number, values))
    # Two who take the same codes meet in one order.
    good.sort(key=lambda row: str(row[1]["credit_code"]))
    for start in range(0, len(good), _CHUNK):
        _take_chunk(good[start : start + _CHUNK], taken, reached, source=source, by=by, now=now)
    RegistrationFeed.objects.create(
        at=now,
        by=by,
        address=address,
        source=source,
        added=taken.added,
        changed=taken.changed,
        same=taken.same,
        refused=len(taken.problems),
    )
    return taken


_Reached = Sequence[tuple[str, str]]


def _inside(region: str, reached: _Reached) -> bool:
    return any(low <= region < high for low, high in reached)


def _refused(
    values: Mapping[str, Any],
    number: int,
    first: dict[str, int],
    reached: _Reached,
    now: datetime,
) -> Iterator[Problem]:
    region, code = values.get("region_code"), values.get("credit_code")
    if region and not _inside(region, reached):
        yield FEED_FORM.problem(
            "region_code", "elsewhere", "登记地不在您的辖区", "请删除该行，由登记地人社部门载入"
        )
    if code and first.setdefault(code, number) != number:
        yield FEED_FORM.problem(
            "credit_code", "repeated", f"与第 {first[code]} 行是同一单位", "请删除多余的行"
        )
    today = now.astimezone().date()
    for name in ("registered_on", "state_on", "changed_on"):
        if isinstance(day := values.get(name), date) and day > today:
            label = FEED_FORM.fields_by_name[name].label
            yield FEED_FORM.problem(name, "in_future", f"{label}晚于今天", "请按登记信息填写")


def _take_chunk(
    rows: Sequence[tuple[int, Mapping[str, Any]]],
    taken: Taken,
    reached: _Reached,
    *,
    source: str,
    by: User,
    now: datetime,
) -> None:
    codes = [values["credit_code"] for _, values in rows]
    known = {
        found.credit_code: found
        for found in Registration.objects.select_for_update()
        .filter(credit_code__in=codes)
        .order_by("credit_code")
    }
    written, changes, same = [], [], []
    for number, values in rows:
        code = values["credit_code"]
        held = known.get(code)
        if held is None:
            written.append(_registration(values, source, now, now))
            taken.added += 1
        elif not _inside(held.region_code, reached):
            taken.problems[number] = (
                FEED_FORM.problem(
                    "credit_code",
                    "of_another_region",
                    "该单位的登记信息由其他辖区载入",
                    "单位迁移登记地的，请由上级人社部门载入",
                ),
            )
        elif before := _differing(held, values):
            change = RegistrationChange(registration=held, by=by, at=now, source=held.source)
            change.keep(before)
            changes.append(change)
            written.append(_registration(values, source, now, held.first_seen_at))
            taken.changed += 1
        else:
            same.append(held.pk)
            taken.same += 1
    taken.codes += [row.credit_code for row in written]
    _seal(written, dict(zip(codes, (values for _, values in rows), strict=True)))
    Registration.objects.bulk_create(
        written,
        update_conflicts=True,
        unique_fields=["credit_code"],
        update_fields=_COLUMNS,
    )
    RegistrationChange.objects.bulk_create(changes)
    Registration.objects.filter(pk__in=same).update(seen_at=now)


_COLUMNS = [
    *_PLAIN,
    *(f"{who}_digest" for who in _KNOWN),
    *(f"{name}_sealed" for name in Registration.SEALED),
    "seen_at",
    "source",
]


def _registration(
    values: Mapping[str, Any], source: str, now: datetime, first_seen_at: datetime
) -> Registration:
    return Registration(
        credit_code=values["credit_code"],
        **{name: _stored(name, values) for name in _PLAIN},
        **{f"{who}_digest": _digest(who, values) for who in _KNOWN},
        first_seen_at=first_seen_at,
        seen_at=now,
        source=source,
    )


def _stored(name: str, values: Mapping[str, Any]) -> Any:
    return values[name] or "" if name in _OPTIONAL_TEXTS else values[name]


def _digest(who: str, values: Mapping[str, Any]) -> bytes:
    number = values[f"{who}_document"]
    kind = values[f"{who}_document_type"] or "01"
    return document_digest(kind, number) if number else b""


def _seal(rows: Sequence[Registration], values: Mapping[str, Mapping[str, Any]]) -> None:
    for name in Registration.SEALED:
        sealed = seal_many(
            [values[row.credit_code][name] or "" for row in rows],
            [Registration.owner_of(row.credit_code, name) for row in rows],
        )
        for row, token in zip(rows, sealed, strict=True):
            setattr(row, f"{name}_sealed", token)


def _differing(held: Registration, values: Mapping[str, Any]) -> dict[str, Any]:
    """What a registration said where it now says something else, as JSON can hold it."""
    before = {}
    for name in (*_PLAIN, *Registration.SEALED):
        if name in Registration.SEALED:
            was, said = held.opened(name), values[name] or ""
        else:
            was, said = getattr(held, name), _stored(name, values)
        if was != said:
            before[name] = was.isoformat() if isinstance(was, date) else was
    return before
