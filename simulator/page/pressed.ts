/** For a button that has to act at contact: `<button class="press" ${pressed(() => …)}>`. */
import { type ElementPart, nothing } from 'lit';
import { Directive, directive, type PartInfo, PartType } from 'lit/directive.js';
import { Contact, isKeyPress } from './contact.ts';

class Pressed extends Directive {
  readonly #contact = new Contact();
  #listens = false;
  #act: () => void = () => {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('pressed belongs on an element');
  }

  override render(_act: () => void) {
    return nothing;
  }

  override update({ element }: ElementPart, [act]: [() => void]) {
    this.#act = act;
    if (!this.#listens) this.#listen(element);
    this.#listens = true;
    return nothing;
  }

  #listen(element: Element): void {
    const on = <E extends Event>(type: string, run: (event: E) => void): void =>
      element.addEventListener(type, event => run(event as E));
    on<PointerEvent>('pointerdown', event => {
      hold(event);
      this.#contact.touch(event);
      this.#act();
    });
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'])
      on<PointerEvent>(type, event => this.#contact.lift(event));
    on<PointerEvent>('click', event => {
      if (this.#contact.isPress(event)) this.#act();
    });
    on<KeyboardEvent>('keydown', event => {
      if (isKeyPress(event)) this.#act();
    });
    on<KeyboardEvent>('keyup', noClick);
    // A finger that rests on it asks for no menu.
    on('contextmenu', event => event.preventDefault());
  }
}

export const pressed = directive(Pressed);

/** Space would click when it is let go of. */
export function noClick(event: KeyboardEvent): void {
  if (event.key === ' ') event.preventDefault();
}

/** A pointer that slides off what it touched still lifts there. */
export function hold({ currentTarget, pointerId }: PointerEvent): void {
  try {
    if (currentTarget instanceof Element) currentTarget.setPointerCapture(pointerId);
  } catch {
    // It has lifted already, or was never a finger.
  }
}
