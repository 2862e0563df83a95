export const style = `
:root { color-scheme: light dark; --ink: #1c2429; --soft: #5b6870; --line: #dde4e8; --paper: #fff; --water: #0b6e99; --wash: #f3f7f9; }
@media (prefers-color-scheme: dark) { :root { --ink: #e4eaee; --soft: #9aa8b1; --line: #2e393f; --paper: #14191c; --water: #5fb7dd; --wash: #1b2226; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.6 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
header, main, footer { max-width: 68rem; margin: 0 auto; padding: 0 1.25rem; }
header { padding-top: 2.25rem; padding-bottom: 1rem; }
header h1 { margin: 0; font-size: 1.75rem; line-height: 1.3; letter-spacing: -.01em; }
header p { margin: .35rem 0 0; color: var(--soft); }
h2 { margin: 2.25rem 0 .5rem; font-size: 1.05rem; }
.columns h2:first-child { margin-top: 1rem; }
a { color: var(--water); text-decoration: none; }
a:hover { text-decoration: underline; }
.columns { display: grid; gap: 0 3rem; grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
@media (max-width: 52rem) { .columns { grid-template-columns: minmax(0, 1fr); } }
ul.plain { list-style: none; margin: 0; padding: 0; }
.feeds li { display: flex; gap: .75rem; align-items: baseline; padding: .3rem 0; border-bottom: 1px solid var(--line); }
.feeds li > :first-child { flex: 1; min-width: 0; overflow-wrap: anywhere; }
.formats a { margin-left: .5rem; font-size: .8rem; }
.count, .meta { color: var(--soft); font-size: .82rem; }
.stories li { padding: .7rem 0; border-bottom: 1px solid var(--line); }
.stories .title { font-weight: 600; }
.stories .title a { color: inherit; }
.tags { margin-top: .3rem; }
.tag { display: inline-block; margin-right: .35rem; padding: 0 .45rem; border-radius: 1rem; background: var(--wash); color: var(--soft); font-size: .78rem; }
.dot { display: inline-block; width: .55rem; height: .55rem; border-radius: 50%; background: #2e9e5b; }
.dot.unreachable, .dot.blocked, .dot.gone, .dot.drifted { background: #c9432f; } .dot.new, .dot.quiet, .dot.paused { background: #a9b4ba; }
article { max-width: 44rem; } article img { max-width: 100%; height: auto; } article pre { overflow-x: auto; }
main, header { overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .2rem 1.25rem; margin: .5rem 0; }
dt { color: var(--soft); } dd { margin: 0; }
table { border-collapse: collapse; display: block; overflow-x: auto; } td, th { padding: .2rem .8rem .2rem 0; text-align: left; vertical-align: top; }
code { font-size: .88em; }
footer { padding-top: 2.5rem; padding-bottom: 3rem; color: var(--soft); font-size: .85rem; }
`;
