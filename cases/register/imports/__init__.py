"""What files bring into the register: the actions of a plan; and whom an import's changed sentences are told to."""

from cases.register.imports import actions, touched

__all__ = ["actions", "touched"]
