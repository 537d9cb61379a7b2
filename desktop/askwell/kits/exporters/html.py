# SPDX-License-Identifier: Apache-2.0
"""A kit as one HTML file that prints well and loads nothing from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from askwell.domain.questions import Kit
from askwell.kits.assembly import SCORES, assemble
from askwell.kits.exporters.base import whole_file

TEMPLATE = """<!doctype html>
<html lang="{{ page.lang }}"><head><meta charset="utf-8"><title>{{ page.subtitle }} · {{ page.title }}</title>
<style>
body { font: 14px/1.5 "Segoe UI", "Microsoft YaHei UI", "PingFang SC", "Hiragino Sans", "Noto Sans CJK SC", sans-serif;
  color: #1d1f22; max-width: 760px; margin: 32px auto; padding: 0 16px; }
h1 { font-size: 22px; margin: 0; } h2 { font-size: 15px; margin: 24px 0 8px; }
.muted { color: #6a6f76; font-size: 12px; } .notice { border-left: 3px solid #9a6700; padding: 4px 12px; margin: 12px 0; }
dl { display: grid; grid-template-columns: auto 1fr auto 1fr; gap: 4px 16px; margin: 16px 0; }
dt { color: #6a6f76; } dd { margin: 0; border-bottom: 1px solid #e4e3de; min-height: 1.4em; }
.question { break-inside: avoid; border-top: 1px solid #e4e3de; padding: 16px 0; }
.asked { font-size: 17px; font-weight: 600; margin: 4px 0 8px; }
table { border-collapse: collapse; width: 100%; margin: 8px 0; }
td { border: 1px solid #e4e3de; padding: 4px 8px; vertical-align: top; } td.score { width: 2.5em; text-align: center; }
.notes { height: 96px; border: 1px solid #e4e3de; }
</style></head><body>
<h1>{{ page.subtitle }}</h1><div class="muted">{{ page.title }}</div>
{% if page.demo_notice %}<div class="notice">{{ page.demo_notice }}</div>{% endif %}
<dl>{% for name, value in page.facts %}<dt>{{ name }}</dt><dd>{{ value }}</dd>{% endfor %}</dl>
<ul>{% for line in page.guidance %}<li>{{ line }}</li>{% endfor %}</ul>
{% for item in page.items %}<section class="question">
<div class="muted">{{ item.number }} · {{ item.tags }}</div><div class="asked">{{ item.text }}</div>
{% if item.probes %}<div>{{ labels["kit.probes"] }}</div><ul>{% for probe in item.probes %}<li>{{ probe }}</li>{% endfor %}</ul>{% endif %}
<table>{% for score in scores %}{% if item.anchors.get(score) %}<tr><td class="score">{{ score }}</td>
<td>{{ item.anchors[score] }}</td></tr>{% endif %}{% endfor %}</table>
<div class="muted">{{ labels["kit.notes"] }}</div><div class="notes"></div>
<div class="muted">{{ item.source }}{% if item.chain %}<br>{{ item.chain }}{% endif %}<br>{{ item.approval }}
{% if item.override %}<br>{{ item.override }}{% endif %}</div></section>{% endfor %}
<p class="muted">{{ page.model }}</p></body></html>
"""


class HtmlExporter:
    """Single file, print style sheet inside, every text escaped."""

    FORMAT = "html"
    extension = "html"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """Write the kit. Raises ReviewBlocked where nothing is approved."""
        from jinja2.sandbox import SandboxedEnvironment

        page = assemble(kit, labels)
        template = SandboxedEnvironment(autoescape=True).from_string(TEMPLATE)
        text = template.render(page=page, labels=labels, scores=SCORES)
        with whole_file(path) as partial:
            partial.write_text(text, encoding="utf-8")
