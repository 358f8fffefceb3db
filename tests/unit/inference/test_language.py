"""The language check lets English through however it is written, and stops what an English model cannot read."""

import pytest

from moderator.inference.language import LanguageCheck, profiles
from moderator.inference.normalise import normalise

ENGLISH = [
    "",
    "ok",
    "no no no no no",
    "🙂🙂🙂",
    "12:30 - 14:00",
    "lol idk y u mad bro its just a game",
    "they was finna dip but dem boys aint even show up smh",
    "gr8 m8, c u l8r 2nite??",
    "W.H.A.T a s4ve omgggg!!!1",
    "Café au lait and a croissant at Le Petit Jardin, naïve me thought it'd be cheap",
    "Flying from Los Angeles to Rio de Janeiro via El Paso and São Paulo",
    "José Núñez and Zoë Müller won the doubles in Łódź, what a match",
    "hasta la vista baby",
    "C'est la vie, I guess",
    "my grandma always said 'mañana' whenever we asked her anything",
    "ｔｈｉｓ ｉｓ ｆｉｎｅ",
    "¯\\_(ツ)_/¯ whatever",
    "ಠ_ಠ",
    "I told him привет and he just laughed at me",
    "@user http",
    "Tom and Kim ate two tacos, a pizza and some salsa in Las Vegas",
    "Sturm und Drang, Moulin Rouge de Paris",
    "Van der Berg against De la Cruz: who do you have in the final?",
]

# By language: as a message would be written, formal or not, none longer than a line.
OTHERS = {
    "es": [
        "¿dónde estás?",
        "no entiendo por qué la gente hace esto todos los días",
        "oye amigo, mañana vamos a la casa de tu hermano?",
    ],
    "fr": [
        "je ne sais pas pourquoi tu dis ça à tout le monde",
        "merci beaucoup, c'est vraiment très gentil de ta part",
    ],
    "de": ["ich weiß nicht, warum du das immer wieder machst", "Kannst du mir bitte sagen, wann der Zug morgen fährt?"],
    "pt": ["não sei o que você quer dizer com isso, mas tudo bem", "a gente vai pra praia amanhã, quer vir também?"],
    "it": ["non so perché fai sempre così con tutti gli altri", "grazie mille, ci vediamo domani alla stazione"],
    "nl": ["ik weet echt niet waarom je dat altijd moet doen", "kun je mij zeggen hoe laat de trein morgen gaat?"],
    "pl": [
        "nie wiem dlaczego zawsze tak robisz, to jest bez sensu",
        "czy możesz mi powiedzieć, kiedy jest następny pociąg?",
    ],
    "tr": ["neden her zaman böyle yapıyorsun bilmiyorum", "yarın için çok teşekkür ederim, görüşürüz"],
    "id": [
        "aku nggak tahu kenapa kamu selalu begitu sama semua orang",
        "terima kasih banyak, sampai jumpa besok di rumah",
    ],
    "vi": ["tôi không biết tại sao bạn luôn làm như vậy", "cảm ơn rất nhiều, hẹn gặp lại vào ngày mai"],
    "sv": ["jag vet inte varför du alltid måste göra så"],
    "tl": ["hindi ko alam kung bakit ganyan ka palagi sa lahat"],
    "hi": ["mujhe nahi pata tum aisa kyun karte ho yaar", "मुझे नहीं पता तुम ऐसा क्यों करते हो"],
    "yo": ["ẹ káàárọ̀, ṣé dáadáa ni ẹ wà"],  # without a list of words: by its letters
    "ru": ["я не знаю, почему ты всегда так делаешь"],
    "ar": ["لا أعرف لماذا تفعل هذا دائما"],
    "zh": ["我不知道你为什么总是这样", "你好 http @user"],
    "ja": ["今日はとても良い天気ですね"],
    "ko": ["왜 항상 그러는지 모르겠어"],
    "th": ["ฉันไม่รู้ว่าทำไมคุณถึงทำแบบนี้เสมอ"],
}


@pytest.fixture(scope="module")
def english() -> LanguageCheck:
    """Of an English model."""
    return LanguageCheck(["en"])


