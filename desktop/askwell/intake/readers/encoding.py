# SPDX-License-Identifier: Apache-2.0

"""Which encoding a text file is in. HR exports come in UTF-8 with and without BOM, GB18030, Big5, Shift_JIS, UTF-16."""

from __future__ import annotations

import codecs
from pathlib import Path

from askwell.intake.readers.base import refuse

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The characters that fill most of any Chinese business text; a wrong decoding yields rare ones instead.
_SIMPLIFIED = set(
    "的一是在不了有和人这中大为上个国我以要时来用们到作地于出就分对成会可主发年动同工也能下过产种面而方后多定行学法所"
    "得经之进着等部度力如化高自理现加量都体制机当使点从业本性好应开合还因由其前外日社事平形相全表间与关各重新线内数正"
    "心看原利比或质第道变条没结解问意建月公系者立代通并提直题程果员位入文总次品式设及管特件长求基资流路级图统接知将组"
    "见计手期论运指区强放决任取据处给门即保规领口导器金增交受联认权收证改清单安场务具每目至达示报完类名确科信整元集传"
    "需段研律究观织装算低持书复容际商非连断近周技备办列约支团市除构称准精值号率维划选标存候亲快效院查型按格易置层专状"
    "育识适属调局参细价岗职责绩考核姓性别龄历薪招聘试评技能销售客户项营运财务培训责任编码奖"
)
_TRADITIONAL = set(
    "的一是在不了有和人這中大為上個國我以要時來用們到作地於出就分對成會可主發年動同工也能下過產種面而方後多定行學法所"
    "得經之進著等部度力如化高自理現加量都體制機當使點從業本性好應開合還因由其前外日社事平形相全表間與關各重新線內數正"
    "心看原利比或質第道變條沒結解問意建月公系者立代通並提直題程果員位入文總次品式設及管特件長求基資流路級圖統接知將組"
    "職責績效核姓別齡歷薪聘試評技能銷售客戶項營運財務培訓責任編碼獎稱號選標準確認證據單類"
)
_LATIN = set("áéíóúüñçàèìòùâêîôûäöåøæßÁÉÍÓÚÜÑÇÀÈÖÄ¿¡ºª°€–—’‘“”•·«»£")
_CANDIDATES = ("gb18030", "big5", "shift_jis", "cp1252", "latin-1")


def decode(path: Path, data: bytes) -> tuple[str, str]:
    """Text and the name of its encoding. Raises InputRefused where no encoding gives plausible text."""
    encoding = detect(data)
    if not encoding:
        raise refuse("file_undecodable", path)
    text = data.decode(encoding)
    return text.removeprefix("\ufeff"), encoding


def detect(data: bytes) -> str:
    """Name of the most plausible encoding, or "" where the bytes are no text."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return name if _decodes(data, name) else ""
    if b"\x00" in data:
        return _utf16(data)
    if _decodes(data, "utf-8"):
        return "utf-8" if not _binary(data.decode("utf-8")[:100_000]) else ""
    best, score = "", 0.25
    for name in _CANDIDATES:
        text = _sample(data, name)
        plausible = _plausible(text, name) if text is not None else 0.0
        if plausible > score:
            best, score = name, plausible
    return best or _by_statistics(data)


def _utf16(data: bytes) -> str:
    even, odd = data[0:20_000:2].count(0), data[1:20_000:2].count(0)
    name = "utf-16-le" if odd > even else "utf-16-be"
    text = _sample(data, name)
    return name if text and not _binary(text) and _common(text) > 0.5 else ""


def _common(text: str) -> float:
    known = sum(1 for char in text if char.isascii() or char in _SIMPLIFIED or "\u3000" <= char <= "\u30ff")
    return known / len(text)


def _by_statistics(data: bytes) -> str:
    from charset_normalizer import from_bytes

    found = from_bytes(data[:200_000]).best()
    if found is None or _binary(str(found)[:20_000]):
        return ""
    return found.encoding if _decodes(data, found.encoding) else ""


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True


def _sample(data: bytes, encoding: str) -> str | None:
    """The whole text where it decodes; its beginning is enough for the statistics."""
    try:
        return data.decode(encoding)[:60_000]
    except (UnicodeDecodeError, LookupError):
        return None


def _binary(text: str) -> bool:
    control = sum(1 for char in text if ord(char) < 32 and char not in "\t\r\n\f\v")
    return control > len(text) * 0.01


def _plausible(text: str, encoding: str) -> float:
    """0–1: how far the characters beyond ASCII are what a text in this encoding would hold."""
    if _binary(text):
        return 0.0
    beyond = [char for char in text if not char.isascii()]
    if not beyond:
        return 0.0
    if encoding in ("cp1252", "latin-1"):
        return sum(1 for char in beyond if char in _LATIN) / len(beyond) * 0.9
    if encoding == "shift_jis":
        kana = sum(1 for char in beyond if "\u3041" <= char <= "\u30ff")
        half = sum(1 for char in beyond if "\uff61" <= char <= "\uff9f")
        return min(1.0, kana / len(beyond) * 3) - half / len(beyond)
    usual = _SIMPLIFIED if encoding == "gb18030" else _TRADITIONAL
    fit = sum(1 for char in beyond if char in usual or char in "，。；：、（）“”《》？！％①②③④⑤ ")
    return min(1.0, fit / len(beyond) * 1.4)
