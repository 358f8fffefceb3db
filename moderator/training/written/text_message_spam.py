"""Spam by text message: draws, tones, loans, claims, deliveries, banks, tips. Numbers, codes and firms are invented."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.contracts.labels import Label
from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

SLOTS = {
    "phone": choices("09060000123 | 0900 000 4455 | 08700000321 | 07000 000 119 | +44 7700 900123 | 0906-000-7788 | 1-900-555-0142 | 555-0163 | 0845 000 0707"),
    "short": choices("80111 | 87070 | 82200 | 69900 | 84040 | 60600 | 78880 | 32323 | 50501"),
    "key": choices("TONE | HIT | CAR | DATE | SUMMER | GOAL | PLAY | MOBI | SURE | STAR | OK | ROOM | FUN"),
    "cash": choices("£100 | £250 | £350 | £500 | £1000 | £1,500 | £2000 | £5000 | $400 | $800 | $1,200 | $3,000 | €600"),
    "cost": choices("150p/msg | £1.50/wk | 25p | 10p per min | £3/msg | £4.50 a week | $9.99/mo | std rate"),
    "small": choices("1.99 | 2.45 | 0.99 | 3.20 | 2.99 | 1.45"),
    "few": choices("2 | 3 | 5 | 6 | 8 | 12 | 24 | 48"),
    "ref": choices("K{few}71 | SP{few}{few}0 | {few}0{few}4 | BX{few}9 | claim no. {few}{few}3 | ref {few}88"),
    "small_print": choices("{cost}. 18+ | STOP? txt END to {short} | T&C box {few}0 LN{few} | {cost} | 16+ only | to opt out reply STOP | Valid {few}hrs | - | - | -"),
    "url": choices("http | http | http | quick-mob.example | my-parcel-fee.example | securelog-{few}.example | bit-tips.example"),
    "call": choices("""Call {phone} | Ring {phone} now | Txt {key} to {short} | Reply {key} | Text {key} 2 {short} | Go to {url} | Tap {url} | Call {phone} from ur landline | Send {key} to {short} now"""),
    "open": choices("URGENT! | FREE MSG: | Congrats! | Dear customer, | Private! | Hi, | Final notice: | SIX chances! | Guess what? | Reminder: | Hello! | - | - | - | -"),
    "gift": choices("""a {cash} cash prize | a camera phone | {few} cinema tickets | a week in the sun | a games console | {cash} of vouchers | a free handset | {few} months of free calls | a hamper | a {cash} shopping spree"""),
    "tone": choices("polyphonic tones | the No. 1 ringtone | {few} free ringtones | wallpapers | a new logo | this week's top {few} tones | a funny voicemail greeting | colour games | football alerts"),
    "firm": choices("TelCo Plus | MobiZone | TextPlay Club | RingWorld | CallSmart"),
    "bank": choices("Northgate Bank | PayMate | First Harbor | Unity Card | Coinport | Lakeside Credit"),
    "carrier": choices("ParcelWay | Swift Post | RoadRunner Post | BoxLine"),
    "upset": choices("is locked | was used abroad | will be closed tonight | shows a strange login | needs to be verified | was charged {cash} | is limited"),
    "team": choices("tonight's derby | the late race | the cup final | race {few} | Saturday's matches | the away win"),
    "coin": choices("BTC | crypto | ZENIX coin | USDT | the new token"),
}


def _spam(name: str, templates: str, *, rows: int, kept_back: bool = False) -> Family:
    return Family(f"text_message_spam/{name}", lines(templates), SLOTS, frozenset({Label.SPAM}), rows=rows, kept_back=kept_back)


FAMILIES = (
    _spam("draws_and_tones", """
        {open} U have won {gift}! {call}. {small_print}
        {open} ur mobile no. was entered in our draw and {gift} is waiting. {call} {ref}
        {open} get {tone} now. {call} {small_print}
        {open} this is our {2nd|3rd|4th|final} attempt to reach u about {gift}. {call}
        {tone} to ur phone every week! {call} {small_print}
        {firm}: as a loyal customer u get {gift}. {call} to claim, {ref}. {small_print}
        Do you want {gift}? Answer this: which is a colour, A) blue B) spoon? {call} {small_print}
        {open} ur friend has sent u {tone}. To hear it text {key} to {short}. {small_print}
        {open} today's draw: numbers ending {few}{few} receive {gift}. If yours matches, {call}
        Upgrade to a new handset for free! {call} {small_print}
        {open} someone u know fancies u. Find out who: {call} {small_print}
        u r subscribed to {firm}. {tone} at {cost}. For more {call}
        {open} {few} unread voicemails from a secret admirer. {call} {small_print}
        Half price line rental for {few} months, only from {firm}. {call}. {small_print}
    """, rows=270),
    _spam("money", """
        {open} {cash} can be in your account by {few}pm. No credit check. {call}
        {bank}: you qualify for a loan of {cash}. {call} {small_print}
        {open} you may be entitled to {cash} for the accident on our records. {call} {small_print}
        Our records show u have not claimed {cash} yet for ur bank charges. {call}
        {open} write off up to 80% of your debt under new rules. {call} {small_print}
        Bad credit, no credit, no problem. {cash} today. {call}
        {coin} up again! Our members made {cash} in {few} days. {url} {small_print}
        Coinport: your wallet has received {cash} in {coin}. Withdraw before it expires: {url}
        {open} insider info for {team} is in. {few} tips for {cash} stake. {call} {small_print}
        Sure tips 4 {team}. Last week {5 out of 6|7 out of 8|9 out of 10|all of them} came in. {call}
        {open} bet {few} get {few}0 free on {team}. {url} {small_print}
        Hi, I am a recruiter from {carrier}. We pay {cash} a day for {2|3|4} hours of online work, no experience. Add me on WhatsApp {phone}
        Tax rebate of {cash} due. Submit your details: {url}
    """, rows=240),
    _spam("banks_and_parcels", """
        {bank}: your account {upset}. Log in at {url} within {few} hours
        {bank} ALERT a payment of {cash} is pending. Not you? {url}
        {open} your card {upset}. Confirm your PIN at {url}
        Your {bank} app {upset}. Unlock: {url}
        {open} {bank} security. Your account {upset}. Call {phone} and have your card and passcode ready
        Mum its me, phone broke, this is my new number {phone}. Can u transfer {cash} quickly, I'll explain later
        {firm}: points worth {cash} expire today. Redeem at {url}
        {open} your SIM {will be closed tonight|is locked|needs to be verified}. Reply with the code we just sent you to keep your number
        {bank}: new login from another device. If this was not you cancel it here {url} {ref}
        Unpaid parking charge of {small}. Pay now or it rises to {cash}: {url}
    """, rows=230),
)
