"""Items found by what is typed: everyday words, titles, pinyin, initials.

The floor looks for each term in the same titles and words as they are, and ranks nothing.
"""

from __future__ import annotations

from bench.results import Result, interleaved, milliseconds
from yonggong.catalogue import book
from yonggong.services.searching import Index, clean

_TYPED = (
    "丢了社保卡", "怎么领失业金", "拖欠工资", "工伤认定", "养老", "gongshangrending", "gsrd", "syjdj",
    "身份证复印件", "养老金 居民 恢复", "量子纠缠", "zzzzqq",
)  # fmt: skip


def run() -> list[Result]:
    """The median of a search, the slowest of them, and what making the index takes."""
    items = [item for item in book() if item.page is not None]
    index = Index(items)
    names = [clean(words) for item in items for words in (item.title, *item.words)]

    def one(typed: str) -> tuple[float, float]:
        term = clean(typed)
        return interleaved(
            lambda: index.search(typed),
            lambda: [name for name in names if term in name],
            rounds=200,
        )

    pairs = sorted(one(typed) for typed in _TYPED)
    middle, worst = pairs[len(pairs) // 2], pairs[-1]
    made = min(milliseconds(lambda: Index(items)) for _ in range(5))
    return [
        Result("searching: an item, median of 12 terms", "ms", *middle, "< 1 ms"),
        Result("searching: an item, worst", "ms", *worst, "< 50 ms"),
        Result("searching: the index made", "ms", made, made, "once for each set of versions"),
    ]
