/** A session's name: when it opened, in UTC, and four digits of chance. */
export const idPattern = /^\d{8}-\d{6}-[0-9a-f]{4}$/;

/** For one that opens at that moment, ms since 1970. */
export function newSessionId(at: number): string {
  const [day = '', time = ''] = new Date(at).toISOString().split('T');
  const chance = [...crypto.getRandomValues(new Uint8Array(2))]
    .map(byte => byte.toString(16).padStart(2, '0'))
    .join('');
  return `${day.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${chance}`;
}

/** The time that an id names, for a session whose header cannot be read. */
export function idTime(id: string): number {
  const [, year, month, day, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)/.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
