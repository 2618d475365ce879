/** What page and controller say to each other about phones, over HTTP. */
import * as v from 'valibot';

/** `remote`: a page like any other; `receiver`: less and stop, for the person being massaged. */
export const pairedRoles = ['remote', 'receiver'] as const;
export type PairedRole = (typeof pairedRoles)[number];

/** Why a socket is closed of a phone that may no longer be here. */
export const unpairedCode = 4401;

/** A phone's own name for itself, where it has one. */
export const nameLength = 32;

/** A phone asks to be let in. */
export const pairSchema = v.strictObject({
  code: v.pipe(v.string('must be six digits'), v.regex(/^\d{6}$/, 'must be six digits')),
  name: v.optional(
    v.pipe(v.string('must be text'), v.maxLength(nameLength, `must have at most ${nameLength} letters`)),
    '',
  ),
});

/** Somebody at this machine asks for a code. */
export const openSchema = v.strictObject({
  role: v.picklist(pairedRoles, `must be one of ${pairedRoles.join(', ')}`),
});

/** What a phone is here; null before it is paired. */
export type PairedView = Readonly<{ role: PairedRole | null }>;

export type CodeView = Readonly<{ digits: string; role: PairedRole; leftMs: number }>;

/** What is shown at this machine, and nowhere else. */
export type PhoneView = Readonly<{
  /** Where a phone finds this controller; null where it listens on loopback only. */
  lan: Readonly<{ addresses: readonly string[]; fingerprint: string | null }> | null;
  code: CodeView | null;
  guests: readonly Readonly<{ id: number; role: PairedRole; name: string; from: string; isHere: boolean }>[];
}>;

/** What a QR code holds: the code is in the fragment, which no browser ever sends to anybody. */
export const pairingAddress = (address: string, digits: string): string => `${address}#pair=${digits}`;
