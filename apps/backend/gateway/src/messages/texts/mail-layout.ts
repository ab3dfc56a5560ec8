/** A mail in parts: the text and the HTML version are made from the same sentences. */
export interface MailParts {
  subject: string;
  greeting: string;
  paragraphs: readonly string[];
  action?: { label: string; url: string } | undefined;
  /** Small print. */
  footer: readonly string[];
}

export interface MailText {
  subject: string;
  text: string;
  html: string;
}

/** Plain colours and inline styles: mail programs know neither style sheets nor our tokens. */
export function mailText(parts: MailParts): MailText {
  const { action, footer, greeting, paragraphs, subject } = parts;
  const text = [
    greeting,
    ...paragraphs,
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    '--',
    footer.join('\n'),
  ].join('\n\n');
  const body = [greeting, ...paragraphs].map(
    (paragraph) => `<p style="margin:0 0 16px">${escapeHtml(paragraph)}</p>`,
  );
  const button = action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#0f5f6b;color:#ffffff;text-decoration:none;font-weight:bold">${escapeHtml(action.label)}</a></p><p style="margin:0 0 16px;font-size:13px;color:#4a5a5f">Se o botão não abrir, copie este endereço:<br>${escapeHtml(action.url)}</p>`
    : '';
  const small = footer.map((line) => escapeHtml(line)).join('<br>');
  const html = `<!doctype html><html lang="pt-BR"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head><body style="margin:0;padding:24px;background:#f4f7f7;font-family:Arial,Helvetica,sans-serif;font-size:16px;line-height:1.5;color:#16282c"><div style="max-width:560px;margin:0 auto;padding:24px;background:#ffffff;border-radius:12px">${body.join('')}${button}<hr style="border:0;border-top:1px solid #d6e0e1;margin:24px 0"><p style="margin:0;font-size:13px;color:#4a5a5f">${small}</p></div></body></html>`;
  return { subject, text, html };
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => entities[letter] ?? letter);
}
