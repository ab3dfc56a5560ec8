/** The token of a reservation's own address, from the fragment, which no server sees; null without one. */
export function tokenOf(manageUrl: string): string | null {
  try {
    return new URLSearchParams(new URL(manageUrl).hash.slice(1)).get('reserva');
  } catch {
    return null;
  }
}
