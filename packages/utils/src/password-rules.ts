/** Length is what protects (NIST SP 800-63B §3.1.1.2); composition rules make people write `Senha@123`. */
const shortest = 10;
const longest = 256;

/**
 * Why a password is too weak, for the identity and for the form that asks for one.
 * @returns reasons in the words of Supabase, none when it is strong enough
 */
export function passwordWeaknesses(password: string, email?: string): string[] {
  const characters = [...password];
  const reasons: string[] = [];
  if (characters.length < shortest || characters.length > longest) reasons.push('length');
  const name = email?.split('@')[0];
  const isGuessable =
    new Set(characters).size < 4 || (!!name && password.toLowerCase().includes(name));
  if (isGuessable) reasons.push('pwned');
  return reasons;
}
