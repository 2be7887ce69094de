import { BASE_STYLES } from '../../../web/base-styles.js';

/** The look of the page: dark and light, from 360 pixels, and on paper. */
export const STYLES = `${BASE_STYLES}
main,header,footer{max-width:1400px;margin:0 auto;padding:0 1rem}
pre{max-height:24rem;white-space:pre-wrap;overflow-wrap:anywhere}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.3rem 1rem;padding:0;margin:.8rem 0}
.mark{display:inline-block;min-width:1.2em;text-align:center;font-weight:700}
.conforms{color:var(--passed)}.violates{color:var(--failed)}.inconclusive{color:var(--warned)}.accepted{color:var(--skipped)}
article{border:1px solid var(--line);border-left:4px solid currentColor;border-radius:6px;padding:.8rem;margin:.8rem 0}
article>*{color:var(--fg)}article>.head{display:flex;flex-wrap:wrap;gap:.3rem .6rem;align-items:center}
.sides{display:grid;grid-template-columns:1fr 1fr;gap:.6rem;margin:.6rem 0}
.sides>div{min-width:0;background:var(--soft);border-radius:6px;padding:.5rem .6rem;overflow-wrap:anywhere}
.sides strong{display:block;font-size:.8rem;color:var(--dim)}
del,ins{text-decoration:none;border-radius:3px}del{background:var(--del)}ins{background:var(--add)}
.scroll{position:relative;max-height:70vh}
thead th{position:sticky;top:0;background:var(--soft);z-index:1;white-space:nowrap}tbody th{font-weight:400;white-space:nowrap}
td.cell{text-align:center;padding:0}td.cell button{border:0;background:none;width:100%;min-width:2.2rem;padding:.2rem;font-weight:700}
td.cell button:hover{background:var(--soft)}
.heat td{text-align:center;font-weight:700}.heat table{border-collapse:separate;border-spacing:0}
.heat thead th{vertical-align:bottom;padding:.4rem .1rem}.heat thead span{writing-mode:vertical-rl;transform:rotate(180deg);font-size:.8rem;font-weight:500}
.heat tbody th,.heat thead th:first-child{position:sticky;left:0;background:var(--bg);z-index:1}.heat thead th:first-child{background:var(--soft);z-index:2;padding:.3rem .5rem}
.heat td.passed{background:var(--add)}.heat td.failed{background:var(--del)}.heat td.observed,.heat td.skipped{background:var(--soft)}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;padding:0}.legend span{display:inline-block;min-width:1.2em;text-align:center;font-weight:700}
.bars{width:100%;height:auto;display:block}
@media (max-width:640px){.sides{grid-template-columns:1fr}tbody th{white-space:normal;overflow-wrap:anywhere;min-width:6.5rem}.heat tbody th,.heat thead th:first-child{position:static}}
@media print{.scroll{max-height:none}nav{display:none!important}pre{max-height:none}td.cell button{display:block!important}
.heat thead,.heat td:empty,.heat td>*{display:none}.heat table,.heat tbody,.heat tr{display:block}.heat tbody th,.heat td{display:inline;position:static;border:0;background:none;font-weight:400;padding:0 .3rem}
.heat td::after{content:attr(title) ";"}thead th{position:static}.scroll table{font-size:.7rem}.scroll th,.scroll td,.scroll code{white-space:normal;overflow-wrap:anywhere;padding:.1rem .25rem}td.cell button{min-width:0;padding:0}article{break-inside:avoid}details:not([open])>*{display:revert}}
`;
