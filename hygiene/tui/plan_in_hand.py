"""What is known of one plan while it stands on the screen: how far its decision is, what
it was before the data changed, and which browsers are open.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.contract import Place
    from hygiene.engine.decision import Decision
    from hygiene.engine.planning import Plan

__all__ = ["PlanInHand"]


@dataclass(slots=True)
class PlanInHand:
    """`decide` begins the decision over the first plan that comes. `before` is the plan
    that was shown, where the one now is another. `open` are the profiles whose browser is
    open. While `making`, a plan is on its way.
    """

    decide: Callable[[Plan], Decision]
    decision: Decision | None = None
    before: Plan | None = field(default=None, init=False)
    open: tuple[Place, ...] = ()
    making: bool = False

    @property
    def decided(self) -> Decision:
        """The decision, where there must be one."""
        if self.decision is None:
            raise RuntimeError("there is no plan yet")
        return self.decision

    def came(self, plan: Plan, in_use: tuple[Place, ...]) -> None:
        """The plan was made; after the first one the choices made so far stay."""
        self.making = False
        self.open = in_use
        if self.decision is None:
            self.decision = self.decide(plan)
        else:
            self.changed(plan)

    def changed(self, plan: Plan) -> None:
        """The data is not as it was: this is the plan now."""
        before = self.decided.plan
        self.decided.replan(plan)
        self.before = before if self.decided.changed else None

    def choose(self, key: str, *, is_profile: bool) -> None:
        """Tick a part or take it back; of a profile, leave it out or take it in."""
        if is_profile:
            self.decided.leave_out(key)
        else:
            self.decided.tick(key)
        self.before = None

    def saw_open(self, places: tuple[Place, ...]) -> bool:
        """These are open now; whether that was the last one to be closed."""
        closed = bool(self.open) and not places
        self.open = places
        return closed
