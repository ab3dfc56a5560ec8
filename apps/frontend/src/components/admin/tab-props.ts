import type { Me } from '@medcall/shared-types';

export interface TabProps {
  me: Me;
}
