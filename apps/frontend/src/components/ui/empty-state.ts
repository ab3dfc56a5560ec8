export * from '@medcall/ui-components/empty-state';
