# SPDX-License-Identifier: Apache-2.0
"""Approved questions out: assembling a kit's pages, one exporter a format."""
