"""What the store refuses a reviewer, in words for them."""

from moderator.errors import ModeratorError


class Refused(ModeratorError):
    """Nothing was changed; the message is for the reviewer to read."""

    words: str

    def __init__(self) -> None:
        super().__init__(self.words)


class LeaseExpired(Refused):
    """The claim is over: its time has run out, or it was given back."""

    words = "Your claim on this message has run out, so others may decide it. Nothing was saved; take the next one."


class AlreadyDecided(Refused):
    """Somebody else, a large model, or the same reviewer in another window was faster."""

    words = "This message has been decided already. Nothing was saved; take the next one."


class UndoTooLate(Refused):
    """The decision is being published."""

    words = "The time to undo this is over: the decision is on its way to the platform."


class NothingToUndo(Refused):
    """No decision of this reviewer, or one that is undone."""

    words = "There is no decision of yours to undo here, or it is undone already."


class NotAppealable(Refused):
    """No verdict of that id is final and in force, or what it is about was forgotten."""

    words = "Only a published final verdict that is still in force can be appealed, and only while its text is kept."
