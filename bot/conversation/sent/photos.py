"""Answers photos and documents: the file and the words under it are both read.

An album is one message to the person who sends it, but comes as several updates. Its first file
and its words are put together from those that have arrived; it gets one answer.
"""

from dataclasses import replace

from bot.conversation import engine
from bot.conversation.asking import already_used, current, note_use, take_quietly
from bot.conversation.replaying import play_on
from bot.conversation.sent.address_books import take_contact_file
from bot.conversation.sent.forwards import answer_forwarded, is_of_another
from bot.conversation.sent.noise import lead_back
from bot.conversation.sent.other_media import answer_media
from bot.conversation.sent.payout_sheets import take_payout_file
from bot.conversation.sent.texts import begins_a_sale, is_control, route_text
from bot.conversation.sent.whole_albums import whole_album
from bot.core.conversation.fingerprint import question_of
from bot.core.conversation.messages import Message
from bot.core.conversation.replay import EnclosedFile, Open
from bot.flows.broadcasts.broadcast_questions import AskBody
from bot.flows.sales.sell_messages import AskProof, AskRecord, PhotoTaken
from bot.flows.sent import CaptionUnused, FileSent, PhotoKept, PhotoSent, PhotoUnused
from bot.flows.spec import FlowSpec
from bot.flows.talk import JustType, OneOfAlbum
from bot.store.conversation import sessions
from bot.store.conversation.sessions import Session
from bot.store.queue import albums
from bot.turn.turn import Turn

__all__ = ["answer_photo"]

FILES = frozenset({"photo", "document"})


def answer_photo(turn: Turn) -> None:
    """Answer a photo or document, or the album that this is a part of."""
    chat, album = turn.incoming.chat_id, turn.incoming.album
    if not album:
        _take(turn)
        return
    seen = albums.seen(turn.conn, chat, album, turn.now)
    if seen == "first":
        turn.incoming = whole_album(turn.conn, turn.incoming)
    words = bool(turn.incoming.text.strip()) and albums.read_words(turn.conn, chat, album)
    if seen == "taken":
        if words:
            _read_words(turn)
    elif turn.incoming.file is None:
        if words or seen == "first":
            answer_media(turn)
    elif _take(turn, quietly=seen == "before" and not words):
        albums.take(turn.conn, chat, album)


def _take(turn: Turn, *, quietly: bool = False) -> bool:
    """Take the file with its words, and return whether it was of use; quietly refuses nothing."""
    file = turn.incoming.file
    assert file is not None, "the router brings photos and documents here"
    session = sessions.load(turn.conn, turn.incoming.chat_id)
    if session is None and (take_payout_file(turn) or take_contact_file(turn)):
        return True
    if session is None and is_of_another(turn) and turn.incoming.text.strip():
        return answer_forwarded(turn)
    words = "" if is_of_another(turn) else turn.incoming.text.strip()
    if session is not None and turn.after_gap:
        engine.ask_again(turn)
        return True
    if session is None or session.waiting is not None:
        if words:
            return _begin(turn, file)
        if not quietly:
            member = turn.caller.me is not None
            photo = turn.incoming.kind == "photo"
            lead_back(
                turn,
                PhotoSent(member) if photo else FileSent(member),
                asked=JustType() if session is not None else None,
            )
        return False
    return _answer(turn, session, file, words, quietly=quietly)


def _begin(turn: Turn, file: EnclosedFile) -> bool:
    """Read the words of a photo while nothing is open: a sale that they begin keeps the photo."""
    turn.reply.preface = PhotoUnused(file.kind == "document")
    turn.to_enclose = file
    _read_words(turn)
    return True


def _answer(
    turn: Turn, session: Session, file: EnclosedFile, words: str, *, quietly: bool
) -> bool:
    """Answer the open question with the file, with the words, or with both."""
    spec = current(turn, session)
    if spec is None:
        return True
    keeps = spec.keeps_photo
    if not words or _reads_caption(turn, spec, session):
        return _answer_with_file(turn, session, file, keeps=keeps, quietly=quietly)
    if begins_a_sale(turn, session, words):
        _begin(turn, file)
    elif is_control(turn, words):
        _read_words(turn)
    elif take_quietly(turn, session) is not None:
        turn.reply.preface = OneOfAlbum() if turn.incoming.album else None
        _read_words(turn, CaptionUnused())
    elif keeps:
        said = _enclose(turn, session, file)
        if isinstance(said, PhotoTaken) and question_of(session.asked) == AskRecord.asked_as:
            engine.ask_again(turn, said)  # a yes meant the sale with this photo
            return True
        turn.reply.preface = said or PhotoUnused(file.kind == "document")
        _read_words(turn)
    elif question_of(session.asked) != AskBody.asked_as or not _answer_with_body(turn, session):
        turn.reply.preface = PhotoUnused(file.kind == "document")
        _read_words(turn)
    return True


def _answer_with_file(
    turn: Turn, session: Session, file: EnclosedFile, *, keeps: bool, quietly: bool
) -> bool:
    """Answer with the file alone; a sale keeps it also where it is no answer."""
    if engine.answered(turn, session, quietly=quietly or keeps):
        return True
    if not keeps:
        return False
    said = _enclose(turn, session, file) or JustType()
    kept = isinstance(said, PhotoKept)
    if kept or not quietly:
        engine.ask_again(turn, said)
    return kept


def _answer_with_body(turn: Turn, session: Session) -> bool:
    """Take the words as the text of a broadcast, and the photo as its picture."""
    with_photo, words = turn.incoming, replace(turn.incoming, kind="text")
    turn.incoming = words
    now = take_quietly(turn, session)
    turn.incoming = with_photo
    if now is None:
        return False
    if not engine.answered(turn, now, quietly=True):
        engine.ask_again(turn, PhotoUnused(with_photo.kind == "document"))
    turn.incoming = words  # a change of the words is a change of the text
    note_use(turn, session, len(session.answers))
    return True


def _enclose(turn: Turn, session: Session, file: EnclosedFile) -> PhotoKept | PhotoTaken | None:
    """Keep the file for the open sale, unless another sale has it; returns what to say.

    None, if an answer has settled by now what proves the sale.
    """
    if any(
        given.question == AskProof.asked_as or given.answer.kind in FILES
        for given in session.answers
    ):
        return None
    trouble = already_used(turn, file)
    if trouble is not None:
        return trouble
    sessions.save(turn.conn, replace(session, enclosed=file), turn.now)
    return PhotoKept(bool(turn.incoming.album))


def _reads_caption(turn: Turn, spec: FlowSpec, session: Session) -> bool:
    """Returns whether the open question reads a photo together with its words."""
    outcome = play_on(turn, spec, session)
    return isinstance(outcome, Open) and outcome.question.reads_caption


def _read_words(turn: Turn, unread: Message | None = None) -> None:
    """Route the words as if typed."""
    turn.incoming = replace(turn.incoming, kind="text")
    route_text(turn, unread=unread)
