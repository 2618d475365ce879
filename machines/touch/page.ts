/** The table of gestures as a page. Pure. */

import { chordLimits } from '../chord.ts';
import { gestureLimits } from '../gesture.ts';
import { sessionLimits } from '../limits.ts';
import { hasteMs } from './meaning.ts';
import { placeNames, places } from './places.ts';
import { cellOf, gestureNames, gestures } from './table.ts';

export function gesturesPage(): string {
  const rows = placeNames.map(name => {
    const { place } = places[name]();
    const cells = gestureNames.map(gesture => {
      const { deed, answer } = cellOf(place, gestures[gesture]);
      return `${deed === '' ? '–' : deed}${answer === '' ? '' : ` · ${answer}`}`;
    });
    return [`**${name}**`, ...cells];
  });
  const head = ['', ...gestureNames];
  const table = [head, head.map(() => '---'), ...rows].map(row => `| ${row.join(' | ')} |`).join('\n');
  return `${[
    '# What a gesture means',
    'Written by `tactus cues gestures`; a test holds this page against the machines, and another one holds the machines against what README.md beside it promises, around every limit.',
    'Each cell is read off the machines by playing the gesture: what has come of it, then what answers it. A cue in capitals is felt; “light” goes out under the finger, or comes on for what has counted; “silence” is all motors off. “–” changes nothing.',
    table,
    '## The rules behind it',
    [
      `- A press counts at the next of the grid’s points, 20 ms apart, and before whatever falls due at that moment: what was pressed before a limit was over counts before it.`,
      `- What is held until its limit has been held: ${gestureLimits.holdMs} ms exactly is a hold, ${gestureLimits.doubleMs} ms exactly a double, ${chordLimits.holdMs} ms exactly counts for GO and LESS.`,
      `- What is up for less than ${gestureLimits.chatterMs} ms was never let go.`,
      `- While GO and LESS are both down neither is a press or a hold of its own. What the first did less than ${sessionLimits.takeBackMs} ms before is taken back; a hold that had counted stands. Where the two mean something together no motor runs for GO sooner than that. What means nothing is answered by EASE. With STOP down only STOP counts.`,
      `- A question counts as answered no sooner than ${sessionLimits.soonestAnswerMs} ms after its cue; GO before that is answered by TAP once the question has been told, LESS eases and the question comes again, LESS held leaves the place.`,
      `- A question whose cue gave way to another is answered by no GO before it is told anew: ${sessionLimits.toldAnewMs.map(ms => ms / 1000).join(', ')} s later, each counted from the last. Then it counts as not asked: hands rest, and an offer of a rise passes.`,
      `- GO within ${hasteMs.answering} ms of another GO answers nothing; in preparation and after a fault GO within ${hasteMs.confirming} ms of another confirms and starts nothing.`,
      `- Less at pressure 1 changes nothing and costs no later rise. Whoever said less may take it back within ${sessionLimits.undoMs / 1000} s on a page.`,
    ].join('\n'),
  ].join('\n\n')}\n`;
}
