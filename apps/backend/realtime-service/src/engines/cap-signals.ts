/** What a paid call was for. */
export type PaidService = 'speech' | 'language';

/** Rooms whose last paid call of a kind was refused because the money is spent. */
export class CapSignals {
  private readonly rooms = new Map<string, Set<PaidService>>();

  refused(roomId: string, service: PaidService): void {
    const services = this.rooms.get(roomId) ?? new Set();
    this.rooms.set(roomId, services.add(service));
  }

  granted(roomId: string, service: PaidService): void {
    const services = this.rooms.get(roomId);
    services?.delete(service);
    if (services?.size === 0) this.rooms.delete(roomId);
  }

  /** A dear call may be refused where a cheap one still fits: either has stopped. */
  stopped(roomId: string): boolean {
    return this.rooms.has(roomId);
  }
}
