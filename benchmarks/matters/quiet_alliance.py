"""An alliance with twelve members, an officer for each, and a secretariat; nothing else."""

from binglian.domain.accounts.models import User
from binglian.domain.accounts.roles import Role
from binglian.domain.alliance.models import Alliance, Appointment, Membership, Organisation, today

MEMBERS = 12


def quiet_alliance() -> tuple[Alliance, User, User]:
    """The alliance, a platform administrator, and somebody of its secretariat."""
    bodies = [Organisation.objects.create(name=f"单位 {n}") for n in range(MEMBERS)]
    alliance = Alliance.objects.create(
        slug="crowd", name="测量", name_en="Measuring", lead_a=bodies[0], lead_b=bodies[1]
    )
    for number, body in enumerate(bodies):
        Membership.objects.create(
            alliance=alliance,
            organisation=body,
            category="functional",
            state=Membership.State.ADMITTED,
            from_on=today(),
        )
        _seat(alliance, f"officer-{number}", Role.LIAISON, body)
    administrator = User.objects.create(
        username="administrator", platform_role=Role.ADMINISTRATOR.value
    )
    return alliance, administrator, _seat(alliance, "secretariat", Role.SECRETARIAT, None)


def _seat(alliance: Alliance, name: str, role: Role, body: Organisation | None) -> User:
    user = User.objects.create(username=name, display_name=name, email=f"{name}@example.org")
    Appointment.objects.create(
        alliance=alliance, user=user, role=role.value, organisation=body, from_on=today()
    )
    return user
