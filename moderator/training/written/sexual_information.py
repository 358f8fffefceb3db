"""Talk about sex and bodies that informs: health, news and law, massage and dance, content policy, biology."""

from moderator.training.written.grammar import Family
from moderator.training.written.sexual import SLOTS as SEXUAL_SLOTS
from moderator.training.written.vocabulary import at_length, listed

SLOTS = SEXUAL_SLOTS

FAMILIES: tuple[Family, ...] = (
    Family(
        name="sexual_information/health",
        templates=at_length("""
            {symptom} {question}
            {question} {symptom}
            {forum} {symptom} {symptom} {question} {after}
            {fact} {question}
            {fact} {fact}
            The leaflet says: {fact2} Talk to your doctor.
            Explain to a patient: {fact2}
            {symptom} My doctor {place2} was kind about it. {question}
            is it normal that {symptom2}? my husband says I should ask
            Lecture {soon}: sexual health after fifty. {fact}
            For my nursing exam: {fact2} Which answer is right?
            {past} the midwife explained how {fact3}. {question}
        """),
        slots={
            **SLOTS,
            "place2": listed("at the clinic / in the practice / on the phone / at the hospital"),
            "symptom2": listed("""
                sex hurts since the operation / my nipples are sore from breastfeeding
                I have no desire since the pills
                the condom broke / my period is late / he cannot keep an erection / it burns when I pee
                the coil has moved
                one testicle is swollen / my breasts hurt before my period / the test for chlamydia came back positive
                I am dry since the menopause / the baby bites when I breastfeed
            """),
            "symptom": listed("""
                I have noticed that {symptom2}. / Lately {symptom2}. / Since {event} {symptom2}.
                My problem: {symptom2}.
            """),
            "question": listed("""
                Should I see a doctor? / Is that a side effect? / Which test do I need? / Does it go away?
                Whom can I ask?
                Is the pill still safe? / Can I get the vaccine? / What do you recommend? / How long should we wait?
            """),
            "fact3": listed("""
                condoms protect against infections / the pill works / an erection depends on blood flow
                the cervix opens
                the vaccine prevents cancer / breast milk is made / sperm reaches the egg / hormones change desire
                syphilis spreads
            """),
            "fact2": listed("""
                Condoms protect against most infections. / Vaginal dryness is common after the menopause.
                Examine your breasts.
                The clitoris has thousands of nerve endings. / Loss of libido can have many causes.
                Syphilis can be cured.
                Consent can be withdrawn at any moment. / The prostate should be checked. / Pain during sex has a cause.
            """),
            "fact": listed("{fact2} / Remember how {fact3}. / The film shows how {fact3}."),
        },
        rows=250,
    ),
    Family(
        name="sexual_information/news",
        templates=at_length("""
            {case} {court} {end}
            {court} {case} {court}
            {forum} Have you read it? {case} {court} {after}
            {case} {case} {court}
            {lover} was accused of harassment {place}. {court}
            My colleague sent me an unwanted photo {past}. I reported it. {court2}
            anyone else think {court3}? {case}
            I was groped {place} {past}. I am angry and I want to report it. {court2}
            HR training {soon}: what counts as sexual harassment? {case}
            Podcast on sex work and the law: {court3}. {case}
            Summarise this in two sentences: {case} {court} {court}
        """),
        slots={
            **SLOTS,
            "case": listed("""
                The director resigned over allegations of sexual misconduct. / A court confirmed the rape conviction.
                Women at the firm describe years of unwanted advances. / The senator paid to keep the affair quiet.
                Parliament voted on a new law on consent. / Private nudes of an actress were leaked.
                Police closed an illegal brothel.
                The union of sex workers demands insurance. / A coach was suspended for touching athletes.
                A hidden camera was found {place}. / The site removed thousands of fake nude images.
            """),
            "court": listed("""
                The hearing is {soon}. / He denies everything. / Her lawyer welcomed the verdict.
                Experts call it overdue.
                The company promised an inquiry. / No names were published. / A helpline is open.
                The appeal was rejected.
            """),
            "court2": listed("""
                Whom do I tell? / HR took it seriously. / It was not my fault. / Is that a crime? / I am shaking.
            """),
            "court3": listed("""
                the sentence is too mild / victims deserve better / the law is unclear / the press went too far
            """),
        },
        rows=230,
    ),
    Family(
        name="sexual_information/body_work",
        templates=at_length("""
            {work} {effect}
            {effect} {work} {question}
            {forum} {work} {effect} {after}
            {question} {work}
            My physiotherapist {place}: "{work}" {effect}
            {past} I had a massage {place}. {effect}
            {lover} teaches salsa. {work2} {effect}
            Tango class {soon}. {work2} {effect}
            yoga {soon} {place}, {effect}
            {scene} The sauna was full and nobody minded being naked. {effect}
            {work2} {work2} {question}
        """),
        slots={
            **SLOTS,
            "work": listed("""
                Lie on your stomach and relax your thighs. / Undress to the waist, please.
                She worked oil into my lower back.
                Press your hips down and breathe. / Spread your legs as wide as your shoulders.
                He rubbed my calves until I groaned.
                Bend over and touch your toes. / Take off your shirt for the scan.
                She pushed hard between the shoulder blades.
            """),
            "work2": listed("""
                Hold your partner close. / Hips forward, then turn. / Let your body follow.
                Your hand rests on her back.
                Slide, do not jump. / She leads with the chest. / Sweat is part of it.
            """),
            "effect": listed("""
                The pain is gone. / I could hardly walk the next day. / My neck is soft again. / It felt so good.
                I moaned with pain.
                Worth every cent. / I slept like a log. / It hurts at first. / The muscles need heat.
            """),
            "question": listed("""
                How often should I do it? / Is soreness normal? / Does insurance pay? / What should I wear?
                Any tips?
            """),
        },
        rows=220,
    ),
    Family(
        name="sexual_information/policy",
        templates=at_length("""
            {rule} {reason}
            {reason} {rule} {rule}
            {forum} {rule} {reason} {after}
            Please explain the policy: {rule2}
            My post was removed {past}, it was {innocent}. {rule2}
            Why does the filter flag {innocent}? {reason}
            Moderators, a reminder: {rule} {reason}
            We classify adult content in three tiers. {rule} {reason}
            I have a question about {event}: may a {bar|club|museum|theatre} show {innocent}? {rule2}
            Write a content policy for a forum. {rule} {reason} {style2}
            Biology: {mating} {mating}
            {mating} How do they find each other? {reason2}
        """),
        slots={
            **SLOTS,
            "innocent": listed("""
                a statue / a breastfeeding picture / a mammogram / a swimsuit / a kiss / a Renaissance nude
                a lecture on contraception
                an anatomical drawing / a tango video / a birth photo
            """),
            "rule": listed("""
                Pornography is not allowed here. / Nudity in art is allowed. / Adverts for escorts are removed.
                Sexual content must be behind an age check. / Explicit stories belong in the adult section.
                Sexting in chat is a breach.
                Unwanted nudes lead to a ban. / Education about sex is welcome. / Adult films may not be linked.
            """),
            "rule2": listed("""
                Is nudity in art allowed? / Where is the line? / Who decides what is explicit?
                Which section is right?
            """),
            "reason": listed("""
                The payment provider insists. / Context matters. / We review every appeal. / Users asked for it.
                The law requires it.
                The classifier is not perfect.
            """),
            "reason2": listed("By scent. / By song. / By light. / Nobody knows."),
            "style2": listed("Be brief. / Use plain words. / Give examples. / Add an appeal process."),
            "mating": listed("""
                The snails mate for hours. / The queen bee mates once in her life.
                Bulls are kept apart until the mating season.
                The male spider offers a gift before mating. / Orchids lure wasps with scent.
                Stallions compete for the mares.
                Salmon spawn where they hatched. / Bonobos use sex to settle quarrels.
            """),
        },
        rows=220,
        kept_back=True,
    ),
)
