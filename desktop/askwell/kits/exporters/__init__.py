# SPDX-License-Identifier: Apache-2.0
"""One file a format.

TO ADD ONE: a module here with a class that meets `base.Exporter`, and its instance in EXPORTERS. The menu, the command line
and the contract tests read that tuple.
"""

from __future__ import annotations

from askwell.kits.exporters.base import Exporter
from askwell.kits.exporters.docx import DocxExporter
from askwell.kits.exporters.html import HtmlExporter
from askwell.kits.exporters.json import JsonExporter
from askwell.kits.exporters.xlsx import XlsxExporter

EXPORTERS: tuple[Exporter, ...] = (DocxExporter(), XlsxExporter(), HtmlExporter(), JsonExporter())
