"""Messages of the bot, as facts; their words are in `bot/content/`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import ClassVar

from bot.core.errors import JualDuluError

__all__ = ["Message", "ProofSample", "Question", "Refusal", "Sample"]


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the bot, as the facts its template is filled with.

    The class `AskQuantity` in the module `bot.flows.sales.sell` is rendered by
    `bot/content/sell/ask_quantity.id.j2` and its English version `.en.j2`.

    Attributes:
        lasting: whether the message, such as a receipt, stays unchanged when a button under it
            leads elsewhere; other messages are edited into the answer to the button.
        passing: whether the message only shows a present state. If a flow ends with it, and so has
            no effect, a newer such message to the same chat replaces it while neither has been
            sent. No message that records, decides, refuses or asks is passing.
        ends_all: whether a flow that ends with it also ends what was to come after that flow.
    """

    lasting: ClassVar[bool] = False
    passing: ClassVar[bool] = False
    ends_all: ClassVar[bool] = False

    @classmethod
    def topic(cls) -> str:
        """Returns the folder of the template: the module's name, without `_messages` etc."""
        last = cls.__module__.rpartition(".")[2]
        return last.removesuffix("_messages").removesuffix("_questions")

    @classmethod
    def name(cls) -> str:
        """Returns the file of the template, without language and extension."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    def facts(self) -> dict[str, object]:
        """Returns the fields by name, as the template sees them."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(frozen=True, slots=True)
class Question(Message):
    """A message that waits for an answer.

    Stored conversations know a question by `asked_as` alone, so the class, its fields and its
    module can be renamed at any time.

    Attributes:
        asked_as: topic, question and version, such as `sale.buyer@1`. The version is raised when
            the facts or the answer change their meaning: the question is then asked again where
            an earlier version was answered. A name is never reused for another question.
        pressed_before: buttons of the question before this one, and the answer to this one that
            a press on them means: what was typed may overtake a press that was made before it.
        reads_caption: whether its answer may be a photo together with the words under it;
            otherwise the words are read as if typed after the photo.
        as_shown: whether an accepted answer counts only while the question reads as it did then;
            if it reads differently later in the conversation, it is asked again.
        beside: facts that are shown for orientation, such as how many others wait: if they alone
            have changed, an answer counts.
    """

    asked_as: ClassVar[str]
    pressed_before: ClassVar[Mapping[str, str]] = MappingProxyType({})
    reads_caption: ClassVar[bool] = False
    as_shown: ClassVar[bool] = False
    beside: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Check that the question has a name of its own.

        Raises:
            TypeError: it has none.
        """
        if "asked_as" not in cls.__dict__:
            raise TypeError(
                f"{cls.__module__}.{cls.__qualname__} is a question without a name: "
                'give it asked_as: ClassVar[str] = "topic.what_is_asked@1"'
            )

    def on_change(self) -> Message | None:
        """Returns what is said before it is asked again because it reads differently now.

        None stands for the usual words.
        """
        return None


@dataclass(frozen=True, slots=True)
class Sample:
    """A preview of what others will receive, or the photo that a question is about.

    A question with a field `sample` of this type is asked below it.

    Attributes:
        text: the text in Telegram's HTML.
        file_id: the photo or document that it is the caption of; empty for a plain text.
        file_kind: `photo`, `document` or empty.
    """

    text: str
    file_id: str = ""
    file_kind: str = ""


@dataclass(frozen=True, slots=True)
class ProofSample(Sample):
    """The photo of an invoice, above the question about its sale.

    Attributes:
        subject: what the audit log says was shown, such as `sale 12`.
    """

    subject: str = ""


class Refusal(JualDuluError):  # noqa: N818 - the trade's word for an expected "no"
    """An expected "no": what is wrong, and the question it belongs to.

    Attributes:
        message: the message for the person.
        question: the question whose answer is refused; None means the one answered last.
    """

    def __init__(self, message: Message, question: type[Question] | None = None) -> None:
        super().__init__(type(message).__name__)
        self.message = message
        self.question = question
