# SPDX-License-Identifier: Apache-2.0
"""Formats in which a kit leaves the house.

TO ADD ONE: a module with a class that has `FORMAT`, `extension` and `write` (see `base.Exporter`), and a line in
`EXPORTERS`. Menu and command line read the tuple; the contract suite runs over every member.
"""

from __future__ import annotations

from askwell.kits.exporters.base import Exporter
from askwell.kits.exporters.docx import DocxExporter
from askwell.kits.exporters.html import HtmlExporter
from askwell.kits.exporters.json import JsonExporter
from askwell.kits.exporters.pdf import PdfExporter
from askwell.kits.exporters.xlsx import XlsxExporter

EXPORTERS: tuple[Exporter, ...] = (DocxExporter(), PdfExporter(), XlsxExporter(), HtmlExporter(), JsonExporter())

__all__ = ["EXPORTERS", "Exporter"]
