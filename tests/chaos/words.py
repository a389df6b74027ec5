"""What the parties of a chaos run say. Every text names its key, so that it can be found again."""

import random

QUESTIONS = (
    "How often should I change the filter of the Breeze S?",
    "What does an FS-1 filter cost?",
    "How do I descale the Pour 4?",
    "How long do I have to send something back?",
    "Can I pause my Bean Club plan?",
    "How long does delivery take to Germany?",
    "What is covered by the warranty?",
    "Which room size is the Breeze L for?",
    "How do I use a gift card?",
    "How do I change my e-mail address?",
)
OTHERS = (
    "I would like to talk to a person, please.",
    "This is outrageous, I am really angry with you, nothing works!",
    "Which paint do you recommend for the hull of my boat?",
    "Thank you very much!",
    "Hm",
    "That did not help at all, it still does not work.",
)
AGENTS = ("Hello, I have read everything and I look into it.", "It is on its way to you.", "Is there anything else?")


def of_customer(dice: random.Random, key: str) -> str:
    """Mostly questions that the articles answer."""
    said = dice.choice(QUESTIONS) if dice.random() < 0.85 else dice.choice(OTHERS)
    return f"{said} ({key})"


def of_agent(dice: random.Random, key: str) -> str:
    return f"{dice.choice(AGENTS)} ({key})"
