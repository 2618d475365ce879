/**
 * Every sentence of the catalogue can be read at first sight, aloud, by a partner, by a therapist, and by somebody who
 * has learnt English late: it is short, its words are plain, none of them has two meanings here, and a button says what it
 * does. What cannot be counted stays with whoever writes; this holds the floor.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packageRoot } from '../../../src/installed.ts';

type Said = Readonly<{ where: string; text: string }>;

function* saidIn(value: unknown, where: string): Generator<Said> {
  if (typeof value === 'string') yield { where, text: value };
  else if (typeof value === 'object' && value !== null)
    for (const [key, one] of Object.entries(value))
      yield* saidIn(one, where === '' ? key : `${where}/${key}`);
}

const folder = join(packageRoot, 'machines', 'text');
const read = (...path: readonly string[]): unknown => JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
/** `screening/opening` of the first view's file; of the others with the file's name before it, `history/page/title`. */
const all: readonly Said[] = [
  ...saidIn(read('en.json'), ''),
  ...readdirSync(join(folder, 'en')).flatMap(name => [
    ...saidIn(read('en', name), name.replace('.json', '')),
  ]),
].filter(({ where }) => !where.startsWith('language/'));

/** Whether it stands in one of these places, which are named with blanks between them. */
const under = (names: string): ((said: Said) => boolean) => {
  const places = names.split(/\s+/);
  return ({ where }) => places.some(place => where === place || where.startsWith(`${place}/`));
};

/** Read aloud to somebody, or done with oil on the hands. */
const onCard = under('screening care preparation preparationFacts calibration/question');
/** Typed for, by somebody with time to read: how a line of a file is wrong takes its words. */
const inTerminal = under(
  'terminal commands figures checks broker fleet phone/terminal phone/refused cues/tried',
);
const onPage = (said: Said): boolean => !inTerminal(said);
/** Looks of the page for whoever builds the device: there its own words belong. */
const forMakers = under('bench board calibration phone answers setup');

/** A semicolon is a breath as a full stop is. */
const sentencesOf = (text: string): readonly string[] => text.split(/(?<=[.!?;…]”?)\s+/);
const wordsOf = (text: string): readonly string[] =>
  text.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word));

const mostWords = (said: Said): number => (onCard(said) ? 12 : inTerminal(said) ? 28 : 20);
const tooLong = (said: Said): readonly string[] =>
  sentencesOf(said.text)
    .filter(sentence => wordsOf(sentence).length > mostWords(said))
    .map(sentence => `${said.where}: ${sentence}`);

/** Texts that hold what a pattern finds, so that a failure says where. A place to be filled in is no word. */
const holding = (texts: readonly Said[], pattern: RegExp): readonly string[] =>
  texts
    .filter(({ text }) => pattern.test(text.replace(/\{\w+\}/g, '{}')))
    .map(({ where, text }) => `${where}: ${text}`);

describe('a sentence is short', () => {
  test('twelve words on a card, twenty on the page, twenty-eight in the terminal', () => {
    expect(all.flatMap(tooLong)).toEqual([]);
  });

  test('and what is said at once is no speech: seventy words at most', () => {
    expect(all.filter(({ text }) => wordsOf(text).length > 70).map(({ where }) => where)).toEqual([]);
  });
});

