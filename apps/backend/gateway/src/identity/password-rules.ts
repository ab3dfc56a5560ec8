/** Length is what protects (NIST SP 800-63B §3.1.1.2); composition rules make people write `Senha@123`. */
const shortest = 10;
const longest = 256;

/** Why a password is too weak, in Supabase's words; empty when it is not. */
export function passwordWeaknesses(password: string, email: string): string[] {
  const characters = [...password];
  const reasons: string[] = [];
  if (characters.length < shortest || characters.length > longest) reasons.push('length');
  const isGuessable =
    new Set(characters).size < 4 || password.toLowerCase().includes(email.split('@')[0] ?? email);
  if (isGuessable) reasons.push('pwned');
  return reasons;
}
