/** The inspector's own look, in its own tree: the page's styles do not reach it. */
export const STYLES = `
:host { all: initial; }
.panel {
  position: fixed; z-index: 2147483000; box-sizing: border-box; display: flex; flex-direction: column;
  inset: 8px 8px 8px auto; width: min(440px, calc(100vw - 16px));
  font: 13px/1.45 system-ui, sans-serif; color: #e9edf5; background: #141822;
  border: 1px solid #465068; border-radius: 8px; box-shadow: 0 6px 24px rgb(0 0 0 / 0.5); overflow: hidden;
  color-scheme: dark; text-align: left; user-select: text;
}
.panel[data-place='left'] { inset: 8px auto 8px 8px; }
.panel[data-place='bottom'] { inset: auto 8px 8px 8px; width: auto; height: min(46vh, 420px); }
.panel[data-place='free'] { inset: auto; height: min(560px, calc(100vh - 16px)); }
@media (max-width: 560px) {
  .panel:not([data-place='free']) { inset: auto 0 0 0; width: auto; height: 55vh; border-radius: 8px 8px 0 0; }
}
header { display: flex; align-items: center; gap: 6px; padding: 6px 8px 6px 12px; background: #272e40; cursor: move; touch-action: none; }
header strong { flex: 1; font-size: 13px; letter-spacing: 0.02em; }
button, select, input {
  font: inherit; color: inherit; background: #323b52; border: 1px solid #56617d; border-radius: 5px; padding: 3px 9px;
  min-height: 26px; box-sizing: border-box;
}
button { cursor: pointer; }
button:hover { background: #3f4a66; }
button:disabled { opacity: 0.5; cursor: default; }
input { width: 84px; }
:focus-visible { outline: 2px solid #8fc7ff; outline-offset: 1px; }
[role='tablist'] { display: flex; gap: 2px; padding: 4px 8px 0; background: #272e40; overflow-x: auto; flex: none; }
[role='tab'] { border: 0; border-radius: 5px 5px 0 0; background: none; color: #b4bdd0; padding: 4px 11px; flex: none; }
[role='tab'][aria-selected='true'] { background: #141822; color: #fff; box-shadow: inset 0 2px #8fc7ff; }
[role='tabpanel'] { flex: 1; overflow: auto; padding: 10px 12px 16px; overscroll-behavior: contain; min-height: 0; }
[role='tabpanel'][hidden] { display: none; }
h3 { font-size: 12px; margin: 14px 0 4px; color: #9fb0d0; text-transform: uppercase; letter-spacing: 0.05em; }
h3:first-child { margin-top: 0; }
p { margin: 4px 0; }
.quiet { color: #a3aec4; }
.facts { display: grid; grid-template-columns: max-content 1fr; gap: 2px 12px; margin: 0; }
dt { color: #a3aec4; }
dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.row { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; margin: 6px 0; }
label { display: inline-flex; gap: 6px; align-items: center; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; color: #a3aec4; }
th, td { padding: 2px 10px 2px 0; vertical-align: top; overflow-wrap: anywhere; }
.bar { display: flex; height: 16px; border-radius: 4px; overflow: hidden; background: #0c0f17; }
.bar span { min-width: 1px; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 12px; margin: 4px 0 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: 9px; height: 9px; border-radius: 2px; margin-right: 5px; }
.system { background: #5f8dd3; } .example { background: #4fb3a5; } .exchange { background: #b08ad6; }
.last { background: #e0a458; } .template { background: #7c869c; } .answer { background: #d16a7f; }
.free, .legend .free { background: #2a3144; }
.used { background: #5f8dd3; }
details { border-top: 1px solid #2c3448; padding: 4px 0; }
summary { cursor: pointer; display: flex; gap: 8px; }
summary span:first-child { flex: 1; }
summary i { flex: none; width: 9px; height: 9px; border-radius: 2px; margin-top: 5px; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font: 12px/1.45 ui-monospace, monospace; margin: 4px 0 6px; color: #cfd8e8; }
canvas { display: block; width: 100%; height: 88px; background: #0c0f17; border-radius: 4px; }
.entry { border-left: 3px solid #e0a458; padding: 2px 0 2px 8px; margin: 8px 0; }
.entry.error { border-color: #e0566b; }
.entry code { color: #ffd9a0; font: 12px ui-monospace, monospace; }
@media (pointer: coarse) { button, select, input { min-height: 36px; } [role='tab'] { min-height: 38px; } }
@media (prefers-reduced-motion: no-preference) { .panel { animation: in 0.12s ease-out; } @keyframes in { from { opacity: 0; } } }
`;

/** A content security policy may forbid style elements; a sheet of its own it does not. */
export function addStyles(root: ShadowRoot): void {
  if ('adoptedStyleSheets' in root && 'replaceSync' in CSSStyleSheet.prototype) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLES);
    root.adoptedStyleSheets = [sheet];
    return;
  }
  const style = document.createElement('style');
  style.textContent = STYLES;
  (root as ShadowRoot).append(style);
}
