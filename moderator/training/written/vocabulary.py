"""Words that the written families of harm and their look-alikes share, so that no word alone tells the class."""

from collections.abc import Mapping


def listed(text: str) -> tuple[str, ...]:
    """Return the phrases of `text`: one a line, or several a line with " / " between them."""
    return tuple(part.strip() for line in text.splitlines() for part in line.split(" / ") if part.strip())


def at_length(text: str) -> tuple[str, ...]:
    """Return the templates listed in `text`, and every second one again amid small talk: one in three texts is long."""
    templates = listed(text)
    frames = (
        "{forum} {aside} T {detour} {after}",
        "{aside} {detour} T {end}",
        "T {detour} {aside}",
        "{aside} T \
        {detour}",
    )
    framed = (frames[index // 2 % len(frames)].replace("T", template, 1) for index, template in enumerate(templates))
    return (*templates, *list(framed)[::2])


# People who are surely grown up: the only ones that a sexual family may name.
ADULTS = listed("""
    my husband / my wife / my boyfriend / my girlfriend / my ex / my boss / my landlord / my neighbour / my colleague
    my flatmate / my business partner / my accountant / my fiance / the man from accounting / the woman next door
    the bartender / the new manager / my date / the guy I met online / the woman from the gym / the plumber
    the stranger at the bar / a woman I met on holiday / a man I met at a wedding / the widow upstairs
    my personal trainer / the lawyer / the night nurse / the photographer / my ex-husband / the pilot / the chef
    my co-worker from the late shift / the detective / an old flame / the guitarist / the hotel manager
""")

_AFTER = listed("""
    That is all I have to say. / Make of it what you want. / I have not told anyone else. / So that was my week.
    It is what it is. / I will leave it at that. / Read that again. / Thank you for reading. / End of story.
    Now you know. / I am writing this on the bus. / It started raining again. / I made tea afterwards.
    You can ask the neighbours. / Nobody said a word about it. / I am off to bed. / I mean every word.
    The phone has been silent since. / Anyway, work starts in an hour. / I needed to get that out.
    Let me know what you think. / There is nothing more to add. / Funny how things go. / Ask me again tomorrow.
    I have been staring at the screen for an hour. / No idea why I am telling you this. / Good night.
    My friends think I am joking. / It has been on my mind all day. / Take it or leave it.
""")

COMMON: Mapping[str, tuple[str, ...]] = {
    "adult": ADULTS,
    "person": (
        *ADULTS,
        *listed("""
            my brother / my father / my sister / my mother-in-law / my uncle / the referee / the mayor / the councillor
            the journalist / that driver / the bus driver / the judge / the witness / the shop owner / the coach
            the security guard / the guy who sold me the car / our team captain / the man who lives across the road
            the editor / the owner of the dog / the surgeon / the union rep / the delivery man / the streamer
        """),
    ),
    "man": listed("""
        Marcus / Daniel / Tomas / Greg / Victor / Elias / Owen / Rafael / Stefan / Callum / Hugo / Mikhail / Arthur
        Desmond / Luca / Patrick / Ahmed / Kenji / Walter / Jonas / Dmitri / Samuel / Felix / Oscar / Theo / Ravi
        Henrik / Curtis / Nolan / Bruno
    """),
    "woman": listed("""
        Clara / Helena / Mira / Joanna / Priya / Ingrid / Sofia / Nadia / Ruth / Camille / Teresa / Yuki / Amara
        Vera / Lena / Greta / Fiona / Marta / Isabel / Naomi / Carmen / Edith / Zara / Olga / Rosa / Bridget / Selma
        Dana / Miriam / Judith
    """),
    "place": listed("""
        at the bus stop / in the car park / behind the pub / in the kitchen / at the office / outside the station
        on the stairs / at the petrol station / in the hotel lobby / at the market / on the night train / in the lift
        at the back of the bar / in the garage / on the beach / by the river / in the old warehouse / at the harbour
        in the hallway / on the roof / in the motel on Route 9 / at the town hall / in the woods / on the ferry
        at the wedding / in the back of the taxi / near the stadium / in the waiting room / on the balcony
        in front of the bakery / at the boxing club / in the cabin
    """),
    "past": listed("""
        last night / yesterday / on Friday / two weeks ago / this morning / an hour ago / back in March / on Sunday
        the other day / last winter / after work / around midnight / on the way home / before dinner / in the summer
        on New Year's Eve / a month ago / just now / during the break / on my birthday / the night before last
        on Tuesday evening / over the weekend / last year / at dawn / right after the match / a few days ago
        in the middle of the night / after the meeting / on the first day
    """),
    "soon": listed("""
        tonight / tomorrow / on Saturday / this weekend / next week / after work / when you least expect it / one day
        very soon / before the month is out / on Monday morning / at the next match / in the morning / at midnight
        the moment you get home / by Friday / when it gets dark / at the meeting / on the last day / in a few hours
        before you know it / next time / this evening / on Thursday / once everybody is gone / right after lunch
        when the lights go out / sooner or later / in the second half / over the holidays
    """),
    "event": listed("""
        the wedding / the game / the court date / the funeral / the concert / the election / the office party
        the interview / the divorce / the meeting / the derby / the auction / the trial / the reunion / the strike
        the barbecue / the final / the house viewing / the tournament / the performance / the launch / the debate
        the road trip / the Christmas dinner / the inspection / the rehearsal / the marathon / the move / the storm
        the housewarming
    """),
    "forum": listed("""
        Long-time reader, first post. / Not sure this is the right place for this. / Throwaway account, obviously.
        Sorry for the wall of text. / Some background first. / I have kept this to myself for a while.
        Posting from my phone, so forgive the formatting. / I will try to keep it short. / Right, where do I start.
        Nobody I know reads this forum, so here goes. / I read the rules and I think this is allowed.
        My neighbour said I should write it down. / I have been thinking about this all week. / Update to my last post.
        I typed this three times and deleted it twice. / Bear with me, English is my second language.
        It is three in the morning and I am still awake. / Okay, honest answer. / You asked, so I will tell you.
        This is going to sound odd. / Let me say one thing. / I had two coffees and no sleep. / Here is how it went.
        I do not usually write in these threads. / Someone asked me to explain. / Short version at the bottom.
        I just got off the phone. / The kettle is on and I have ten minutes. / I moved here in spring.
        So the day began like any other.
    """),
    "scene": listed("""
        The rain had not let up since noon. / The lights of the city flickered beyond the window.
        A radio was playing somewhere down the hall. / The house was quiet except for the clock.
        Smoke hung under the low ceiling. / It was the hottest night of the year. / The last train had already gone.
        Nobody had swept the floor in weeks. / The storm knocked out the power a little after nine.
        Snow covered the tracks behind them. / The bar was nearly empty. / The fire had burned down to embers.
        A dog barked twice and fell silent. / The curtains moved in the draught. / Two glasses stood on the table.
        The road was black and wet. / The elevator stopped between floors. / Candles lined the long table.
        The door was not locked. / The music from the ballroom reached even this far. / It had been a long drive.
        The tide was coming in. / Dust danced in the light of the torch. / The hotel had seen better days.
        A single lamp lit the room. / The market was closing. / The ship rolled gently. / Morning was still far off.
        Everyone else had left the party. / The kitchen smelled of coffee.
    """),
    "after": _AFTER,
    "end": ("",) * len(_AFTER) + _AFTER,
    "aside": listed("""
        I was {place} when it started to rain, so I waited under the roof and read the paper twice.
        The week had been long, with {event} on top of everything else, and the fridge had been empty for days.
        For what it is worth, I had slept well, eaten a proper breakfast and taken the dog out before all of this.
        There were about thirty people {place}, most of them talking about {event} and the price of petrol.
        We had soup and bread, somebody put on an old record, and the window stayed open because of the heat.
        My phone was at four percent and the charger was {place}, so I wrote it on the back of a receipt.
        I work nights, mostly alone, and the only voice I hear until six is the one on the radio.
        The neighbours were moving out and had left a sofa, two lamps and a box of books on the pavement.
        It took me ages to find a parking spot, and by then {event} was already half over.
        I have lived in this town for eleven years and I still get lost on the way to the harbour.
        {past} I cleaned the whole flat, windows included, and found a ticket from a concert I had forgotten.
        The bus was late again, the heating did not work, and a man in a green coat sang all the way to the terminus.
        Somebody had brought a cake for {event}, and we ate it standing up because there were no chairs.
        I do not drink any more, I go to bed early, and I water the tomatoes before work.
    """),
    "detour": listed("""
        The letter had been lying {place} since {event}, unopened, with a coffee stain on the envelope.
        On the way back we stopped {place}, bought two coffees and watched the boats come in.
        My hands were cold and the screen kept locking, which is why it took me so long to type this.
        They were repairing the road {place}, so everybody had to walk around through the mud.
        After {event} I stayed to put the chairs away, and then I sat {place} for a while.
        You know how it is: bills, laundry, a call from the bank, and then it is Thursday again.
        There is a picture of it somewhere, taken {past}, with half of my thumb in front of the lens.
        The new job starts in a month, and until then I repair bicycles {place} and read a lot.
        A friend lent me her car, which smells of oranges and has a radio that only gets one station.
        I counted the tiles on the floor, then the lamps, then the people in the queue in front of me.
        The shop was about to close and the woman at the till was humming something I knew from long ago.
        We talked about {event}, about the weather and about the man who sells umbrellas {place}.
        I made a list {past}, crossed out half of it, and put it in the drawer with the batteries.
        The cat slept through all of it on top of the warm washing machine, as usual.
    """),
    "ask": listed("""
        Write a short story in which / Write a scene in which / Continue the story so that / Draft a chapter where
        I need a screenplay scene where / Give me a paragraph in which / Can you write a piece where
        Please write a monologue in which / Compose a flash fiction in which / Rewrite the ending so that
        I am working on a novel, write the part where / Write it as a diary entry in which / Imagine that
        Let's play out a scene in which / Narrate a moment when / For my writing group I need a page where
        Describe a night when / Pretend you are a novelist and write how / Make up a tale in which
        Write the next part of our story, where / Help me with a passage where / Expand this idea into a story:
        Write 500 words in which / I would like a dialogue in which / Create a script in which / Finish this: one day
        Add a chapter where / Tell me a story where / Write a fan fiction in which / Write an alternate ending where
    """),
    "style": listed("""
        First person, past tense. / Around 600 words. / Make it vivid. / Keep the dialogue short. / No happy ending.
        Use the present tense. / Set it in the eighties. / Write it like a noir film. / Slow pacing, please.
        End on a cliffhanger. / Make the reader feel it. / Use simple words. / Do not fade to black.
        The tone should be serious. / Two characters, one room. / Add plenty of detail. / Leave out the backstory.
        In the style of a pulp magazine. / Third person, close to her. / Third person, close to him.
        It is for an anthology. / Start in the middle. / No narrator, dialogue only. / Give it a title.
        Set it in Lisbon.
        Set it on a ship. / It should read like a memoir. / Skip the introduction. / Write it as a letter.
        Do not hold back.
    """),
}
