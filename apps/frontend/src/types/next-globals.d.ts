// What next-env.d.ts brings; that file is written anew by each `next dev` and `next build`.
/// <reference types="next" />
/// <reference types="next/image-types/global" />

declare module '*.css';
