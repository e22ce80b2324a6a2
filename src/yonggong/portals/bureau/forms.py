"""The form by which a clerk enters an employer that nobody has registered."""

from __future__ import annotations

from yonggong.forms import Form
from yonggong.portals.newcomer import EMPLOYER

NEWCOMER = Form(name="newcomer", title="登记单位", sections=(EMPLOYER,))
