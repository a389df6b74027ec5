"""Words that end in a full stop without ending a sentence, in English, German, French and Spanish; lowercased."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Something always follows these.
NEVER_LAST = _words("""
    mr mrs ms dr prof st messrs e.g i.e eg ie cf vs approx incl excl resp
    z.b d.h u.a i.d.r s.o s.u bzw ca ggf evtl inkl exkl zzgl bspw vgl sog fr hr hrn frl
    mme mlle mm p.ex env sr sra srta ud uds p.ej ej avda
""")

# These belong to the number behind them: "No. 5", but also "No. That is wrong."
BEFORE_NUMBER = _words("no nos nr art abs fig figs p pp s ziff kap vol ch sec ref tel núm num n apt ext ver v")

# These end a sentence now and then: what follows tells.
MAYBE_LAST = _words("""
    etc usw usf inc ltd co corp jr dept est avg ff min max mins sec secs hrs std stk tel str a.m p.m u.s u.k
    jan feb apr jun jul aug sep sept oct nov dec okt dez janv févr juil ene abr ago dic
    mon tue tues wed thu thur thurs fri mo di mi lun mar mié jue vie sáb lim máx mín aprox pág tfno
""")

# "9 a.m. Monday", "5 p.m. GMT"
AFTER_HOUR = _words("""
    monday tuesday wednesday thursday friday saturday sunday mon tue wed thu fri sat sun
    et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest
""")

# "3. Mai", "im 2. Stock": a German number with a full stop is an ordinal.
AFTER_ORDINAL = _words("""
    januar jänner februar märz april mai juni juli august september oktober november dezember quartal halbjahr jahr
    monat woche tag werktag stock stockwerk etage og klasse generation auflage person rate mahnung
""")
BEFORE_ORDINAL = _words("""
    im zum zur vom beim der das dem des ein eine einer einem einen jede jeder jedes jeden ihre ihrer ihrem ihren
""")

# "Step 2. Tap it."
BEFORE_STEP = _words("step schritt étape etape paso option")
