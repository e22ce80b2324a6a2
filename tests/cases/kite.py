"""An invented item from JSON alone (`kite.json`): a form with a table, a material, two steps."""

from __future__ import annotations

import json
from pathlib import Path

from yonggong.cases.catalogued import kind_of
from yonggong.cases.kinds import register
from yonggong.catalogue.reading import read_item

KITE = register(
    kind_of(read_item(json.loads(Path(__file__).with_name("kite.json").read_text("utf-8")), {}))
)
ANSWERS = {
    "kite": "雨燕",
    "phone": "16012345678",
    "f2_rows": [{"name": "试一", "age": "30"}, {"name": "试二", "age": "9"}],
}
