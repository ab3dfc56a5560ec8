const most = 10_000;

/** Ids of deliveries that were taken already: the gateway delivers at least once. The oldest are forgotten. */
export class SeenDeliveries {
  readonly #ids = new Set<string>();

  /** @returns false when the delivery was taken before */
  take(id: string): boolean {
    if (this.#ids.has(id)) return false;
    this.#ids.add(id);
    if (this.#ids.size > most) {
      const [oldest] = this.#ids;
      if (oldest !== undefined) this.#ids.delete(oldest);
    }
    return true;
  }
}
