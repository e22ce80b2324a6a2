"""What the guide tells whoever cannot apply online."""

from __future__ import annotations

import pytest

from yonggong.catalogue import book
from yonggong.services.choosing import instead


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("enterprise-social-insurance-registration", "到窗口办理："),
        ("career-guidance", "到窗口办理："),  # its channels are left open
        ("hr-social-security-12333-hotline", "不在网上受理，办理渠道：电话。"),
        ("personnel-file-arrangement-and-custody", "标准未写明服务对象，不受理申请。"),
    ],
)
def test_what_is_not_handled_online_says_what_to_do_instead(key: str, said: str) -> None:
    assert instead(book().get(key)).startswith(said)
