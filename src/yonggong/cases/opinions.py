"""常用意见: what reviewers write most, kept by each for themselves."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from yonggong.accounts.models import User
from yonggong.accounts.roles import Power
from yonggong.cases.errors import Forbidden, refused
from yonggong.cases.models import OpinionTemplate
from yonggong.cases.notes import WHOLE_NUMBER
from yonggong.forms.reading import read_line, read_remark

MOST, LONGEST_WORD, LONGEST_TEXT = 20, 12, 300

# Offered until a reviewer keeps some of their own.
BUILT_IN = (
    ("材料不清晰", "材料不清晰，请重新拍摄或扫描后上传。"),
    ("日期不一致", "合同起止日期与所附合同文本不一致，请核对。"),
    ("证件不一致", "证件信息与上传材料不一致，请核对。"),
    ("内容不完整", "工资、工时等内容填写不完整，请补充。"),
)


def kept_by(user: User) -> QuerySet[OpinionTemplate]:
    """A reviewer's own, in their order."""
    return OpinionTemplate.objects.filter(user=user)


def offered(user: User) -> list[tuple[str, str]]:
    """What stands beside the opinion: words and texts, the reviewer's own or else the built-in."""
    return list(kept_by(user).values_list("word", "text")) or list(BUILT_IN)


@transaction.atomic
def keep(*, word: str, text: str, key: int | None = None, by: User) -> OpinionTemplate:
    """Keep one: a new one at the end, or another wording of one's own called `key`.

    Raises `Refused` for what cannot be kept, `Forbidden` for whom nothing is reviewed,
    `OpinionTemplate.DoesNotExist` for another's.
    """
    if not by.may(Power.REVIEW):
        raise Forbidden("只有审核员有常用意见。")
    word, text = read_line(word), read_remark(text)
    if not word or not text:
        raise refused("text", "required", "名称和意见内容都要填写", "请补充")
    if len(word) > LONGEST_WORD or len(text) > LONGEST_TEXT:
        said = f"名称不超过 {LONGEST_WORD} 个字，意见内容不超过 {LONGEST_TEXT} 个字"
        raise refused("text", "too_long", said, "请精简")
    if WHOLE_NUMBER.search(f"{word} {text}"):
        said = "常用意见中有完整的证件号码或者手机号码"
        raise refused("text", "personal", said, "常用意见用于所有办件，不要写个人信息")
    mine = kept_by(User.objects.select_for_update().get(pk=by.pk))
    if key is not None:
        found = mine.get(pk=key)
    elif mine.count() >= MOST:
        raise refused("word", "too_many", f"最多保存 {MOST} 条", "请先删除不用的")
    else:
        last = mine.aggregate(last=Max("place"))["last"] or 0
        found = OpinionTemplate(user=by, place=last + 1)
    found.word, found.text = word, text
    try:
        with transaction.atomic():
            found.save()
    except IntegrityError:
        raise refused("word", "repeated", f"已有名称为“{word}”的常用意见", "请换一个名称") from None
    return found


@transaction.atomic
def raise_(*, key: int, by: User) -> None:
    """Put one of one's own before the one above it. Raises `OpinionTemplate.DoesNotExist`."""
    mine = list(kept_by(by).select_for_update())
    at = next((place for place, one in enumerate(mine) if one.pk == key), None)
    if at is None:
        raise OpinionTemplate.DoesNotExist
    if at:
        mine[at - 1], mine[at] = mine[at], mine[at - 1]
    for place, one in enumerate(mine, 1):
        one.place = place
    OpinionTemplate.objects.bulk_update(mine, ["place"])


def forget(*, key: int, by: User) -> None:
    """Delete one of one's own. Raises `OpinionTemplate.DoesNotExist`."""
    kept_by(by).get(pk=key).delete()
