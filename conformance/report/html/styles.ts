/** The look of the page: dark and light, from 360 pixels, and on paper. */
export const STYLES = `
:root{color-scheme:light dark;--bg:#fff;--fg:#1c2128;--dim:#57606a;--line:#d0d7de;--soft:#f6f8fa;--link:#0550ae;
--passed:#116329;--failed:#a40e26;--warned:#7a4b00;--observed:#0a5c7a;--skipped:#57606a;--add:#dafbe1;--del:#ffe2e0}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--dim:#9da7b1;--line:#3d444d;--soft:#161b22;--link:#79b8ff;
--passed:#56d364;--failed:#ff8f87;--warned:#e3b341;--observed:#6cc7e8;--skipped:#9da7b1;--add:#0f3d1e;--del:#5a1b1b}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:16px/1.5 system-ui,sans-serif}
main,header,footer{max-width:1400px;margin:0 auto;padding:0 1rem}
h1{font-size:1.6rem;margin:1.2rem 0 .3rem}h2{font-size:1.25rem;margin:2.2rem 0 .6rem}h3{font-size:1.05rem;margin:0}
a{color:var(--link)}code,pre{font:.85rem/1.45 ui-monospace,monospace}
pre{background:var(--soft);border:1px solid var(--line);border-radius:6px;padding:.6rem;margin:.3rem 0;overflow:auto;max-height:24rem;white-space:pre-wrap;overflow-wrap:anywhere}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:0;margin:.8rem 0}
.dim{color:var(--dim)}.mark{display:inline-block;min-width:1.2em;text-align:center;font-weight:700}
.passed{color:var(--passed)}.failed{color:var(--failed)}.warned{color:var(--warned)}.observed{color:var(--observed)}.skipped{color:var(--skipped)}
.conforms{color:var(--passed)}.violates{color:var(--failed)}.inconclusive{color:var(--warned)}
.badge{border:1px solid currentColor;border-radius:1em;padding:0 .6em;font-size:.8rem;white-space:nowrap}
article{border:1px solid var(--line);border-left:4px solid currentColor;border-radius:6px;padding:.8rem;margin:.8rem 0}
article>*{color:var(--fg)}article>.head{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:center}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.6rem;margin:.6rem 0}
.sides>div{min-width:0;background:var(--soft);border-radius:6px;padding:.5rem .6rem;overflow-wrap:anywhere}
.sides strong{display:block;font-size:.8rem;color:var(--dim)}
del,ins{text-decoration:none;border-radius:3px}del{background:var(--del)}ins{background:var(--add)}
.command{position:relative}.command button{position:absolute;top:.4rem;right:.4rem}
button,input,select{font:inherit;font-size:.9rem;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:.2rem .6rem}
button{cursor:pointer}button:focus-visible,input:focus-visible,select:focus-visible,a:focus-visible,summary:focus-visible,[tabindex]:focus-visible{outline:3px solid var(--link);outline-offset:1px}
.tools{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:.6rem 0}.tools label{display:grid;font-size:.85rem;gap:.15rem}
.scroll{overflow:auto;max-height:70vh;border:1px solid var(--line);border-radius:6px}
table{border-collapse:collapse;width:100%;font-size:.9rem}
th,td{padding:.2rem .5rem;text-align:left;border-bottom:1px solid var(--line)}
thead th{position:sticky;top:0;background:var(--soft);z-index:1;white-space:nowrap}tbody th{font-weight:400;white-space:nowrap}
td.cell{text-align:center;padding:0}td.cell button{border:0;background:none;width:100%;min-width:2.2rem;padding:.2rem;font-weight:700}
td.cell button:hover{background:var(--soft)}
.heat td{text-align:center;font-weight:700}.heat thead th{writing-mode:vertical-rl;height:11rem;padding:.4rem .1rem}
.heat thead th:first-child{writing-mode:initial;height:auto;vertical-align:bottom}
dialog{max-width:min(60rem,94vw);width:100%;border:1px solid var(--line);border-radius:8px;background:var(--bg);color:var(--fg)}
dialog::backdrop{background:#0008}
.bars{width:100%;height:auto;display:block}
details{margin:.4rem 0}summary{cursor:pointer}li{overflow-wrap:anywhere}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
@media (max-width:640px){.sides{grid-template-columns:1fr}h1{font-size:1.3rem}tbody th{white-space:normal;overflow-wrap:anywhere;min-width:6.5rem}th,td{padding:.2rem .3rem}}
@media print{.tools,nav,.command button,dialog{display:none!important}.scroll{max-height:none;overflow:visible;border:0}pre{max-height:none}
thead th{position:static}article{break-inside:avoid}details:not([open])>*{display:revert}}
`;
