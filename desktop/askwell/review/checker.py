# SPDX-License-Identifier: Apache-2.0
"""Checks a text against the law of the chosen countries, good form and the firm's manners.

What it finds is an indication to check against a rule, never legal advice; the reasons say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from askwell.domain.questions import Family, Finding, QuestionText, Severity, Slot
from askwell.review import form
from askwell.review.learned import Hint, hints
from askwell.review.matching import Matcher
from askwell.review.packs import LANGS, Concept, FourLanguages, Pack, Rule, load
from askwell.review.relevance import check_relevance
from askwell.review.text import Plain, languages, plain

_RANK = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}


@dataclass(frozen=True, slots=True)
class _Barred:
    """A concept or rule with own patterns, the legal rules that bar it (strictest first) and its matcher."""

    matcher: Matcher
    rules: tuple[tuple[Pack, Rule], ...]
    concept: Concept | None = None


class Checker:
    """Rule packs compiled for a set of countries. `resources` is the folder that holds `rulepacks/`; `ui_lang` is the
    language of the reasons. Raises InputRefused for a faulty pack, UsageError for an unknown country."""

    def __init__(self, resources: Path, jurisdictions: Sequence[str] = ("CN",), ui_lang: str = "zh") -> None:
        library = load(resources / "rulepacks")
        self._ui = ui_lang
        self._classifiers = resources / "classifiers"
        self._culture = library.packs["culture"]
        self._form = library.packs["form"]
        legal = tuple(library.legal(tuple(dict.fromkeys(jurisdictions))))
        by_concept: dict[str, list[tuple[Pack, Rule]]] = {}
        self._barred: list[_Barred] = []
        for pack, rule in (*legal, *((self._culture, rule) for rule in self._culture.rules)):
            for name in rule.concepts:
                by_concept.setdefault(name, []).append((pack, rule))
            if rule.patterns:
                self._barred.append(_Barred(Matcher.of(rule, library.atoms), ((pack, rule),)))
        self._by_concept: dict[str, _Barred] = {}
        for name, rules in by_concept.items():
            concept = library.concepts[name]
            ranked = tuple(sorted(rules, key=lambda item: _RANK[item[1].severity]))
            self._by_concept[name] = _Barred(Matcher.of(concept, library.atoms), ranked, concept)
        self._barred += self._by_concept.values()
        culture = ((rule.id, ((self._culture, rule),)) for rule in self._culture.rules)
        self._manners = {name: _Barred(Matcher({}, {}), rules) for name, rules in culture}
        self._forms = [(rule, Matcher.of(rule, library.atoms)) for rule in self._form.rules]

    def check(
        self,
        text: str,
        lang: str,
        position: str = "",
        where: str = "text",
        second: Mapping[str, float] | None = None,
    ) -> list[Finding]:
        """Findings on one text, by place. `where` is `text`, `probe:1`, `anchor:5` …; `position` is the job title,
        whose words are no fault (a 婚姻登记 post is about marriage). `second` is the language model's opinion: what the
        text touches, with probabilities by topic (`review.classifier`)."""
        seen = plain(text, lang)
        langs = languages(seen.text, lang)
        found = [*self._people(seen, langs, position, where), *self._shape(seen, langs, where)]
        found += self._learned(seen, langs[0], where, found, second)
        return sorted(_merged(found), key=lambda item: (item.span, _RANK[item.severity], item.rule))

    def check_question(self, words: QuestionText, slot: Slot, lang: str) -> list[Finding]:
        """Findings on a question, its probes and anchors, and on how it fits its evidence."""
        found = self.check(words.text, lang)
        evidence = " ".join((slot.evidence.text, *slot.evidence.chain, slot.competency))
        found += check_relevance(words.text, evidence, slot.evidence.competency, lang, self._ui)
        for number, probe in enumerate(words.probes, 1):
            found += self.check(probe, lang, where=f"probe:{number}")
        for score, anchor in sorted(words.anchors.items(), reverse=True):
            found += self.check(anchor, lang, where=f"anchor:{score}")
        return found

    def label(self, findings: Sequence[Finding]) -> str:
        """`illegal`: a block that rests on law; `inappropriate`: any other block or warning; else `ok`."""
        for item in findings:
            if item.severity is Severity.BLOCK and item.family is Family.REASONABLENESS and item.jurisdictions:
                return "illegal"
        return "inappropriate" if any(item.severity is not Severity.NOTE for item in findings) else "ok"

    def rewrite(self, text: str, lang: str, findings: Sequence[Finding]) -> str:
        """The hand-written question that keeps the lawful interest behind `text`; empty where none fits."""
        for item in sorted(findings, key=lambda finding: (_RANK[finding.severity], finding.span)):
            # Mixed text is checked under several languages; a rewrite must come in the one asked for.
            fits = lang not in LANGS or lang in languages(item.rewrite, "")
            if item.where == "text" and item.rewrite and item.rewrite != text and fits:
                return item.rewrite
        return ""

    def _people(self, seen: Plain, langs: Sequence[str], position: str, where: str) -> Iterator[Finding]:
        kind = where.partition(":")[0]
        title = plain(position, langs[0]).text.strip()
        for barred in self._barred:
            rules = tuple(item for item in barred.rules if kind in item[1].where)
            if not rules:
                continue
            for span in barred.matcher.spans(seen, langs):
                if not _inside_title(seen, span, title):
                    yield self._person_finding(barred, rules, span, where, langs[0])

    def _learned(
        self, seen: Plain, lang: str, where: str, found: Sequence[Finding], second: Mapping[str, float] | None
    ) -> Iterator[Finding]:
        """What the classifier adds: a private matter where the patterns saw none, and form that they missed."""
        kind = where.partition(":")[0]
        families = {item.family for item in found}
        if Family.CULTURE in families:  # what is said there of the tone, with its rewrite, covers the form
            families.add(Family.FORM)
        for hint in hints(self._classifiers, seen.text, lang, lambda name: name in self._by_concept, second):
            if kind != "text" and not (hint.concept and hint.sure):
                continue  # probes are short and lean on the question: only what is plain counts there
            made = None if self._excepted(hint, seen, lang) else self._hinted(hint, kind, where, lang)
            if made is not None and made.family not in families:
                cautious = made.severity is Severity.BLOCK and not hint.sure
                yield replace(made, span=seen.span(*hint.span), severity=Severity.WARN if cautious else made.severity)

    def _excepted(self, hint: Hint, seen: Plain, lang: str) -> bool:
        """Exceptions are written by people for cases that look worse than they are; they bind the classifier too."""
        if hint.concept:
            return self._by_concept[hint.concept].matcher.excepted(seen, (lang,))
        return any(rule.id == hint.rule and matcher.excepted(seen, (lang,)) for rule, matcher in self._forms)

    def _hinted(self, hint: Hint, kind: str, where: str, lang: str) -> Finding | None:
        barred = self._by_concept.get(hint.concept) or self._manners.get(hint.rule)
        if barred is not None:
            rules = tuple(item for item in barred.rules if kind in item[1].where)
            return self._person_finding(barred, rules, hint.span, where, lang) if rules else None
        shape = next((rule for rule, _ in self._forms if rule.id == hint.rule and kind in rule.where), None)
        return self._form_finding(shape, hint.span, where, lang) if shape else None

    def _person_finding(
        self, barred: _Barred, rules: Sequence[tuple[Pack, Rule]], span: tuple[int, int], where: str, lang: str
    ) -> Finding:
        pack, rule = rules[0]
        source: Concept | Rule = barred.concept or rule
        citations = dict.fromkeys(item.citation for _, item in rules if item.citation)
        return Finding(
            rule=rule.id,
            family=rule.family,
            severity=rule.severity,
            reason=self._reason(source.reason, rule.reason if barred.concept else None, pack.closing),
            span=span,
            jurisdictions=tuple(dict.fromkeys(found.jurisdiction for found, _ in rules if found.jurisdiction)),
            citation="; ".join(citations),
            rewrite={**source.rewrite, **rule.rewrite}.get(lang, ""),  # type: ignore[call-overload]
            where=where,
        )

    def _reason(self, *parts: FourLanguages | None) -> str:
        joint = "" if self._ui in ("zh", "ja") else " "
        return joint.join(part.text(self._ui) for part in parts if part)

    def _shape(self, seen: Plain, langs: Sequence[str], where: str) -> Iterator[Finding]:
        kind = where.partition(":")[0]
        for rule, matcher in self._forms:
            if kind not in rule.where:
                continue
            span = form.fault(rule, matcher, seen, langs)
            if span is None:
                continue
            yield self._form_finding(rule, span, where, langs[0])
            if rule.limits.get("final"):  # nothing sensible can be said of the form of an empty text
                return

    def _form_finding(self, rule: Rule, span: tuple[int, int], where: str, lang: str) -> Finding:
        return Finding(
            rule=rule.id,
            family=rule.family,
            severity=rule.severity,
            reason=self._reason(rule.reason),
            span=span,
            citation=rule.citation,
            rewrite=rule.rewrite.get(lang, ""),  # type: ignore[call-overload]
            where=where,
        )


def _inside_title(seen: Plain, span: tuple[int, int], title: str) -> bool:
    """True where the words concerned are a quotation of the job title."""
    if len(title) < 2:
        return False
    start = seen.text.find(title)
    if start < 0:
        return False
    first, last = seen.span(start, start + len(title))
    return first <= span[0] and span[1] <= last


def _merged(found: Sequence[Finding]) -> list[Finding]:
    """One finding a rule and place: concepts of the same rule often see the same words."""
    kept: list[Finding] = []
    for item in found:
        twin = any(
            other.rule == item.rule and other.span[0] <= item.span[1] and item.span[0] <= other.span[1]
            for other in kept
        )
        if not twin:
            kept.append(item)
    return kept
