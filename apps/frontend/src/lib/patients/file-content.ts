/** The service takes 1,000,000 characters of base64: three quarters of them in bytes. */
export const largestImportBytes = 750_000;

/** A file as base64 text. */
export async function base64Of(file: Blob): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  // One argument a byte: in pieces, because a call takes only so many.
  for (let at = 0; at < bytes.length; at += 8192) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  }
  return btoa(binary);
}
