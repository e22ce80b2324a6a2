"""解除（终止）劳动合同证明书: one page a person, with the employer's stub above the cut.

劳动合同法第五十条: the employer issues it when a contract ends, and moves file and social insurance
within fifteen days. 实施条例第二十四条: it states the contract's term, the date of ending, the post
and the years of service in the unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from yonggong.documents.rendering.engine import compile_paper
from yonggong.documents.rendering.fonts import Ink
from yonggong.documents.rendering.papers import EndingCertificate
from yonggong.documents.rendering.wording import proof_values, written_date, written_months

TITLE = "解除（终止）劳动合同证明书"

# Characters up to which texts surely fit on the page together at full size. A longer one has its
# page measured and, if need be, set smaller; measuring takes three times as long as drawing.
_ROOMY = {"employer": 40, "name": 14, "job": 30, "reason": 30, "article": 30}


def render_certificates(
    certificates: Sequence[EndingCertificate], *, number: str | None, made_on: date
) -> bytes:
    """Give the certificates as one PDF/A on A4, one page each, in the order given.

    number: of the whole paper; each certificate bears it with its place (…-0001). None: a preview.
    Raises `ValueError` when there is nothing to certify, `fonts.MissingFont` without the type.
    """
    if not certificates:
        raise ValueError("no certificate to print")
    values = {
        "title": TITLE,
        "preview": number is None,
        "made_on": written_date(made_on),
        "certificates": [
            _certificate_values(certificate, f"{number}-{place:04d}" if number else "")
            for place, certificate in enumerate(certificates, start=1)
        ],
    }
    return compile_paper("certificate.typ", values, made_on)


def _certificate_values(certificate: EndingCertificate, number: str) -> dict[str, object]:
    ink = Ink()
    person = (
        f"{certificate.name}（{certificate.sex}，"
        f"{certificate.document_type}号码：{certificate.document_number}）"
    )
    texts = {
        "employer": ink(certificate.employer),
        "name": ink(certificate.name),
        "job": ink(certificate.job),
        "reason": ink(certificate.reason),
        "article": ink(certificate.article),
    }
    return {
        **texts,
        "number": ink(number),
        "long": any(len(text) > _ROOMY[part] for part, text in texts.items()),
        "credit_code": ink(certificate.credit_code),
        "sex": ink(certificate.sex),
        "document_type": ink(certificate.document_type),
        "document_number": ink(certificate.document_number),
        "statement": ink(
            f"{person}与本单位的劳动合同已于{written_date(certificate.ended_on)}"
            f"{certificate.ending}。根据《中华人民共和国劳动合同法》第五十条、《中华人民共和国"
            "劳动合同法实施条例》第二十四条的规定，证明如下："
        ),
        "ending": certificate.ending,
        "ended_on": written_date(certificate.ended_on),
        "term": ink(_written_term(certificate)),
        "service": written_months(certificate.service_months),
        "proof": proof_values(certificate.proof, ink),
        "notes": ink.notes(),
    }


def _written_term(certificate: EndingCertificate) -> str:
    until = f"至{written_date(certificate.end_on)}止" if certificate.end_on else ""
    return f"{certificate.term_type}，自{written_date(certificate.start_on)}起{until}"
