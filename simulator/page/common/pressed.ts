/** For what has to act at contact: `<button class="press" ${pressed(() => …)}>`, and `held` where a press has a length. */
import { type ElementPart, nothing } from 'lit';
import { Directive, directive, type PartInfo, PartType } from 'lit/directive.js';
import { Contact, isKeyPress } from './contact.ts';

/** What comes of contacts. Each is told by its own name, which comes back where it lifts. */
export type Contacts = Readonly<{
  down(by: string): void;
  up(by: string): void;
  /** A click that no contact has made: a tool presses for somebody. */
  click(): void;
}>;

/** Listens to one element for as long as that lives. */
class Touched {
  readonly #contact = new Contact();
  readonly #element: Element;
  /** Touches that have been told of as pointers, and not yet as touches. */
  #announced = 0;
  contacts: Contacts;

  constructor(element: Element, contacts: Contacts) {
    this.#element = element;
    this.contacts = contacts;
    this.#listenToPointers();
    this.#listenToTouches();
    listenTo<PointerEvent>(element, 'click', event => {
      if (this.#contact.isPress(event)) this.contacts.click();
    });
    // A finger that rests on it asks for no menu.
    listenTo(element, 'contextmenu', event => event.preventDefault());
  }

  #listenToPointers(): void {
    listenTo<PointerEvent>(this.#element, 'pointerdown', event => {
      hold(event);
      if (event.pointerType === 'touch') this.#announced += 1;
      this.#contact.touch(event);
      this.contacts.down(`pointer ${event.pointerId}`);
    });
    for (const type of ['pointerup', 'pointercancel', 'lostpointercapture'])
      listenTo<PointerEvent>(this.#element, type, event => {
        this.#announced = 0;
        this.#contact.lift(event);
        this.contacts.up(`pointer ${event.pointerId}`);
      });
  }

  /** While one finger scrolls Chromium tells of no other as a pointer: that one is told of as a touch alone. */
  #listenToTouches(): void {
    const idOf = ({ identifier }: Touch): number => -2 - identifier;
    listenTo<TouchEvent>(this.#element, 'touchstart', ({ changedTouches, timeStamp }) => {
      for (const touch of changedTouches) {
        if (this.#announced > 0) this.#announced -= 1;
        else {
          this.#contact.touch({ pointerId: idOf(touch), timeStamp });
          this.contacts.down(`touch ${touch.identifier}`);
        }
      }
    });
    for (const type of ['touchend', 'touchcancel'])
      listenTo<TouchEvent>(this.#element, type, ({ changedTouches, timeStamp }) => {
        for (const touch of changedTouches) {
          this.#contact.lift({ pointerId: idOf(touch), timeStamp });
          this.contacts.up(`touch ${touch.identifier}`);
        }
      });
  }
}

abstract class OnElement extends Directive {
  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error('contacts are made with an element');
  }
}

class Held extends OnElement {
  #touched: Touched | null = null;

  override render(_contacts: Contacts) {
    return nothing;
  }

  override update({ element }: ElementPart, [contacts]: [Contacts]) {
    this.#touched ??= new Touched(element, contacts);
    this.#touched.contacts = contacts;
    return nothing;
  }
}

/** A contact has a length; keys are left to whoever uses it. */
export const held = directive(Held);

class Pressed extends OnElement {
  #act: () => void = () => {};
  #listens = false;

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
    const press = (): void => this.#act();
    new Touched(element, { down: press, up: () => {}, click: press });
    listenTo<KeyboardEvent>(element, 'keydown', event => {
      if (isKeyPress(event)) press();
    });
    // Space would click when it is let go of.
    listenTo<KeyboardEvent>(element, 'keyup', event => {
      if (event.key === ' ') event.preventDefault();
    });
  }
}

/** A contact, a click or a key does one thing, once. */
export const pressed = directive(Pressed);

function listenTo<E extends Event>(element: Element, type: string, run: (event: E) => void): void {
  element.addEventListener(type, event => run(event as E), { passive: type.startsWith('touch') });
}

/** A pointer that slides off what it touched still lifts there. */
function hold({ currentTarget, pointerId }: PointerEvent): void {
  try {
    if (currentTarget instanceof Element) currentTarget.setPointerCapture(pointerId);
  } catch {
    // It has lifted already, or was never a finger.
  }
}
