"""The optimizers of one program: which are at work, whether they take turns, what they train."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from typing import Any

from oz.crucible.child import telemetry_names as naming

_ALONE = 8
"""Steps in a row after which one of several optimizers is taken to work by itself."""
_CROWD = 4
"""Optimizers taking turns above which they are parts of one (an optimizer for every parameter)."""


class Trainee:
    """One optimizer and what is known of it. Does not keep it alive."""

    def __init__(self, optimizer: Any, number: int, crowd: Trainees) -> None:
        self._optimizer = weakref.ref(optimizer)
        self._number = number
        self._crowd = crowd
        self._names: naming.Names | None = None
        self._named = 0
        self._label = ""
        self._rates: dict[str, float] = {}
        self.steps = 0
        self.told = 0.0
        self.loss: Any = None
        self.shared = False
        """Takes turns with another: its numbers carry its name."""

    @property
    def optimizer(self) -> Any:
        """The optimizer; `None` once it is gone."""
        return self._optimizer()

    def is_for(self, optimizer: Any) -> bool:
        """Whether this is about `optimizer`."""
        return self._optimizer() is optimizer

    def parameters(self) -> list[Any]:
        """All parameters, in the order of the groups."""
        optimizer = self._optimizer()
        groups = [] if optimizer is None else optimizer.param_groups
        return [parameter for group in groups for parameter in group["params"]]

    def names(self) -> naming.Names:
        """What the parameters are called."""
        parameters = self.parameters()
        if self._names is None or (parameters and len(self._names.each) != len(parameters)):
            self._named += 1
            if self._named > 8:  # the groups change all the time
                return naming.Names(tuple(map(str, range(len(parameters)))), "")
            self._names = naming.names_of(parameters, naming.main_names())
        return self._names

    def called(self) -> tuple[str, ...]:
        """What the parameters are called where those of others are told beside them."""
        each = self.names().each
        return tuple(f"{self.suffix[1:]}.{name}" for name in each) if self.suffix else each

    @property
    def suffix(self) -> str:
        """What the names of its numbers end with; empty where it is the only one."""
        if not self.shared or self._crowd.sharing > _CROWD:
            return ""
        if not self._label:
            optimizer = self._optimizer()
            name = naming.name_in(naming.main_names(), optimizer)
            self._label = "/" + (name or self.names().owner or str(self._number))
        return self._label

    def rates(self) -> dict[str, float]:
        """Learning rates: of the first group, and of further ones by number."""
        optimizer = self._optimizer()
        if optimizer is None:
            return self._rates
        found: dict[str, float] = {}
        for number, group in enumerate(optimizer.param_groups):
            if "lr" in group and number < 16:
                key = f"lr{self.suffix}" + (f"/{number}" if number else "")
                found[key] = float(group["lr"])
        self._rates = found
        return found

    def skipped(self) -> bool:
        """A step in which a gradient scaler has the optimizer itself look at scaled gradients."""
        return getattr(self._optimizer(), "found_inf", None) is not None


class Trainees:
    """All optimizers that were seen."""

    def __init__(self) -> None:
        self._known: dict[int, Trainee] = {}
        self._made = 0
        self._latest: Trainee | None = None
        self._in_a_row = 0

    def __iter__(self) -> Iterator[Trainee]:
        return iter(list(self._known.values()))

    @property
    def sharing(self) -> int:
        """How many take turns."""
        return sum(trainee.shared for trainee in self)

    @property
    def none(self) -> bool:
        """Whether there is no optimizer."""
        return not self._known

    def of(self, optimizer: Any) -> Trainee:
        """What is known of `optimizer`."""
        key = id(optimizer)
        trainee = self._known.get(key)
        if trainee is None:
            self._made += 1
            trainee = self._known[key] = Trainee(optimizer, self._made, self)
            weakref.finalize(optimizer, self._known.pop, key, None).atexit = False
        return trainee

    def stepped(self, optimizer: Any) -> Trainee:
        """Note a step of `optimizer`."""
        latest = self._latest
        if latest is not None and latest.is_for(optimizer):  # in every step: no more than this
            latest.steps += 1
            self._in_a_row += 1
            return latest
        trainee = self.of(optimizer)
        trainee.steps += 1
        self._latest, self._in_a_row = trainee, 1
        if latest is not None and trainee.steps > 1:
            trainee.shared = latest.shared = True
        return trainee

    def undecided(self, trainee: Trainee) -> bool:
        """Whether it may yet turn out that `trainee` takes turns with another."""
        return len(self._known) > 1 and not trainee.shared and self._in_a_row < _ALONE
