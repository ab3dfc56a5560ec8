/** The token of a reservation's own address; null for an address without one. */
export function tokenOf(manageUrl: string): string | null {
  try {
    return new URL(manageUrl).searchParams.get('reserva');
  } catch {
    return null;
  }
}
