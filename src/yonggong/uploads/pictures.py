"""Photos and scans: made anew from their pixels, upright, without what the camera wrote beside."""

from __future__ import annotations

import io
from contextlib import suppress

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from yonggong.uploads.errors import UploadRefused
from yonggong.uploads.types import is_heif

# A4 at 600 dpi is 35 million pixels; a phone's largest photo that fits into 10 MB about 50.
MOST_PIXELS = 80_000_000
_BROKEN = "文件不完整，可能传输中断。请重新拍照、扫描或另存后再上传。"
_FORMATS = ("JPEG", "PNG")
# The modes that a JPG, a PNG can hold and every browser shows.
_JPG_MODES = ("L", "RGB")
_PNG_MODES = ("1", "L", "LA", "P", "RGB", "RGBA")
# What is said by pixels that were pressed once before is kept at this quality without loss to the eye.
_QUALITY = 90


def made_anew(content: bytes) -> bytes:
    """The picture written anew: JPG for JPG and HEIC, PNG for PNG. Raises `UploadRefused`."""
    Image.MAX_IMAGE_PIXELS = None  # ours is told in words
    formats: tuple[str, ...] = _FORMATS
    if is_heif(content):
        from pillow_heif import register_heif_opener

        register_heif_opener()
        formats = ("HEIF",)
    try:
        with Image.open(io.BytesIO(content), formats=formats) as picture:
            width, height = picture.size
            if width * height > MOST_PIXELS:
                raise UploadRefused(
                    f"图片有 {width}×{height} 像素，超过 {MOST_PIXELS // 10_000} 万像素。"
                    "请缩小尺寸后再上传。"
                )
            return _written(picture)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError):
        # Pillow says so of what ends early and of what is none alike.
        raise UploadRefused(_BROKEN) from None


def _written(picture: Image.Image) -> bytes:
    to_png = picture.format == "PNG"
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    if profile and upright.mode in ("RGB", "CMYK"):
        upright = _in_usual_colours(upright, profile)
    if upright.mode not in (_PNG_MODES if to_png else _JPG_MODES):
        upright = upright.convert("RGB")
    bare = Image.new(upright.mode, upright.size)
    if upright.mode == "P":
        palette = upright.getpalette("RGB")
        bare.putpalette(palette or [], "RGB")
    bare.paste(upright)
    out = io.BytesIO()
    if to_png:
        transparency = upright.info.get("transparency")
        kept = {} if transparency is None else {"transparency": transparency}
        bare.save(out, "PNG", **kept)
    else:
        bare.save(out, "JPEG", quality=_QUALITY)
    return out.getvalue()


def _in_usual_colours(picture: Image.Image, profile: bytes) -> Image.Image:
    """As sRGB: the profile itself goes with what else is written beside the pixels."""
    with suppress(ImageCms.PyCMSError, OSError):
        converted = ImageCms.profileToProfile(
            picture,
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode="RGB",
        )
        if converted is not None:
            return converted
    return picture
