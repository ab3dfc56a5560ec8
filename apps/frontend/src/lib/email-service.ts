/**
 * Messages to patients. This side holds no mail provider's key: what the product sends by itself is a
 * job of the gateway. Here is the doctor's own way: a message ready in his mail program.
 */
export function invitationMailto(email: string | null, link: string, clinicName: string): string {
  const subject = `Sua consulta por vídeo · ${clinicName}`;
  const body = [
    'Olá.',
    'Este é o link da sua consulta. Não é preciso ter conta nem instalar nada:',
    link,
    'Até lá.',
  ].join('\n\n');
  const to = email === null ? '' : encodeURIComponent(email);
  return `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body)}`;
}
