"""What a reader of an article can see: nothing hidden in its markup or its signs becomes a passage's text."""

import re

_ELEMENTS = "script|style|iframe|object|embed|noscript|template|svg|head"
_UNSEEN_STYLE = (
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\b"
    r"|font-size\s*:\s*[01](?:\.\d+)?(?:px|pt|em|%)?\b"
    r"|color\s*:\s*(?:#fff(?:fff)?\b|white\b|transparent\b|rgba?\(\s*255\s*,\s*255\s*,\s*255)|text-indent\s*:\s*-\d{3,}"
    r"|(?:left|top)\s*:\s*-\d{3,}|(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$)"
)
UNSEEN_STYLE = re.compile(_UNSEEN_STYLE, re.IGNORECASE)
"""Of an element that a reader does not see."""

_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<\?.*?\?>", re.DOTALL)
_REMOVED = re.compile(
    rf"<(?P<tag>{_ELEMENTS})\b[^>]*>.*?(?:</(?P=tag)\s*>|\Z)|<(?:{_ELEMENTS})\b[^>]*/>", re.DOTALL | re.I
)
_OPENING = re.compile(r"<(?P<tag>[a-z][a-z0-9]*)\b(?P<attributes>[^>]*)>", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=[\s=/]|$)|aria-hidden\s*=\s*[\"']?true", re.IGNORECASE)
_STYLE = re.compile(r"style\s*=\s*(\"[^\"]*\"|'[^']*'|[^\s>]+)", re.IGNORECASE)

_TURNS = re.compile(
    r"<\|im_start\|>\s*(?:system|user|tool|developer)\b.*?(?:<\|im_end\|>|\Z)", re.DOTALL | re.IGNORECASE
)
_TURN_MARKS = re.compile(r"<\|[a-z_]{2,30}\|>[ \t]*(?:system|user|assistant|tool)?|\[/?INST\]|<</?SYS>>", re.IGNORECASE)
"""The marks by which models tell who speaks; nobody writes them for people."""

_OVERRIDES = re.compile("[\u202d\u202e]")
_SEPARATORS = "\u200b\u2060\u2061\u2062\u2063\u2064\ufeff\u180e"
_INVISIBLE = re.compile(
    f"[{_SEPARATORS}\u00ad\u200e\u200f\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_SEPARATED = re.compile(rf"\w[{_SEPARATORS}]")

MOST_SEPARATED = 3
"""Letters of a line that an unseen sign parts; more of them are words that are to be read by no one."""


def visible(text: str) -> str:
    """The same text where nothing is hidden in it."""
    if "<" in text or "[" in text:
        text = _TURN_MARKS.sub("", _TURNS.sub("", _without_hidden(_REMOVED.sub("", _COMMENT.sub("", text)))))
    if text.isascii() or not _INVISIBLE.search(text):
        return text
    return _INVISIBLE.sub("", "\n".join(line for line in text.split("\n") if not _is_disguised(line)))


def _is_disguised(line: str) -> bool:
    return bool(_OVERRIDES.search(line)) or len(_SEPARATED.findall(line)) > MOST_SEPARATED


def _without_hidden(text: str) -> str:
    """Elements that are not shown go with what they hold."""
    at = 0
    while opening := _OPENING.search(text, at):
        if not is_hidden(opening["attributes"]):
            at = opening.end()
            continue
        text = text[: opening.start()] + text[_end_of(text, opening) :]
        at = opening.start()
    return text


def is_hidden(attributes: str) -> bool:
    style = _STYLE.search(attributes)
    return bool(_HIDDEN.search(attributes)) or bool(style and UNSEEN_STYLE.search(style[1].strip("\"'")))


def _end_of(text: str, opening: re.Match[str]) -> int:
    """Behind the tag that closes the element; where none does, the end of its paragraph."""
    depth = 0
    for tag in re.finditer(rf"<(/?){opening['tag']}\b[^>]*>", text[opening.start() :], re.IGNORECASE):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return opening.start() + tag.end()
    end = text.find("\n\n", opening.end())
    return len(text) if end < 0 else end