@pytest.mark.parametrize("text", ENGLISH)
def test_english_in_every_dress_is_read(english: LanguageCheck, text: str) -> None:
    """Slang, names, loanwords, faces and what nobody can tell the language of stay with the model."""
    assert english.reads(normalise(text))


@pytest.mark.parametrize("text", [text for texts in OTHERS.values() for text in texts])
def test_other_languages_are_told(english: LanguageCheck, text: str) -> None:
    """By script or by words, also where everything is in small letters."""
    assert not english.reads(normalise(text))


@pytest.mark.parametrize(
    "text",
    [
        "tambien quiero saber cuando llegan los demas, pero nadie dice nada",
        "je suis deja la, ou etes vous? ca fait une heure que je vous attends",
        "toi khong biet tai sao ban luon lam nhu vay",
        "jutro juz bede w domu, wiec mozesz do mnie zadzwonic po poludniu",
    ],
)
def test_without_their_accents_too(english: LanguageCheck, text: str) -> None:
    """As on a keyboard that lacks them."""
    assert not english.reads(text)


@pytest.mark.parametrize("language", ["de", "de-AT", "DE"])
def test_a_model_of_another_language(language: str) -> None:
    """The check follows the manifest: a German model reads German, with English words in it, and no English."""
    check = LanguageCheck([language])
    assert check.scope == "script and words"
    for text in (*OTHERS["de"], "das Update ist nice, aber der Support ist echt nicht so toll", "schöne Grüße!"):
        assert check.reads(text)
    for text in ("I do not know why you would ever say that to them", *OTHERS["fr"], *OTHERS["ru"]):
        assert not check.reads(text)


def test_several_languages() -> None:
    """What any of them reads is read; words tell the Latin ones apart, script the others."""
    check = LanguageCheck(["en", "fr", "ru"])
    assert all(map(check.reads, [*OTHERS["fr"], *OTHERS["ru"], "привет my friend", ENGLISH[5]]))
    assert not any(map(check.reads, [*OTHERS["es"], *OTHERS["zh"]]))


def test_languages_of_another_script() -> None:
    """Latin text is foreign to a Russian model, and Ukrainian cannot be told from Russian: it does not pretend to."""
    check = LanguageCheck(["ru"])
    assert check.scope == "script"
    assert check.reads("я не знаю http @user")
    assert check.reads("я не знаю, чому ти завжди так робиш")
    assert not check.reads("I do not know why")


@pytest.mark.parametrize(
    ("languages", "scope"), [(["la"], "script"), (["en", "la"], "script"), ([], "off"), (["en", "tlh"], "off")]
)
def test_what_it_does_not_know_it_does_not_judge(languages: list[str], scope: str) -> None:
    """Of a language without a list of words only the script tells; with an unknown one, nothing does."""
    check = LanguageCheck(languages)
    assert check.scope == scope
    assert all(check.reads(normalise(text)) for texts in (OTHERS["es"], OTHERS["pl"], ENGLISH) for text in texts)
    assert check.reads(OTHERS["ru"][0]) == (scope == "off")


def test_look_alikes_among_english_letters_are_english(english: LanguageCheck) -> None:
    """A letter of another script that hides a word does not take the text from the model."""
    assert english.reads("yоu аre so stupid thаt it hurts")  # with Cyrillic letters in three words


def test_a_foreign_quotation_in_english_is_english(english: LanguageCheck) -> None:
    """And an English word in a foreign sentence does not make it English."""
    assert english.reads("She wrote 'je ne sais pas' on the board and then she just left the room without a word")
    assert not english.reads("c'est vraiment un game pour les enfants, je ne comprends pas tout ce hype")


def test_profiles_are_sound() -> None:
    """Every list belongs to languages whose script is known to be Latin; words are such as texts are cut into."""
    known = profiles()
    for group, words in known.words.items():
        assert all("latin" in known.scripts[language] for language in group)
        assert all(word == word.lower() and not set(word) & set(' .,;"') for word in words), group
    assert known.letters.keys() <= known.scripts.keys()
    assert {script for scripts in known.scripts.values() for script in scripts} == known.classes.keys()
