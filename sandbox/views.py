"""What can be seen from outside: a chat, the log of calls, violations, what is confirmed."""

from sandbox.menus import menu
from sandbox.refusals import NotPossible
from sandbox.state import Json
from sandbox.world import World


class Views:
    """Looks at the world and changes nothing."""

    def __init__(self, world: World) -> None:
        self.world = world

    def chat(self, person: int | None, chat: int | None = None, after: int = 0) -> Json:
        """A chat as a person sees it: messages, keyboard, commands, unread count."""
        somebody = self.world.person(person)
        place = self.world.chats.get(chat or somebody.id)
        if place is None:
            raise NotPossible(f"no chat {chat}", 404)
        return {
            "messages": [
                message.body for number, message in place.messages.items() if number > after
            ],
            "reply_keyboard": place.reply_keyboard,
            "keyboard_hidden": place.keyboard_hidden,
            "commands": menu(self.world, somebody.id, place.id),
            "unread": place.unread,
            "started": somebody.started,
            "blocked": somebody.blocked,
            "event": self.world.events.last,
        }

    async def wait(self, chat: int | None, after: int, hold_s: float) -> Json:
        """Hold until the bot did something in a chat after an event."""
        events = await self.world.events.until(
            lambda event: bool(event.get("by_bot")) and event.get("chat") == chat, after, hold_s
        )
        return {"events": events, "event": self.world.events.last}

    def log(self, after: int = 0) -> Json:
        """Every call of the bot."""
        requests = [entry for entry in self.world.log if entry["n"] > after]
        return {"requests": requests, "last": self.world.logged}

    def violations(self) -> Json:
        """What a correct bot would never have asked."""
        return {"violations": self.world.violations}

    def confirmed(self) -> Json:
        """How far the bot has confirmed, and what it has not."""
        updates = self.world.updates
        return {
            "offset": updates.confirmed,
            "pending": len(updates.queue),
            "pending_ids": [queued.id for queued in updates.queue],
        }

    def people(self) -> Json:
        """Everybody, and the bot."""
        people = [self.world.introduce(person) for person in self.world.people.values()]
        return {"people": people, "bot": self.world.bot_card()}

    def faults(self) -> Json:
        """The disturbances still set."""
        return {"faults": self.world.faults.show()}
