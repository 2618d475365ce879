/** A text of the browser's storage, in memory. */
import type { TextPlace } from '../../simulator/demo/kept/kept-boards.ts';

export class TextInMemory implements TextPlace {
  text: string | null;
  readonly aside: string[] = [];
  isFull = false;
  constructor(text: string | null = null) {
    this.text = text;
  }
  async read(): Promise<string | null> {
    return this.text;
  }
  async write(text: string): Promise<boolean> {
    if (!this.isFull) this.text = text;
    return !this.isFull;
  }
  async setAside(text: string): Promise<string | null> {
    if (this.isFull) return null;
    this.aside.push(text);
    return 'aside-1';
  }
}
