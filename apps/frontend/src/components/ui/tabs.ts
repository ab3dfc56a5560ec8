export * from '@medcall/ui-components/tabs';
