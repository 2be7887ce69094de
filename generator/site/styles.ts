import { BASE_STYLES } from '../../web/base-styles.js';

/** The look of the site, from 360 pixels to wide screens, and on paper. */
export const SITE_STYLES = `${BASE_STYLES}
html{scroll-padding-top:4.2rem}
body{line-height:1.6}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:.5rem;z-index:9;background:var(--bg);padding:.4rem .8rem}
.top{position:sticky;top:0;z-index:5;display:flex;gap:.8rem;align-items:center;padding:.55rem 1.2rem;background:var(--bg);border-bottom:1px solid var(--line)}
.home{font-weight:650;color:var(--fg);text-decoration:none;flex:1 1 auto;min-width:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.search{position:relative;flex:0 1 26rem}.search input{width:100%;padding:.35rem .8rem}
#results{position:absolute;right:0;top:calc(100% + .3rem);width:min(38rem,94vw);max-height:70vh;overflow:auto;margin:0;padding:.3rem;list-style:none;background:var(--bg);border:1px solid var(--line);border-radius:8px;box-shadow:0 8px 30px #0004}
#results li{display:grid;grid-template-columns:5.5rem 1fr;gap:0 .6rem;padding:.4rem .6rem;border-radius:6px;cursor:pointer}
#results li[aria-selected=true]{background:var(--soft);outline:1px solid var(--line)}
#results li[aria-disabled]{display:block;cursor:default}
#results .kind{grid-row:1/3;font-size:.8rem;color:var(--dim);padding-top:.15rem}#results .title{font-weight:600}
#results .detail{font-size:.85rem;color:var(--dim);overflow-wrap:anywhere}
#theme{white-space:nowrap}
.columns{display:grid;grid-template-columns:17rem minmax(0,1fr) 12rem;gap:0 2rem;max-width:100rem;margin:0 auto;padding:0 1.2rem}
.pages,.contents{font-size:.9rem;position:sticky;top:3.4rem;align-self:start;max-height:calc(100vh - 3.4rem);overflow:auto;padding:1rem 0}
.pages summary{font-weight:600}.scripted #menu>summary{display:none}
.pages h2,.contents h2{font-size:.8rem;text-transform:uppercase;letter-spacing:.06em;color:var(--dim);margin:1.2rem 0 .3rem}.pages h2:first-child,.contents h2{margin-top:0}
.pages ul,.contents ul{list-style:none;margin:0;padding:0}.pages li details ul{padding-left:.7rem;border-left:1px solid var(--line)}
.pages li a,.contents li a{display:block;padding:.16rem .5rem;border-radius:5px;color:var(--fg);text-decoration:none;overflow-wrap:anywhere}
.pages li summary{padding:.16rem .5rem}
.pages a:hover,.contents a:hover{background:var(--soft);text-decoration:underline}
.pages a[aria-current]{background:var(--soft);color:var(--link);font-weight:600}
main{padding:1.2rem 0 3rem;min-width:0;outline:0}
main>p,main>ul,main>ol{max-width:46rem}[data-kind=index] main>ul{columns:20rem;column-gap:2.5rem;max-width:60rem}
h1{font-size:1.9rem;line-height:1.25;margin:.4rem 0 .8rem}h2{font-size:1.35rem;border-bottom:1px solid var(--line);padding-bottom:.3rem}
h3{margin:1.5rem 0 .4rem}h4{font-size:1rem;margin:1.3rem 0 .4rem}
main p>code,main li>code,main td code,main th code{box-decoration-break:clone;-webkit-box-decoration-break:clone;background:var(--soft);border:1px solid var(--line);border-radius:4px;padding:.05em .3em;overflow-wrap:anywhere}
pre{padding:.8rem 1rem;line-height:1.5}.command{max-width:60rem}
.command>button{opacity:0;padding:.1rem .5rem;font-size:.8rem}.command:hover>button,.command:focus-within>button{opacity:1}
@media (hover:none){.command>button{opacity:1}}
.str{color:light-dark(#0a3069,#a5d6ff)}.com{color:var(--dim)}.num{color:light-dark(#0550ae,#79c0ff)}.key{color:light-dark(#a40e26,#ff8f87)}
[role=tablist]{display:flex;flex-wrap:wrap;gap:.2rem;margin:.4rem 0;border-bottom:1px solid var(--line)}
[role=tab]{border:0;border-bottom:3px solid transparent;border-radius:4px 4px 0 0;background:none;color:var(--dim)}
[role=tab][aria-selected=true]{color:var(--fg);border-bottom-color:var(--link);font-weight:600}
.scroll{margin:.7rem 0}main table{font-size:.87rem}td,th{vertical-align:top;padding:.4rem .55rem}thead th{background:var(--soft);white-space:nowrap}tbody tr:last-child td{border-bottom:0}
td{overflow-wrap:break-word;min-width:4.5rem}main td code{overflow-wrap:break-word}td:first-child code{white-space:nowrap}
.badge{text-decoration:none;color:var(--dim);cursor:help}.badge.recorded{color:var(--passed)}.badge.documented{color:var(--link)}
.badge.reported,.badge.inferred{color:var(--warned)}.badge.disputed{color:var(--failed)}
sup{line-height:0;font-size:.75em}sup a{text-decoration:none;padding:0 .15em}
.notes{font-size:.88rem;color:var(--dim);max-width:60rem}.notes li:target{background:var(--soft);outline:1px solid var(--line)}
footer{margin-top:3rem;border-top:1px solid var(--line);font-size:.88rem}
#scope-picker>div{max-height:16rem;padding:.3rem .6rem;max-width:46rem}#scope-picker div label{display:block;padding:.1rem 0;overflow-wrap:anywhere}#scope-picker [hidden]{display:none}
@media (max-width:1250px){.columns{grid-template-columns:16rem minmax(0,1fr)}.contents{display:none}}
@media (max-width:899px){.top{position:static}main ul,main ol{padding-left:1.4rem}.columns{display:block;padding:0 1rem}.pages{position:static;max-height:none;padding:.6rem 0 0}.scripted #menu>summary{display:list-item}
.top{padding:.5rem 1rem;gap:.5rem;flex-wrap:wrap}.search{flex:1 1 10rem;order:3}.home{flex-basis:60%}}
@media (max-width:640px){h1{font-size:1.5rem}
main .scroll{border:0;overflow:visible}main table,main tbody,main tr,main td{display:block}main thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
td:first-child code{white-space:normal;overflow-wrap:anywhere}main tr{border:1px solid var(--line);border-radius:6px;margin:.6rem 0;padding:.3rem .2rem}main td{border:0;padding:.15rem .6rem;min-width:0}
main td:empty{display:none}main td::before{content:attr(data-column) " ";display:block;font-size:.78rem;color:var(--dim)}}
@media print{main .scroll table{font-size:.75rem}td{min-width:0}td:first-child code{white-space:normal}.top,.pages,.contents,footer,[role=tablist],.skip{display:none!important}.columns{display:block}.command{break-inside:avoid}a{color:inherit}}
`;
