"""Harmless remarks below videos, with views, links, likes and channels in them."""
# ruff: noqa: E501  a template is a line
# fmt: off

from moderator.training.written.comment_spam import VIDEO
from moderator.training.written.grammar import Family
from moderator.training.written.lists import choices, lines

SLOTS = VIDEO | {
    "stamp": choices("0:42 | 1:07 | 1:58 | 2:13 | 2:50 | 3:03 | 3:36 | 4:21 | 0:09 | 5:44"),
    "lyric": choices(""""the lanterns know my name" | "carry me over the water" | "we were paper, we were fire" | "oh, Tuesday, take it slow"
        "leave the porch light burning" | "my heart's a broken radio" | "dance until the tide goes out" | "you had me at the corner store" """),
    "memory": choices("""my dad used to play it in the car | we danced to it at our wedding | it was on the radio all summer | I was in school when it came out
        I heard it in a shop and had to find it | my daughter asks for it every morning | it got me through a hard year | I learnt English with it"""),
    "part": choices("the drummer | the guy in the red hat | the bass line | the guitar solo | the ending | the dog in the back | the choir | the key change | her smile | the bridge"),
    "land": choices("Brazil | Turkey | India | Poland | Kenya | Mexico | the Philippines | Greece | Canada | Korea | Egypt | Chile"),
    "off": choices("""does anybody know how to get wax out of a carpet? | I should be doing my homework | my toast is burning | why do I always end up here at 3 am
        it's snowing outside | my cat is watching this with me | I have an exam tomorrow | I came here from a video about bridges
        my headphones broke halfway through | is it just me or did the volume drop"""),
}


def _talk(name: str, templates: str, *, sentiment: int | None = None, rows: int, kept_back: bool = False) -> Family:
    return Family(f"comment_talk/{name}", lines(templates), SLOTS, sentiment=sentiment, rows=rows, kept_back=kept_back)


FAMILIES = (
    _talk("enthusiasm", """
        {praise} {mark}
        {stamp} {part}, {praise} {mark}
        {lyric} ... {praise} {mark}
        {praise}, {memory}
        still here in {year}, {praise} {mark}
        love from {land}, {praise} {mark}
        {praise}. {part} at {stamp} is perfect {mark}
        {views} views and it deserves more, {praise} {mark}
        I subscribed to {artist} because of {song}, no regrets {mark}
        thank you {artist}, {memory} {mark}
        {praise} and {part} is my favourite {mark}
        {artist}'s channel is the best thing on here {mark}
        {memory}. So many years later I still get goosebumps at {stamp}. Thank you, {artist}.
        never heard of {artist} before today, and now I have watched everything on the channel {mark}
        like it, love it, play it again, {praise} {mark}
    """, sentiment=2, rows=280),
    _talk("counting", """
        who is still listening in {year}? {mark}
        anyone here in {year} {mark}
        thumbs up if {part} made you smile {mark}
        thumbs up if you came here because {memory} {mark}
        {views} views already? it came out in {year} {mark}
        half of the {views} views are me {mark}
        like if you remember {song} {mark}
        when did this get {views} views
        {many} dislikes? why {mark}
        let's get {artist} to {views} views before {Friday|Christmas|summer|the tour} {mark}
        only {few} comments in {year}, where is everybody
        {artist} had {many} subscribers when I found the channel. Now look at it: {views} views on one video.
        {few} people didn't like {part} {mark}
        who else skipped to {stamp} {mark}
        {land} is here {mark} who else?
    """, rows=240),
    _talk("questions_and_links", """
        {hey} what is the name of {the song at|the track at|the music at} {stamp}?
        can somebody post the link to {the first part|the live version|the full concert|the lyrics}?
        is {artist} on tour in {year}? I'd love to see them in {land}
        here is the interview where {artist} explains {part}: http
        @user the lyrics are at http, the second verse is {lyric}
        @user it's {artist}, the song is from {year}
        does {artist} have another channel? the last video here is from {year}
        where can I buy {the album|the record|the sheet music}? not on {artist}'s site any more
        the original is here: http, this one is a reupload
        http the same video in better quality, {part} at {stamp}
        @user no, {the drums|the vocals|the strings} were recorded in {year}, the booklet says so
        I looked it up, {artist} wrote it in {few} days: http
        {hey} which headphones do you use? mine cost {few} dollars and {the bass|the piano|the whole mix} sounds thin
        the link in the description doesn't work, does anyone have {the chords|the setlist|the tabs}?
        why do people write "check out my channel" under {artist}'s videos? just listen
        half of these comments are adverts and "sub for sub", and nobody talks about {part}
    """, rows=240),
    _talk("off_topic", """
        {off} {mark}
        {hey} {off}
        {off} {mark} anyway, {praise}
        came for {artist}, stayed for the comments {mark}
        {artist} looks like my {teacher|cousin|dentist|old neighbour} {mark}
        I thought it said {lyric} {mark}
        my {brother|mum|grandad|boss} thinks {artist} is a {football team|soup|kind of boat} {mark}
        first {mark}
        {stamp} is that a {microwave|goose|police car} in the background? {mark}
        fun fact: {the intro|the last scene|the solo|the dance} took {few} takes {mark}
        2 in the morning and I'm reading {many} comments about {part}
        not a fan of {artist}, sorry, {the drums are|the bass is|the singing is|the mix is} too loud for me
        I miss {year} {mark}
    """, rows=170, kept_back=True),
)
