"""The small words of claims in four languages: those that state nothing, that negate, that limit, that say who acts."""

import re
from collections.abc import Iterable

from app.domain.claims import Bound, Mode, Person


def word_set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FUNCTION = word_set(
    """a an the this that these those it its itself they them their theirs themselves he she his her him i me my mine
    we us our ours ourselves you your yours yourself be am is are was were been being do does did done doing have has
    had having will would shall of in on at to for from with as by into onto upon and or so than then there here also
    too very if when while which who whom whose what where why how whether s t d ll re ve m let lets per either
    one ones own such etc get gets got getting via although though about even rather anymore
    as i'm i've i'd i'll you're you've you'll you'd it's that's there's
    here's what's we're we've we'll they're they've they'll who's let's isn aren wasn don doesn didn won couldn
    shouldn wouldn hasn haven yes but still because"""
)
FUNCTION_ABROAD = {
    "de": word_set(
        """der die das den dem des ein eine einen einem einer eines und oder ich du er sie es wir ihr mich dich ihn uns
        euch ihnen mir dir ihm mein dein sein unser euer ihre ihren ihrem ihrer ihres sich ist sind war waren bin bist
        seid wird werden wurde worden hat haben hatte hatten habe zu zum zur in im an am auf aus bei beim mit von vom
        für so dass als auch hier dort da dies diese dieser dieses diesem diesen wie was wo wer welche welcher dann
        denn um ja man selbst dabei dafür dazu davon"""
    ),
    "fr": word_set(
        """le la les l un une des de du d et ou je tu il elle nous vous ils elles me te se moi toi lui leur leurs mon ma
        mes ton ta tes son sa ses notre nos votre vos ce cet cette ces est sont était êtes sommes être été a ont avez
        avons avoir ai à au aux en dans sur par pour avec que qui dont où comme aussi ici là y c n j s qu oui chez"""
    ),
    "es": word_set(
        """el la los las un una unos unas de del y e o u yo tú él ella nosotros ustedes usted ellos ellas me te se nos
        le les lo mi mis tu tus su sus nuestro nuestra nuestros nuestras este esta estos estas ese esa eso esto es son
        era ser está están estar ha han he hemos haber a al en con por para que quien cual cuyo como también aquí ahí
        sí"""
    ),
}

NEGATIONS = word_set(
    """not no never cannot without neither nor none nothing nobody nowhere unable impossible
    nicht kein keine keinen keinem keiner keines nie niemals ohne weder nichts niemand
    pas jamais aucun aucune sans ni rien personne
    nunca sin ningún ninguna ninguno jamás tampoco nada nadie"""
)
NEGATIVE_ENDING = "n't"

LIMITS = word_set(
    """only unless except excluding if when provided until once whenever solely exclusively however but where otherwise
    before after during since
    nur außer ausgenommen sofern wenn falls solange lediglich bis jedoch aber sonst
    seulement uniquement sauf si lorsque quand tant jusqu excepté cependant mais sinon
    solo sólo únicamente salvo excepto cuando mientras hasta pero siempre"""
)
"""Words that make a clause a restriction of what stands beside it."""

STARTS_CLAUSE = word_set(
    """and but while whereas if unless when once except because which after before until provided so although though
    und aber während wenn falls sofern weil nachdem bevor bis obwohl
    et mais tandis si lorsque quand parce après avant
    y pero mientras si cuando porque después antes aunque"""
)
COORDINATES = word_set("and but so und aber et mais y pero")
AFTER_A_MARK = COORDINATES | word_set("while whereas während tandis mientras")
"""Words that join on an equal clause; some only behind a comma."""

VERB_SIGNS = word_set(
    """is are was were be been has have had can may must will would should could do does did cannot need needs takes
    take costs cost lasts last includes include gets get applies apply works work means mean isn aren don doesn won
    ist sind war hat haben kann können muss müssen soll wird werden darf dürfen gilt kostet dauert
    est sont a ont peut pouvez doit devez sera coûte dure es son tiene tienen puede pueden debe deben será cuesta dura
    you we they it i he she ihr wir sie du ich vous nous il ils elle je usted nosotros ellos"""
)

PERSONS = {
    **dict.fromkeys(
        word_set("you your yours customer customers sie ihr ihre du dein vous votre vos tu usted su client"),
        Person.CUSTOMER,
    ),
    **dict.fromkeys(
        word_set("we our us ours wir unser unsere uns nous notre nos nosotros nuestro nuestra"), Person.COMPANY
    ),
    **dict.fromkeys(word_set("i i'm i've i'll i'd ich je j yo"), Person.SPEAKER),
}
SUBJECTS = word_set(
    "you we i they customer customers sie wir ich du vous nous je tu usted nosotros yo i'm i've i'll i'd we'll "
    "we've you'll you've"
)

