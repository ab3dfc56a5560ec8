export * from '@medcall/ui-components/button';
