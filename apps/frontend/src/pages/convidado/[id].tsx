import type { GetServerSideProps } from 'next';
import Head from 'next/head';
import { GuestEntry } from '#components/consultation/patient/guest-entry.tsx';
import { ConfigProvider } from '#components/shared/config-provider.tsx';
import { DemoBanner } from '#components/shared/demo-banner.tsx';
import { OfflineBanner } from '#components/shared/offline-banner.tsx';
import { OfflinePage } from '#components/shared/offline-page.tsx';
import { type PublicConfig, serverEnv } from '#lib/env.ts';
import { callMessages } from '#messages/call.ts';

interface Props {
  roomId: string;
  config: PublicConfig;
  production: boolean;
}

/** /call/[id] as proxy.ts shows it to who is not signed in: the invited person's side and nothing else. */
export default function GuestPage({ roomId, config, production }: Props) {
  return (
    <ConfigProvider value={config}>
      <Head>
        <title>{callMessages.pageTitle}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
      </Head>
      {config.demo ? <DemoBanner /> : null}
      <OfflineBanner />
      <GuestEntry roomId={roomId} />
      {production ? <OfflinePage /> : null}
    </ConfigProvider>
  );
}

export const getServerSideProps: GetServerSideProps<Props, { id: string }> = async ({
  params,
  res,
}) => {
  res.setHeader('cache-control', 'private, no-store');
  const { production, public: config } = serverEnv();
  return { props: { roomId: params?.id ?? '', config, production } };
};