describe('its words are plain', () => {
  /** As a letter of a notary, a translation, or a manual of 1950 would say it; beside each what is said instead. */
  const stilted: readonly (readonly [words: RegExp, instead: string])[] = [
    [/\bmend(ed|s)?\b/i, 'fix, correct'],
    [/\banew\b/i, 'again'],
    [
      /\b(whilst|hitherto|hereby|herewith|here(of|in|upon)|there(of|in|upon|with)|where(of|upon))\b/i,
      'plain words',
    ],
    [
      /\b(shall(?! (I|we)\b)|ought|upon|whomsoever|whatsoever|forthwith|aforesaid|somebody)\b/i,
      'will, on, someone',
    ],
    [/\b(goes|go|went|going) on\b/i, 'continue'],
    [/\bunder way\b/i, 'running'],
    [/\bany more\b/i, 'no longer'],
    [/\b(does|do) not do\b/i, 'does not work'],
    [/\bwants? to be\b/i, 'has to be'],
    [/\b(in mid-|meanwhile|at last\b)/i, 'during, last'],
    [/\b(keep it so|it is so|as in life|to its end|enough is enough|after all)\b/i, 'Save, Completed'],
    [/\bstands? still\b/i, 'paused'],
  ];
  it.each(stilted)('none is stilted: %s', words => {
    expect(holding(all, words)).toEqual([]);
  });

  test('none is a claim: what is done here treats, relieves, heals and guarantees nothing', () => {
    const claims =
      /(?<!\bno )\b(treat(s|ed|ing|ment)?|reliev\w+|relief|cur(e[sd]?|ing)|heal(s|ed|ing)?|alleviat\w+|therap(y|ies|eutic)|rehabilitat\w+|remed(y|ies)|guarantee\w*|pain-free|safe for)\b/i;
    expect(holding(all, claims)).toEqual([]);
  });

  test('on the page none is known to those alone who wrote it', () => {
    const jargon =
      /\b(latch\w*|leases?|epoch|nonce|duty|loopback|uart|baud|watchdog|snapshot|sockets?|tokens?|deadlines?|emulat\w+|firmware|boolean|null|undefined|parse[sd]?|tls|lan|host|server|frames?|acknowledge\w*)\b/i;
    expect(
      holding(
        all.filter(said => onPage(said) && !forMakers(said)),
        jargon,
      ),
    ).toEqual([]);
  });
});

describe('no word has two meanings', () => {
  const side = /^(left|right)$|\b(their( own)?|[Ff]ace|is) (left|right)\b|\b(left|right) side\b/i;
  const other: readonly (readonly [why: string, words: RegExp])[] = [
    ['“may” permits or supposes: it is can, could or might', /\bmay\b/i],
    ['“once” is one time: afterwards it is when or after', /\bonce (it|its|that|they|you|the|all)\b/i],
    ['“as well” is too, or just as good: it is also, or a good choice', /\bas well\b/i],
    ['“for” is no because', /, for (it|its|they|there|nothing|nobody|the \w+ (is|are|has))\b/i],
    ['“as” is no because', /, as (the \w+|it|they|there) (is|are|has|have)\b/i],
    ['“else” is another: it is otherwise, or if not', /(^|[.;,] )else\b/i],
  ];

  test.each(['left', 'right'])(
    '“%s” is a side of the body; time is to go, what is not worked is skipped',
    word => {
      const found = all.filter(
        ({ text }) => new RegExp(`\\b${word}\\b(?!\\})`, 'i').test(text) && !side.test(text),
      );
      expect(found).toEqual([]);
    },
  );

  test.each(other)('%s', (_, words) => {
    expect(holding(all, words)).toEqual([]);
  });
});

describe('who is meant', () => {
  /** Where one of the two people is spoken to, and one spoken of. */
  const spoken = under(
    'screening care preparation preparationFacts states turns forms afterStop receiver endings outcomes symptoms',
  );
  const mixes = (text: string): boolean => {
    // What is said to both of them is said to each.
    const toOne = text.replace(/\b(either of|both of) you\b|\byou both\b/gi, '');
    return /\b(you|your)\b/i.test(toOne) && /\b(person|they|them|their)\b/i.test(toOne);
  };

  test('whoever is spoken to is “you”, whoever is spoken of “the person”, and no text has both', () => {
    expect(all.filter(spoken).filter(({ text }) => mixes(text))).toEqual([]);
    expect(mixes('Sit up. Press GO when the person is ready and you are.')).toBe(true);
    expect(mixes('An oil you both know, or none. Ask the person first.')).toBe(false);
  });

  test('what is quoted is called so on the page', () => {
    const words = new Set(all.map(({ text }) => text.replace(/^… (and )?/, '').toLowerCase()));
    const quoted = all.flatMap(({ where, text }) =>
      [...text.matchAll(/“([^”{}]+)”/g)].map(([, name = '']) => ({ where, name })),
    );
    expect(quoted.length).toBeGreaterThan(3);
    expect(quoted.filter(({ name }) => !words.has(name.toLowerCase()))).toEqual([]);
  });
});

