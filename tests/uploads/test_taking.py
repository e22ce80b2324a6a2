"""What people upload is opened with a real library, and kept only as what it is."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from typing import Any

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pillow_heif import register_heif_opener

from tests.files import JPG, PDF, PNG, pdf, picture, saved
from yonggong.uploads import UploadRefused, opened
from yonggong.uploads import opening as process
from yonggong.uploads.pictures import MOST_PIXELS, made_anew
from yonggong.uploads.types import recognised

ALL = ("pdf", "jpg", "png")


def taken(content: bytes, *allowed: str) -> bytes:
    return opened(content, allowed=allowed or ALL, megabytes=10).content


def refused(content: bytes, *allowed: str) -> str:
    with pytest.raises(UploadRefused) as reason:
        taken(content, *allowed)
    return str(reason.value)


def shown(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


# --- pictures -------------------------------------------------------------------------------


def _exif() -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned a quarter to the right
    exif[0x010F] = "Beispiel"
    exif.get_ifd(0x8825)[2] = (43.0, 53.0, 12.0)  # where the person lives
    return exif


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "HEIF"])
def test_a_photo_is_kept_upright_and_without_where_it_was_taken(kind: str) -> None:
    register_heif_opener()
    brought = picture(kind, (64, 48), exif=_exif())
    assert b"Beispiel" in brought
    kept = taken(brought)
    assert b"Beispiel" not in kept and b"Exif" not in kept and b"eXIf" not in kept
    photo = shown(kept).convert("L")
    if kind == "HEIF":  # whose pixels are turned by a box of their own, whatever is written beside
        assert photo.size == (64, 48)
    else:  # brought on its side, its left half is above
        assert photo.size == (48, 64)
        above, below = photo.getpixel((24, 8)), photo.getpixel((24, 56))
        assert isinstance(above, int) and isinstance(below, int)
        assert above > 200 > 60 > below
    assert shown(kept).format == ("PNG" if kind == "PNG" else "JPEG")


def test_a_heic_photo_becomes_a_jpg() -> None:
    register_heif_opener()
    file = opened(picture("HEIF", (64, 48)), allowed=("jpg",), megabytes=10)
    assert file.file_type.content_type == "image/jpeg"
    assert recognised(file.content) is file.file_type


def test_a_live_photo_with_its_film_behind_it_is_taken_without_the_film() -> None:
    film = b"\0\0\0\x18ftypmp42" + b"film" * 5000
    assert b"film" not in taken(JPG + film)


def test_a_photo_of_several_pictures_is_kept_as_its_first() -> None:
    several = io.BytesIO()
    first = Image.new("RGB", (32, 32), "white")
    first.save(several, "MPO", save_all=True, append_images=[Image.new("RGB", (16, 16))])
    assert shown(taken(several.getvalue())).size == (32, 32)


def _vast_png(width: int, height: int) -> bytes:
    def chunk(name: bytes, body: bytes) -> bytes:
        check = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * ((width // 8 + 1) * 64), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def test_a_picture_of_vast_size_is_refused_by_its_size() -> None:
    assert "60000×60000 像素" in refused(_vast_png(60_000, 60_000))
    assert MOST_PIXELS < 60_000**2


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_every_way_a_scanner_writes_a_png_is_kept_as_it_looks(mode: str) -> None:
    made = Image.new("L", (20, 20), 255)
    made.paste(0, (10, 0, 20, 20))
    if mode == "I;16":
        made = Image.frombytes("I;16", (20, 20), (b"\xff\xff" * 10 + b"\0\0" * 10) * 20)
    else:
        made = made.convert(mode)
    out = io.BytesIO()
    made.save(out, "PNG")
    kept = shown(taken(out.getvalue())).convert("L")
    assert [kept.getpixel(at) for at in ((2, 10), (17, 10))] == [255, 0]


def test_what_is_seen_through_stays_so() -> None:
    out = io.BytesIO()
    made = Image.new("P", (4, 4), 0)
    made.putpalette([255, 255, 255, 0, 0, 0])
    made.save(out, "PNG", transparency=0)
    assert shown(taken(out.getvalue())).convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 0)


def test_a_print_in_four_colours_is_kept_as_a_browser_shows_it() -> None:
    out = io.BytesIO()
    Image.new("CMYK", (8, 8), (0, 0, 0, 0)).save(out, "JPEG")
    kept = shown(taken(out.getvalue()))
    assert (kept.mode, kept.getpixel((1, 1))) == ("RGB", (255, 255, 255))


def test_a_picture_is_made_anew_twice_alike() -> None:
    once = made_anew(PNG)
    assert made_anew(once) == once


# --- PDFs -----------------------------------------------------------------------------------


def test_a_plain_pdf_is_kept_as_it_came() -> None:
    assert taken(PDF) == PDF


@pytest.mark.parametrize("before", [b"\r\n\r\n", b"\xef\xbb\xbf", b"\x1b%-12345X@PJL\r\n"])
def test_lines_before_a_pdf_and_padding_behind_it_are_taken(before: bytes) -> None:
    content = before + PDF + b"\0" * 5000
    assert taken(content) == content


def test_a_pdf_that_only_says_what_must_not_be_done_with_it_is_taken() -> None:
    made = pikepdf.open(io.BytesIO(PDF))
    free = saved(made, encryption=pikepdf.Encryption(owner="druck", user=""))
    assert taken(free) == free


def test_a_pdf_that_needs_a_password_is_refused() -> None:
    made = pikepdf.open(io.BytesIO(PDF))
    locked = saved(made, encryption=pikepdf.Encryption(owner="druck", user="geheim"))
    assert "需要密码" in refused(locked)


def _action(kind: str, **more: Any) -> pikepdf.Dictionary:
    return pikepdf.Dictionary(S=pikepdf.Name(kind), **more)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    "kind", ["/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"]
)
def test_an_action_beyond_showing_pages_is_refused_wherever_it_stands(
    kind: str, packed: bool
) -> None:
    made = pikepdf.open(io.BytesIO(PDF))
    note = pikepdf.Dictionary(
        Type=pikepdf.Name("/Annot"), Subtype=pikepdf.Name("/Link"), Rect=[0, 0, 9, 9],
        A=_action(kind),
    )  # fmt: skip
    made.pages[0].obj["/Annots"] = pikepdf.Array([made.make_indirect(note)])
    way = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    assert "自动执行" in refused(saved(made, object_stream_mode=way))


def test_an_opening_action_is_refused_and_a_page_to_begin_at_is_not() -> None:
    assert "打开时" in refused(pdf(OpenAction=_action("/Named", N=pikepdf.Name("/Print"))))
    begins = pdf(OpenAction=pikepdf.Array([0, pikepdf.Name("/Fit")]))
    assert taken(begins) == begins


def test_actions_of_a_page_that_is_opened_are_refused() -> None:
    made = pikepdf.open(io.BytesIO(PDF))
    made.pages[0].obj["/AA"] = pikepdf.Dictionary(O=_action("/URI"))
    assert "自动执行" in refused(saved(made))


def test_a_dynamic_form_is_refused() -> None:
    assert "XFA" in refused(pdf(AcroForm=pikepdf.Dictionary(XFA=pikepdf.Array([]), Fields=[])))


def test_files_within_a_pdf_are_refused() -> None:
    made = pikepdf.open(io.BytesIO(PDF))
    made.attachments["工资表.exe"] = b"MZ"
    assert "夹带" in refused(saved(made))


def test_a_name_spelt_by_numbers_is_read_as_what_it_is() -> None:
    made = PDF.replace(
        b"/Type /Catalog", b"/OpenAction << /S /J#61vaScript /J#53 (1) >> /Type /Catalog"
    )
    assert made != PDF
    assert "自动执行" in refused(made)


def test_a_pdf_cut_off_and_one_without_pages_are_refused() -> None:
    assert "不完整" in refused(PDF[: len(PDF) // 2])
    assert "没有页面" in refused(saved(pikepdf.new()))


# --- anything -------------------------------------------------------------------------------


def test_the_file_every_scanner_knows_is_refused_in_whatever_it_stands() -> None:
    known = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
    for content in (known, PDF + known, PNG + known):
        with pytest.raises(UploadRefused):
            taken(content)
    assert "病毒" in refused(PDF + known)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"MZ\x90\x00" + b"\0" * 100, "不要只改文件扩展名"),
        (b"<html><script>alert(1)</script></html>", "文件内容不是"),
        (JPG[:-200], "不完整"),
        (PNG[:-30], "不完整"),
        (b"\xff\xd8\xff" + b"\0" * 500, "不完整"),
        (b"\0" * (11 * 1024 * 1024), "超过 10 MB"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_the_reason(content: bytes, said: str) -> None:
    assert said in refused(content)


def test_only_what_is_asked_for_is_taken() -> None:
    assert "文件内容不是 PDF。" in refused(PNG, "pdf")
    assert "JPG、PNG" in refused(PDF, "jpg", "png")


@given(st.binary(max_size=400), st.sampled_from([PNG, JPG, PDF]), st.integers(0, 2000))
def test_whatever_is_spoilt_is_refused_in_words_or_opened(
    noise: bytes, whole: bytes, at: int
) -> None:
    """In the process's own code, which may say no but never fails."""
    spoilt = whole[:at] + noise + whole[at + len(noise) :]
    try:
        process.opened_here(spoilt)
    except UploadRefused as reason:
        assert str(reason).endswith("。")


def test_a_file_that_costs_too_much_ends_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process is ended by its limits; whoever asked is told in words."""
    page = pikepdf.open(io.BytesIO(PDF))
    for _ in range(3):
        page.pages.append(page.pages[0])
    monkeypatch.setattr("yonggong.uploads.taking._MOST_SECONDS", 0.01)
    assert "限定的时间" in refused(saved(page))


def test_the_process_imports_nothing_before_it_knows_the_file() -> None:
    """A file waits for what its process imports: no Django, and no library for other files."""
    asked = "import sys, yonggong.uploads.opening; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True)
    assert not {"django", "pikepdf", "PIL"} & set(done.stdout.split())
