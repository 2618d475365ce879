/** The screening as a page to print, for whoever has no screen at hand: made from the catalogue, and nothing else. Pure. */
import { cards, type QuestionId, weightOf } from '../screening.questions.ts';
import { catalogue } from './text.ts';

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, sign => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);

const { screening } = catalogue;
const { touch } = screening;

type PrintedQuestion = Readonly<{ ask: string; note: string | null }>;
type PrintedPart = Readonly<{
  title: string;
  /** Whether a yes ends it, or only asks for care. */
  gravity: 'stop' | 'care';
  questions: readonly PrintedQuestion[];
}>;

function printedQuestion(id: QuestionId): PrintedQuestion {
  const { ask, note = null } = screening.questions[id] as Readonly<{ ask: string; note?: string }>;
  return { ask, note };
}

/** What stands on the card, for a page to print and for one to show. */
export const printedCard = {
  title: touch.title,
  lead: touch.lead,
  parts: cards.map(
    ({ id, questions }, index): PrintedPart => ({
      title: `${index + 1} · ${screening.cards[id]}`,
      gravity: questions.some(one => weightOf(one) !== 'caution') ? 'stop' : 'care',
      questions: questions.map(printedQuestion),
    }),
  ),
  how: [
    touch.none,
    touch.stopCards,
    touch.caution,
    touch.skin,
    touch.implant,
    touch.order,
    touch.then,
    touch.wrong,
  ],
  seekHelp: catalogue.seekHelp,
  never: touch.never,
} as const;

function question({ ask, note }: PrintedQuestion): string {
  const small = note === null ? '' : ` <small>${escaped(note)}</small>`;
  return `<li><span>${escaped(ask)}${small}</span><i aria-hidden="true"></i></li>`;
}

function part({ title, gravity, questions }: PrintedPart): string {
  return `<section class="${gravity}">
<h2>${escaped(title)}</h2>
<ol>
${questions.map(question).join('\n')}
</ol>
</section>`;
}

/** Columns, not rows: each card is as tall as its questions, and all of them share one sheet with room to spare. */
const style = `
@page { size: A4; margin: 10mm; }
* { box-sizing: border-box; }
body { font: 9pt/1.2 system-ui, sans-serif; color: #111; margin: 0 auto; max-width: 190mm; }
h1 { font-size: 15pt; margin: 0 0 1.5mm; }
p { margin: 0 0 1mm; }
main { columns: 2; column-gap: 2.5mm; margin: 2mm 0; }
section { border: 1.2pt solid #111; border-radius: 3mm; padding: 1.5mm 3mm; break-inside: avoid; }
section + section { margin-top: 2.5mm; }
section.care { border-style: dashed; }
h2 { font-size: 10.5pt; margin: 0 0 1.5mm; }
ol { list-style: none; margin: 0; padding: 0; }
li { display: flex; gap: 2mm; justify-content: space-between; padding: 0.5mm 0; border-top: 0.4pt solid #999; }
li:first-child { border-top: 0; }
i { flex: none; width: 3.6mm; height: 3.6mm; border: 1pt solid #111; border-radius: 50%; }
small { display: block; font-size: 7.5pt; color: #333; }
.how { border-top: 1.2pt solid #111; padding-top: 2mm; }
`.trim();

/** A whole HTML document, A4, with no script, no picture and nothing to load. */
export function screeningCard(): string {
  const { title, lead, parts, how, seekHelp, never } = printedCard;
  return `<!doctype html>
<html lang="${catalogue.language.tag}" dir="${catalogue.language.direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title>
<style>
${style}
</style>
</head>
<body>
<header>
<h1>${escaped(title)}</h1>
<p>${escaped(lead)}</p>
</header>
<main>
${parts.map(part).join('\n')}
</main>
<footer class="how">
${how.map(sentence => `<p>${escaped(sentence)}</p>`).join('\n')}
<p><strong>${escaped(seekHelp)}</strong></p>
<p><small>${escaped(never)} ${escaped(`Questions, version ${screening.version}.`)}</small></p>
</footer>
</body>
</html>
`;
}
