export * from '@medcall/ui-components/count-badge';
