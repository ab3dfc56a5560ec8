/** Where the invitation waits for a reload: this tab alone, and no longer than it lives. */
const prefix = 'medcall.convite.';

/**
 * Runs in the page before anything else: takes the invitation out of the address, so that no later
 * request, no history entry and no copied link carries it. Kept as text, because it is inlined.
 */
export const stripInvitationScript = `(function(){try{var u=new URL(location.href),t=u.searchParams.get('convite');if(!t)return;var r=u.pathname.split('/')[2]||'';sessionStorage.setItem('${prefix}'+decodeURIComponent(r),t);u.searchParams.delete('convite');history.replaceState(history.state,'',u.pathname+u.search+u.hash)}catch(e){}})()`;

/** The invitation of this tab for a room; null when the person came without one. */
export function rememberedInvitation(roomId: string): string | null {
  try {
    return sessionStorage.getItem(prefix + roomId);
  } catch {
    return null;
  }
}

/** After a refusal: the next reload asks for a new link instead of trying again. */
export function forgetInvitation(roomId: string): void {
  try {
    sessionStorage.removeItem(prefix + roomId);
  } catch {
    // Storage is refused: there is nothing to forget.
  }
}
