/** How the widget looks. Sites set the --care-* properties on the element. */

export const look = new CSSStyleSheet();
look.replaceSync(`
:host {
  all: initial;
  --care-accent: light-dark(#0b6e5f, #4cc2ab);
  --care-on-accent: light-dark(#fff, #06231e);
  --care-header: light-dark(var(--care-accent), #123f37);
  --care-ink: light-dark(#16202c, #e8edf2);
  --care-muted: light-dark(#53606e, #a6b3c0);
  --care-paper: light-dark(#fff, #12181f);
  --care-surface: light-dark(#f2f5f6, #1e2731);
  --care-line: light-dark(#d8dee4, #2f3a46);
  --care-person: light-dark(#1f5fa8, #8fc1f7);
  --care-person-soft: light-dark(#e8f1fb, #16293f);
  --care-wait: light-dark(#9a4a12, #f0b27a);
  --care-wait-soft: light-dark(#fdf1e6, #3a2817);
  --care-radius: 14px;
  --care-side: 20px;
  --care-bottom: 20px;
  --care-width: 400px;
  --care-height: 640px;
  position: fixed;
  z-index: 2147483000;
  color-scheme: light dark;
  direction: inherit;
  color: var(--care-ink);
  font: 15px/1.5 system-ui, sans-serif;
}
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
* { box-sizing: border-box; margin: 0; font: inherit; color: inherit; }
[hidden] { display: none !important; }
button, a, .who, .offers, .state, .thumbs, .head, .page li { display: flex; align-items: center; gap: 8px; }
button { min-height: 32px; padding: 4px 12px; border: 1px solid var(--care-line); border-radius: 8px;
  background: var(--care-paper); text-align: start; cursor: pointer; }
button:hover, a:hover { border-color: var(--care-accent); }
button:disabled { opacity: .6; }
:focus-visible { outline: 2px solid var(--care-accent); outline-offset: 2px; }
svg { flex: none; width: 20px; fill: none; stroke: currentColor; stroke-width: 2; stroke-linecap: round; }
b, strong, h2, h3 { font-weight: 650; }
.head p, .strip, .who, .sources, .state, .note, .error, .thumbs { font-size: 13px; }
.who, .sources, .state, .icon, ::placeholder { color: var(--care-muted); opacity: 1; }
.icon { flex: none; justify-content: center; width: 36px; height: 36px; padding: 0; border: 0; background: none; }
.icon:hover { background: #7773; }
.unseen { position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%); }
.launcher, dialog { position: fixed; inset: auto; inset-inline-end: var(--care-side); bottom: var(--care-bottom);
  border: 0; box-shadow: 0 8px 32px #0a192840; }
:host([position=left]) :is(.launcher, dialog) { right: auto; left: var(--care-side); }
.launcher { justify-content: center; width: 60px; height: 60px; border-radius: 50%; background: var(--care-accent);
  color: var(--care-on-accent); }
dialog {
  bottom: calc(var(--care-bottom) + 76px); flex-direction: column; width: var(--care-width);
  height: var(--care-height); max-width: calc(100vw - 40px);
  max-height: calc(100dvh - 116px); padding: 0; border: 1px solid var(--care-line); border-radius: 18px;
  background: var(--care-paper); overflow: hidden;
}
dialog[open] { display: flex; animation: rise .16s; }
@keyframes rise { from { opacity: 0; } }
.head { padding: 12px; background: var(--care-header); color: light-dark(var(--care-on-accent), #fff); }
.head div { flex: 1; line-height: 1.3; }
.head .icon { color: inherit; }
.head :focus-visible { outline-color: currentColor; }
h2 { font-size: 16px; }
.face, .mark { display: grid; flex: none; place-items: center; width: 40px; height: 40px; border-radius: 8px;
  background: var(--care-on-accent); color: var(--care-accent); font-weight: 700; }
.mark { width: 24px; height: 24px; background: var(--care-accent); color: var(--care-on-accent); font-size: 11px; }
.launcher svg { width: 28px; }
.badge { position: absolute; top: -4px; inset-inline-end: -4px; border-radius: 50%; background: #b3261e; color: #fff; }
.person .face, .agent .mark { border-radius: 50%; background: var(--care-person); color: var(--care-paper); }
.main { display: flex; flex: 1; flex-direction: column; min-height: 0; }
.log, .page { flex: 1; padding: 16px; overflow-y: auto; outline-offset: -2px !important; }
.hello { font-size: 22px; font-weight: 700; }
.said { display: flex; flex-direction: column; align-items: start; gap: 6px; margin-top: 16px; }
.bubble button, .who b { color: var(--care-ink); }
.bubble, .dots { max-width: 88%; padding: 10px 14px; border-radius: var(--care-radius);
  border-start-start-radius: 4px; background: var(--care-surface); overflow-wrap: anywhere; }
.customer { align-items: end; }
.customer .bubble { border-radius: var(--care-radius); border-end-end-radius: 4px; background: var(--care-accent);
  color: var(--care-on-accent); white-space: pre-wrap; }
.bubble > * + * { margin-top: 8px; }
.bubble a { display: inline; text-decoration: underline; }
ol, ul { padding-inline-start: 22px; }
.sources ul, .page ul { padding: 0; list-style: none; }
li + li, .sources ul { margin-top: 4px; }
.sources a { padding: 4px 8px; border: 1px solid var(--care-line); border-radius: 8px; color: var(--care-ink);
  text-decoration: none; }
.sources a::before { content: '↗'; color: var(--care-accent); }
.turned svg { transform: scale(-1); }
[aria-pressed=true] { background: var(--care-surface); color: var(--care-accent); }
.offers, .thumbs { flex-wrap: wrap; }
.offers { margin-top: 12px; }
.thumbs { gap: 0; }
.thumbs p { width: 100%; }
.offers button { border-color: var(--care-accent); border-radius: 18px; color: var(--care-accent); }
.start { flex-direction: column; align-items: start; }
.dots { width: fit-content; margin-top: 16px; color: var(--care-muted); font-size: 10px;
  animation: breathe 1s infinite alternate; }
@keyframes breathe { from { opacity: .4; } }
.note, .strip { padding: 8px 16px; background: var(--care-surface); unicode-bidi: plaintext; }
.note { margin: 16px auto 4px; border-radius: 8px; text-align: center; }
.handoff, .wait { background: var(--care-wait-soft); color: var(--care-wait); }
.claimed, .agent .bubble { background: var(--care-person-soft); }
.failed { color: light-dark(#b3261e, #ff9d94); }
.state button { white-space: nowrap; }
.foot { padding: 12px 12px 4px; border-top: 1px solid var(--care-line); }
.write { display: flex; align-items: end; padding: 4px; border: 1px solid var(--care-muted); border-radius: 14px; }
.write:focus-within { outline: 2px solid var(--care-accent); }
.write textarea { flex: 1; min-width: 0; max-height: 128px; padding: 6px; border: 0; outline: 0; background: none;
  font-size: 16px; resize: none; field-sizing: content; }
.write .send { background: var(--care-accent); color: var(--care-on-accent); }
.foot > button { margin-top: 4px; border: 0; color: var(--care-accent); }
.page > * { margin-bottom: 8px; }
.page li { padding: 8px 0; border-bottom: 1px solid var(--care-line); }
.page li p { flex: 1; overflow-wrap: anywhere; }
@media (max-width: 480px), (max-height: 420px) {
  dialog[open] { inset: 0; width: 100%; height: 100dvh; max-width: none; max-height: none; border: 0;
  border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { * { animation: none !important; } }
@media (forced-colors: active) { .bubble, .note, .launcher, .send { border: 1px solid; } }
`);
