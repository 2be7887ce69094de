/**
 * The look that all HTML pages share: the site, `report.html` and the tenant's pages. Dark and light follow the system,
 * or `data-theme` of the root element. Colours meet WCAG 2 AA on `--bg` and on `--soft`.
 *
 * Colours: `--bg`, `--fg`, `--dim` (secondary text), `--line`, `--soft` (panels and code), `--link`, and one for each
 * outcome, which is also a class: `passed`, `failed`, `warned`, `observed`, `skipped`. Classes: `dim`, `badge`, `scroll`
 * (a wide table), `tools` (a row of controls), `command` (code with a button to copy it), `sr` (for screen readers only).
 */
export const BASE_STYLES = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#0d1117);--fg:light-dark(#1c2128,#e6edf3);--dim:light-dark(#57606a,#9da7b1);
--line:light-dark(#d0d7de,#3d444d);--soft:light-dark(#f6f8fa,#161b22);--link:light-dark(#0550ae,#79b8ff);
--passed:light-dark(#116329,#56d364);--failed:light-dark(#a40e26,#ff8f87);--warned:light-dark(#7a4b00,#e3b341);
--observed:light-dark(#0a5c7a,#6cc7e8);--skipped:light-dark(#57606a,#9da7b1);--add:light-dark(#dafbe1,#0f3d1e);--del:light-dark(#ffe2e0,#5a1b1b)}
:root[data-theme=light]{color-scheme:light}:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
h1{font-size:1.6rem;margin:1.2rem 0 .3rem}h2{font-size:1.25rem;margin:2.2rem 0 .6rem}h3{font-size:1.05rem;margin:0}
a{color:var(--link)}code,pre{font:.85rem/1.45 ui-monospace,monospace}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.6rem;margin:.3rem 0;overflow:auto}
.dim{color:var(--dim)}
.passed{color:var(--passed)}.failed{color:var(--failed)}.warned{color:var(--warned)}.observed{color:var(--observed)}.skipped{color:var(--skipped)}
.badge{border:1px solid currentColor;border-radius:1em;padding:0 .6em;font-size:.8rem;white-space:nowrap}
.command{position:relative}.command>button{position:absolute;top:.4rem;right:.4rem}
button,input,select{font:inherit;font-size:.9rem;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:.2rem .6rem}
button{cursor:pointer}
button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:1px}
.tools{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:.6rem 0}.tools label{display:grid;font-size:.85rem;gap:.15rem}
.scroll{overflow:auto;border:1px solid var(--line);border-radius:6px}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.2rem .5rem;text-align:left;border-bottom:1px solid var(--line)}
dialog{max-width:min(60rem,94vw);width:100%;border:1px solid var(--line);border-radius:8px;background:var(--bg);color:var(--fg)}
dialog::backdrop{background:#0008}
details{margin:.4rem 0}summary{cursor:pointer}li{overflow-wrap:anywhere}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (max-width:640px){h1{font-size:1.3rem}th,td{padding:.2rem .3rem}}
@media print{button,.tools,dialog{display:none!important}.scroll{max-height:none;overflow:visible;border:0}pre{white-space:pre-wrap;overflow-wrap:anywhere}}
`;
