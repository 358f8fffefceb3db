"""Llama Guard 3 and 4: a taxonomy of its own, and an answer in plain text."""

from moderator.contracts.labels import LABELS, Label
from moderator.contracts.verdict import Outcome
from moderator.review.documents import PolicyText
from moderator.review.opinion import Flaw, InvalidOutput, Opinion
from moderator.review.prompt import ChatMessage, Content, Question, Rung

# The MLCommons hazards as versions 3 and 4 number them (versions 1 and 2 number them otherwise), and our label where
# it means the same or holds it. The others are crimes, advice, privacy and the like, which no label of ours is about.
LABEL_OF: dict[str, Label | None] = {
    "S1": Label.THREAT,  # violent crimes
    "S2": None,  # non-violent crimes
    "S3": None,  # sex-related crimes: trafficking, assault, harassment
    "S4": Label.SEXUAL,  # child sexual exploitation
    "S5": None,  # defamation
    "S6": None,  # specialised advice
    "S7": None,  # privacy
    "S8": None,  # intellectual property
    "S9": None,  # indiscriminate weapons
    "S10": Label.HATE,
    "S11": Label.SELF_HARM,
    "S12": Label.SEXUAL,  # sexual content
    "S13": None,  # elections
    "S14": None,  # code interpreter abuse
}


class LlamaGuard:
    """Asks with the text alone: the endpoint's chat template puts the taxonomy around it, and takes no other message.
    So the answer follows that taxonomy and not the policy's words, and echoes no nonce.
    """

    def ask(self, policy: PolicyText, content: Content) -> Question:
        """The question about `content`; quoted, so that no line of it can pass for the template's."""
        message = ChatMessage(role="user", content=content.quoted)
        return Question(policy, content.nonce, (message,), {Rung.PLAIN: None}, content.cut)

    def read(self, question: Question, answer: str) -> Opinion:
        """The opinion in `answer`: `safe`, or `unsafe` and a line of categories. Raises InvalidOutput.

        Blank lines count for nothing, wherever they are. A category whose label the policy has becomes that label; any
        other stays as a rule, under its own code.
        """
        match [line.strip() for line in answer.splitlines() if line.strip()]:
            case ["safe"]:
                return Opinion(Outcome.ALLOW, (), (), None, None)
            case ["unsafe"]:
                raise InvalidOutput(Flaw.BLOCK_WITHOUT_RULE)
            case ["unsafe", listed]:
                codes = dict.fromkeys(code.strip() for code in listed.split(","))
            case _:
                raise InvalidOutput(Flaw.WRONG_SHAPE)
        if not codes.keys() <= LABEL_OF.keys():
            raise InvalidOutput(Flaw.UNKNOWN_RULE)
        found = {LABEL_OF[code] for code in codes} & set(question.policy.labels)
        labels = tuple(label for label in LABELS if label in found)
        rules = tuple(code for code in codes if LABEL_OF[code] not in found)
        return Opinion(Outcome.BLOCK, labels, rules, None, None)
