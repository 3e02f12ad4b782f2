"""What accounts answer to lower apps, show on people's screens, and have the relay do."""

from datetime import timedelta
from uuid import UUID

from backend.accounts.selectors import live_roles, path_of
from backend.accounts.services import forget_old_guards
from backend.journal.selectors import register_path_resolver
from kernel import realtime
from kernel.events import Event, subscriber
from kernel.outbox import register_pump

register_path_resolver(path_of)
register_pump("accounts.forget_old_guards", forget_old_guards, every=timedelta(minutes=10))


@subscriber("accounts.on_rights_changed", to=("account.rights_changed",))
def show_roles(event: Event) -> None:
    """Show the person's apps the roles as they are now."""
    person = UUID(event.data["user_id"])
    realtime.publish(
        [person],
        event_id=event.id,
        type=event.type,
        subject=("user", person),
        data={"set": {"roles": live_roles(person)}},
    )
