// Which call is said next when more were made than can be said: a call made is {id, number, place, isAgain, …}.

const SPOKEN_MS = 5000; // about as long as a call in full
const BEHIND_MS = 15_000;

/** The calls that are still to be said. Times are milliseconds of performance.now(). */
export class Backlog {
  #calls = [];

  get size() {
    return this.#calls.length;
  }

  add(call, now) {
    this.#calls.push({ ...call, since: now });
    this.#calls.sort((one, other) => one.id - other.id);
  }

  /** Take out the calls whose person is no longer called there, and tell which; `calling` null: nobody knows. */
  drop(calling) {
    const dropped = calling === null ? [] : this.#calls.filter(({ place }) => !calling.has(place));
    this.#calls = this.#calls.filter((call) => !dropped.includes(call));
    return dropped;
  }

  /**
   * The call to say next: one call for all that were made of the same person, first calls before repeats.
   * `ids` are all that it stands for, `isLate` asks for its short form. It stays until it is `said`.
   */
  next(now) {
    const merged = new Map();
    for (const { id, since, isAgain, ...call } of this.#calls) {
      const known = merged.get(call.place);
      merged.set(call.place, {
        ...call,
        ids: [...(known?.ids ?? []), id],
        since: known?.since ?? since,
        isAgain: (known?.isAgain ?? true) && isAgain,
      });
    }
    const calls = [...merged.values()];
    const behindMs = Math.max((calls.length - 1) * SPOKEN_MS, ...calls.map(({ since }) => now - since));
    const first = calls.find(({ isAgain }) => !isAgain) ?? calls[0];
    return first && { ...first, isLate: behindMs > BEHIND_MS };
  }

  said(ids) {
    this.#calls = this.#calls.filter(({ id }) => !ids.includes(id));
  }
}
