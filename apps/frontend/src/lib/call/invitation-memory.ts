import { tabMemory } from './tab-memory.ts';

declare global {
  interface Window {
    /** The invitation where the browser refuses storage: until the page is loaded again. */
    medcallInvitation?: { roomId: string; token: string } | undefined;
  }
}

/** Where the invitation waits for a reload: this tab alone, and no longer than it lives. */
const prefix = 'medcall.convite.';

/**
 * Runs in the page before anything else: takes the invitation out of the address, so that no later
 * request, no history entry and no copied link carries it. Kept as text, because it is inlined.
 */
export const stripInvitationScript = `(function(){try{var u=new URL(location.href),t=u.searchParams.get('convite');if(!t)return;u.searchParams.delete('convite');history.replaceState(history.state,'',u.pathname+u.search+u.hash);var r=decodeURIComponent(u.pathname.split('/')[2]||'');try{sessionStorage.setItem('${prefix}'+r,t)}catch(e){window.medcallInvitation={roomId:r,token:t}}}catch(e){}})()`;

/** The invitation of this tab for a room; null when the person came without one. */
export function rememberedInvitation(roomId: string): string | null {
  const unstored = window.medcallInvitation;
  return unstored?.roomId === roomId ? unstored.token : tabMemory.get(prefix + roomId);
}

/** After a refusal: the next reload asks for a new link instead of trying again. */
export function forgetInvitation(roomId: string): void {
  window.medcallInvitation = undefined;
  tabMemory.set(prefix + roomId, null);
}
