/** Text made harmless for HTML and SVG, and the one sheet that every report wears. */

const named: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, character => named[character] ?? character).replace(/\p{Cc}/gu, ' ');

const colours = {
  dark: '--ground:#181210;--sheet:#221a16;--line:#4a3b32;--ink:#f6ebdf;--soft:#d6c4b4;--accent:#c3d694;',
  light: '--ground:#f7f0e7;--sheet:#fffaf3;--line:#cdbba9;--ink:#2a1f18;--soft:#54443a;--accent:#4c6420;',
};

const sheet = (chart: Readonly<{ dark: string; light: string }>, rules: string): string => `
:root{color-scheme:light;${colours.light}${chart.light}}
@media (prefers-color-scheme:dark){:root{color-scheme:dark;${colours.dark}${chart.dark}}}
@media print{:root{color-scheme:light;${colours.light}--ground:#fff;--sheet:#fff;${chart.light}--chart-ground:#fff}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:17px/1.5 "Seravek","Gill Sans Nova",Ubuntu,Calibri,"DejaVu Sans","Source Sans Pro",system-ui,sans-serif;-webkit-font-smoothing:antialiased}
main,header,footer{max-width:60rem;margin:0 auto;padding:0 1.5rem}
header{padding-top:3rem}
h1{font-size:2.3rem;line-height:1.15;font-weight:600;margin:0;text-wrap:balance}
h2{font-size:1.25rem;font-weight:600;margin:2.6rem 0 .8rem}
p{margin:.3rem 0;max-width:44rem}
.when,footer{color:var(--soft)}
.when{font-size:1.05rem}
.end{display:inline-block;margin-top:.9rem;padding:.3rem .9rem;border:1.5px solid var(--accent);border-radius:999px;font-weight:600}
dl{display:grid;grid-template-columns:repeat(4,1fr);gap:.8rem;margin:2rem 0 0}
dl div{display:flex;flex-direction:column-reverse;justify-content:flex-end;background:var(--sheet);border:1px solid var(--line);border-radius:16px;padding:.85rem 1.05rem}
dd{margin:0;font-size:1.7rem;line-height:1.15;font-weight:600;font-variant-numeric:tabular-nums}
dt{color:var(--soft);font-size:.92rem;line-height:1.3}
figure{margin:0;background:var(--sheet);border:1px solid var(--line);border-radius:18px;padding:1.2rem}
.wide{overflow-x:auto}
.wide:focus-visible{outline:3px solid var(--ink);outline-offset:3px}
.wide svg{display:block;min-width:44rem;width:100%;height:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.95rem}
caption{text-align:left;font-size:1.25rem;font-weight:600;padding:0 0 .6rem}
section{margin-top:2.6rem}
td,thead th{white-space:nowrap}
th,td{text-align:left;padding:.5rem .8rem .5rem 0;border-bottom:1px solid var(--line);vertical-align:top}
thead th{color:var(--soft);font-weight:500;white-space:nowrap}
tbody th{font-weight:600;min-width:9rem}
.number{text-align:right;white-space:nowrap}
pre{margin:0;background:var(--sheet);border:1px solid var(--line);border-radius:16px;padding:1.1rem 1.3rem;font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
footer{padding:2.4rem 1.5rem 3rem;font-size:.92rem}
@media (max-width:48rem){dl{grid-template-columns:repeat(2,1fr)}}
@media (max-width:36rem){header{padding-top:1.6rem}h1{font-size:1.8rem}dd{font-size:1.4rem}figure{padding:.8rem}}
@media (forced-colors:active){.end,dl div,figure,pre{border-color:CanvasText}}
@page{size:A4;margin:14mm 15mm}
@media print{
body{font-size:10pt}table{font-size:8.5pt}th,td{padding:1.2mm 3mm 1.2mm 0}caption{font-size:12pt}h2{font-size:12pt}
main,header,footer{max-width:none;padding:0}
header{padding-top:0}h1{font-size:20pt}dd{font-size:14pt}
dl{grid-template-columns:repeat(4,1fr);gap:2mm;margin-top:4mm}dl div{padding:2mm 3mm;border-radius:3mm}
figure,pre{padding:3mm;border-radius:3mm}
.wide{overflow:visible}.wide svg{min-width:0}td,thead th{white-space:normal}.number{white-space:nowrap}tbody th{min-width:0}
section,figure,pre{break-inside:avoid}section.long{break-inside:auto}tr{break-inside:avoid}thead{display:table-header-group}
section,h2{margin-top:7mm}footer{padding:5mm 0 0}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}
}${rules}`;

/** A page that needs nothing but itself: no script, no font, no request. */
export const standalonePage = (
  title: string,
  body: string,
  chart: Readonly<{ colours: Readonly<{ dark: string; light: string }>; rules: string }>,
): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${escaped(title)}</title>
<style>${sheet(chart.colours, chart.rules)}</style>
</head>
<body>
${body}
</body>
</html>
`;
