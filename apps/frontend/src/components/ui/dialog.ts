export * from '@medcall/ui-components/dialog';
