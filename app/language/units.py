"""The units of amounts, durations and measures in four languages, and the numbers that are written as words."""

import re
from collections.abc import Mapping

from app.domain.checking import ValueKind

Unit = tuple[ValueKind, str, float]
"""What kind of value it makes, in which base unit, and how many of those one is."""

_SECOND, _MONTH = (ValueKind.DURATION, "s"), (ValueKind.DURATION, "month")
_WORKING_DAY = "workingday"


def _all(kind: ValueKind, base: str, factor: float, words: str) -> dict[str, Unit]:
    return {word.replace("_", " "): (kind, base, factor) for word in words.split()}


UNITS: Mapping[str, Unit] = {
    **_all(ValueKind.PERCENT, "%", 1, "% percent per_cent prozent pour_cent por_ciento"),
    **_all(ValueKind.MONEY, "EUR", 1, "€ eur euro euros"),
    **_all(ValueKind.MONEY, "GBP", 1, "£ gbp pound pounds pfund livres"),
    **_all(ValueKind.MONEY, "GBP", 0.01, "p pence penny"),
    **_all(ValueKind.MONEY, "USD", 1, "$ usd dollar dollars dólares"),
    **_all(ValueKind.MONEY, "CHF", 1, "chf franken francs"),
    **_all(ValueKind.MONEY, "cent", 1, "cent cents ct centimes céntimos"),
    **_all(*_SECOND, 1, "s sec secs second seconds sekunde sekunden secondes segundo segundos"),
    **_all(*_SECOND, 60, "min mins minute minutes minuten minuto minutos"),
    **_all(*_SECOND, 3600, "h hr hrs hour hours stunde stunden heure heures hora horas"),
    **_all(*_SECOND, 86400, "day days calendar_days tag tage tagen tägige tägigen kalendertage"),
    **_all(*_SECOND, 86400, "jour jours día días dia dias"),
    **_all(*_SECOND, 604800, "week weeks woche wochen semaine semaines semana semanas"),
    **_all(*_SECOND, 1209600, "fortnight fortnights"),
    **_all(*_MONTH, 1, "month months monat monate monaten monatige monatigen mois mes meses"),
    **_all(*_MONTH, 12, "year years yr yrs jahr jahre jahren jährige jährigen jähriger an ans année années año años"),
    **_all(ValueKind.DURATION, _WORKING_DAY, 1, "working_day working_days business_day business_days"),
    **_all(ValueKind.DURATION, _WORKING_DAY, 1, "werktag werktage werktagen arbeitstag arbeitstage arbeitstagen"),
    **_all(ValueKind.DURATION, _WORKING_DAY, 1, "jour_ouvré jours_ouvrés jours_ouvrables día_laborable"),
    **_all(ValueKind.DURATION, _WORKING_DAY, 1, "días_laborables día_hábil días_hábiles"),
    **_all(ValueKind.MEASURE, "m", 0.001, "mm millimetre millimetres millimeter millimeters"),
    **_all(ValueKind.MEASURE, "m", 0.01, "cm centimetre centimetres centimeter centimeters zentimeter"),
    **_all(ValueKind.MEASURE, "m", 1, "m metre metres meter meters mètre mètres metro metros"),
    **_all(ValueKind.MEASURE, "m", 1000, "km kilometre kilometres kilometer kilometers kilómetros"),
    **_all(ValueKind.MEASURE, "inch", 1, "inch inches zoll pouces pulgadas"),
    **_all(ValueKind.MEASURE, "foot", 1, "ft foot feet"),
    **_all(ValueKind.MEASURE, "m²", 1, "m² m2 sqm square_metre square_metres square_meter square_meters"),
    **_all(ValueKind.MEASURE, "m²", 1, "qm quadratmeter quadratmetern mètres_carrés metros_cuadrados"),
    **_all(ValueKind.MEASURE, "m³", 1, "m³ m3 cubic_metres cubic_meters kubikmeter"),
    **_all(ValueKind.MEASURE, "m³/h", 1, "m³/h m3/h"),
    **_all(ValueKind.MEASURE, "km/h", 1, "km/h kmh"),
    **_all(ValueKind.MEASURE, "l", 0.001, "ml millilitre millilitres milliliter milliliters"),
    **_all(ValueKind.MEASURE, "l", 0.01, "cl centilitre centilitres"),
    **_all(ValueKind.MEASURE, "l", 1, "l litre litres liter liters litro litros"),
    **_all(ValueKind.MEASURE, "g", 0.001, "mg"),
    **_all(ValueKind.MEASURE, "g", 1, "g gram grams gramm gramme grammes gramo gramos"),
    **_all(ValueKind.MEASURE, "g", 1000, "kg kilo kilos kilogram kilograms kilogramm"),
    **_all(ValueKind.MEASURE, "lb", 1, "lb lbs"),
    **_all(ValueKind.MEASURE, "oz", 1, "oz ounce ounces"),
    **_all(ValueKind.MEASURE, "°C", 1, "°c °_c degrees_c degrees_celsius grad_celsius degrés_celsius grados_celsius"),
    **_all(ValueKind.MEASURE, "°F", 1, "°f °_f degrees_f degrees_fahrenheit"),
    **_all(ValueKind.MEASURE, "°", 1, "° degrees grad degrés grados"),
    **_all(ValueKind.MEASURE, "W", 1, "w watt watts"),
    **_all(ValueKind.MEASURE, "W", 1000, "kw kilowatt kilowatts"),
    **_all(ValueKind.MEASURE, "Wh", 1, "wh"),
    **_all(ValueKind.MEASURE, "Wh", 1000, "kwh kilowatt-hours"),
    **_all(ValueKind.MEASURE, "V", 1, "v volt volts"),
    **_all(ValueKind.MEASURE, "A", 1, "amp amps ampere amperes"),
    **_all(ValueKind.MEASURE, "mAh", 1, "mah"),
    **_all(ValueKind.MEASURE, "dB", 1, "db db(a) decibel decibels dezibel"),
    **_all(ValueKind.MEASURE, "Hz", 1, "hz"),
    **_all(ValueKind.MEASURE, "Hz", 1e3, "khz"),
    **_all(ValueKind.MEASURE, "Hz", 1e6, "mhz"),
    **_all(ValueKind.MEASURE, "Hz", 1e9, "ghz"),
    **_all(ValueKind.MEASURE, "bar", 1, "bar bars"),
    **_all(ValueKind.MEASURE, "MB", 1, "mb megabyte megabytes"),
    **_all(ValueKind.MEASURE, "MB", 1000, "gb gigabyte gigabytes"),
    **_all(ValueKind.MEASURE, "MB", 1e6, "tb terabyte terabytes"),
}


