export * from '@medcall/ui-components/card';
