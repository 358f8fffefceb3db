"""Everyday text messages between people, and notices by text message that people asked for."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines
from moderator.training.written.spam_lookalikes import SLOTS as LOOKALIKES

SLOTS = LOOKALIKES | {
    "yo": choices("hey | hi | yo | hiya | {name}, | morning! | k | ok | oh | sorry, | - | - | - | -"),
    "sign": choices("x | xx | lol | haha | k? | ttyl | cu | ok? | thx | :) | :( | - | - | - | - | -"),
    "spot": choices("the station | the cinema | urs | mine | the gym | work | the library | the bus stop | town | {name}'s | the canteen | the shop on the corner"),
    "late": choices("the bus didnt come | theres traffic | i overslept | the meeting ran over | i missed my stop | the train is stuck | i forgot my keys | im still in the shower"),
    "errand": choices("milk | bread and eggs | stamps | cat food | my tablets | a birthday card | the dry cleaning | bin bags | a phone charger | nappies | onions"),
    "deal": choices("the pizza | the cab | the tickets | {name}'s present | the hotel | lunch | petrol | the gas bill | the concert"),
    "fun": choices("watch the match | get a curry | go for a swim | c a film | revise 2gether | play cards | go shopping | walk the dog | have a drink"),
    "firm": choices("Hillside Surgery | Smile Dental | Elm Lane Clinic | Dr Osei's practice | Bright Eyes Opticians"),
    "bank": choices("Northgate Bank | First Harbor | Unity Card | PayMate | Lakeside Credit"),
    "carrier": choices("ParcelWay | Swift Post | RoadRunner Post | BoxLine"),
    "telco": choices("TelCo Plus | MobiZone | RingWorld | CallSmart"),
    "ending": choices("4471 | 0923 | 1180 | 6604 | 7352 | 2098"),
    "visit": choices("appointment | check-up | blood test | vaccination | follow-up | consultation | first visit"),
}


def _talk(name: str, templates: str, *, rows: int, sentiment: int | None = None) -> Family:
    return Family(f"text_message_talk/{name}", lines(templates), SLOTS, sentiment=sentiment, rows=rows)


FAMILIES = (
    _talk("plans", """
        {yo} r u still on 4 {day}? {sign}
        {yo} wanna {fun} {day}? {sign}
        gonna be {n} mins late, {late} {sign}
        {yo} im at {spot}, where r u {sign}
        meet u at {spot} at {time} {sign}
        {yo} cant make it {day}, {late}. can we {fun} another time? {sign}
        {yo} {name} is coming 2 so we need {3|4|5|6} seats {sign}
        k c u at {spot} {sign}
        {late} so start without me {sign}
        {yo} is it {time} or {time}? i wrote down both {sign}
        call me when u get 2 {spot} {sign}
        {yo} u free {day}? {name} and me r going to {fun} {sign}
        Ok. I finish at {time}, then I go to {spot}, and after that we can {fun}. Dont wait with dinner {sign}
        won {3|4|5|6}-2!! best game ever, tell {name} {sign}
        ur right, lets just {fun} {sign}
    """, rows=260),
    _talk("money_and_errands", """
        {yo} can u get {errand} on ur way home? {sign}
        u owe me {price} for {deal} {sign}
        {yo} i sent u {price} for {deal}, did u get it? {sign}
        {yo} how much did we pay for {deal}? ill pay u {day} {sign}
        dont need {errand} any more, {name} got some {sign}
        {yo} whats ur account number again? want 2 pay u for {deal} {sign}
        we paid {price} for {deal} in the end, split {2|3|4} ways {sign}
        {yo} can i borrow {price} till {day}? need it for {deal} {sign}
        theres an offer on, {n} for {price}, shall i get u {errand}? {sign}
        my new number is 555-01{23|45|67|89|10}, old phone died. its {name} btw {sign}
        {yo} ive no credit left, ring me at {spot} after {time} {sign}
        {yo} i got a text that i won a prize lol, obviously a scam, deleted it {sign}
        {name} won {price} in the office raffle and is buying us {deal} {sign}
        free tickets at {spot}, {name} has {2|3|4|6}, want one? {sign}
        Please pick up {errand} and collect the parcel from {spot} before {time}, the card is on the table {sign}
    """, rows=260),
    _talk("notices", """
        {firm}: your {visit} is on {day} at {time}. Reply C to confirm or X to cancel.
        Reminder from {firm}: {visit} {day}, {time}. Please bring your card.
        {bank}: {price} paid to {store} with card ending {ending}.
        {bank}: your balance on {day} was {price}. You asked us to text you every week.
        Your parcel from {store} arrives {day} between {9 and 11|noon and 2|1 and 3|3:15 and 4:15}. {carrier}
        {carrier}: we left your parcel with your neighbour. No fee is due.
        {bank} code {ending}. It expires in {n} minutes. Never share it, not even with us.
        {bank}: a transfer of {price} to {name} has been sent.
        Hi {name}, your {visit} has moved to {day} at {time}. Sorry for the change. {firm}
        {telco}: your bill of {price} is ready. It will be taken by direct debit on {day}.
        Track your {store} order with {carrier}: http
        {telco}: you used {n} of your 50 GB this month.
        Town library: {n} books are due back on {day}. Renew in the app or at the desk.
        {bank} warns of texts asking for a fee or your PIN. We never send these. If you got one, delete it.
        {bank}: your direct debit for {store} was set up as you asked. The first payment is {price} on {day}.
    """, sentiment=1, rows=260),
)
