# SPDX-License-Identifier: Apache-2.0
"""The kit as one HTML file that prints well; no script, nothing fetched from anywhere."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from askwell.domain.questions import Kit
from askwell.kits.exporters.base import KitSheet, atomic
from askwell.kits.exporters.page import render

_PAGE = """<!doctype html>
<html lang="{{ kit.lang }}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{ title }}</title>
<style>
:root { --ink: #1f2933; --muted: #64707d; --rule: #d5dbe1; --wash: #f4f7f9; --accent: #1f5f8b; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 32px 24px 64px; max-width: 820px; color: var(--ink); background: #fff;
  font: 15px/1.65 "Segoe UI", "Microsoft YaHei", "PingFang SC", "Hiragino Sans", "Noto Sans CJK SC", sans-serif; }
h1 { font-size: 26px; line-height: 1.3; margin: 0 0 16px; }
h2 { font-size: 18px; margin: 40px 0 12px; }
dl { display: grid; grid-template-columns: repeat(3, 1fr); gap: 12px 24px; margin: 0 0 20px; padding: 16px 0;
  border-block: 1px solid var(--rule); }
dt, .meta, .label, footer, .small { color: var(--muted); font-size: 12.5px; }
dd { margin: 0; min-height: 1.6em; font-weight: 600; }
.guide { background: var(--wash); padding: 12px 16px 12px 36px; margin: 0 0 8px; border-left: 3px solid var(--accent); }
.question { margin: 28px 0 0; padding-top: 20px; border-top: 1px solid var(--rule); break-inside: avoid; }
.number { color: var(--accent); font-weight: 700; margin-right: 8px; }
.ask { font-size: 18px; line-height: 1.55; font-weight: 600; margin: 6px 0 12px; }
.label { margin: 12px 0 4px; }
ul { margin: 0; padding-left: 20px; }
table { width: 100%; border-collapse: collapse; margin: 4px 0 0; }
th, td { border: 1px solid var(--rule); padding: 6px 10px; text-align: left; vertical-align: top; }
th { background: var(--wash); font-weight: 600; font-size: 12.5px; }
td.score { width: 48px; text-align: center; font-weight: 700; }
td.tick { width: 64px; text-align: center; }
td.between { color: var(--muted); font-size: 12.5px; }
.line { border-bottom: 1px solid var(--rule); height: 30px; }
.override { color: #9a3412; }
footer { margin-top: 32px; }
@media (max-width: 620px) { dl { grid-template-columns: repeat(2, 1fr); } }
@media print { @page { size: A4; margin: 18mm 16mm; } body { padding: 0; max-width: none; font-size: 10.5pt; }
  .ask { font-size: 13pt; } h2 { break-after: avoid; } tr, .guide { break-inside: avoid; }
  .summary { break-before: page; } }
</style>
</head>
<body>
<h1>{{ title }}</h1>
<dl>{% for name, value in facts %}<div><dt>{{ name }}</dt><dd>{{ value }}</dd></div>{% endfor %}</dl>
<ol class="guide">{% for line in guidance %}<li>{{ line }}</li>{% endfor %}</ol>
{% for entry in entries %}
<section class="question">
<div class="meta"><span class="number">{{ entry.number }}</span>{{ entry.question.slot.competency }} · \
{{ entry.type }} · {{ entry.difficulty }} · {{ label("minutes_value", minutes=entry.question.slot.minutes) }}</div>
<p class="ask">{{ entry.text }}</p>
{% if entry.probes %}<div class="label">{{ label("probes") }}</div>
<ul>{% for probe in entry.probes %}<li>{{ probe }}</li>{% endfor %}</ul>{% endif %}
<div class="label">{{ label("notes") }}</div>
{% for _ in range(5) %}<div class="line"></div>{% endfor %}
<div class="label">{{ label("anchors") }}</div>
<table><tr><th>{{ column.score }}</th><th>{{ column.heard }}</th><th>{{ column.tick }}</th></tr>
{% for score in (5, 4, 3, 2, 1) %}<tr><td class="score">{{ score }}</td>\
{% if entry.anchor(score) %}<td>{{ entry.anchor(score) }}</td>{% else %}<td class="between">\
{{ label("between", above=score + 1, below=score - 1) if score in (2, 4) else "" }}</td>{% endif %}\
<td class="tick">☐</td></tr>{% endfor %}</table>
<p class="small">{{ entry.source }}<br>{{ entry.approval }}\
{% if entry.overridden %}<br><span class="override">{{ entry.overridden }}</span>{% endif %}</p>
</section>
{% endfor %}
<section class="summary"><h2>{{ label("summary") }}</h2><p class="small">{{ label("summary_hint") }}</p>
<table><tr><th>{{ column.competency }}</th><th>{{ column.numbers }}</th><th>{{ column.rating }}</th>\
<th>{{ column.reasons }}</th></tr>
{% for name, numbers in competencies %}<tr><td>{{ name }}</td><td>{{ numbers }}</td><td>5 · 4 · 3 · 2 · 1</td>\
<td></td></tr>{% endfor %}</table>
<p>{{ label("signature") }}</p></section>
<section><h2>{{ label("appendix") }}</h2>
<table><tr><th>{{ column.numbers }}</th><th>{{ column.model }}</th><th>{{ column.adapter }}</th>\
<th>{{ column.prompt }}</th><th>{{ column.seed }}</th></tr>
{% for row in provenance %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}</table></section>
<footer>{{ label("footer") }}</footer>
</body>
</html>
"""


class HtmlExporter:
    """Writes `*.html`."""

    FORMAT = "html"
    extension = "html"

    def write(self, kit: Kit, labels: Mapping[str, str], path: Path) -> None:
        """See `Exporter.write`."""
        page = render(_PAGE, kit, KitSheet(labels))
        atomic(path, lambda target: _put(target, page))


def _put(target: Path, page: str) -> None:
    target.write_text(page, encoding="utf-8", newline="\n")
