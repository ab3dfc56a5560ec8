export * from '@medcall/ui-components/file-input';
