"""What sounds like a threat and is none: games, idioms, reports of threats, safety, trades that cut and kill."""

from moderator.training.written.grammar import Family
from moderator.training.written.threat import SLOTS as THREAT_SLOTS
from moderator.training.written.vocabulary import at_length, listed

SLOTS = {
    **THREAT_SLOTS,
    "team": listed("""
        the Rovers / the Hawks / United / the visitors / the champions / the Blue Jackets / Northgate
        the league leaders
        their second team / the Wolves / Albion / the Tigers / the quiz team from the library / the rowing club
        the Lions
        the accounting department / the red guild / the orange clan / the neighbours' darts team
    """),
    "crush": listed("""
        destroy / crush / annihilate / slaughter / bury / wipe the floor with / murder / smash / demolish / thrash
        flatten
        kill / hammer / run over / massacre / hunt down / bring down / knock out / finish off
    """),
    "relative": listed("""
        my mother / my husband / my wife / my boss / my editor / my sister / my flatmate / the landlady / my coach
        my dentist
        my brother / the accountant / my girlfriend / my father / the bride / my agent / my personal trainer / the chef
    """),
}

FAMILIES: tuple[Family, ...] = (
    Family(
        name="threat_lookalikes/sports",
        templates=at_length("""
            We are going to {crush} {team} {soon}. {end}
            {team} beware, you will get {crushed} {soon}!
            {soon} we play {team} and I say we {crush} them, {three|four|five} nil.
            {forum} Our keeper is back, the striker is fit and {team} have lost five in a row. We will {crush} them \
                {soon}. {after}
            Did you see how we {crushed} {team} {past}? What a match. {end}
            I will {crush} you {soon}, bring your best deck.
            you {grudge_play}, so prepare to die in the next round, noob friend :)
            Respawn, get the rifle, wait {place} in the game and shoot him when he jumps. Then we {crush} the base.
            My chess plan is simple: take the bishop, trap the queen and {crush} {team} in the endgame.
            {team} got {crushed} {past} and deserved it, their defence was asleep. {end}
            He fired a shot {from the edge of the box|from thirty metres} and killed the game. {team} never recovered.
            Next fight is {soon}. I train every day and I am going to knock him out in the second round. {after}
            In this level you stab the guard, hide the body and set fire to the barrels. Has anyone beaten the boss yet?
        """),
        slots={
            **SLOTS,
            "crushed": listed("""
                destroyed / crushed / slaughtered / buried / thrashed / hammered / demolished / murdered
            """),
            "grudge_play": listed("""
                beat me twice / stole my flag / took the trophy / won on penalties / sank my ship / captured my tower
            """),
        },
        rows=330,
    ),
    Family(
        name="threat_lookalikes/idioms",
        templates=at_length("""
            {relative} is going to kill me when {she|he} sees {mess}. {end}
            I'm dead if {relative} finds out about {mess}.
            Oh my god, {mess}, {relative} will murder me!
            {forum} So I forgot {event} {past}. {relative} will have my head. Any gift ideas? {after}
            You killed it on stage {past}! The whole room was on fire. {end}
            I could murder a {curry|pizza|sandwich|coffee|kebab} right now
            He absolutely slayed {past}, that voice could kill. {end}
            I would kill for {a day off|that coat|her voice|a parking space|tickets to the concert}.
            If {relative} plays that song one more time I will scream.
            That joke killed me, I am crying with laughter {place}. {end}
            {relative} will strangle me if I miss {event} again, haha
            My feet are killing me after {event}, and these shoes will be the death of me.
            {event} is going to be a bloodbath, every ticket was gone in a minute. {end}
            I shot {relative} a message and we hit it off straight away. {end}
            Break a leg {soon}! You are going to knock them dead.
            {relative} jumped down my throat because of {mess}, then we had a good laugh. {after}
        """),
        slots={
            **SLOTS,
            "mess": listed("""
                the wine on the sofa / the broken vase / the scratch on the car / the phone bill / the burnt pan
                the haircut
                the dog on the bed / the missing cake / my new tattoo / the flooded bathroom / the parking ticket
                the late train
                the shrunken jumper / the state of the kitchen / the credit card bill / the hole in the fence
            """),
        },
        rows=330,
    ),
    Family(
        name="threat_lookalikes/reporting",
        templates=at_length("""
            {person} told me: "I will {harm_you}." {advice}
            I got a message {past} that said "I am going to {harm_you}". {advice}
            {forum} {person} stood {place} {past} and shouted "I'll {harm_you}" at me because I {grudge_me}. {advice} \
                {after}
            He wrote to my sister, quote, "{demand} or I will {harm_you}". {advice}
            someone commented "I'll {harm_you}" under my post, {advice}
            The police asked me to write down what happened. {past} {person} said "I will {harm_you}" {place}. {advice}
            My client was threatened with the words "{demand} or I will {harm_you}". {advice}
            I moderate a forum and a user wrote "I'm going to {harm_you}" to another. {advice}
            {person} lost the appeal: the court found that "I will {harm_you}" was a threat.
            After {event} my mother was told "we will {harm_you}" by a stranger. She is scared to go out. {advice}
            I am afraid of {person}, who said {past} that one day I would pay for what I did. {advice}
            It took me years to leave a man who said "I will {harm_you}" when dinner was late. I am safe now. {after}
        """),
        slots={
            **SLOTS,
            "grudge_me": listed("""
                parked in the wrong spot / asked for my money / took a photo / said no / reported the leak
                refused to sign
                ended the contract / talked to the press / asked for quiet / gave a bad review / was a witness
            """),
            "advice": listed("""
                What should I do? / I reported it to the police. / Should I take this seriously? / I blocked the number.
                How do I get a restraining order? / I kept a screenshot. / Where can I report this? / I am shaking.
                The officer was very kind. / Is that enough for a complaint? / My lawyer has the letter.
                Please remove it.
                Has anyone been through something like this? / I changed the locks. / Nobody should have to hear that.
            """),
        },
        rows=330,
    ),
    Family(
        name="threat_lookalikes/safety",
        templates=at_length("""
            How do I {protect} if {attacker}? {end}
            {forum} {attacker2} {past} {place}, and since then I do not feel safe. How can I {protect}? {after}
            Our self-defence course starts {soon}. You learn to {protect}, to shout, and to run.
            What are the signs that {person} could become violent, and whom do I call?
            Is it legal to hit back when {attacker}?
            my flatmate carries an alarm since {attacker2}, is there something better
            Tips for nurses: how to {protect} when {attacker_staff}. Step back, keep the door free, call for help.
            If {attacker}, do not fight over the phone or the purse. Give it up, get away, call the police. {end}
            We lock the shop at ten because {attacker2} {past}. Which cameras would you buy? {end}
            The shelter is open day and night for anyone who is beaten at home. You can bring your dog. {end}
            Does a hotel room door hold when {attacker}? I travel alone and want to {protect}.
            A knife was found {place} {past}. The staff did the right thing and called security. {end}
        """),
        slots={
            **SLOTS,
            "protect": listed("""
                defend myself / protect my mother / stay safe / get away / calm things down / keep a distance
                call for help
                keep the staff safe / free my wrist / protect myself / raise the alarm
            """),
            "attacker": listed("""
                someone attacks me {place} / a man follows me / a customer threatens us / a drunk grabs me
                somebody has a knife
                a stranger breaks in / an angry driver gets out / a patient starts hitting / somebody pulls a gun
                a guest turns violent / I am being choked / my ex waits outside
            """),
            "attacker_staff": listed("""
                a patient hits / a visitor shouts / somebody pulls a knife / a relative turns violent
            """),
            "attacker2": listed("""
                someone attacked me / a man followed her / a customer threatened us / a drunk grabbed me
                we were robbed
                a stranger broke in / an angry driver hit our neighbour / a patient punched a nurse
                there was a shooting
            """),
        },
        rows=260,
    ),
    Family(
        name="threat_lookalikes/trades",
        templates=at_length("""
            {forum} {trade} {end}
            {trade} {question}
            {question} {trade} {after}
            {trade} {trade} {question}
            My grandfather taught me this: {trade}
            Quick tip for beginners. {trade} {end}
            {past} we talked about it {place}. {trade} {question}
            {question} It is for {event}. {trade}
        """),
        slots={
            **SLOTS,
            "trade": listed("""
                Cut the throat of the fish behind the gills and let it bleed out in cold water.
                The deer was shot cleanly and we dragged it out of the woods.
                Beat the egg whites until they are stiff.
                I poisoned the rats in the cellar, and they are still there.
                Smash the garlic with the flat of the knife.
                The surgeon cut him open from the breastbone down and saved his life.
                We burn the stubble after harvest.
                Kill the weeds at the root or they come back.
                Chop off the head of the chicken, then pluck it while warm.
                The vet had to put the old dog down. / Hammer the meat flat and fry it in butter.
                They drilled into the skull to relieve the pressure. / The wasps attacked us, so the nest has to go.
                He amputated two toes because of the frostbite. / Stab the potatoes with a fork before baking.
                Whip the cream and crush the biscuits. / The stitches in my scalp come out next week.
                I hit the nail and then my thumb. / Skin the rabbit and break the bones for the stock.
                The blood test hurt more than the operation. / Choke the engine, then pull the cord.
                Shoot the portrait against the light. / Strangle the flow with the lower valve.
                Gut the house before painting.
            """),
            "question": listed("""
                Which knife do you use? / How long does it take? / Is there a gentler way? / Any advice? / Does it hurt?
                What would you do differently? / Is that still legal? / How do I clean up the blood?
                Do I need a licence?
                Can you freeze it afterwards? / Which brand is good? / How much does that cost?
            """),
        },
        rows=270,
    ),
    Family(
        name="threat_lookalikes/warnings",
        templates=at_length("""
            If you {harmless}, {consequence}. {end}
            {demand} please, or {consequence}. {end}
            Last reminder: {demand} {soon}. Otherwise {consequence}.
            {forum} {person} {grudge}. I will not {revenge}, {but|} {consequence2}. {after}
            I could never hurt {person}, whatever happened. {consequence2} {after}
            you {grudge}, {consequence2}
            I was so angry when you {grudge}. I went for a run instead, and now I am calm. {end}
            He {grudge} {past}, and I forgave him. Nobody deserves to be hurt. {after}
            I will fight this in court. You {grudge}, and {consequence2}. {end}
            Vote them out {soon}. They {grudge}, and {consequence2}.
        """),
        slots={
            **SLOTS,
            "harmless": listed("""
                park there again / miss another payment / post that again / touch the oven / skip the warm-up
                drive in this fog
                swim past the flags / leave the door open / forget the deadline / feed the bears / ignore the alarm
            """),
            "consequence": listed("""
                you will get a fine / your account will be closed / we will call the lawyer / you will burn your fingers
                the car gets towed / I will tell the manager / you are off the team / the contract ends
                you could get hurt
                we see each other in court / I will block you / the warranty is void / you pay the next round
                it may kill you
            """),
            "consequence2": listed("""
                I have written to the ombudsman / my lawyer will call you / I want my money back
                I will leave a bad review
                I am not talking to you any more / you will hear from the union / we will see each other in court
                I hope you feel ashamed / I am done with this firm / somebody will have to answer for it
                karma will do the rest
            """),
            "revenge": listed("""
                hit back / do anything silly / shout / hold a grudge / get even / touch anyone / raise my hand
            """),
        },
        rows=280,
        kept_back=True,
    ),
)
