export * from '@medcall/ui-components/badge';
