/** How the widget looks. Sites set the --care-* properties on the element. */

export const look = new CSSStyleSheet();
look.replaceSync(`
:host { all: initial; position: fixed; z-index: var(--care-z-index, 2147483000); color-scheme: light dark; direction: inherit; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
.care {
  --accent: var(--care-accent, light-dark(#0b6e5f, #4cc2ab));
  --on: var(--care-on-accent, light-dark(#fff, #06231e));
  --ink: var(--care-ink, light-dark(#16202c, #e8edf2));
  --muted: var(--care-muted, light-dark(#53606e, #a6b3c0));
  --paper: var(--care-paper, light-dark(#fff, #12181f));
  --surface: var(--care-surface, light-dark(#f2f5f6, #1e2731));
  --line: var(--care-line, light-dark(#d8dee4, #2f3a46));
  --info: light-dark(#1f5fa8, #8fc1f7);
  --info-soft: light-dark(#e8f1fb, #16293f);
  --warm: light-dark(#9a4a12, #f0b27a);
  --warm-soft: light-dark(#fdf1e6, #3a2817);
  --danger: light-dark(#b3261e, #ff9d94);
  --radius: var(--care-radius, 14px);
  --side: var(--care-side, 20px);
  --bottom: var(--care-bottom, 20px);
  font: 15px/1.5 var(--care-font, system-ui, sans-serif);
  color: var(--ink);
}
*, ::before { box-sizing: border-box; margin: 0; font: inherit; color: inherit; }
[hidden] { display: none !important; }
button, a { display: inline-flex; align-items: center; gap: 8px; }
button { min-height: 32px; padding: 4px 12px; border: 1px solid var(--line); border-radius: 8px; background: var(--paper); text-align: start; cursor: pointer; }
button:hover, a:hover { border-color: var(--accent); }
button:disabled { cursor: default; opacity: .6; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
svg { flex: none; width: 20px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
b, strong, h2, h3 { font-weight: 650; }
.icon { flex: none; justify-content: center; width: 36px; height: 36px; padding: 0; border: 0; background: none; color: var(--muted); }
.icon:hover { background: #7773; }
.unseen { position: absolute; width: 1px; overflow: hidden; clip-path: inset(50%); }
.launcher, dialog { position: fixed; inset: auto; inset-inline-end: var(--side); bottom: var(--bottom); border: 0; box-shadow: 0 8px 32px #0a192840; }
:host([position=left]) :is(.launcher, dialog) { right: auto; left: var(--side); }
:host([position=right]) :is(.launcher, dialog) { left: auto; right: var(--side); }
.launcher { justify-content: center; width: 60px; height: 60px; border-radius: 50%; background: var(--accent); color: var(--on); }
.launcher svg { width: 28px; }
.badge { position: absolute; top: 0; inset-inline-end: 0; min-width: 20px; border-radius: 50%; background: #b3261e; color: #fff; font-size: 13px; text-align: center; }
dialog {
  bottom: calc(var(--bottom) + 76px); flex-direction: column; width: var(--care-width, 400px); height: var(--care-height, 640px);
  max-width: calc(100vw - 40px); max-height: calc(100dvh - 116px); padding: 0; border: 1px solid var(--line); border-radius: 18px; background: var(--paper); overflow: hidden;
}
dialog[open] { display: flex; animation: rise .16s; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
header { display: flex; align-items: center; gap: 8px; padding: 12px; background: var(--accent); color: var(--on); }
header div { flex: 1; min-width: 0; line-height: 1.3; }
header p { font-size: 13px; }
header .icon { color: inherit; }
header :focus-visible { outline-color: var(--on); }
h2 { overflow: hidden; font-size: 16px; text-overflow: ellipsis; white-space: nowrap; }
.face, .mark { display: grid; flex: none; place-items: center; width: 40px; height: 40px; border-radius: 8px; background: var(--on); color: var(--accent); font-weight: 700; }
.mark { width: 24px; height: 24px; background: var(--accent); color: var(--on); font-size: 11px; }
.person .face, .agent .mark { border-radius: 50%; background: var(--info); color: var(--paper); }
main { display: flex; flex: 1; flex-direction: column; min-height: 0; }
.strip { padding: 8px 16px; background: var(--warm-soft); color: var(--warm); font-size: 13px; }
.away { background: var(--surface); color: var(--ink); }
.log, .page { flex: 1; padding: 16px; overflow-y: auto; overscroll-behavior: contain; }
.log:focus-visible, .page:focus-visible { outline-offset: -2px; }
.hello { font-size: 22px; font-weight: 700; line-height: 1.3; }
.said { display: flex; flex-direction: column; align-items: start; gap: 6px; margin-top: 16px; }
.next { margin-top: 4px; }
.next .who { display: none; }
.who { display: flex; align-items: center; gap: 8px; color: var(--muted); font-size: 13px; }
.who b { color: var(--ink); }
.bubble { max-width: 88%; padding: 10px 14px; border-radius: var(--radius); border-start-start-radius: 4px; background: var(--surface); overflow-wrap: anywhere; }
.agent .bubble { background: var(--info-soft); }
.customer { align-items: end; }
.customer .bubble { border-radius: var(--radius); border-end-end-radius: 4px; background: var(--accent); color: var(--on); white-space: pre-wrap; }
.bubble > * + * { margin-top: 8px; }
ol, ul { padding-inline-start: 22px; }
li + li { margin-top: 4px; }
.bubble a { display: inline; text-decoration: underline; }
.bubble button { background: none; }
.sources, .thumbs, .state { color: var(--muted); font-size: 13px; }
.sources ul, .page ul { margin-top: 4px; padding: 0; list-style: none; }
.sources a { padding: 4px 10px; border: 1px solid var(--line); border-radius: 8px; color: var(--ink); text-decoration: none; }
.sources svg { width: 16px; color: var(--accent); }
.turned svg { transform: scale(-1); }
[aria-pressed=true] { background: var(--surface); color: var(--accent); }
.offers { display: flex; flex-wrap: wrap; gap: 8px; margin-top: 12px; }
.thumbs .offers { margin-top: 4px; }
.thumbs p { width: 100%; }
.offers button { border-color: var(--accent); border-radius: 18px; color: var(--accent); }
.offers button:hover { background: var(--surface); }
.start { flex-direction: column; align-items: start; margin-top: 16px; }
.note { margin: 16px auto 4px; padding: 8px 16px; border-radius: 8px; background: var(--surface); font-size: 13px; text-align: center; }
.handoff { background: var(--warm-soft); color: var(--warm); }
.claimed { background: var(--info-soft); color: var(--info); }
.state { display: flex; flex-wrap: wrap; align-items: center; justify-content: end; gap: 8px; }
.failed, .error { color: var(--danger); font-size: 13px; }
.dots { display: inline-flex; gap: 4px; margin-top: 16px; padding: 14px; border-radius: var(--radius); background: var(--surface); }
i { width: 8px; height: 8px; border-radius: 50%; background: var(--muted); animation: breathe 1s infinite alternate; }
i + i { animation-delay: .2s; }
i + i + i { animation-delay: .4s; }
@keyframes breathe { from { opacity: .2; } }
footer { padding: 12px 12px 4px; border-top: 1px solid var(--line); }
.write { display: flex; align-items: end; padding: 4px; border: 1px solid var(--muted); border-radius: 14px; }
.write:focus-within { outline: 2px solid var(--accent); }
textarea { flex: 1; min-width: 0; max-height: 128px; padding: 6px; border: 0; outline: 0; background: none; font-size: 16px; resize: none; field-sizing: content; }
::placeholder { color: var(--muted); opacity: 1; }
.send, .send:hover { background: var(--accent); color: var(--on); }
footer > button { margin-top: 4px; border: 0; color: var(--accent); }
h3 { margin: 16px 0 4px; font-size: 16px; }
.page li { display: flex; align-items: center; gap: 8px; padding: 8px 0; border-bottom: 1px solid var(--line); }
.page div { flex: 1; overflow-wrap: anywhere; }
.page > button { margin: 8px 8px 8px 0; }
small { color: var(--muted); font-size: 13px; }
@media (max-width: 480px), (max-height: 420px) {
  dialog[open] { inset: 0; width: 100%; height: 100dvh; max-width: none; max-height: none; border: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { i, dialog[open] { animation: none; } }
@media (forced-colors: active) { .bubble, .note, .launcher, .send { border: 1px solid; } }
`);
