import { BASE_STYLES } from '../../web/base-styles.js';

/** The look of the console: what it adds to that of all pages. */
export const STYLES = `${BASE_STYLES}
body{min-height:100vh}
header{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;padding:.5rem 1rem;border-bottom:1px solid var(--line);background:var(--soft)}
header code{overflow-wrap:anywhere}header button{margin-left:auto}
.layout{display:grid;grid-template-columns:minmax(0,1fr);gap:0 1.5rem;padding:0 1rem 3rem;max-width:1700px;margin:0 auto}
@media (min-width:900px){.layout{grid-template-columns:11rem minmax(0,1fr)}.layout>aside{grid-column:2}}
@media (min-width:1250px){.layout{grid-template-columns:11rem minmax(0,1fr) 25rem}.layout>aside{grid-column:3}}
.pages{padding-top:.8rem}.pages ul{list-style:none;margin:0 0 .6rem;padding:0}
.pages a,.tabs a{display:block;padding:.3rem .7rem;border-radius:6px;color:inherit;text-decoration:none}
.pages a:hover,.tabs a:hover{background:var(--soft);text-decoration:underline}
.pages a[aria-current],.tabs a[aria-current]{background:var(--soft);color:var(--link);font-weight:600}
@media (max-width:899px){.pages ul{display:flex;flex-wrap:wrap;gap:.1rem;margin:0}}
main{outline:none;min-width:0}.pad{padding:1rem}.narrow{max-width:40rem;margin:0 auto}
.head{display:flex;flex-wrap:wrap;gap:.4rem 1rem;align-items:center;justify-content:space-between}
.head h1,.head h2{margin:.8rem 0 .3rem;overflow-wrap:anywhere}
.tabs{display:flex;flex-wrap:wrap;gap:.1rem;border-bottom:1px solid var(--line);margin:.8rem 0;padding-bottom:.3rem}
.trail{display:flex;flex-wrap:wrap;gap:.2rem .9rem;margin-top:.9rem;font-size:.9rem}.trail:empty{display:none}
.trail a+a::before{content:'/';color:var(--dim);margin-right:.9rem;display:inline-block}
button{min-height:2rem}
.primary{background:var(--link);color:var(--bg);border-color:var(--link);font-weight:600}
.primary:disabled{background:var(--soft);color:var(--dim);border-color:var(--line);cursor:not-allowed;font-weight:400}
button:disabled{color:var(--dim);cursor:not-allowed}
.danger{color:var(--failed);border-color:currentColor;font-weight:600}
.quiet{border-color:transparent;background:none;min-width:2rem}.quiet:hover{border-color:var(--line);background:var(--soft)}
[aria-pressed=true]{border-color:var(--link);color:var(--link)}
.tools>span{align-self:center}.body>button{justify-self:start}.tools label{align-self:end;min-width:0;max-width:100%;grid-template-columns:minmax(0,1fr)}
th,td{vertical-align:middle;overflow-wrap:anywhere;min-width:6rem}tbody th{font-weight:400}
@media (max-width:640px){th,td{min-width:4rem}.items tr>:nth-child(4):not(:last-child){display:none}}
.actions{width:1%;min-width:0;white-space:nowrap;text-align:right}
.menu{position:fixed;inset:auto;margin:0;padding:.3rem;border:1px solid var(--line);border-radius:8px;background:var(--bg);color:inherit;box-shadow:0 4px 16px #0004}
.menu button{display:block;width:100%;text-align:left;border:0;background:none}.menu button:hover{background:var(--soft)}
dialog{max-width:min(36rem,94vw);max-height:86vh;padding:.4rem 1.2rem 1.2rem}
fieldset{border:1px solid var(--line);border-radius:6px;margin:0 0 .8rem;padding:.3rem .8rem .6rem;min-width:0}
.options{max-height:40vh;overflow:auto}.options label{display:flex;gap:.6rem;align-items:baseline;padding:.25rem 0;overflow-wrap:anywhere}
.problem{border:1px solid currentColor;border-radius:6px;padding:.4rem .7rem;margin:.6rem 0;overflow-wrap:anywhere}
.body{display:grid;gap:.7rem;max-width:40rem;margin:.6rem 0}.body label{display:grid;gap:.15rem;font-size:.9rem}
.body .switch,.switch{display:flex;gap:.5rem;align-items:center;font-size:.9rem;margin:.2rem 0}
.body details{display:block}.body details label{margin-top:.6rem}
textarea{font:.85rem/1.45 ui-monospace,monospace;color:inherit;background:var(--bg);border:1px solid var(--line);border-radius:6px;padding:.3rem .6rem;width:100%}
textarea:focus-visible{outline:3px solid var(--link);outline-offset:1px}
input:not([type=checkbox],[type=radio]),select{min-height:2rem;max-width:100%}
.columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(20rem,100%),1fr));gap:0 2rem}.columns h2{margin-top:.8rem}
dl{margin:0}dl>div{display:grid;grid-template-columns:minmax(7rem,30%) 1fr;gap:.2rem .8rem;padding:.25rem 0;border-bottom:1px solid var(--line)}
dt{color:var(--dim);font-size:.9rem}dd{margin:0;overflow-wrap:anywhere;font-size:.9rem;min-width:0}
.word{display:inline-block;background:var(--soft);border-radius:4px;padding:0 .35rem;margin:0 .3rem .2rem 0}
.panel h2{font-size:1.05rem;overflow-wrap:anywhere;margin-top:1.2rem}
.rows{list-style:none;padding:0}.rows li{display:flex;flex-wrap:wrap;gap:.4rem 1rem;justify-content:space-between;align-items:center;padding:.4rem 0;border-bottom:1px solid var(--line)}
aside h2{margin:1rem 0 .4rem;font-size:1.05rem}aside p{overflow-wrap:anywhere;margin:.4rem 0}
aside pre{white-space:pre-wrap;overflow-wrap:anywhere;max-height:18rem;padding-right:4.5rem}
.exchanges{list-style:none;padding:0;margin:.6rem 0;font-size:.85rem}.exchanges button{width:100%;text-align:left;min-height:1.7rem;overflow-wrap:anywhere}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;background:var(--bg);padding:.4rem .8rem;z-index:1}
`;
