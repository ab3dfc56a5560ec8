/** A form that a real secret has and an invented one in our tests does not need to have. */
const forms: Array<[what: string, form: RegExp]> = [
  ['private key', /-----BEGIN (?:RSA |EC |OPENSSH |ENCRYPTED )?PRIVATE KEY-----/],
  ['AWS access key', /\bAKIA[0-9A-Z]{16}\b/],
  ['Google API key', /\bAIza[0-9A-Za-z_-]{35}\b/],
  ['Google OAuth secret', /\bGOCSPX-[0-9A-Za-z_-]{20,}\b/],
  ['GitHub token', /\b(?:ghp|gho|ghs|github_pat)_[0-9A-Za-z_]{30,}\b/],
  ['OpenAI key', /\bsk-(?:proj-)?[0-9A-Za-z_-]{32,}\b/],
  ['Resend key', /\bre_[0-9A-Za-z]{8}_[0-9A-Za-z]{20,}\b/],
  ['Slack token', /\bxox[abpr]-[0-9A-Za-z-]{20,}\b/],
  ['Stripe key', /\b[rs]k_live_[0-9A-Za-z]{20,}\b/],
  ['signed token', /\beyJ[0-9A-Za-z_-]{20,}\.eyJ[0-9A-Za-z_-]{40,}\.[0-9A-Za-z_-]{30,}\b/],
  ['npm token', /\bnpm_[0-9A-Za-z]{36}\b/],
  [
    'password in an address',
    /\b[a-z]+:\/\/[^\s:@/'"`$]+:(?!password@|x@|\$)[^\s:@/'"`${}]{12,}@[a-z0-9.-]+\.[a-z]{2,}/i,
  ],
];

/** Secrets in a text, by what they look like. */
export function secretsIn(text: string): string[] {
  return forms.flatMap(([what, form]) => (form.test(text) ? [what] : []));
}
