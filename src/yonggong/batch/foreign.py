"""Files that are no workbook of ours, whatever their name says: each is told what it is and what
to do with it."""

from __future__ import annotations

from yonggong.batch.cells import FileRefused

_SAVE_AS = "请用 Excel 或 WPS 表格打开，“另存为”选择“Excel 工作簿（.xlsx）”，再上传新文件。"
_TAKEN = "请上传 .xlsx、.xls 或 .csv 文件。"

_BEGINNINGS = (
    (b"%PDF", f"这是PDF 文件，不是工作簿。{_TAKEN}"),
    (b"\x89PNG", f"这是图片，不是工作簿。{_TAKEN}"),
    (b"\xff\xd8\xff", f"这是图片，不是工作簿。{_TAKEN}"),
    (b"GIF8", f"这是图片，不是工作簿。{_TAKEN}"),
    (b"Rar!", f"这是压缩包，不是工作簿。请解压后上传里面的表格。{_TAKEN}"),
    (b"7z\xbc\xaf", f"这是压缩包，不是工作簿。请解压后上传里面的表格。{_TAKEN}"),
    (b"\x1f\x8b", f"这是压缩包，不是工作簿。请解压后上传里面的表格。{_TAKEN}"),
    (b"{\\rtf", f"这是 RTF 文档，不是工作簿。{_TAKEN}"),
    # Sheets of Excel before 1995 have no container.
    (b"\x09\x00\x04\x00", f"这是很早版本的 Excel 文件。{_SAVE_AS}"),
    (b"\x09\x02\x06\x00", f"这是很早版本的 Excel 文件。{_SAVE_AS}"),
    (b"\x09\x04\x06\x00", f"这是很早版本的 Excel 文件。{_SAVE_AS}"),
)

# Part of an archive → what the archive is.
_PACKAGES = (
    ("xl/workbook.bin", f"这是二进制工作簿（.xlsb）。{_SAVE_AS}"),
    ("word/document.xml", f"这是 Word 文档，不是工作簿。{_TAKEN}"),
    ("ppt/presentation.xml", f"这是演示文稿，不是工作簿。{_TAKEN}"),
    ("Index/Document.iwa", "这是苹果 Numbers 表格。请导出为 Excel 格式（.xlsx）后上传。"),
)
_OPEN_DOCUMENT = {
    b"application/vnd.oasis.opendocument.spreadsheet": f"这是 OpenDocument 表格（.ods）。{_SAVE_AS}",
    b"application/vnd.oasis.opendocument.text": f"这是 OpenDocument 文档，不是工作簿。{_TAKEN}",
}
_ARCHIVE = f"这是压缩包或其他文件，不是工作簿。请解压后上传里面的表格。{_TAKEN}"


def refuse_other_file(content: bytes) -> None:
    """Refuse what by its first characters is no text of a table."""
    for beginning, words in _BEGINNINGS:
        if content.startswith(beginning):
            raise FileRefused(words)


def refuse_markup(text: str) -> None:
    """Refuse a page or an XML table that carries the name of a workbook."""
    start = text[:4096].lstrip("\ufeff \t\r\n").lower()
    if "urn:schemas-microsoft-com:office:spreadsheet" in start and start.startswith("<?xml"):
        raise FileRefused(f"这是 XML 表格（Excel 2003 XML）。{_SAVE_AS}")
    if start.startswith("mime-version:") or "content-type: multipart/related" in start:
        raise FileRefused(f"这是单个文件网页（.mht），不是工作簿。{_SAVE_AS}")
    if start.startswith("<") and any(mark in start for mark in ("<html", "<table", "<!doctype")):
        raise FileRefused(f"这是网页文件（HTML），只是名称像工作簿。{_SAVE_AS}")
    if start.startswith("<?xml"):
        raise FileRefused(f"这是 XML 文件，不是工作簿。{_TAKEN}")


def refuse_other_package(names: set[str], mimetype: bytes) -> None:
    """Refuse an archive that holds no workbook; `names` of what it holds."""
    for part, words in _PACKAGES:
        if part in names:
            raise FileRefused(words)
    raise FileRefused(_OPEN_DOCUMENT.get(mimetype.strip(), _ARCHIVE))
