# SPDX-License-Identifier: Apache-2.0
"""`positions` and `goals`: what the workspace knows."""

from __future__ import annotations

import typer

from askwell.app.bootstrap import App
from askwell.cli.session import DataDirOption, JsonOption, Session, UiLangOption
from askwell.domain.records import Position
from askwell.goals import GoalNode, walk


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("positions")(positions)
    app.command("goals")(goals)


def positions(as_json: JsonOption = False, data_dir: DataDirOption = None, ui_lang: UiLangOption = "") -> None:
    """List the positions with what is known of each."""
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        rows = []
        for position in app.goals.positions():
            kpis = app.goals.kpis(position.id)
            if as_json:
                session.emit({"position": position, "kpis": kpis})
            rows.append([position.title, position.department, position.code, str(len(position.duties)), str(len(kpis))])
        names = ("position", "department", "code", "duties", "kpis")
        session.table(session.text("cli.positions.title"), [session.text(f"cli.column.{name}") for name in names], rows)
        if not rows:
            session.say("cli.positions.none")


def goals(
    position: str = typer.Option("", "--position", help="Show what one position must deliver."),
    as_json: JsonOption = False,
    data_dir: DataDirOption = None,
    ui_lang: UiLangOption = "",
) -> None:
    """Show the goal tree, or the requirements of a position with their chain to the strategy."""
    session = Session(as_json, data_dir, ui_lang)
    with session.app() as app:
        if position:
            _requirements(session, app, app.goals.find(position))
        elif as_json:
            for depth, node in walk(app.goals.tree()):
                session.emit({"depth": depth, "goal": node.goal})
        else:
            for depth, node in walk(app.goals.tree()):
                session.out.print("  " * depth + _goal_line(node), markup=False)


def _goal_line(node: GoalNode) -> str:
    goal = node.goal
    span = f"{goal.baseline}→{goal.target}" if goal.baseline and goal.target else goal.target
    parts = [goal.code, goal.text, f"({goal.measure} {span})".replace("( ", "(") if goal.measure or span else ""]
    return " ".join(part for part in (*parts, goal.department, goal.position_title) if part)


def _requirements(session: Session, app: App, position: Position) -> None:
    found = app.goals.requirements(position.id)
    if session.as_json:
        session.emit(found)
        return
    session.table(
        f"{found.title} · {found.department}",
        [session.text(f"cli.column.{name}") for name in ("kind", "text", "competency", "weight", "chain")],
        [
            [
                session.text(f"term.evidence.{one.kind.value}"),
                one.text,
                one.competency,
                f"{one.weight:.0%}",
                " → ".join(reversed(one.chain)),
            ]
            for one in sorted(found.evidence, key=lambda one: -one.weight)
        ],
    )
