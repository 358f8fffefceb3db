"""Threats that somebody makes: direct, conditional, veiled, against others, wishes of harm, incitement."""

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.vocabulary import COMMON, at_length, listed

THREAT = frozenset({Label.THREAT, Label.TOXIC})
RUDE = frozenset({Label.INSULT, Label.OBSCENE})  # whether it also insults depends on the words drawn

SLOTS = {
    **COMMON,
    # after "I will", "going to", "want to"
    "harm_you": listed("""
        break your jaw / hurt you / put you in hospital / beat you until you cannot stand / make you bleed / kill you
        smash your teeth in / break both your legs / end you / knock you out cold / wring your neck
        burn your house down
        run you over / cut you / shoot you / crack your skull / stab you / choke you / slap you senseless
        finish you off
        come round and hurt you / throw you down the stairs / put a bullet in you / drag you out of your car
        break every finger you have / set your car on fire / beat you in front of everyone / kick your ribs in
        make sure you never walk again / leave you in a ditch
    """),
    "harm_them": listed("""
        break {his|her} jaw / hurt {him|her} badly / put {him|her} in hospital / kill {him|her}
        smash {his|her} face in
        break both {his|her} legs / beat {him|her} with a bat / wring {his|her} neck / burn {his|her} house down
        run {him|her} over / cut {him|her} / shoot {him|her} / crack {his|her} skull / stab {him|her}
        strangle {him|her}
        throw {him|her} off the roof / put a bullet in {him|her} / set {his|her} car on fire / beat {him|her} bloody
        kick {his|her} ribs in / make {him|her} bleed / leave {him|her} in a ditch / finish {him|her} off
        bash {his|her} head in / slit {his|her} throat / punch {him|her} until {he|she} stops moving
    """),
    "grudge": listed("""
        talked to my wife / took my money / laughed at me / called the police / posted those photos / lied in court
        reported my account / parked in my spot / touched my car / got me fired / spoke to my manager / hurt my dog
        told everyone / cost us the match / ignored my calls / sold me that wreck / stole my bike / testified against me
        kicked me out / mocked my work / ruined my business / broke our deal / blocked me / kept the deposit
        went to the papers / signed that order / shouted at me / cheated at cards / left me / slept with my girlfriend
    """),
    "demand": listed("""
        delete that video / pay me back / keep your mouth shut / leave town / stay away from her / take that post down
        drop the charges / hand over the keys / give me my money / stop calling / quit the group / tell me where he is
        sign the papers / resign / call off the march / bring the cash / change your story / cancel the article
        move your car / open the door / leave my family alone / withdraw the complaint / send the password
        close that shop / stop the building work / say sorry in public / get off my street / shut down the channel
    """),
}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="threat/direct",
        templates=at_length("""
            I will {harm_you} {soon}. {end}
            Know this: {soon} I am going to {harm_you}, {I promise|count on it|and nobody will stop me}.
            You {grudge} and for that I will {harm_you}.
            Listen, I am coming {place} {soon} and I will {harm_you}. {after}
            next time I see you {place} I'll {harm_you}
            you {grudge}, so I'm gonna {harm_you} {soon}
            {forum} You {grudge}. I am not going to argue about it. I will {harm_you} {soon}. {after}
            I swear I will {harm_you} and then I will {harm_you}.
            Nothing would make me happier than to {harm_you}. See you {place} {soon}.
            I have waited ever since you {grudge}. Now {soon} I get to {harm_you}. {after}
            Enjoy {event}, because afterwards I will {harm_you}.
            {scene} I wrote you this so you know who did it: you {grudge}, and {soon} I will {harm_you}. {after}
        """),
        slots=SLOTS,
        positive=THREAT,
        unknown=RUDE,
        sentiment=0,
        rows=420,
    ),
    Family(
        name="threat/conditional",
        templates=at_length("""
            {demand} or I will {harm_you}.
            If you do not {demand}, I will {harm_you}. {after}
            If you {demand2} again I'm going to {harm_you}
            You have until {event} to {demand}. After that I {will|am going to} {harm_you}.
            You {grudge}. Either you {demand} {soon}, or I come {place} and {harm_you}.
            {forum} This is for the man who {grudge}: {demand}, or I will {harm_you}. {after}
            unless you {demand} by tomorrow somebody will {harm_you}, and that somebody is me
            One more word and I will {harm_you}.
            Set foot {place} again and I'll {harm_you}. {after}
            Last warning: {demand}. Otherwise I {harm_you}, and your family is next.
            We asked you nicely to {demand}. Do it, or we will {harm_you} {soon}.
            show up at {event} and we will {harm_you}, understood?
        """),
        slots={
            **SLOTS,
            "demand2": listed("""
            call her / come here / park there / post about us / talk to the press / look at me / touch that
            open your mouth
            write to my wife / mention my name / walk past my house / follow me / lie to me / raise your voice / knock
        """),
        },
        positive=THREAT,
        unknown=RUDE,
        sentiment=0,
        rows=420,
    ),
    Family(
        name="threat/third_person",
        templates=at_length("""
            I am going to find {person} and {harm_them}.
            If {person} says one more thing about {event}, I will {harm_them}. {after}
            {person} {grudge} and I swear I'll {harm_them} {soon}
            tell {person} I'm coming to {harm_them}
            {forum} It is about {person}, who {grudge} {past}. I have the address. I will {harm_them}. {after}
            Somebody hold me back or I will actually {harm_them}. I mean {person}. I am already {place}.
            {soon} I will wait for {person} {place} and {harm_them}.
            I have the address of {person}. {scene} I am sitting in the car and I am going to {harm_them}.
            Does anyone know where {person} parks? I want to {harm_them}, and this is not a joke.
            {person} will not live to see {event}. I will make sure of it.
            I dream of it every night: I {harm_them}, and {soon} I will do it for real. {after}
            He {grudge}. So I will {harm_them}. Tell him that.
        """),
        slots=SLOTS,
        positive=THREAT,
        unknown=RUDE,
        sentiment=0,
        rows=360,
    ),
    Family(
        name="threat/places",
        templates=at_length("""
            {soon} the {building} burns, and I will be the one with the match.
            Stay away from the {building} {soon}. I am going to shoot everyone inside.
            I am going to {attack} the {building} during {event}.
            They {closed} so I will {attack} the {building}. {after}
            if they go ahead with {event} we {attack} the {building}, simple as that
            {forum} They {closed}. I have nothing to lose, so {soon} I will {attack} the {building}. {after}
            There will be blood at the {building} {soon}. You have been warned.
            Whoever is in the {building} {soon} will die there.
            Every one of you who works at the {building} is going to pay with your life for this.
            Somebody ought to {attack} the {building}, and since nobody dares, I will do it {soon}.
            A bomb will go off at the {building} {soon}. They {closed} and this is my answer.
            Cancel {event} or people will die at the {building}.
        """),
        slots={
            **SLOTS,
            "building": listed("""
                town hall / courthouse / newspaper office / tax office / stadium / police station / bank / embassy
                clinic
                bus depot / shopping centre / radio station / court building / job centre / company headquarters
                theatre
                housing office / airport / nightclub / conference hall / call centre / warehouse / parliament / hospital
                ferry terminal / power station / hotel / casino / library / supermarket
            """),
            "attack": listed(
                "blow up / burn down / shoot up / set fire to / storm / bomb / drive a truck into / torch"
            ),
            "closed": listed("""
                took my house / closed my case / fired all of us / rejected my claim / cut my benefits
                laughed at my appeal
                sold the land / let him walk free / raised the rent again / banned me / refused to listen / lost my file
                covered it up / threw me out / froze my account
            """),
        },
        positive=THREAT,
        unknown=frozenset({Label.INSULT}),
        sentiment=0,
        rows=260,
    ),
    Family(
        name="threat/wish",
        templates=at_length("""
            I hope {person} {dies}.
            I hope you {die}. {after}
            you {grudge}, may you {die}
            {person} {grudge}. I would dance at the funeral, honestly I hope {he|she} {dies}.
            Do us a favour and {die} {soon}.
            {forum} {person} {grudge} {past}, and I will say it out loud: I hope {he|she} {dies}. {after}
            The world would be better if {person} {died}. I pray for it every night.
            I wish {person} had {died2} {past}.
            Nothing less than a slow death for {person}, please.
            people like you deserve to {die}
            I would pay to watch {person} {die}. {after}
            You deserve every bit of pain that is coming. I hope you {die} alone {place}.
            Whoever {grudge} deserves to be hurt, and I hope I am there to see it.
        """),
        slots={
            **SLOTS,
            "die": listed("""
                die / get hit by a bus / rot / die screaming / drown / burn / get shot / fall off a cliff / choke
                suffer
                bleed out / crash your car / get beaten up badly / never wake up / catch something fatal
            """),
            "dies": listed("""
                dies / gets hit by a bus / dies screaming / drowns / burns / gets shot / falls off a cliff / chokes
                suffers
                bleeds out / crashes and does not survive / gets beaten up badly / never wakes up
                catches something fatal
            """),
            "died": listed("died / got run over / drowned / got shot / burned / never woke up / bled out"),
            "died2": listed("died / drowned / been shot / burned to death / been run over / bled out"),
        },
        positive=THREAT,
        unknown=RUDE,
        sentiment=0,
        rows=320,
    ),
    Family(
        name="threat/veiled",
        templates=at_length("""
            I know {known}. {hint}
            {hint} {after}
            We saw you {place} {past}. {hint}
            Lovely family you have. I know {known}. {hint}
            it would be a shame if something happened to {dear} {place}
            You should not have {gone}. {hint}
            {forum} You know what you did. I know {known}, and I know {known}. {hint} {after}
            Does {dear} still walk home alone? {hint}
            I would think hard about {event} if I were you. I know {known}.
            Accidents happen {place}, all the time. Think of {dear}.
            A friendly word: people who {grudge} tend to disappear. {hint}
            {scene} I took a picture of your front door {past}. {hint}
        """),
        slots={
            **SLOTS,
            "known": listed("""
                where you live / which bus you take / when you leave for work / where your mother shops
                your licence plate
                which window is yours / the name of your dog / when your wife is home alone / where you park
                what time you go running / who your friends are / the code of your front door / where {dear} works
            """),
            "dear": listed(
                "your wife / your husband / your mother / your dog / your brother / your family / your sister"
            ),
            "hint": listed("""
                Sleep with one eye open. / Watch your back. / Check under your car in the morning.
                Your time is running out.
                You will not see me coming. / No lock will keep me out. / You will not get home tonight.
                Say goodbye to your loved ones. / We will meet, and you will not like it.
                Tick tock, then it is your turn to bleed.
                Houses burn so easily. / The brakes on your car are not what they were. / You are on my list.
                I am closer than you think. / There is a price on your head. / It would be your last mistake.
            """),
            "gone": listed("""
                gone to the police / testified / said my name / come back here / written that article
                touched what is mine
                opened that door / taken the job / crossed us / talked to the inspector / shown your face {place}
            """),
        },
        positive=THREAT,
        unknown=frozenset({Label.INSULT}),
        sentiment=0,
        rows=300,
    ),
    Family(
        name="threat/incitement",
        templates=at_length("""
            {everyone}, meet {place} {soon} and let's {attack} {target}.
            It is time to {attack} {target}. {after}
            Bring bats to {event}. {target} will be there and we are going to {attack2} them.
            why has nobody {attacked} {target} yet, somebody do it
            {forum} {target} {wronged}, and words do nothing. Pick up a weapon and {attack} {target}. {after}
            The only language {target} understand is violence. {attack3} them {soon}.
            Share this address. Make sure {target} cannot leave the building alive.
            If you see {target} {place}, do not talk, {attack2} them.
            {everyone}! They {wronged}. No more petitions, {attack2} them and do not stop when they beg.
            I will pay whoever has the nerve to {attack} {target} {soon}.
            {target} should be hunted down and {attacked2}, every last one. Who is with me {soon}?
        """),
        slots={
            **SLOTS,
            "everyone": listed(
                "Everyone / Brothers / Lads / People of this town / All of you / Friends / Comrades / Boys"
            ),
            "target": listed("""
                the landlords / the referees / the councillors / the strikers / the reporters / those protesters
                the bailiffs
                the away fans / the judges / the traffic wardens / the bankers / the builders of that road
                the squatters
                the tax inspectors / the ones who voted for it / the owners / the guards
            """),
            "attack": listed("attack / beat up / burn out / ambush / stone / shoot / string up / run over"),
            "attack2": listed("beat / hurt / stab / shoot / burn / kick / crush"),
            "attack3": listed("Beat / Hurt / Burn / Shoot / Attack / Ambush"),
            "attacked": listed("shot / attacked / beaten up / ambushed / run over"),
            "attacked2": listed("shot / beaten / hanged / burned / stoned"),
            "wronged": listed("""
                sold us out / raised the rent / lied to us / took our jobs / laughed at us / stole the match
                closed the plant
                cut our pay / blocked the road / lied in the papers / put up the fence
            """),
        },
        positive=THREAT,
        unknown=RUDE | {Label.HATE},
        sentiment=0,
        rows=260,
        kept_back=True,
    ),
)
