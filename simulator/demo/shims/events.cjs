'use strict';
// What Node's events are to Johnny-Five, firmata-io and the emulated port, for a browser. CommonJS, because they
// require it and extend the very module.

class EventEmitter {
  #listeners = new Map();

  on(event, listener) {
    const list = this.#of(event);
    list.push({ listener, run: listener });
    return this;
  }

  once(event, listener) {
    const run = (...values) => {
      this.off(event, listener);
      listener.apply(this, values);
    };
    this.#of(event).push({ listener, run });
    return this;
  }

  off(event, listener) {
    const list = this.#of(event);
    const index = list.findIndex(one => one.listener === listener);
    if (index >= 0)
      this.#all().set(
        event,
        list.filter((_, other) => other !== index),
      );
    return this;
  }

  emit(event, ...values) {
    const list = this.#of(event);
    if (list.length === 0 && event === 'error')
      throw values[0] ?? new Error('an error that nobody listens to');
    for (const { run } of [...list]) run.apply(this, values);
    return list.length > 0;
  }

  removeAllListeners(event) {
    if (event === undefined) this.#all().clear();
    else this.#all().delete(event);
    return this;
  }

  listenerCount(event) {
    return this.#of(event).length;
  }

  listeners(event) {
    return this.#of(event).map(({ listener }) => listener);
  }

  setMaxListeners() {
    return this;
  }

  #all() {
    return this.#listeners;
  }

  #of(event) {
    const known = this.#listeners.get(event);
    if (known) return known;
    const list = [];
    this.#listeners.set(event, list);
    return list;
  }
}

EventEmitter.prototype.addListener = EventEmitter.prototype.on;
EventEmitter.prototype.removeListener = EventEmitter.prototype.off;
EventEmitter.EventEmitter = EventEmitter;
module.exports = EventEmitter;
