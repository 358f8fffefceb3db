"""Sexual offers between adults: solicitation, adverts of adult services, role-play."""

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.sexual import SEXUAL, SLOTS, UNSURE
from moderator.training.written.vocabulary import at_length, listed

FAMILIES: tuple[Family, ...] = (
    Family(
        name="sexual_offers/solicitation",
        templates=at_length("""
            {looking} {contact}
            {who} looking for {what} {soon}. {contact}
            {forum} {who2} {looking} {contact} {after}
            anyone up for {what} {soon}? {contact}
            In town for {event}, {who} seeks {what}. {contact}
            {who2} My wife knows. I am after {what}. {contact}
            Send me {pics} and I will send you mine. {contact}
            {aside} {who2} {looking} {contact}
            Any couples here who want {what} {place}? {contact}
            how much for {what}? {contact}
            Trade {pics}? {who2} {contact}
            Roommate wanted, rent is {what}. {contact}
        """),
        slots={
            **SLOTS,
            "who": listed("""
                married man / bored wife / open couple / travelling businessman / discreet lady / fit divorcee
                curious husband
                experienced woman / bisexual man / lonely trucker
            """),
            "who2": listed("""
                Married man here. / I am a bored wife. / We are an open couple. / Travelling for work.
                Discreet and clean.
                Divorced and done with waiting. / Experienced woman here.
            """),
            "what": listed("""
                sex without strings / a quickie / a threesome / a naked massage with a happy ending / a hot night
                an affair
                phone sex / some fun in bed / a sex date / sexting / oral / a swingers' evening / a naughty video call
            """),
            "looking": listed("""
                I am looking for {what}. / {soon} I want {what}. / Who wants {what} {place}? / I offer {what}.
            """),
            "pics": listed("""
                nudes / a naked picture / naughty photos / a video in the shower / a picture without clothes
                lingerie pics
            """),
            "contact": listed("""
                Private message me. / No strings. / Write to me tonight. / I can host. / Hotel is booked.
                Photos on request.
                Be clean and polite. / No small talk. / I am discreet. / Ask for my number. / Send a picture first.
            """),
        },
        positive=SEXUAL,
        unknown=UNSURE | {Label.SPAM},
        rows=270,
    ),
    Family(
        name="sexual_offers/adverts",
        templates=at_length("""
            {ad} {offer}
            {offer} {ad} {price}
            {ad} {ad} {offer} {price}
            NEW: {offer} {price}
            {name2} {ad} {price}
            {name2} {offer} {ad}
            {soon} live: {name2} {offer} {price}
            forget {event}, {ad} {price}
        """),
        slots={
            **SLOTS,
            "name2": listed("""
                Scarlet is back. / Meet Roxanne. / Lady Velvet receives again. / Diego is in town.
                Mistress Iris awaits you.
            """),
            "ad": listed("""
                Uncensored videos every day. / Watch me undress, live. / Full service, in or out of your hotel.
                Hot mature ladies near you.
                Escort with curves and no limits. / Erotic massage by two hands or four.
                See what I do when the camera is on.
                Real amateurs, real orgasms. / Strictly for adults. / Gentlemen welcome, couples too.
                Lingerie off at midnight.
            """),
            "offer": listed("""
                Subscribe to see me naked. / Book an hour of pleasure. / The first nude set is free.
                My toys are charged, are you?
                Private shows on request. / Unlock the shower video. / Dirty chat, day and night.
                Girlfriend experience, overnight.
                Join my adult page.
            """),
            "price": listed("""
                Half price {soon}. / Cards accepted. / Discretion guaranteed. / Adults only. / Ten a month.
                Link in my profile.
                No bargaining. / Cancel at any time.
            """),
        },
        positive=SEXUAL,
        unknown=UNSURE | {Label.SPAM},
        rows=230,
        kept_back=True,
    ),
    Family(
        name="sexual_offers/role_play",
        templates=at_length("""
            *{move}* {line}
            *{move} and {move}* {line} {line}
            Let's role-play. You are {role}, I am {role}. *{move}* {line}
            You play {role}. We are both adults and we want each other. *{move}*
            {line} *{move}* Your turn.
            {scene} *{move}* {line} {scene} *{move}*
            Stay in character: you are {role} and you cannot resist me. {line} *{move}*
            {aside} *{move}* {line} *{move}*
            ooc: can we get to the sex scene? ic: *{move}* {line}
        """),
        slots={
            **SLOTS,
            "role": listed("""
                a bored queen / my strict boss / a vampire lord / the massage therapist / a pirate captain
                the new neighbour
                a prison doctor / a lonely innkeeper / an elven duchess / the fitness coach / a knight far from home
                my wife
            """),
            "move": listed("""
                pulls you close and unzips your dress / pushes you onto the bed / unbuttons your shirt / drops the towel
                kisses down your stomach / sits on your lap and grinds / pins your wrists above your head
                slips a hand under your skirt
                bites your earlobe and moans / locks the door and undresses / kneels before you and opens your belt
                presses naked against you / runs ice over your nipples
            """),
            "line": listed("""
                "Take it all off." / "Tell me how you like it." / "Be a good servant and kneel."
                "I have waited all day for your body."
                "Louder, I want to hear you." / "Turn around, slowly." / "Do you feel what you do to me?"
                "Not yet. Beg."
                "Open your legs." / "You are mine tonight."
            """),
        },
        positive=SEXUAL,
        unknown=UNSURE,
        rows=230,
        kept_back=True,
    ),
)
