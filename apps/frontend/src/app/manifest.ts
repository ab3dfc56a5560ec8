import type { MetadataRoute } from 'next';
import { sharedMessages as text } from '#messages/shared.ts';

/** Makes the product installable. Colours are those of tokens.css, light. */
export default function manifest(): MetadataRoute.Manifest {
  return {
    name: text.productName,
    short_name: 'MedCall',
    description: text.productLine,
    lang: 'pt-BR',
    start_url: '/dashboard',
    scope: '/',
    display: 'standalone',
    background_color: '#f7f6f3',
    theme_color: '#0f766e',
    icons: [
      { src: '/icons/192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icons/512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icons/maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  };
}