MODES = {
    **dict.fromkeys(
        word_set("must required necessary obliged muss müssen musst doit devez doivent debe deben debes tiene"),
        Mode.MUST,
    ),
    **dict.fromkeys(
        word_set(
            "can may could able possible allowed kann können kannst darf dürfen möglich peut pouvez peuvent "
            "possible puede pueden puedes posible"
        ),
        Mode.MAY,
    ),
    **dict.fromkeys(
        word_set(
            "should recommend recommended advise advised ideally sollte sollten empfehlen devriez debería recomendamos"
        ),
        Mode.SHOULD,
    ),
}
MODE_PHRASES = {
    Mode.MUST: re.compile(r"\b(?:ha(?:ve|s) to|needs? to|you need)\b"),
    Mode.MAY: re.compile(r"\b(?:free to|option to)\b"),
}

MODE_PHRASE_WORDS = word_set("have has need needs free option")
"""One of them stands in each of the phrases."""

JOINING_PHRASE = re.compile(r"\b(?:both|alike|whether|as well as|the same|equally|beide|sowohl|aussi bien|tanto)\b")
JOINING_WORDS = word_set("both alike whether well same equally beide sowohl aussi tanto")
"""What says one thing of two, and a word of each such phrase."""

EACH = word_set("each every per jede jeder jedes jeden je chaque par cada")
ALL = word_set(
    """all any always whole entire everything everyone anything anyone anytime whatever regardless completely totally
    unlimited unconditionally alle immer sämtliche toutes tous tout toujours todos todas todo toda cualquier"""
)
"""Words that claim something of each or of everything; one may stand for another, none may be added."""

BEFORE = (
    (Bound.AT_LEAST, r"at least|(?:a )?minimum(?: of)?|min\.?|no(?:t)? (?:less|fewer) than|no sooner than|"
        r"starting (?:at|from)|starts? (?:at|from)|from|mindestens|ab|au moins|à partir de|al menos|como mínimo|desde"),
    (Bound.AT_MOST, r"up to|at (?:the )?most|no(?:t)? (?:more|longer|later) than|(?:a )?maximum(?: of)?|max\.?|"
        r"not exceed|not exceeding|by|until|till|as (?:much|many|long) as|bis zu|höchstens|maximal|spätestens|"
        r"bis|jusqu['’]à|au plus|au maximum|hasta|como máximo"),
    (Bound.LESS_THAN, r"under|less than|below|fewer than|shorter than|unter|weniger als|moins de|menos de"),
    (Bound.MORE_THAN, r"over|more than|above|longer than|exceed(?:s|ing)?|beyond|über|mehr als|plus de|más de"),
    (Bound.WITHIN, r"within|in|inside|in the (?:first|next|last)|innerhalb von|binnen|sous|dentro de|en"),
    (Bound.ABOUT, r"about|around|approximately|roughly|approx\.?|nearly|almost|some|etwa|ungefähr|rund|ca\.|"
        r"environ|aproximadamente|unos|unas"),
)  # fmt: skip
AFTER = (
    (Bound.AT_LEAST, r"or (?:more|longer|above|over|older)|and (?:above|over|up)|at least|minimum|oder mehr|"
        r"ou plus|o más|\+"),
    (Bound.AT_MOST, r"or (?:less|fewer|under)|at (?:the )?most|at the latest|maximum|oder weniger|ou moins|o menos"),
)  # fmt: skip


def _either(phrases: Iterable[tuple[Bound, str]]) -> str:
    return "|".join(f"(?P<{bound}>{words})" for bound, words in phrases)


BOUND_BEFORE = re.compile(rf"[\s(](?:{_either(BEFORE)})\s(?:a |the |an |about )?$")
"""In lower case, as a pattern that ignores capitals tries each phrase at each word. The last group that matches is the
bound; of two that overlap the longer one begins first: "no more than"."""

_WHOLE_WORDS = [(bound, rf"(?:{words})(?!\w)") for bound, words in AFTER]
BOUND_AFTER = re.compile(rf"\s?(?:{_either(_WHOLE_WORDS)})", re.IGNORECASE)

BOUND_ENDS = word_set(
    """least minimum of min min. than at from mindestens ab moins partir de menos mínimo desde to most maximum max max.
    exceed exceeding exceeds by until till as zu höchstens maximal spätestens bis jusqu'à jusqu’à plus hasta máximo
    under below unter als over above beyond über más within in inside first next last von innerhalb binnen sous dentro
    en about around approximately roughly approx approx. nearly almost some etwa ungefähr rund ca. environ
    aproximadamente unos unas"""
)
"""The last words of these phrases: where none of them stands before a value, no pattern needs a look."""

_WHOLE = word_set(
    """within in inside over above beyond under below by until till around approximately roughly nearly almost some
    mindestens ab desde höchstens maximal spätestens bis hasta unter über binnen sous en etwa ungefähr rund environ
    aproximadamente unos unas"""
)
BOUND_OF = {word: Bound(match.lastgroup) for word in _WHOLE if (match := BOUND_BEFORE.search(f" {word} "))}
"""What is a phrase by itself and the end of no longer one."""

LEANING = word_set("it its they them their this these those es sie dies diese dieser ce cela il elle ils esto eso")
