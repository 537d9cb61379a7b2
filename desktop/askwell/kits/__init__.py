# SPDX-License-Identifier: Apache-2.0
"""Approved questions out: assembling a kit and writing it in one of the formats of `EXPORTERS`."""

from askwell.kits.assembly import kit_title, ordered, total_minutes
from askwell.kits.exporters import EXPORTERS, Exporter

__all__ = ["EXPORTERS", "Exporter", "kit_title", "ordered", "total_minutes"]
