/** Length is what protects (NIST SP 800-63B §3.1.1.2); composition rules make people write `Senha@123`. */
export const shortestPassword = 10;
const longest = 256;

/**
 * Words that whoever guesses at this application tries first: the product, its field, the roles in it. They may
 * stand in a password, and count for nothing (OWASP ASVS 5.0, 6.1.2 and 6.2.11).
 */
export const contextWords = [
  'medcall',
  'telemedicina',
  'telessaude',
  'teleconsulta',
  'consultorio',
  'consulta',
  'clinica',
  'hospital',
  'prontuario',
  'paciente',
  'medico',
  'medica',
  'doutora',
  'doutor',
  'enfermeira',
  'enfermeiro',
  'secretaria',
  'recepcao',
  'administrador',
  'admin',
  'saude',
] as const;

/** Letters and figures that have to be left when context words are taken out. */
const leastBesides = 8;

/**
 * Why a password is too weak, for the identity and for the form that asks for one. The identity also looks into a
 * list of leaked passwords, which is too long for a form.
 * @returns reasons in the words of Supabase, none when it is strong enough
 */
export function passwordWeaknesses(password: string, email?: string): string[] {
  const characters = [...password];
  const reasons: string[] = [];
  if (characters.length < shortestPassword || characters.length > longest) reasons.push('length');
  const name = email?.split('@')[0];
  const isGuessable =
    new Set(characters).size < 4 ||
    (!!name && password.toLowerCase().includes(name)) ||
    isMostlyContext(password);
  if (isGuessable) reasons.push('pwned');
  return reasons;
}

/** True when a context word stands in it and hardly anything else does, accents and punctuation left aside. */
function isMostlyContext(password: string): boolean {
  const plain = password
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
  const besides = contextWords.reduce((rest, word) => rest.replaceAll(word, ''), plain);
  return besides !== plain && [...besides].length < leastBesides;
}
