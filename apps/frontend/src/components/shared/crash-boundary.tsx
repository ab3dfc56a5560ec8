'use client';
import { Component, type ReactNode } from 'react';
import { BrokenPage } from './broken-page.tsx';

/**
 * Catches what breaks while a page of the pages router is drawn. The router's own answer would be to load
 * `_error`: without network that ends in a blank page. What broke is told in the console by React.
 */
export class CrashBoundary extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override render(): ReactNode {
    return this.state.broken ? <BrokenPage /> : this.props.children;
  }
}
