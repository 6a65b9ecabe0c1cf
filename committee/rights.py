"""What a person may do where: the memberships of today, folded once per request."""

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Rights:
    """Sets of body keys (primary keys), by what may be done there."""

    bodies: frozenset[int] = frozenset()
    reads: frozenset[int] = frozenset()  # what members read; who only administers does not
    drafts: frozenset[int] = frozenset()
    secret: frozenset[int] = frozenset()
    attends: frozenset[int] = frozenset()
    by_role: dict[str, frozenset[int]] = field(default_factory=dict)
    places: tuple = ()  # the bodies themselves, with their municipality

    @classmethod
    def of(cls, memberships: Iterable) -> "Rights":
        held = list(memberships)
        roles = {one.role.key for one in held}
        return cls(
            bodies=frozenset(one.body_id for one in held),
            reads=frozenset(one.body_id for one in held if one.role.key != "administrator"),
            drafts=frozenset(one.body_id for one in held if one.role.may_read_drafts),
            secret=frozenset(one.body_id for one in held if one.role.may_read_secret),
            attends=frozenset(one.body_id for one in held if one.role.is_called),
            places=tuple({one.body_id: one.body for one in held}.values()),
            by_role={role: frozenset(one.body_id for one in held if one.role.key == role) for role in roles},
        )

    def has_role(self, body_id: int, *roles: str) -> bool:
        """Say whether one of the roles is held in the body."""
        return any(body_id in self.by_role.get(role, ()) for role in roles)

    def bodies_as(self, *roles: str) -> frozenset[int]:
        """Return the bodies in which one of the roles is held."""
        return frozenset().union(*(self.by_role.get(role, frozenset()) for role in roles))

    @property
    def only_reads(self) -> bool:
        """Whether this is a member or substitute who prepares nothing: the next meeting comes first."""
        return bool(self.attends) and not self.by_role.keys() - {"member", "substitute"}
