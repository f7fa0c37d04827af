"""What the bot can say, as facts; the words stand in `bot/content/`."""

import re
from dataclasses import dataclass, fields
from typing import ClassVar

__all__ = ["Message", "Question", "Refusal", "Sample"]


@dataclass(frozen=True, slots=True)
class Message:
    """Something the bot says, as the facts its template is filled with.

    The class `AskQuantity` in the module `bot.flows.sales.sell` is worded by
    `bot/content/sell/ask_quantity.id.j2` and its English twin `.en.j2`.

    Attributes:
        lasting: whether the message stays in the chat when a button under it leads elsewhere, as
            a receipt does; other messages turn into what the button shows.
        passing: whether the message only shows how things stand. Where a flow ended with it, and
            so did nothing, a newer such message to the same chat takes its place while neither
            has been sent. Nothing that records, decides, refuses or asks is passing.
    """

    lasting: ClassVar[bool] = False
    passing: ClassVar[bool] = False

    @classmethod
    def topic(cls) -> str:
        """The folder of the template: the module's last name, without `_messages` and the like."""
        last = cls.__module__.rpartition(".")[2]
        return last.removesuffix("_messages").removesuffix("_questions")

    @classmethod
    def name(cls) -> str:
        """The file of the template, without language and ending."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def facts(self) -> dict[str, object]:
        """The fields by name, as the template sees them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Question(Message):
    """A message that waits for an answer.

    Stored conversations know a question by `asked_as` alone, so the class, its fields and its
    module can be renamed at any time.

    Attributes:
        asked_as: the topic, what is asked, and the version, as in `sale.buyer@1`. The version is
            raised when the facts or the answer mean something else from now on: answers to the
            earlier version are then asked for again. A name is never used for another question.
    """

    asked_as: ClassVar[str]

    def __init_subclass__(cls) -> None:
        """See that every question has a name of its own.

        Raises:
            TypeError: where it has none.
        """
        if "asked_as" not in cls.__dict__:
            raise TypeError(
                f"{cls.__module__}.{cls.__qualname__} is a question without a name: "
                'give it asked_as: ClassVar[str] = "topic.what_is_asked@1"'
            )


@dataclass(frozen=True, slots=True)
class Sample:
    """What others will get, shown as they will see it, in front of the question about it.

    A question with a field `sample` of this type is asked below it.

    Attributes:
        worded: the text in Telegram's HTML.
        file_id: of the photo or document that it stands under; empty where there is none.
        file_kind: `photo`, `document` or nothing.
    """

    worded: str
    file_id: str = ""
    file_kind: str = ""


class Refusal(Exception):  # noqa: N818 - an expected "no" is not an error
    """An expected "no": what is wrong, and the question that it belongs to.

    Attributes:
        message: what to tell the person.
        question: the question whose answer is refused; None means the one answered last.
    """

    def __init__(self, message: Message, question: type[Question] | None = None) -> None:
        super().__init__(type(message).__name__)
        self.message = message
        self.question = question
