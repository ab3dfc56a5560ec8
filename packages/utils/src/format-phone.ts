/** `(11) 98765-4321` for a number in E.164 of Brazil; anything else as it is. */
export function formatPhone(e164: string): string {
  const found = /^\+55(\d{2})(\d{4,5})(\d{4})$/.exec(e164);
  return found ? `(${found[1]}) ${found[2]}-${found[3]}` : e164;
}
