# SPDX-License-Identifier: Apache-2.0
"""Rule packs: what the YAML files under `resources/rulepacks` may say, and how they are read.

A *concept* (`concepts/*.yaml`) knows how a question about, say, family plans looks in each language. A *rule* of a
country names the law and the concepts that it bars, so a sentence shape is written once and every country can cite it.
A rule may also bring patterns of its own.

TO ADD A COUNTRY: copy `uk.yaml` to `<cc>.yaml`, name the law in each rule, give each rule examples. Nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from askwell.domain.errors import InputRefused, UsageError
from askwell.domain.messages import msg
from askwell.domain.questions import Family, Severity

Lang = Literal["zh", "en", "ja", "es"]
LANGS: tuple[Lang, ...] = ("zh", "en", "ja", "es")
GENERAL_PACKS = ("form", "culture")
Sentence = Annotated[str, Field(min_length=2)]
ModelT = TypeVar("ModelT", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Examples(_Strict):
    """Sentences that must, and must not, be matched; a test runs every one."""

    must_match: tuple[Sentence, ...] = ()
    must_not_match: tuple[Sentence, ...] = ()


class FourLanguages(_Strict):
    """A sentence in every language of the product."""

    zh: Sentence
    en: Sentence
    ja: Sentence
    es: Sentence

    def text(self, lang: str) -> str:
        """The sentence in `lang`, English where the language is not ours."""
        return str(getattr(self, lang if lang in LANGS else "en"))


class Concept(_Strict):
    """How a question about one protected fact looks."""

    id: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    reason: FourLanguages
    patterns: dict[Lang, tuple[str, ...]]
    exceptions: dict[Lang, tuple[str, ...]] = {}
    rewrite: dict[Lang, Sentence] = {}
    examples: dict[Lang, Examples]


class ConceptFile(_Strict):
    """One file of `concepts/`."""

    concepts: tuple[Concept, ...]


class AtomFile(_Strict):
    """`concepts/atoms.yaml`: pieces of patterns by language, used as `{{name}}`."""

    atoms: dict[Lang, dict[str, str]]


class Rule(_Strict):
    """One rule of a pack. Its words come from `concepts`, from its own `patterns`, or from a check in code (`form.*`)
    that reads `limits`."""

    id: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9-]+$")]
    family: Family = Family.REASONABLENESS
    severity: Severity
    citation: str = ""
    verified: bool = True
    effective: date | None = None
    reason: FourLanguages | None = None
    concepts: tuple[str, ...] = ()
    patterns: dict[Lang, tuple[str, ...]] = {}
    exceptions: dict[Lang, tuple[str, ...]] = {}
    rewrite: dict[Lang, Sentence] = {}
    limits: dict[str, float] = {}
    where: tuple[str, ...] = ("text", "probe")
    examples: dict[Lang, Examples] = {}

    @model_validator(mode="after")
    def _has_a_reason(self) -> Rule:
        if not self.concepts and self.reason is None:
            raise ValueError("reason: a rule without concepts needs its own reason")
        return self


class Pack(_Strict):
    """A country's file, or one of `form.yaml`, `culture.yaml`. `closing` ends every reason of a legal pack."""

    id: Annotated[str, Field(pattern=r"^[a-z]+$")]
    version: int = 1
    jurisdiction: str = ""
    closing: FourLanguages | None = None
    rules: tuple[Rule, ...]

    @model_validator(mode="after")
    def _law_is_cited(self) -> Pack:
        for rule in self.rules:
            if self.jurisdiction and (not rule.citation or rule.effective is None):
                raise ValueError(f"rules.{rule.id}: a legal rule needs citation and effective")
        if self.jurisdiction and self.closing is None:
            raise ValueError("closing: a legal pack ends its reasons with advice to check and to ask counsel")
        return self


class Library(_Strict):
    """Everything read from the folder."""

    atoms: dict[Lang, dict[str, str]]
    concepts: dict[str, Concept]
    packs: dict[str, Pack]

    def legal(self, jurisdictions: tuple[str, ...]) -> Iterator[tuple[Pack, Rule]]:
        """The rules of the given countries, in the order asked for."""
        for name in jurisdictions:
            pack = self.packs.get(name.lower())
            if pack is None or not pack.jurisdiction:
                raise self._unknown(name)
            for rule in pack.rules:
                yield pack, rule

    def _unknown(self, name: str) -> UsageError:
        known = ", ".join(sorted(pack.jurisdiction for pack in self.packs.values() if pack.jurisdiction))
        return UsageError(
            msg("error.review_jurisdiction", name=name, known=known),
            msg("error.review_jurisdiction.hint", name=name, known=known),
        )


def load(folder: Path) -> Library:
    """Read `folder` (`resources/rulepacks`). Raises InputRefused naming file and field."""
    atoms = _read(folder / "concepts" / "atoms.yaml", AtomFile).atoms
    concepts: dict[str, Concept] = {}
    for path in sorted((folder / "concepts").glob("*.yaml")):
        if path.name != "atoms.yaml":
            concepts.update({concept.id: concept for concept in _read(path, ConceptFile).concepts})
    packs = {path.stem: _read(path, Pack) for path in sorted(folder.glob("*.yaml"))}
    for name in GENERAL_PACKS:
        if name not in packs:
            raise _refused(folder / f"{name}.yaml", "file", "missing")
    _concepts_exist(folder, packs, concepts)
    return Library(atoms=atoms, concepts=concepts, packs=packs)


def _concepts_exist(folder: Path, packs: Mapping[str, Pack], concepts: Mapping[str, Concept]) -> None:
    for name, pack in packs.items():
        for rule in pack.rules:
            for concept in rule.concepts:
                if concept not in concepts:
                    raise _refused(folder / f"{name}.yaml", f"rules.{rule.id}.concepts", f"unknown: {concept}")


def _read(path: Path, model: type[ModelT]) -> ModelT:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise _refused(path, "file", str(error).splitlines()[0]) from error
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise _refused(path, ".".join(str(part) for part in first["loc"]) or "file", first["msg"]) from error


def _refused(path: Path, field: str, detail: str) -> InputRefused:
    facts: dict[str, object] = {"file": path.name, "field": field, "detail": detail}
    return InputRefused(msg("error.review_rulepack", **facts), msg("error.review_rulepack.hint", **facts))