describe('a text ends as it has to', () => {
  /** All under these are whole sentences, but for a few labels. */
  const whole = under(
    'screening/advice screening/openingNote screening/touch care preparation preparationFacts states recovery turns ' +
      'faults refusals/next outcomes symptoms seekHelp cues/why endings page/notices board/serial board/trouble board/look/found board/firmware/stages calibration/ended ' +
      'calibration/hindrances terminal/bringup/wrong history/claim history/keeping',
  );
  const label = under(
    'screening/touch/title preparation/noPlaces preparation/leaveOut preparation/onSide preparation/faceDown page/notices/claim',
  );
  const ends = (text: string): boolean => /[.?!…:]”?$|\}$/.test(text);

  test('a sentence with a full stop, a question mark or dots', () => {
    expect(all.filter(said => whole(said) && !label(said) && !ends(said.text))).toEqual([]);
  });

  test('a question with its mark', () => {
    const asked = under('screening/opening screening/questions calibration/question');
    const isNote = ({ where }: Said): boolean => where.endsWith('/note');
    expect(all.filter(said => asked(said) && !isNote(said) && !said.text.endsWith('?'))).toEqual([]);
  });

  test('several sentences as the last of them', () => {
    const several = /[.?!]”? [\p{Lu}“]/u;
    const fragments = under('terminal checks commands answers');
    const breaksOff = ({ text }: Said): boolean => several.test(text) && !ends(text);
    expect(all.filter(said => !fragments(said) && breaksOff(said))).toEqual([]);
    expect(breaksOff({ where: '', text: 'It stopped. Press GO' })).toBe(true);
  });

  test('what is put behind a colon begins small and has no full stop', () => {
    const behind = under('answers calibration/refused cues/tried checks/fields checks/rules terminal/files');
    const isSentence = ({ text }: Said): boolean => /^\p{Lu}\p{Ll}/u.test(text) || /\.$/.test(text);
    expect(all.filter(said => behind(said) && isSentence(said))).toEqual([]);
    expect(isSentence({ where: '', text: 'Is not JSON.' })).toBe(true);
  });
});

describe('a button says what it does', () => {
  const buttons = all.filter(
    under(
      'screening/next screening/back screening/changeAnswer screening/remember/offer screening/remember/forget ' +
        'preparation/leaveOut preparation/onSide preparation/faceDown causes/say page/controls page/notices/claim page/useBoard page/strip/show page/strip/answer ' +
        'page/strip/undo page/choice/another page/choice/choose page/choice/chooseOne page/welcome/begin ' +
        'page/welcome/look calibration/begin calibration/once calibration/again calibration/back calibration/leave ' +
        'calibration/toSession calibration/known/undo calibration/known/undoYes calibration/known/undoNo ' +
        'forms/start forms/startAll forms/stay forms/back forms/answer forms/less forms/receiverPhone ' +
        'forms/receiverHere routines/retry routines/drop routines/choose routines/makeMine routines/change ' +
        'routines/erase routines/eraseYes routines/keep routines/share/share routines/share/copy ' +
        'routines/share/close phone/panel/show phone/panel/showAgain phone/panel/remove phone/panel/link ' +
        'phone/pairing/pair history/page/tryAgain history/page/report history/page/copy history/page/add ' +
        'history/page/erase history/page/eraseAll history/page/eraseYes history/page/eraseNo history/page/save ' +
        'history/page/saveAndErase history/page/trendReport write/draft write/open write/close write/closeYes ' +
        'write/closeNo write/otherYes write/otherNo write/goOn write/add write/addAfter write/copy write/up ' +
        'write/down write/remove write/putBack write/otherAdd write/otherRemove write/save write/saveAsFile ' +
        'write/choose write/replaceYes write/replaceNo write/makeMine bench/journal/save bench/journal/open board/button',
    ),
  );
  const verbs =
    'Add Answer Begin Change Choose Close Confirm Continue Copy Discard Drop End Erase Forget Go Keep Lie Look Make ' +
    'Move Offer Open Pair Pause Play Put Remember Remove Replace Save Share Show Skip Start Stay Take Try Undo Use';
  /** An answer to what stands above it, or the place that comes next. */
  const others = ['Yes', 'No', 'Less', 'Ready', 'All done', 'Next', 'Previous', 'Back', '\\+1'];
  const begins = new RegExp(`^(${[...verbs.split(' '), ...others].join('|')})\\b`);

  test('by a verb, or as the answer to what stands above it', () => {
    expect(buttons.length).toBeGreaterThan(80);
    expect(buttons.filter(({ text }) => !begins.test(text))).toEqual([]);
  });

  test('in four words at most beside what is named, and without a full stop', () => {
    const wrong = buttons.filter(({ text }) => {
      const own = text.replace(/[“(]?\{\w+\}[”)]?( min)?/g, '');
      return wordsOf(own).length > 4 || text.endsWith('.');
    });
    expect(wrong).toEqual([]);
  });
});
