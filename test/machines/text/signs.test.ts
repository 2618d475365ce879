/** Signs that no title may hold: all that Unicode says is drawn as nothing, not those that somebody thought of. */
import { expect, it } from 'vitest';
import { hasControlSigns, hasHiddenSigns } from '../../../machines/text/signs.ts';

/** Of the signs of format these are drawn: marks before and around numbers, and the joints of hieroglyphs. */
const drawn = /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u{110bd}\u{110cd}\u{13430}-\u{1343f}]/u;
/** They choose between two looks of the sign before them: an emoji wants one. */
const choosing = /[\ufe0e\ufe0f]/u;
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Default_Ignorable_Code_Point}]/u;

it('each sign that is drawn as nothing, turns the reading round or is half a sign is told; no other one is', () => {
  const wrong: string[] = [];
  for (let point = 0; point <= 0x10ffff; point++) {
    const sign = String.fromCodePoint(point);
    const isHidden = hidden.test(sign) && !drawn.test(sign) && !choosing.test(sign);
    if ((hasControlSigns(sign) || hasHiddenSigns(sign)) !== isHidden) wrong.push(point.toString(16));
  }
  expect(wrong).toEqual([]);
});
