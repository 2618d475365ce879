/**
 * A routine within an address: whoever opens it has the routine in the editor, checked as a file is, and kept nowhere
 * yet. No server has a part in it; what stands after a hash is sent to none.
 */
import { routineLimits } from '../../../machines/limits.ts';
import { packed, unpacked } from '../../packing.ts';

/** Before it stands what no routine's name can hold. */
export const sharedMark = '~';
/** Longer than the largest routine is when packed; a browser's address holds more. */
const longestCode = 64 * 1024;

/** What stands after `#write/` for this routine. */
export async function sharedCode(routine: object): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(routine));
  const small = await packed(bytes);
  const binary = Array.from(small, byte => String.fromCharCode(byte)).join('');
  return sharedMark + btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The routine's text; null where the address is damaged, or holds more than a file may. */
export async function sharedText(code: string): Promise<string | null> {
  if (!code.startsWith(sharedMark) || code.length > longestCode) return null;
  try {
    const binary = atob(code.slice(1).replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, letter => letter.charCodeAt(0));
    const whole = await unpacked(bytes, routineLimits.fileBytes);
    return new TextDecoder('utf-8', { fatal: true }).decode(whole);
  } catch {
    // Damaged in one of its three layers, or cut.
    return null;
  }
}
