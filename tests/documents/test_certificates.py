"""解除（终止）劳动合同证明书 (劳动合同法第五十条, 实施条例第二十四条)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.documents.papers import PROOF, certificate, id_number, page_texts, reader
from yonggong.documents.rendering import EndingCertificate, render_certificates
from yonggong.documents.rendering.wording import written_months

ZM = "ZM22010420250102000123"


def render(*certificates: EndingCertificate, number: str | None = ZM) -> bytes:
    return render_certificates(certificates, number=number, made_on=date(2025, 7, 1))


def test_it_states_what_article_24_wants() -> None:
    text = page_texts(render(certificate()))[0]
    for part in (
        "固定期限，自2023年1月1日起至2025年12月31日止",  # the contract's term
        "2025年6月30日",  # the date of ending
        "操作工",  # the post
        "2年6个月",  # the years in the unit
    ):
        assert text.count(part) >= 2, f"{part} must stand on certificate and stub"


def test_it_names_the_person_the_law_and_the_ground() -> None:
    text = page_texts(render(certificate()))[0]
    for part in (
        f"巴特尔·苏和（男，居民身份证号码：{id_number(7)}）",
        "《中华人民共和国劳动合同法》第五十条",
        "《中华人民共和国劳动合同法实施条例》第二十四条",
        "解除原因劳动者提前三十日书面通知解除",
        "解除依据《中华人民共和国劳动合同法》第三十七条",
        "特此证明",
    ):
        assert part in text


def test_it_has_a_stub_a_cut_and_places_to_seal_and_sign() -> None:
    text = page_texts(render(certificate()))[0]
    for part in (
        "解除（终止）劳动合同证明书（存根）",
        "骑缝盖章",
        "劳动者签收",
        "用人单位（盖章）",
        "法定代表人或委托代理人（签字）",
    ):
        assert part in text


def test_each_person_has_one_portrait_page_and_a_number_of_their_own() -> None:
    pdf = render(certificate(name="张三"), certificate(name="李四"), certificate(name="王五"))
    assert [round(page.mediabox.width) for page in reader(pdf).pages] == [595] * 3
    for place, (name, text) in enumerate(
        zip(["张三", "李四", "王五"], page_texts(pdf), strict=True)
    ):
        assert name in text
        assert text.count(f"编号：{ZM}-{place + 1:04d}") == 3  # stub, cut, certificate


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"term_type": "无固定期限", "end_on": None}, "无固定期限，自2023年1月1日起"),
        ({"ending": "终止"}, "终止劳动合同的日期"),
        ({"article": ""}, "解除原因劳动者提前三十日书面通知解除"),
        ({"reason": ""}, "解除依据《中华人民共和国劳动合同法》第三十七条"),
        ({"service_months": 0}, "不满1个月"),
    ],
)
def test_it_words_each_case(changes: dict[str, Any], expected: str) -> None:
    assert expected in page_texts(render(certificate(**changes)))[0]


def test_the_ground_is_left_out_where_none_is_given() -> None:
    text = page_texts(render(certificate(reason="", article="")))[0]
    assert "解除原因" not in text and "解除依据" not in text


@pytest.mark.parametrize("length", [1, 20, 40, 60, 90, 150, 250])
def test_long_texts_never_need_a_second_page(length: int) -> None:
    pdf = render(
        certificate(employer="某" * min(length, 120), job="岗" * min(length, 60)),
        certificate(name="名" * min(length, 50), reason="因" * length, proof=PROOF),
        certificate(
            name="名𠮷" * 20, employer="某" * 120, job="岗" * 60, reason="因" * length, proof=PROOF
        ),
    )
    assert len(reader(pdf).pages) == 3


def test_texts_that_count_as_roomy_fit_on_a_page_together() -> None:
    roomy = {
        "employer": "某" * 40,
        "name": "名" * 13 + "𠮷",
        "job": "岗" * 30,
        "reason": "因" * 30,
        "article": "条" * 30,
        "document_type": "港澳居民居住证",
        "term_type": "以完成一定工作任务为期限",
        "proof": PROOF,
    }
    assert len(reader(render(certificate(**roomy))).pages) == 1


def test_a_preview_has_no_number() -> None:
    text = page_texts(render(certificate(), number=None))[0]
    assert "预览" in text and "编号：（保存后生成）" in text
    assert ZM not in text


def test_a_proof_is_shown_with_its_code() -> None:
    text = page_texts(render(certificate(proof=PROOF)))[0]
    assert f"验证码：{PROOF.code}" in text
    assert PROOF.where in text


def test_markup_in_values_is_printed_as_it_is() -> None:
    text = page_texts(render(certificate(name="#panic()", job="*x* $y$", reason="_z_ [a]")))[0]
    for part in ("#panic()", "*x*$y$", "_z_[a]"):
        assert part in text


def test_a_rare_character_is_drawn_and_one_without_type_is_its_code_point() -> None:
    text = page_texts(render(certificate(name="𠮷\U0002b73f某")))[0]
    assert "𠮷〔U+2B73F〕某" in text
    assert "字库未收录的字" in text


def test_the_same_values_give_the_same_bytes() -> None:
    assert render(certificate(proof=PROOF)) == render(certificate(proof=PROOF))


def test_nobody_is_no_paper() -> None:
    with pytest.raises(ValueError, match="no certificate"):
        render()


def test_months_of_service_read_as_years_and_months() -> None:
    spans = {0: "不满1个月", 1: "1个月", 12: "1年", 30: "2年6个月", 155: "12年11个月"}
    assert {months: written_months(months) for months in spans} == spans
    with pytest.raises(ValueError):
        written_months(-1)
