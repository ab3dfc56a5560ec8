/** Lower case without accents: "Ácido" and "acido" are the same key. Length may change, offsets are not kept. */
export function fold(word: string): string {
  return word
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
}
