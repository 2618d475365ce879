/**
 * Signs that no title may hold, since who reads it sees something else than what stands there: control characters,
 * signs without width, those that turn the direction of reading round, and halves of a sign (Unicode TR36 and TR39).
 */

/** Within a class of a regular expression with the flag `u`, as JSON Schema takes it too. */
export const controlSigns = '\\u0000-\\u001f\\u007f-\\u009f';
export const hiddenSigns =
  '\\u00ad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b-\\u200f\\u2028-\\u202e\\u2060-\\u206f' +
  '\\u3164\\ud800-\\udfff\\ufe00-\\ufe0d\\ufeff\\uffa0\\ufff0-\\ufffb' +
  '\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}\\u{e0000}-\\u{e0fff}';

const control = new RegExp(`[${controlSigns}]`, 'u');
const hidden = new RegExp(`[${hiddenSigns}]`, 'u');

export const hasControlSigns = (text: string): boolean => control.test(text);
export const hasHiddenSigns = (text: string): boolean => hidden.test(text);
