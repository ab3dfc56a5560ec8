/** Rooms whose last paid call was refused because the money is spent. */
export class CapSignals {
  private readonly rooms = new Set<string>();

  refused(roomId: string): void {
    this.rooms.add(roomId);
  }

  granted(roomId: string): void {
    this.rooms.delete(roomId);
  }

  stopped(roomId: string): boolean {
    return this.rooms.has(roomId);
  }
}
