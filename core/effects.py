"""What follows from a step, registered by the apps above and run in the step's transaction."""

from collections import defaultdict
from collections.abc import Callable

from core.registry import Registry

Effect = Callable[..., None]

effects: Registry[Effect] = Registry("effect")
_by_step: dict[tuple[str, str], list[Effect]] = defaultdict(list)


def effect(model: str, step: str) -> Callable[[Effect], Effect]:
    """Run the function, with the subject and its StepTaken, whenever a `model` takes the step."""

    def register(function: Effect) -> Effect:
        effects.add(f"{model} {step}: {function.__module__}.{function.__name__}", function)
        _by_step[model.lower(), step].append(function)
        return function

    return register


def of(model, step: str) -> list[Effect]:
    """Return the effects of a model's step in the order they were registered."""
    return _by_step[model._meta.label_lower, step]