def _numbered(start: int, words: str, step: int = 1) -> dict[str, int]:
    return {word: start + at * step for at, word in enumerate(words.split())}


NUMBER_WORDS: Mapping[str, int] = {
    **_numbered(0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"),
    **_numbered(16, "sixteen seventeen eighteen nineteen"),
    **_numbered(20, "twenty thirty forty fifty sixty seventy eighty ninety", 10),
    **_numbered(2, "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf"),
    **_numbered(20, "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig", 10),
    **_numbered(7, "sept huit neuf dix onze douze"),
    **_numbered(20, "vingt trente quarante cinquante soixante", 10),
    **_numbered(2, "dos tres cuatro cinco seis siete ocho nueve diez"),
    **_numbered(20, "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa", 10),
    "fourty": 40,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "doce": 12,
    "fünfzehn": 15,
    "quinze": 15,
    "quince": 15,
    "vierzehn": 14,
    "quatorze": 14,
    "catorce": 14,
}
"""No "once" (Spanish 11) and no "cent" (French 100): they are other words in English."""

MULTIPLES: Mapping[str, int] = {"hundred": 100, "thousand": 1000}


def word_number(words: str) -> int:
    """ "twenty-five" is 25, "two hundred and fifty" is 250, "a hundred" is 100."""
    total = current = 0
    for word in re.split(r"[\s-]+", words.lower()):
        if word in MULTIPLES:
            current = max(current, 1) * MULTIPLES[word]
            if MULTIPLES[word] == MULTIPLES["thousand"]:
                total, current = total + current, 0
        else:
            current += NUMBER_WORDS.get(word, 0)
    return total + current
