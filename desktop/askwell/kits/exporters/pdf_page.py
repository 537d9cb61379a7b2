# SPDX-License-Identifier: Apache-2.0
"""The blocks of a printed kit, in the part of HTML and CSS that Qt's text engine knows (lengths of margins in px)."""

from __future__ import annotations

STYLE = """
body { color: #1f2933; font-size: 10pt; }
p { margin: 0; }
td { padding: 3px 8px; }
.h1 { font-size: 20pt; font-weight: 600; }
.h2 { font-size: 14pt; font-weight: 600; margin-bottom: 8px; }
.ask { font-size: 13pt; font-weight: 600; margin-top: 5px; margin-bottom: 6px; }
.small { color: #64707d; font-size: 8pt; }
.value { font-size: 11pt; font-weight: 600; }
.number { color: #1f5f8b; font-size: 13pt; font-weight: 600; }
.over { color: #9a3412; font-size: 8pt; }
.probe { margin-left: 14px; margin-bottom: 3px; }
.label { color: #64707d; font-size: 8pt; margin-top: 12px; margin-bottom: 4px; }
.head { background-color: #f2f6f9; color: #64707d; font-size: 8.5pt; }
.guide { background-color: #f2f6f9; font-size: 9pt; padding: 10px 14px; }
.cell { border-bottom: 1px solid #d5dbe1; }
.tall { border-bottom: 1px solid #d5dbe1; padding-top: 14px; padding-bottom: 14px; }
.line { border-bottom: 1px dotted #9aa5b1; padding: 5px; }
.lead { margin-bottom: 10px; }
.sign { margin-top: 30px; }
.after { margin-top: 6px; }
"""

PAGE = """
{%- macro heads(names, widths) -%}
<tr>{% for name in names %}<td class="head" width="{{ widths[loop.index0] }}%">{{ name }}</td>{% endfor %}</tr>
{%- endmacro -%}
<p class="h1">{{ title }}</p>
<table width="100%" cellspacing="0">
{% for row in facts|batch(3) %}
<tr>{% for name, value in row %}<td width="33%"><span class="small">{{ name }}</span><br>
<span class="value">{{ value or "&nbsp;"|safe }}</span></td>{% endfor %}</tr>
{% endfor %}
</table>
<!--block-->
<table width="100%" cellspacing="0"><tr><td class="guide">
{% for line in guidance %}<p>{{ loop.index }}&nbsp;&nbsp;{{ line }}</p>{% endfor %}
</td></tr></table>
{% for entry in entries %}
{% set slot = entry.question.slot %}
<!--block-->
<p><span class="number">{{ entry.number }}</span>&nbsp;&nbsp;<span class="small">{{ slot.competency }} ·
{{ entry.type }} · {{ entry.difficulty }} · {{ label("minutes_value", minutes=slot.minutes) }}</span></p>
<p class="ask">{{ entry.text }}</p>
{% if entry.probes %}
<p class="label">{{ label("probes") }}</p>
{% for probe in entry.probes %}<p class="probe">–&nbsp;&nbsp;{{ probe }}</p>{% endfor %}
{% endif %}
<!--with-->
<p class="label">{{ label("anchors") }}</p>
<table width="100%" cellspacing="0">
<tr><td class="head" width="8%" align="center">{{ column.score }}</td>
<td class="head" width="82%">{{ column.heard }}</td>
<td class="head" width="10%" align="center">{{ column.tick }}</td></tr>
{% for score in (5, 4, 3, 2, 1) %}
<tr><td class="cell" align="center">{{ score }}</td><td class="cell">
{% if entry.anchor(score) %}{{ entry.anchor(score) }}
{% elif score in (2, 4) %}<span class="small">{{ label("between", above=score + 1, below=score - 1) }}</span>
{% else %}&nbsp;{% endif %}
</td><td class="cell" align="center">☐</td></tr>
{% endfor %}
</table>
<p class="label">{{ label("notes") }}</p>
<table width="100%" cellspacing="0">{% for _ in range(4) %}<tr><td class="line">&nbsp;</td></tr>{% endfor %}</table>
<p class="small after">{{ entry.source }}</p><p class="small">{{ entry.approval }}</p>
{% if entry.overridden %}<p class="over">{{ entry.overridden }}</p>{% endif %}
{% endfor %}
<!--page-->
<p class="h2">{{ label("summary") }}</p><p class="small lead">{{ label("summary_hint") }}</p>
<table width="100%" cellspacing="0">
{{ heads((column.competency, column.numbers, column.rating, column.reasons), (26, 12, 22, 40)) }}
{% for name, numbers in competencies %}
<tr><td class="tall">{{ name or "&nbsp;"|safe }}</td><td class="tall">{{ numbers }}</td>
<td class="tall">5 · 4 · 3 · 2 · 1</td><td class="tall">&nbsp;</td></tr>
{% endfor %}
</table>
<p class="sign">{{ label("signature") }}</p>
<!--block-->
<p class="h2">{{ label("appendix") }}</p>
<table width="100%" cellspacing="0">
{{ heads((column.numbers, column.model, column.adapter, column.prompt, column.seed), (14, 32, 24, 14, 16)) }}
{% for row in provenance %}
<tr><td class="cell">{{ row[0] }}</td>
{% for cell in row[1:] %}<td class="cell">{{ cell|breakable }}</td>{% endfor %}</tr>
{% endfor %}
</table>
"""
